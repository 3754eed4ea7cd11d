"""A table of cells as anybody has it, without statements and periods: its figures, and the sums among them."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

YEARS = range(1800, 2101)
"""Whole numbers that a header may hold: three or more, or two that follow each other above all figures."""


class Number(Struct, frozen=True):
    """A figure in a cell."""

    value: Decimal
    decimals: int
    """Digits printed after the decimal point."""
    percent: bool = False
    """Whether a per cent sign follows; 12.3% is held as 12.3."""


class CellSum(Struct, frozen=True):
    """A cell as the signed sum of others."""

    cell: tuple[int, int]
    """Row and column, from 0."""
    terms: tuple[tuple[int, int, int], ...]
    """Row, column and weight of each term."""


class CellAverage(Struct, frozen=True):
    """A cell as the mean of others."""

    cell: tuple[int, int]
    """Row and column, from 0."""
    parts: tuple[tuple[int, int], ...]
    """Row and column of each figure."""

    @property
    def terms(self) -> tuple[tuple[int, int, int], ...]:
        """The parts with the weight that they have before the division."""
        return tuple((row, column, 1) for row, column in self.parts)


class TableSums(Struct, frozen=True):
    """What was found in a table."""

    sums: tuple[CellSum, ...]
    averages: tuple[CellAverage, ...] = ()
    limited: int = 0
    """Rows and columns in which so many figures agree by accident that not all of their sums were tried."""
