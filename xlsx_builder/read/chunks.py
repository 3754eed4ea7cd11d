"""Words of a line that stand together, and whether they stand over figure columns."""

from __future__ import annotations

import re

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.figures import MONTH

SLACK = 6
"""A header is often a few characters wider than the figures below it."""
_CHUNK = regex(r"\S+(?:\s\S+)*")
_MARK = regex(r"(?:\((?:[a-z]|\d)\))+$|\*+$")
PERIOD = regex(
    r"\b(?:(?:three|six|nine|twelve|\d+)[\s-]+(?:months?|mos\.?|weeks?)|months?|weeks?|quarters?|years?|fiscal|ended|ending|"
    rf"{MONTH}\s+\d+|[1-4]q|q[1-4]|fy)\b|(?:19|20)\d\d",
    re.IGNORECASE,
)


class Chunk(Struct, frozen=True):
    """Words of a line with single spaces between them."""

    text: str
    start: int
    end: int


def chunks(text: str) -> tuple[Chunk, ...]:
    """The parts of a line that wider gaps set apart."""
    return tuple(Chunk(found.group(), found.start(), found.end()) for found in _CHUNK.finditer(text))


def over(text: str, left: int) -> tuple[Chunk, ...]:
    """The parts of a line that stand over figure columns, those without footnote marks alone.

    Args:
        text: The line.
        left: Where the figure columns begin.
    """
    parts = [part for part in chunks(text) if not is_mark(part.text)]
    for place, part in enumerate(parts):
        middle = (part.start + part.end) // 2
        more = place + 1 < len(parts) and part.end > left + 1
        wide = middle >= left - SLACK if more else middle >= left and PERIOD.search(part.text)
        if part.start >= left - SLACK or wide:
            return tuple(parts[place:])
    return ()


def is_mark(text: str) -> bool:
    """Whether a text is nothing but footnote marks."""
    return bool(_MARK.match(text))
