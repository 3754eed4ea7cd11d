"""The sheet Checks: every figure that can be computed or stands twice, against what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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
    SignedSum,
    Tab,
    Tally,
    Verdict,
    Within,
)
from xlsx_builder.plan.figures import HUNDRED, digits_shown
from xlsx_builder.plan.ground import Group
from xlsx_builder.plan.layout import FIRST_ROW, FLAG_ROW, HEADING_ROW
from xlsx_builder.plan.names import CHECKS
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.settle import Settled, Standing
from xlsx_builder.plan.top import FLAG, MASTER, top_cells
from xlsx_builder.plan.values import DIFFERS, OK

LINE, GROUP, PERIOD, SHEET, COMPUTED, REPORTED, DIFFERENCE, TOLERANCE, VERDICT, WHOSE, SOURCE = range(1, 12)
HEADINGS = (
    "Line",
    "Check",
    "Period",
    "Sheet",
    "Computed",
    "Reported",
    "Difference",
    "Tolerance",
    "Verdict",
    "Where it differs",
    "Source line",
)
WIDTHS = {GROUP: 12.0, VERDICT: 10.0, WHOSE: 15.0, SOURCE: 11.0}
WIDEST = {LINE: 70, PERIOD: 40, SHEET: 31}
"""Characters of columns that are as wide as their texts; longer ones wrap."""
NARROWEST = 14
LETTER = 1.1
"""Width of a letter in digits, to be on the safe side."""
FIGURE_WIDTH = 16.0

FAILING = CellRef(CHECKS, FLAG_ROW, REPORTED)
CLAIMS_FAILING = CellRef(CHECKS, FLAG_ROW, WHOSE)
PRINTED = CellRef(CHECKS, FLAG_ROW, TOLERANCE)
DIGITS = CellRef(CHECKS, FLAG_ROW + 1, REPORTED)
FACTOR = CellRef(CHECKS, FLAG_ROW + 1, TOLERANCE)
BASIS_POINTS = 10_000
"""Basis points in one, in which margins change."""
MOST_DIGITS = 4
"""Digits of a tolerance that are shown."""
COMPARED_DIGITS = 9
"""Digits after the point in which differences are looked at: far behind any printed one, well before binary dust."""

COUNTED = "How many of the checks below are not OK; the master check adds these counts up."

FAILED = {
    Standing.OURS: "Differences of the model",
    Standing.PRINTED: "Differences that the release itself prints",
}
TITLES = {
    Group.SUM: "Sums: totals as computed, against the print",
    Group.TIE: "Ties: the same figure in two places",
    Group.IDENTITY: "Identities",
    Group.ACROSS: "Sums of columns",
    Group.AVERAGE: "Averages, against those that are printed",
    Group.CHANGE: "Changes and rates, against those that are printed",
    Group.EBITDA: "EBITDA: against the print, and the ways against each other",
    Group.ADJUSTED: "Adjusted figures, against those that are printed",
}


def checks_sheet(settled: tuple[Settled, ...], rows: dict[int, int], claims: CellRange | None = None) -> Sheet:
    """The checks by groups, with what differs on top."""
    cells = list(top_cells(CHECKS, "Checks", "Each figure that the model computes, against the figure as printed"))
    cells.extend(PlannedCell(HEADING_ROW, column, text, Role.PERIOD) for column, text in enumerate(HEADINGS, start=1))
    row = FIRST_ROW
    verdicts: list[CellRange] = []
    counts: list[CellRef] = []
    printed = None
    for title, block in _blocks(settled):
        inside = CellRange(CellRef(CHECKS, row + 1, VERDICT), CellRef(CHECKS, row + len(block), VERDICT))
        cells.append(PlannedCell(row, LINE, f"{title} ({len(block)})", Role.HEADING))
        for at, each in enumerate(block, start=row + 1):
            cells.extend(_check(each, at, rows))
        if block[0].standing is Standing.PRINTED:
            printed = inside
        else:
            counts.append(CellRef(CHECKS, row, VERDICT))
            cells.append(PlannedCell(row, VERDICT, Others(inside, OK), Role.CHECK, NumberKind.COUNT, note=COUNTED))
        verdicts.append(inside)
        row += len(block) + 2
    cells.extend(_counts(tuple(counts), printed))
    cells.extend(_master(claims))
    return Sheet(
        CHECKS,
        Tab.CHECK,
        tuple(cells),
        _widths(settled),
        freeze=(FIRST_ROW, 2),
        title_rows=(1, HEADING_ROW),
        flags=(CellRange(MASTER, MASTER), *verdicts),
    )


def _widths(settled: tuple[Settled, ...]) -> dict[int, float]:
    checks = [each.comparison for each in settled]
    texts = {
        LINE: [check.label for check in checks],
        PERIOD: [check.period for check in checks],
        SHEET: [check.statement for check in checks],
    }
    fitted = {
        column: float(min(WIDEST[column], max(NARROWEST, *(int(len(text) * LETTER) + 2 for text in (*found, "")))))
        for column, found in texts.items()
    }
    return WIDTHS | fitted | dict.fromkeys((COMPUTED, REPORTED, DIFFERENCE, TOLERANCE), FIGURE_WIDTH)


def _blocks(settled: tuple[Settled, ...]) -> Iterator[tuple[str, list[Settled]]]:
    """The checks in the order of the sheet: what differs, then what agrees, group by group."""
    for standing, title in FAILED.items():
        differing = [each for each in settled if each.standing is standing]
        if differing:
            yield title, differing
    for group in Group:
        agreeing = [s for s in settled if s.comparison.group is group and s.standing is Standing.AGREES]
        if agreeing:
            yield TITLES[group], agreeing


def _counts(counts: tuple[CellRef, ...], printed: CellRange | None) -> Iterator[PlannedCell]:
    """What the checks count, and the parameters, in the frozen rows."""
    heading = CellRef(CHECKS, HEADING_ROW, VERDICT)
    failing = SignedSum(tuple((1, cell) for cell in counts)) if counts else Tally(CellRange(heading, heading), DIFFERS)
    yield PlannedCell(FLAG_ROW, COMPUTED, "Not OK in the model", Role.UNIT)
    yield PlannedCell(FAILING.row, FAILING.column, failing, Role.CHECK, NumberKind.COUNT)
    if printed is not None:
        yield PlannedCell(FLAG_ROW, DIFFERENCE, "Differ in the print", Role.UNIT)
        yield PlannedCell(PRINTED.row, PRINTED.column, Tally(printed, DIFFERS), Role.CHECK, NumberKind.COUNT)
    yield PlannedCell(DIGITS.row, COMPUTED, "Digits compared", Role.UNIT)
    yield PlannedCell(DIGITS.row, DIGITS.column, COMPARED_DIGITS, Role.PARAMETER, NumberKind.COUNT)
    yield PlannedCell(FACTOR.row, DIFFERENCE, "Basis points in 100%", Role.UNIT)
    yield PlannedCell(FACTOR.row, FACTOR.column, BASIS_POINTS, Role.PARAMETER, NumberKind.COUNT)


def _master(claims: CellRange | None) -> Iterator[PlannedCell]:
    """The master check: each check is OK, error values are not, and so is each claim that agreed as printed."""
    if claims is None:
        yield PlannedCell(FLAG_ROW, FLAG, Verdict((FAILING,)), Role.CHECK)
        return
    yield PlannedCell(FLAG_ROW, FLAG, Verdict((FAILING, CLAIMS_FAILING)), Role.CHECK)
    yield PlannedCell(FLAG_ROW, CLAIMS_FAILING.column - 1, "Claims", Role.UNIT)
    yield PlannedCell(FLAG_ROW, CLAIMS_FAILING.column, Others(claims, OK), Role.CHECK, NumberKind.COUNT)


def _check(settled: Settled, row: int, rows: dict[int, int]) -> Iterator[PlannedCell]:
    check = settled.comparison
    number, decimals = check.number, check.decimals

    def at(column: int) -> CellRef:
        return CellRef(CHECKS, row, column)

    reported = check.reported
    role = Role.REPORTED if isinstance(reported, Decimal) else Role.LINK
    difference = RoundedDifference(at(COMPUTED), at(REPORTED), DIGITS)
    yield PlannedCell(row, LINE, check.label, Role.LABEL)
    yield PlannedCell(row, GROUP, check.group.value, Role.LABEL)
    yield PlannedCell(row, PERIOD, check.period, Role.LABEL)
    yield PlannedCell(row, SHEET, check.statement, Role.LABEL, link=check.place)
    yield PlannedCell(row, COMPUTED, check.computed, _computed_role(settled), number, decimals)
    yield PlannedCell(row, REPORTED, reported, role, number, decimals)
    yield PlannedCell(row, DIFFERENCE, difference, Role.CALCULATION, number, decimals)
    shown = settled.tolerance * (HUNDRED if number is NumberKind.PERCENT else 1)
    digits = min(MOST_DIGITS, digits_shown(shown, decimals))
    yield PlannedCell(row, TOLERANCE, settled.tolerance, Role.PARAMETER, number, digits)
    yield PlannedCell(row, VERDICT, Within(at(DIFFERENCE), at(TOLERANCE)), Role.CHECK)
    if settled.standing is not Standing.AGREES:
        yield PlannedCell(row, WHOSE, settled.standing.value, Role.TEXT)
    if check.line is not None:
        yield PlannedCell(row, SOURCE, check.line, Role.SOURCE, link=citation(rows, check.line))


def _computed_role(settled: Settled) -> Role:
    return Role.LINK if isinstance(settled.comparison.computed, Link) else Role.CALCULATION


def outcome_of(settled: tuple[Settled, ...]) -> Outcome:
    """How many checks stand how."""
    standings = [each.standing for each in settled]
    return Outcome(
        passed=standings.count(Standing.AGREES),
        printed=standings.count(Standing.PRINTED),
        failed=standings.count(Standing.OURS),
    )
