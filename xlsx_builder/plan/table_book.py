"""Any table as a workbook: its cells where they were, its sums live, and a sheet of checks against what was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xlsx_builder.model.formula import column_letters
from xlsx_builder.model.table import CellAverage, CellSum, Number
from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Link,
    Mean,
    NumberKind,
    Others,
    Outcome,
    PlannedCell,
    Role,
    RoundedDifference,
    Sheet,
    SignedSum,
    Tab,
    Verdict,
    Within,
    Workbook,
)
from xlsx_builder.plan.averages import blocks
from xlsx_builder.plan.checks import COMPARED_DIGITS
from xlsx_builder.plan.names import CHECKS
from xlsx_builder.plan.values import OK

TABLE = "Table"
Place = tuple[int, int]
Relation = CellSum | CellAverage
Numbers = Sequence[Sequence[Number | None]]
CELL, COMPUTED, REPORTED, DIFFERENCE, TOLERANCE, VERDICT = range(1, 7)
HEADINGS = ("Line", "Computed", "As it was", "Difference", "Tolerance", "Verdict")
FIRST = 6
MASTER, COUNT, DIGITS = CellRef(CHECKS, 2, 2), CellRef(CHECKS, 2, 4), CellRef(CHECKS, 3, 2)
WIDEST = 60.0
"""Characters; longer texts run on over the next cell."""


def plan_table(source: str, rows: Sequence[Sequence[str]], numbers: Numbers, found: Sequence[Relation]) -> Workbook:
    """Plan the workbook of a table.

    Args:
        source: File name, for the foot of each page.
        rows: The cells as text; they keep their addresses.
        numbers: The figure in each cell, where there is one.
        found: The sums and averages among them; a cell that has several takes the first that closes no circle.
    """
    formulas = acyclic(found)
    table = Sheet(
        TABLE,
        Tab.STATEMENT,
        tuple(_cells(rows, numbers, formulas)),
        {column + 1: _width(rows, column) for column in range(max(map(len, rows), default=0))},
    )
    checks, outcome = _checks(numbers, formulas)
    return Workbook(f"{source} – formulas", (table, checks), footer=source, master=MASTER, outcome=outcome)  # noqa: RUF001


def acyclic(found: Sequence[Relation]) -> dict[Place, Relation]:
    """One relation a cell, in such a choice that no cell reads itself."""
    chosen: dict[Place, Relation] = {}
    for one in found:
        if one.cell not in chosen and not _reads(chosen, one):
            chosen[one.cell] = one
    return chosen


def _reads(chosen: Mapping[Place, Relation], one: Relation) -> bool:
    """Whether the terms of a relation lead back to its own cell."""
    waiting, seen = [(row, column) for row, column, _ in one.terms], set[Place]()
    while waiting:
        place = waiting.pop()
        if place == one.cell:
            return True
        if place not in seen and place in chosen:
            waiting.extend((row, column) for row, column, _ in chosen[place].terms)
        seen.add(place)
    return False


def ref(place: Place) -> CellRef:
    """The cell of the workbook that holds a cell of the table."""
    return CellRef(TABLE, place[0] + 1, place[1] + 1)


def _cells(
    rows: Sequence[Sequence[str]], numbers: Numbers, formulas: Mapping[Place, Relation]
) -> Iterator[PlannedCell]:
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            found = numbers[row][column]
            if not text.strip():
                continue
            if found is None:
                yield PlannedCell(row + 1, column + 1, text.strip(), Role.LABEL)
                continue
            one = formulas.get((row, column))
            content = held(found) if one is None else formula_of(one, numbers)
            yield PlannedCell(
                row + 1, column + 1, content, Role.INPUT if one is None else Role.SUBTOTAL, *_format(found)
            )


def held(found: Number) -> Decimal:
    """A figure as its cell holds it: per cents as fractions."""
    return found.value / 100 if found.percent else found.value


def formula_of(one: Relation, numbers: Numbers) -> SignedSum | Mean:
    """The formula of a relation; cells without a figure are left out, so that no text is added up."""
    if isinstance(one, CellAverage):
        return Mean(blocks(map(ref, one.parts)))
    return SignedSum(tuple((weight, ref((row, column))) for row, column, weight in one.terms if numbers[row][column]))


def _format(found: Number) -> tuple[NumberKind, int]:
    return NumberKind.PERCENT if found.percent else NumberKind.MONEY, found.decimals


def _width(rows: Sequence[Sequence[str]], column: int) -> float:
    longest = max((len(row[column].strip()) for row in rows if column < len(row)), default=0)
    return min(WIDEST, max(9.0, longest * 1.1 + 2))


def computed(
    place: Place, formulas: Mapping[Place, Relation], numbers: Numbers, known: dict[Place, Decimal]
) -> Decimal:
    """What a cell comes to; `known` keeps what was computed on the way."""
    waiting = [place]
    while waiting:
        at = waiting[-1]
        one = formulas.get(at)
        terms = [] if one is None else [(row, column, weight) for row, column, weight in one.terms]
        missing = [(row, column) for row, column, _ in terms if (row, column) not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        found = numbers[at[0]][at[1]]
        plain = Decimal(0) if found is None else held(found)
        reached = sum((weight * known[row, column] for row, column, weight in terms), Decimal(0))
        known[at] = plain if one is None else reached / share(one)
    return known[place]


def share(one: Relation) -> int:
    """By how much the sum of its terms is divided."""
    return len(one.parts) if isinstance(one, CellAverage) else 1


def _checks(numbers: Numbers, formulas: Mapping[Place, Relation]) -> tuple[Sheet, Outcome]:
    """Each formula against the figure that stood there; the master check counts those that differ."""
    known: dict[Place, Decimal] = {}
    cells: list[PlannedCell] = []
    failed = 0
    for row, (place, one) in enumerate(sorted(formulas.items()), start=FIRST):
        found = numbers[place[0]][place[1]]
        assert found is not None
        room = sum((_unit(n) / 2 for row, column, _ in one.terms if (n := numbers[row][column])), Decimal(0))
        tolerance = _unit(found) / 2 + room / share(one)
        failed += abs(computed(place, formulas, numbers, known) - held(found)) > tolerance
        cells.extend(_check(row, ref(place), found, tolerance))
    last = max(FIRST, FIRST + len(formulas) - 1)
    verdicts = CellRange(CellRef(CHECKS, FIRST, VERDICT), CellRef(CHECKS, last, VERDICT))
    sheet = Sheet(
        CHECKS,
        Tab.CHECK,
        (*_top(verdicts if formulas else None), *cells),
        dict.fromkeys(range(1, 7), 16.0),
        freeze=(FIRST, 2),
        title_rows=(1, FIRST - 1),
        flags=(verdicts, CellRange(MASTER, MASTER)),
    )
    return sheet, Outcome(len(formulas) - failed, 0, failed)


def _unit(found: Number) -> Decimal:
    """What one unit of the last printed digit is worth."""
    return Decimal(1).scaleb(-found.decimals - (2 if found.percent else 0))


def _check(row: int, cell: CellRef, found: Number, tolerance: Decimal) -> Iterator[PlannedCell]:
    kind, decimals = _format(found)
    sides = CellRef(CHECKS, row, COMPUTED), CellRef(CHECKS, row, REPORTED)
    gap = CellRef(CHECKS, row, DIFFERENCE)
    yield PlannedCell(row, CELL, f"{column_letters(cell.column)}{cell.row}", Role.LABEL, link=cell)
    yield PlannedCell(row, COMPUTED, Link(cell), Role.LINK, kind, decimals)
    yield PlannedCell(row, REPORTED, held(found), Role.REPORTED, kind, decimals)
    yield PlannedCell(row, DIFFERENCE, RoundedDifference(*sides, DIGITS), Role.CALCULATION, kind, decimals)
    yield PlannedCell(row, TOLERANCE, tolerance, Role.PARAMETER, kind, decimals + 1)
    yield PlannedCell(row, VERDICT, Within(gap, CellRef(CHECKS, row, TOLERANCE)), Role.CHECK)


def _top(verdicts: CellRange | None) -> Iterator[PlannedCell]:
    yield PlannedCell(1, 1, "Each formula against the figure that stood in its cell", Role.TITLE)
    yield PlannedCell(2, 1, "All checks", Role.UNIT)
    yield PlannedCell(2, 2, Verdict((COUNT,)), Role.CHECK)
    yield PlannedCell(2, 3, "Not OK", Role.UNIT)
    content = 0 if verdicts is None else Others(verdicts, OK)
    yield PlannedCell(COUNT.row, COUNT.column, content, Role.CHECK, NumberKind.COUNT)
    yield PlannedCell(3, 1, "Digits compared", Role.UNIT)
    yield PlannedCell(DIGITS.row, DIGITS.column, COMPARED_DIGITS, Role.PARAMETER, NumberKind.COUNT)
    yield from (PlannedCell(FIRST - 1, column, text, Role.PERIOD) for column, text in enumerate(HEADINGS, start=1))
