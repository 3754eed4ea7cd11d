"""A block of cells as a statement, so that the same inference that builds workbooks can find its sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import isfinite

from xlsx_builder.model.formula import column_letters, column_number
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import (
    Column,
    ColumnRole,
    Coverage,
    Fact,
    Heading,
    LineItem,
    Period,
    Statement,
    StatementKind,
    Statements,
    Unit,
)
from xlsx_builder.model.structure import Calculation
from xlsx_builder.pipeline import structure_of
from xlsx_builder.udf.values import Argument, Block, Value, WrongValueError, block, text

LATEST_YEAR = 2000
"""Columns of a pasted block are taken for years, newest first; which ones makes no difference."""
YEARS = range(1900, 2200)
"""Numbers that, without a label beside them, are the heads of columns."""
PRINTED_DIGITS = 12
"""Digits that a cell's figure is taken for printed with; more are dust of binary fractions."""
CORNER = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
SHORTEST_RANGE = 3
"""Neighbouring cells that are worth a SUM."""


def subtotals(cells: Argument, corner: Argument = None) -> Block:
    """For a pasted table: which rows are sums of which, a column of formulas as text.

    Args:
        cells: The table with its labels; a row a line.
        corner: Address of its first cell, as CELL("address",A1) gives it; the formulas then fit their place.

    Raises:
        WrongValueError: there are no figures, or the corner is no address.
    """
    given = block(cells)
    widest = max(map(len, given), default=0)
    rows = tuple((*row, *(None,) * (widest - len(row))) for row in given)  # lists of Python's may be ragged
    columns = [index for index in range(widest) if any(_is_figure(row[index]) for row in rows)]
    if not columns:
        raise WrongValueError("the range holds no figures.")
    letters, first = _corner(text(corner, "corner") or "A1")
    found = {each.total: each for each in structure_of(_statements(rows, columns)).calculations}
    shown = column_letters(column_number(letters) + columns[0])
    return tuple((_formula(found[str(row)], shown, first) if str(row) in found else "",) for row in range(len(rows)))


def _statements(rows: Block, columns: list[int]) -> Statements:
    years = tuple(date(LATEST_YEAR - place, 12, 31) for place in range(len(columns)))
    lines = tuple(_line(number, row, columns) for number, row in enumerate(rows))
    heads = tuple(Column(ColumnRole.PERIOD, Period(12, year), str(year.year)) for year in years)
    made = Statement("", StatementKind.OTHER, "", 0, "", heads, lines, 0)
    count = sum(fact.value is not None for line in made.items for fact in line.facts)
    return Statements("", None, (made,), (), Coverage(count, count))


def _line(number: int, row: tuple[Value, ...], columns: list[int]) -> LineItem | Heading:
    label = next((cell.strip() for cell in row[: columns[0]] if isinstance(cell, str) and cell.strip()), "")
    facts = tuple(_fact(row[index], number) for index in columns)
    if all(fact.value is None for fact in facts) or (not label and all(_is_year(fact) for fact in facts)):
        return Heading(label, 0, number)
    return LineItem(str(number), label, (), 0, Unit.MONEY, 0, facts)


def _fact(cell: Value, line: int) -> Fact:
    if not _is_figure(cell):
        return Fact(None)
    value = Decimal(f"{cell:.{PRINTED_DIGITS}g}")
    exponent = value.as_tuple().exponent
    return Fact(value, max(0, -exponent) if isinstance(exponent, int) else 0, line, str(cell))


def _is_year(fact: Fact) -> bool:
    return fact.value is None or fact.value in YEARS


def _is_figure(cell: Value) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell)


def _formula(calculation: Calculation, letters: str, first: int) -> str:
    """=C5-C6, =SUM(C5:C9): the sum in the first column of figures."""
    terms = [(first + int(term.line), term.weight) for term in calculation.terms]
    rows = [row for row, _ in terms]
    if all(weight > 0 for _, weight in terms) and len(rows) >= SHORTEST_RANGE:
        low, high = min(rows), max(rows)
        if sorted(rows) == list(range(low, high + 1)):
            return f"=SUM({letters}{low}:{letters}{high})"
    return "=" + "".join(f"{'-' if weight < 0 else '+'}{letters}{row}" for row, weight in terms).removeprefix("+")


def _corner(address: str) -> tuple[str, int]:
    found = CORNER.search(address.upper())
    if found is None:
        raise WrongValueError(f"corner must be an address such as B5, not '{address}'.")
    return found[1], int(found[2])
