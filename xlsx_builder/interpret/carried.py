"""A per cent sign printed beside the first line of a section holds for those below it, as a dollar sign does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from xlsx_builder.model.statement import Heading, LineItem, Unit

LARGEST = 1000
"""No per cent of a section that begins with one is as large."""


def with_carried(lines: Sequence[LineItem | Heading]) -> tuple[LineItem | Heading, ...]:
    """The lines of a statement, those per cents found that are printed without the sign under one that has it."""
    items = [line for line in lines if isinstance(line, LineItem)]
    if not any(item.unit is Unit.PERCENT for item in items) or fractions_of_money(items):
        return tuple(lines)
    found: set[int] = set()
    for place, item in enumerate(items):
        above = items[place - 1] if place else None
        if above is None or not item.section or above.section != item.section:
            continue
        signed = has_sign(above) or id(above) in found
        closed = any(is_whole(below) and below.section == item.section for below in items[place:])
        if signed and above.unit in (Unit.PERCENT, Unit.MONEY, Unit.RATIO) and may_be_per_cent(item, whole=closed):
            found.add(id(item))
    return tuple(per_cent(line) if isinstance(line, LineItem) and id(line) in found else line for line in lines)


def has_sign(item: LineItem) -> bool:
    """Whether a line carries the per cent sign."""
    return any("%" in fact.text for fact in item.facts)


def is_whole(item: LineItem) -> bool:
    """Whether a line is 100% throughout, which what stands above it adds up to."""
    return has_sign(item) and all(fact.value in (None, 100) for fact in item.facts)


def fractions_of_money(items: Iterable[LineItem]) -> bool:
    """Whether lines that are money beyond doubt, by their sign, are printed with decimals, as per cents are."""
    money = [fact for item in items if item.unit is Unit.MONEY for fact in item.facts if "$" in fact.text]
    return any(fact.decimals for fact in money) or not money


def may_be_per_cent(item: LineItem, *, whole: bool) -> bool:
    """Whether a line without marks is printed as per cents are: with digits after the point, or as a whole number."""
    if item.unit not in (Unit.PERCENT, Unit.MONEY, Unit.RATIO):
        return False
    known = [fact for fact in item.facts if fact.value]
    plain = all((fact.decimals or whole) and abs(fact.value or Decimal(0)) < LARGEST for fact in known)
    return bool(known) and plain and not any(set(fact.text) & set("$\u20ac\u00a3x") for fact in known)


def per_cent(item: LineItem) -> LineItem:
    """The line in per cent, unless its own words say otherwise."""
    if item.unit is Unit.RATIO and all(abs(fact.value or Decimal(0)) < 5 for fact in item.facts):
        return item  # a coverage of 2.1 times among per cents
    return replace(item, unit=Unit.PERCENT, scale=0)
