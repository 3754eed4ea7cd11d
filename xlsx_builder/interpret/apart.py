"""What tells columns of one period apart: the basis, or the part of the company that their headings name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import SCALE_LINE, TIME_LINE
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Column, ColumnRole

ASIDES = regex(r"\(?\b(?:un)?audited\)?|\(notes?\)|\(see notes?\)|\bpreliminary\b", re.IGNORECASE)
BASES = (
    ("adjustment", regex(r"\badjust(?:ments?|ing)\b|\badj\.?$", re.IGNORECASE)),
    ("non_gaap", regex(r"\bnon\s?-?\s?gaap\b|\badjusted\b|\bpro\s?forma\b|\bcore\b", re.IGNORECASE)),
    ("gaap", regex(r"\bgaap\b|\bas reported\b|\breported\b", re.IGNORECASE)),
)


def with_segments(columns: tuple[Column, ...], stacks: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """The columns with the basis, and where columns share a period with the words that tell them apart."""
    based = [replace(column, basis=basis_of(stack)) for column, stack in zip(columns, stacks, strict=True)]
    contexts = [(column.role, column.period, column.basis, column.unit) for column in based]
    return tuple(
        replace(column, segment=segment_of(stack))
        if column.role in (ColumnRole.PERIOD, ColumnRole.PERCENT_OF) and contexts.count(context) > 1
        else column
        for column, stack, context in zip(based, stacks, contexts, strict=True)
    )


def basis_of(stack: tuple[str, ...]) -> str:
    """The basis that the headings over a column name."""
    texts = (*stack, " ".join(stack))  # 'Pro' over 'Forma'
    return next((name for name, pattern in BASES if any(map(pattern.search, texts))), "")


def segment_of(stack: tuple[str, ...]) -> str:
    """The part of the company, or of the matter, that the headings over a column name."""
    words = [
        ASIDES.sub("", text).strip()
        for text in stack
        if not times(text) and not TIME_LINE.match(text.strip()) and not SCALE_LINE.search(text)
    ]
    return " ".join(word for word in words if re.search(r"[A-Za-z]", word))
