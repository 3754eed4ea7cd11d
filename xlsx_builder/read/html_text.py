"""Runs of styled text -> one line: white space, indentation, footnote marks."""

from __future__ import annotations

import re

from msgspec import Struct

from xlsx_builder.model.patterns import regex

SPACE_POINTS = {"\u00a0": 2.5, "\u2003": 10.0, "\u2002": 5.0, "\u3000": 10.0, "\u2007": 5.0, "\u2009": 2.0}
"""Width of the spaces that a browser does not collapse, at 10 points."""
_MARK = r"(?:\(\s*(?:\d{1,2}|[a-z]|[ivx]{1,4})\s*\)|(?:\d{1,2}|[a-z])(?![a-z\d])|[*\u2020\u2021\u00a7#])"
FOOTNOTE_MARK = regex(rf"\s*{_MARK}(?:[,\s]*{_MARK})*[,\s]*", re.IGNORECASE)
"""What a footnote mark looks like: '(1)', '2,3', '*', 'a'; never 'th' or '(R)'."""
SMALL = 0.8
"""Text this much smaller than its neighbours may be a footnote mark."""


class Run(Struct, frozen=True):
    """Characters of one look."""

    text: str
    bold: bool
    raised: bool
    size: float


class Line(Struct, frozen=True):
    """One line of text as it stands in a cell or paragraph."""

    text: str
    block: int
    indent: float = 0.0
    bold: bool = False
    centred: bool = False
    raised: bool = False
    size: float = 10.0
    """Height of its largest letters in points."""


def line_of(runs: list[Run], block: int, indent: float, *, centred: bool) -> Line | None:
    """One line out of its runs; None where nothing but spaces is left."""
    raised = all(run.raised for run in runs if run.text.strip())
    text = "".join(run.text for run in runs)
    if not raised and any(run.raised or run.size < runs[0].size for run in runs):
        text = "".join(run.text for run in _without_marks(runs))
    words = " ".join(text.split()).replace("\N{WHITE UP-POINTING TRIANGLE}", "-")  # Japanese for a minus
    if not words:
        return None
    lead = text[: len(text) - len(text.lstrip())]
    indent += sum(SPACE_POINTS.get(character, 0.0) for character in lead) if lead else 0.0
    strong = sum(len(run.text.strip()) for run in runs if run.bold)
    size = max(run.size for run in runs if run.text.strip())
    return Line(words, block, indent, 2 * strong > len(words), centred, raised, size)


def _without_marks(runs: list[Run]) -> list[Run]:
    """Footnote marks left out where they follow a word; at the beginning they head the footnote itself."""
    kept: list[Run] = []
    for run in runs:
        small = run.size <= SMALL * max(other.size for other in runs)
        mark = FOOTNOTE_MARK.fullmatch(run.text)
        bracketed = run.text.strip().startswith(("(", "*"))
        if mark and any(k.text.strip() for k in kept) and (run.raised or (small and bracketed)):
            continue
        kept.append(run)
    return kept
