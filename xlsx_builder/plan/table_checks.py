"""The checks of a table's workbook: each formula against the figure that stood in its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlsx_builder.model.formula import address
from xlsx_builder.model.table import Number
from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Link,
    NumberKind,
    Others,
    Outcome,
    PlannedCell,
    Role,
    RoundedDifference,
    Sheet,
    Tab,
    Tally,
    Verdict,
    Within,
)
from xlsx_builder.plan.checks import COMPARED_DIGITS
from xlsx_builder.plan.layout import FIRST_ROW, FLAG_ROW, HEADING_ROW
from xlsx_builder.plan.names import ABOUT, CHECKS
from xlsx_builder.plan.table_relations import Numbers, Place, Relation, computed, format_of, held, ref, share, slack
from xlsx_builder.plan.table_source import citation
from xlsx_builder.plan.top import MASTER, top_cells
from xlsx_builder.plan.values import DIFFERS, OK

CELL, COMPUTED, REPORTED, DIFFERENCE, TOLERANCE, VERDICT, SOURCE = range(1, 8)
HEADINGS = ("Line", "Computed", "As it was", "Difference", "Tolerance", "Verdict", "Source line")
COUNT, DIGITS = CellRef(CHECKS, FLAG_ROW, TOLERANCE), CellRef(CHECKS, FLAG_ROW + 1, TOLERANCE)


def checks_sheet(numbers: Numbers, formulas: Mapping[Place, Relation]) -> tuple[Sheet, Outcome]:
    """The sheet, and how its checks stand; the master check counts those that differ."""
    known: dict[Place, Decimal] = {}
    cells: list[PlannedCell] = []
    failed = 0
    for row, (place, one) in enumerate(sorted(formulas.items()), start=FIRST_ROW):
        found = numbers[place[0]][place[1]]
        assert found is not None
        room = sum((slack(n) for row, column, _ in one.terms if (n := numbers[row][column])), Decimal(0))
        tolerance = slack(found) + room / share(one)
        failed += abs(computed(place, formulas, numbers, known) - held(found)) > tolerance
        cells.extend(_check(row, place, found, tolerance))
    last = FIRST_ROW + max(len(formulas), 1) - 1
    verdicts = CellRange(CellRef(CHECKS, FIRST_ROW, VERDICT), CellRef(CHECKS, last, VERDICT))
    sheet = Sheet(
        CHECKS,
        Tab.CHECK,
        (*_top(verdicts if formulas else None), *cells),
        dict.fromkeys(range(1, SOURCE + 1), 16.0),
        freeze=(FIRST_ROW, 2),
        title_rows=(1, HEADING_ROW),
        flags=(verdicts, CellRange(MASTER, MASTER)),
    )
    return sheet, Outcome(len(formulas) - failed, 0, failed)


def _check(row: int, place: Place, found: Number, tolerance: Decimal) -> Iterator[PlannedCell]:
    cell, (kind, decimals) = ref(place), format_of(found)
    sides = CellRef(CHECKS, row, COMPUTED), CellRef(CHECKS, row, REPORTED)
    gap = CellRef(CHECKS, row, DIFFERENCE)
    yield PlannedCell(row, CELL, address(cell.row, cell.column), Role.LABEL, link=cell)
    yield PlannedCell(row, COMPUTED, Link(cell), Role.LINK, kind, decimals)
    yield PlannedCell(row, REPORTED, held(found), Role.REPORTED, kind, decimals)
    yield PlannedCell(row, DIFFERENCE, RoundedDifference(*sides, DIGITS), Role.CALCULATION, kind, decimals)
    yield PlannedCell(row, TOLERANCE, tolerance, Role.PARAMETER, kind, decimals + 1)
    yield PlannedCell(row, VERDICT, Within(gap, CellRef(CHECKS, row, TOLERANCE)), Role.CHECK)
    yield citation(place[0], row, SOURCE)


def _top(verdicts: CellRange | None) -> Iterator[PlannedCell]:
    yield from top_cells(CHECKS, "Checks", "Each formula against the figure that stood in its cell", ABOUT)
    yield PlannedCell(MASTER.row, MASTER.column, Verdict((COUNT,)), Role.CHECK)
    yield PlannedCell(COUNT.row, COUNT.column - 1, "Not OK", Role.UNIT)
    heading = CellRef(CHECKS, HEADING_ROW, VERDICT)
    content = Tally(CellRange(heading, heading), DIFFERS) if verdicts is None else Others(verdicts, OK)
    yield PlannedCell(COUNT.row, COUNT.column, content, Role.CHECK, NumberKind.COUNT)
    yield PlannedCell(DIGITS.row, DIGITS.column - 1, "Digits compared", Role.UNIT)
    yield PlannedCell(DIGITS.row, DIGITS.column, COMPARED_DIGITS, Role.PARAMETER, NumberKind.COUNT)
    yield from (PlannedCell(HEADING_ROW, column, text, Role.PERIOD) for column, text in enumerate(HEADINGS, start=1))
