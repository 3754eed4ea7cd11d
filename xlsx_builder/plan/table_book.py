"""Any table as a workbook: its cells where they were, its sums live, checks against what was there, and its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsx_builder.model.table import YEARS, Number
from xlsx_builder.model.workbook import CellRange, CellRef, Link, PlannedCell, Role, Sheet, Tab, Workbook
from xlsx_builder.plan.names import CHECKS
from xlsx_builder.plan.table_checks import checks_sheet
from xlsx_builder.plan.table_relations import TABLE, Numbers, Place, Relation, acyclic, format_of, formula_of, held
from xlsx_builder.plan.table_source import about_sheet, citation, source_sheet
from xlsx_builder.plan.top import MASTER

WIDEST = 60.0
"""Characters; longer texts run on over the next cell."""
MOST_HEADS = 10
"""Rows above the figures that can stay in view and still leave room for the figures."""
AS_GIVEN = "as given"
"""Unit of the figures that no sign follows: what they count, the table alone can say."""
BESIDE = 14.0
"""Width of the columns that are put beside the table."""


def plan_table(source: str, rows: Sequence[Sequence[str]], numbers: Numbers, found: Sequence[Relation]) -> Workbook:
    """Plan the workbook of a table.

    Args:
        source: File name, for the foot of each page.
        rows: The cells as text; they keep their addresses.
        numbers: The figure in each cell, where there is one.
        found: The sums and averages among them; a cell that has several takes the first that closes no circle.
    """
    formulas = acyclic(found)
    checks, outcome = checks_sheet(numbers, formulas)
    sheets = (_table_sheet(rows, numbers, formulas), checks, source_sheet(source, rows), about_sheet(source))
    return Workbook(f"{source} – formulas", sheets, footer=source, master=MASTER, outcome=outcome)  # noqa: RUF001


def _table_sheet(rows: Sequence[Sequence[str]], numbers: Numbers, formulas: Mapping[Place, Relation]) -> Sheet:
    """The table where it was; beside it units and citations, and the master check in a row that stays in view."""
    beside = max(map(len, rows), default=0) + 1
    widths = {column: _width(rows, column - 1) for column in range(1, beside)}
    heads = _heads(numbers, formulas)
    shown = heads if 0 < heads <= MOST_HEADS else 1
    flag = CellRef(TABLE, 1, beside + 3)
    cells = [*_headings(rows[:heads]), *_cells(rows, numbers, formulas, heads)]
    for index, row in enumerate(numbers):
        if index >= heads and any(row):
            unit = "%" if all(one.percent for one in row if one) else AS_GIVEN
            cells += [PlannedCell(index + 1, beside, unit, Role.UNIT), citation(index, index + 1, beside + 1)]
    cells.append(PlannedCell(1, flag.column - 1, "All checks", Role.UNIT))
    cells.append(PlannedCell(flag.row, flag.column, Link(MASTER), Role.CHECK, link=CellRef(CHECKS, 1, 1)))
    if heads:
        cells.append(PlannedCell(heads, beside, "Unit", Role.PERIOD))
        cells.append(PlannedCell(heads, beside + 1, "Source line", Role.PERIOD))
    return Sheet(
        TABLE,
        Tab.STATEMENT,
        tuple(cells),
        widths | dict.fromkeys(range(beside, flag.column + 1), BESIDE),
        freeze=(shown + 1, 2),
        title_rows=(1, shown),
        flags=(CellRange(flag, flag),),
    )


def _heads(numbers: Numbers, formulas: Mapping[Place, Relation]) -> int:
    """How many rows stand above the figures, years not counted as figures where no formula reads them."""
    first = next((index for index, row in enumerate(numbers) if any(row) and not _are_years(row)), 0)
    return min((first, *(row for one in formulas.values() for row, _, _ in one.terms)))


def _are_years(row: Sequence[Number | None]) -> bool:
    return all(one is None or (not one.decimals and not one.percent and one.value in YEARS) for one in row)


def _headings(rows: Sequence[Sequence[str]]) -> Iterator[PlannedCell]:
    """What stands above the first figures; the last row of it heads the columns."""
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            if text.strip():
                yield PlannedCell(row, column, text.strip(), Role.PERIOD if row == len(rows) else Role.LABEL)


def _cells(
    rows: Sequence[Sequence[str]], numbers: Numbers, formulas: Mapping[Place, Relation], heads: int
) -> Iterator[PlannedCell]:
    for row, texts in enumerate(rows[heads:], start=heads):
        for column, text in enumerate(texts):
            found = numbers[row][column]
            if not text.strip():
                continue
            if found is None:
                yield PlannedCell(row + 1, column + 1, text.strip(), Role.LABEL)
                continue
            one = formulas.get((row, column))
            content = held(found) if one is None else formula_of(one, numbers)
            role = Role.INPUT if one is None else Role.SUBTOTAL
            yield PlannedCell(row + 1, column + 1, content, role, *format_of(found))


def _width(rows: Sequence[Sequence[str]], column: int) -> float:
    longest = max((len(row[column].strip()) for row in rows if column < len(row)), default=0)
    return min(WIDEST, max(9.0, longest * 1.1 + 2))
