"""Columns that are the quarters of a year, told by ordinals or by their last days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.times import Times
from xlsx_builder.model.patterns import regex

NUMBERED = regex(r"(?P<ordinal>first|second|third|fourth)(?: \(\w\))?", re.IGNORECASE)
QUARTERS = 3
"""Columns beside each other under the last day of one year that are its quarters at least."""


def numbered(stacks: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The texts over each column, 'First', 'Second', 'Third' beside each other as numbers of quarters."""
    named = [[text for text in stack if not text.startswith("(")] for stack in stacks]
    alone = [NUMBERED.fullmatch(texts[-1]) if texts else None for texts in named]
    if [found["ordinal"].lower() for found in alone if found][:3] != ["first", "second", "third"]:
        return stacks
    return [
        (*texts[:-1], f"{found['ordinal']} quarter") if found else stack
        for stack, texts, found in zip(stacks, named, alone, strict=True)
    ]


def by_last_days(overs: Sequence[Times]) -> list[Times]:
    """What is said of time over each column; days under the last day of their year end its quarters."""
    ends = Counter(over.days[0] for over in overs if in_year(over))
    return [
        replace(over, months=3, lengths=(3,), days=(over.days[1],))
        if in_year(over) and ends[over.days[0]] >= QUARTERS
        else over
        for over in overs
    ]


def in_year(over: Times) -> bool:
    """Whether a column tells the last day of a year and another day in it."""
    if over.lengths != (12,) or len(over.days) != 2 or over.compared:
        return False
    year, quarter = (day.on() for day in over.days)
    return year is not None and quarter is not None and 0 <= (year - quarter).days < 366
