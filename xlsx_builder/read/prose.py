"""Sentences and titles, told from each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.model.patterns import regex

_FOOTNOTE = regex(r"\s*(?:\((?:[a-z]|\d{1,2})\)|\*+|[-\N{BULLET}o])\s+\S")
_ABBREVIATION = regex(r"(?:inc|co|corp|ltd|cos|llc|l\.p|n\.v|s\.a|plc)\.$", re.IGNORECASE)
WORDY = 6
"""Words of a sentence at least."""
TITLE_LINES = 8
"""More lines together are no title."""


def is_sentence(texts: Sequence[str]) -> bool:
    """Whether lines are prose: they end in a full stop, or are wider than any title."""
    last = texts[-1].rstrip()
    words = " ".join(texts).split()
    if max(len(text.strip()) for text in texts) > 110:
        return True
    if last.endswith((".", '."', ".)")) and len(words) >= WORDY and not _ABBREVIATION.search(last):
        return True
    return bool(_FOOTNOTE.match(texts[0])) and (len(words) > 2 * WORDY or last.endswith("."))


def is_title(texts: Sequence[str]) -> bool:
    """Whether lines that stand together can title a table."""
    wide = sum(len(text.strip()) > 60 for text in texts)
    return not is_sentence(texts) and wide <= 2 and len(texts) <= TITLE_LINES
