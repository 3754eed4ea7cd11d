"""Changes, margins and growth, by the same rules as the formulas of a workbook."""

from __future__ import annotations

from xlsx_builder.udf.values import NO_MEANING, Argument, OutOfRangeError, WrongValueError, number, single

POINTS = 10_000
"""Basis points of one."""


def pctchg(new_value: Argument, old_value: Argument) -> float | str:
    """Relative change from the old value to the new one; 'n.m.' where the old one is zero, negative or missing.

    Args:
        new_value: The newer figure.
        old_value: The figure that it is compared with.

    Raises:
        WrongValueError: an argument is text or more than one cell.
    """
    new, old = number(new_value, "new_value"), number(old_value, "old_value")
    return new / old - 1 if old > 0 else NO_MEANING


def margin(part: Argument, whole: Argument) -> float | str:
    """Part as a share of the whole; 'n.m.' where the whole is zero or missing.

    Args:
        part: The figure above the line, gross profit say.
        whole: The figure that it is a share of, net sales say.

    Raises:
        WrongValueError: an argument is text or more than one cell.
    """
    over, under = number(part, "part"), number(whole, "whole")
    return over / under if under else NO_MEANING


def bps(new_margin: Argument, old_margin: Argument) -> float | str:
    """Change from the old margin to the new one in basis points; 'n.m.' where one is, or is beyond 100% either way.

    Args:
        new_margin: The newer margin, as a fraction or per cent cell.
        old_margin: The margin that it is compared with.

    Raises:
        WrongValueError: an argument is other text or more than one cell.
    """
    margins = (single(new_margin, "new_margin"), single(old_margin, "old_margin"))
    if NO_MEANING in margins:
        return NO_MEANING
    new, old = number(margins[0], "new_margin"), number(margins[1], "old_margin")
    return (new - old) * POINTS if max(abs(new), abs(old)) <= 1 else NO_MEANING


def cagr(first_value: Argument, last_value: Argument, periods: Argument) -> float:
    """Compound growth a period that leads from the first value to the last.

    Args:
        first_value: The figure at the start; above zero.
        last_value: The figure at the end; zero or above.
        periods: How many periods lie between them; above zero.

    Raises:
        WrongValueError: an argument is text or more than one cell.
        OutOfRangeError: the figures have no compound growth.
    """
    first, last = number(first_value, "first_value"), number(last_value, "last_value")
    count = number(periods, "periods")
    if first <= 0 or last < 0 or count <= 0:
        raise OutOfRangeError("growth needs a first value and periods above zero and a last value not below it.")
    try:
        return float((last / first) ** (1 / count) - 1)
    except OverflowError:
        raise WrongValueError("periods is too small a number.") from None
