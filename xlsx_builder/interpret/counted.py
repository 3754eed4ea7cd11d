"""A table that mostly counts things and is told to be in thousands counts them in thousands; others count in ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.between import STEPS, adds_up
from xlsx_builder.interpret.quantities import NOT_COUNT, is_physical
from xlsx_builder.interpret.scales import scales
from xlsx_builder.interpret.titles import SCALE_LINE
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Heading, LineItem, Unit

OF_MONEY = regex(r"[$\u20ac\u00a3]|\b(?:dollars?|euros?|EUR|GBP|CHF|CAD)\b", re.IGNORECASE)
"""'Dollars in thousands' says nothing of what is counted."""
IN_ONES = regex(r"\bemployees\b|\bheadcount\b", re.IGNORECASE)
"""What is counted in ones, whatever stands beside it."""
STATISTICS = regex(r"\b(?:statistics|metrics|operating data|operational data)\b", re.IGNORECASE)
"""Titles of tables in which most lines count something."""
MONEY_WORDS = regex(
    rf"{NOT_COUNT.pattern}|\bper\b|\b(?:debt|ebitda|capital|expenditures?|loans?|value|depreciation|amortization|tax(?:es)?"
    r"|prices?|rates?|funds|investments?|premiums?|originations?|payroll|fees|rent|amounts?|dollars?)\b",
    re.IGNORECASE,
)
"""Words of lines that are money even there, though no sign says so."""
PLACES = regex(
    r"\b(?:stores?|restaurants?|locations|branches|hotels|theatres|theaters|screens|aircraft)\b", re.IGNORECASE
)
"""Of which no company has thousands, nor what is opened and closed among them."""


def with_scaled_counts(lines: Sequence[LineItem | Heading], said: str) -> tuple[LineItem | Heading, ...]:
    """The lines of a statement, numbers of things with the scale told for the whole of it.

    Args:
        lines: The lines.
        said: What stands above the table itself.
    """
    told = [line for line in said.splitlines() if SCALE_LINE.search(line) and not OF_MONEY.search(line)]
    scale = scales(told[0]).money if told else None
    items = [line for line in lines if isinstance(line, LineItem)]
    counts = sum(item.unit is Unit.COUNT for item in items)
    amounts = sum(item.unit is Unit.MONEY and item.scale == scale for item in items)
    if scale is None or counts <= amounts or any(PLACES.search(item.label) for item in items):
        return tuple(lines)
    return tuple(replace(line, scale=scale) if is_scaled(line) else line for line in lines)


def with_counted_steps(lines: Sequence[LineItem | Heading]) -> tuple[LineItem | Heading, ...]:
    """The lines of a statement, those that lead from one number of things to another, 'Closures', being such too."""
    items = [line for line in lines if isinstance(line, LineItem)]
    found: dict[int, int] = {}
    for first, start in enumerate(items):
        for last in range(first + 2, min(first + STEPS, len(items))) if start.unit is Unit.COUNT else ():
            steps = items[first + 1 : last]
            plain = items[last].unit is Unit.COUNT and all(is_plain(step) for step in steps)
            if plain and adds_up(items[first : last + 1]):
                found.update((id(step), start.scale) for step in steps if step.unit is Unit.MONEY)
    return tuple(
        replace(line, unit=Unit.COUNT, scale=found[id(line)])
        if id(line) in found and isinstance(line, LineItem)
        else line
        for line in lines
    )


def with_statistics(lines: Sequence[LineItem | Heading], title: str, said: str) -> tuple[LineItem | Heading, ...]:
    """The lines of a table of statistics that tells no scale, whole numbers of no words of money being counts.

    Args:
        lines: The lines.
        title: What the table is called.
        said: All that stands above it.
    """
    items = [line for line in lines if isinstance(line, LineItem)]
    counts = sum(item.unit in (Unit.COUNT, Unit.PERCENT, Unit.RATIO) for item in items)
    told = any(SCALE_LINE.search(line) for line in said.splitlines())
    if told or 2 * counts < len(items) or not STATISTICS.search(title):
        return tuple(lines)
    return tuple(replace(line, unit=Unit.COUNT, scale=0) if is_statistic(line) else line for line in lines)


def is_statistic(line: LineItem | Heading) -> bool:
    """Whether a line without marks may count things by its words and those of the headings right above it."""
    if not isinstance(line, LineItem) or line.unit is not Unit.MONEY or not is_plain(line):
        return False
    return not MONEY_WORDS.search(" ".join((line.label, *line.section)))


def is_plain(item: LineItem) -> bool:
    """Whether a line is printed as numbers of things are."""
    bare = all(not fact.decimals and not set(fact.text) & set("$\u20ac\u00a3%x") for fact in item.facts)
    return bare and item.unit in (Unit.MONEY, Unit.COUNT)


def is_scaled(line: LineItem | Heading) -> bool:
    """Whether a line counts things, no barrels or hours, whose unit is told, and tells no scale of its own."""
    return (
        isinstance(line, LineItem)
        and line.unit is Unit.COUNT
        and not line.scale
        and not IN_ONES.search(line.label)
        and not is_physical(" ".join((line.label, *line.section)))
    )
