"""Lines as sums of others within the rounding of their figures, which tells where sections end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

Values = tuple[Decimal | None, ...]
"""The figures of a line, one for each column."""


def add(base: Decimal | None, other: Decimal | None, sign: int) -> Decimal | None:
    """The sum or difference of two figures; None where the first is missing."""
    return None if base is None else base + sign * (other or 0)


def summed(parts: Sequence[Values]) -> Values:
    """The sum of lines, column by column; None where no line has a figure."""
    columns = list(zip(*parts, strict=True))
    return tuple(
        sum((v for v in column if v is not None), Decimal(0)) if any(v is not None for v in column) else None
        for column in columns
    )


def foots(own: Values, parts: Sequence[Values]) -> bool:
    """Whether a line is the plain sum of others within their rounding."""
    return bool(parts) and agrees(own, summed(parts), len(parts))


def agrees(own: Values, other: Values, count: int) -> bool:
    """Whether two lines are the same within half a printed unit for each of the figures taking part."""
    pairs = [(a, b) for a, b in zip(own, other, strict=True) if a is not None and b is not None]
    if not pairs or not any(a for a, _ in pairs):
        return False
    exponent = min(exponent_of(value) for pair in pairs for value in pair)
    slack = Decimal(count + 1) / 2 * Decimal(1).scaleb(exponent)
    # A running total in whole units must agree to the digit or nearly so; more terms than that prove nothing.
    return all(abs(a - b) <= min(slack, Decimal(2).scaleb(exponent)) for a, b in pairs)


def exponent_of(value: Decimal) -> int:
    """-2 for 1.25."""
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
