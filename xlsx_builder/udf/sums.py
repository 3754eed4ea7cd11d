"""EBITDA, subtotals and trailing sums of cells."""

from __future__ import annotations

from math import fsum

from xlsx_builder.udf.values import Argument, WrongValueError, block, number, numbers, text

QUARTERS = 4
WEIGHTS = {"+": 1, "-": -1, ".": 0}
"""What a character of `signs` makes of its cell."""


def ebitda(operating_income: Argument, dep_amort: Argument, adjustments: Argument = None) -> float:
    """EBITDA: operating income plus depreciation and amortization, plus adjustments where there are any.

    Args:
        operating_income: Income from operations; net income, where the adjustments add interest and taxes back.
        dep_amort: Depreciation and amortization, positive.
        adjustments: A cell or range to add; empty cells are left out.

    Raises:
        WrongValueError: a figure is text.
    """
    parts = numbers(adjustments, "adjustments")
    return sum(parts, start=number(operating_income, "operating_income") + number(dep_amort, "dep_amort"))


def ttm(quarters: Argument) -> float:
    """Trailing twelve months: the sum of exactly four quarters.

    Args:
        quarters: The range of the four figures; empty cells are left out.

    Raises:
        WrongValueError: there are not four figures, or one is text.
    """
    figures = numbers(quarters, "quarters")
    if len(figures) != QUARTERS:
        raise WrongValueError(f"twelve months need four quarters, not {len(figures)}.")
    return fsum(figures)


def subtotal(terms: Argument, signs: Argument = None) -> float:
    """Sum of cells, each added, taken away or left out as `signs` says.

    Args:
        terms: A range of figures.
        signs: A character for each cell: + adds, - takes away, . leaves out; all are added without it.

    Raises:
        WrongValueError: a counting cell is text, or there are not as many signs as cells.
    """
    cells = [cell for row in block(terms) for cell in row]
    written = text(signs, "signs") or "+" * len(cells)
    if len(written) != len(cells) or not set(written) <= set(WEIGHTS):
        raise WrongValueError(f"signs must be {len(cells)} of the characters + - and . for these cells.")
    return sum(
        (WEIGHTS[sign] * number(cell, "terms") for sign, cell in zip(written, cells, strict=True) if WEIGHTS[sign]),
        start=0.0,
    )
