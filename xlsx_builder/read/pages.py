"""What a new page prints again: running heads, and title and header of a table that goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.lines import Kind, Line

HEADS = 3
"""Lines at the top of a page that may be its running head."""
_CONTINUED = regex(r"[\s,-]*\(?\bcont(?:inued|'d|d)?\b\.?\)?", re.IGNORECASE)


def normal(text: str) -> str:
    """A line in a form in which its repetitions are equal."""
    return " ".join(_CONTINUED.sub(" ", text).split()).lower()


def running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """Normal forms of the lines that stand at the top of more than one page."""
    tops: Counter[str] = Counter()
    for place, line in enumerate(lines):
        if line.kind is Kind.BREAK:
            tops.update(set(_top(lines, place)))
    return frozenset(text for text, count in tops.items() if count > 1)


def _top(lines: Sequence[Line], place: int) -> list[str]:
    """The first lines after a page break."""
    texts: list[str] = []
    for line in lines[place + 1 : place + 1 + HEADS * HEADS]:
        if line.kind is Kind.BREAK or len(texts) == HEADS:
            break
        if line.kind is Kind.TEXT and not line.figures:
            texts.append(normal(line.text))
    return texts


def without_heads(lines: Sequence[Line], heads: frozenset[str]) -> list[Line]:
    """Lines of prose without the running heads that follow its page breaks."""
    kept: list[Line] = []
    after = False
    for line in lines:
        if line.kind is Kind.BREAK:
            after = True
        elif line.kind in (Kind.TEXT, Kind.ROW) and not (after and normal(line.text) in heads):
            after = False
        if not (after and line.kind is Kind.TEXT):
            kept.append(line)
    return kept
