"""A margin that is what costs leave of sales, to the digit, is an amount and no per cent."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.sums import Values, add, agrees, summed
from xlsx_builder.model.statement import Heading, LineItem, Unit

NEAR = 8
"""Lines of costs that stand at most between sales and what they leave."""


def with_remainders(lines: Sequence[LineItem | Heading]) -> tuple[LineItem | Heading, ...]:
    """The lines of a statement, those taken for per cents by their words in money where amounts above leave them."""
    items = [line for line in lines if isinstance(line, LineItem)]
    found = {id(item): above for place, item in enumerate(items) if (above := base_of(items, place)) is not None}
    return tuple(
        replace(line, unit=Unit.MONEY, scale=found[id(line)].scale)
        if id(line) in found and isinstance(line, LineItem)
        else line
        for line in lines
    )


def base_of(items: Sequence[LineItem], place: int) -> LineItem | None:
    """The line of money that is left as the line at a place when those between are taken off; None where none is."""
    item = items[place]
    if item.unit is not Unit.PERCENT:
        return None
    own = unmarked(item, item)
    for first in range(place - 2, max(-1, place - 2 - NEAR), -1):
        above = items[first:place]
        if any(line.unit is not Unit.MONEY for line in above):
            return None
        base, *taken = (unmarked(line, item) for line in above)
        left = tuple(add(b, s, -1) for b, s in zip(base, summed(taken), strict=True))
        if agrees(own, left, len(above)):
            return above[0]
    return None


def unmarked(line: LineItem, like: LineItem) -> Values:
    """The figures of a line in the columns in which another prints no per cent sign."""
    return tuple(f.value if "%" not in own.text else None for f, own in zip(line.facts, like.facts, strict=True))
