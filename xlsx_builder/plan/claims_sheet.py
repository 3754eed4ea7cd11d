"""The sheet Claims: each figure of the prose beside the cells that it speaks of, computed again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from xlsx_builder.model.claim import Claim, ClaimKind, ClaimUnit, Finding
from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Change,
    Content,
    Difference,
    Formula,
    Link,
    Moved,
    NumberKind,
    PlannedCell,
    Ratio,
    Role,
    RoundedDifference,
    ScaledDifference,
    Sheet,
    Tab,
    Within,
)
from xlsx_builder.plan.checks import BASIS_POINTS, DIGITS, FACTOR
from xlsx_builder.plan.figures import HUNDRED, decimals_of, digits_shown, number_of, scale_of
from xlsx_builder.plan.ground import Draft, Ground
from xlsx_builder.plan.layout import FIRST_ROW, HEADING_ROW
from xlsx_builder.plan.names import CLAIMS
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.widths import BRACKETS
from xlsx_builder.plan.words import name

SENTENCE, FIGURE, CLAIMED, COMPUTED, DIFFERENCE, TOLERANCE, VERDICT, SPEAKS, SOURCE, FIRST_CELL = range(1, 11)
HEADINGS = {
    SENTENCE: "Sentence",
    FIGURE: "As printed",
    CLAIMED: "Claimed",
    COMPUTED: "Computed",
    DIFFERENCE: "Difference",
    TOLERANCE: "Tolerance",
    VERDICT: "Verdict",
    SPEAKS: "Speaks of",
    SOURCE: "Source line",
    FIRST_CELL: "New, or part",
    FIRST_CELL + 1: "Old, or whole",
    FIRST_CELL + 2: "Old part",
    FIRST_CELL + 3: "Old whole",
    FIRST_CELL + 4: "Rest or ratio",
    FIRST_CELL + 5: "Old ratio",
    FIRST_CELL + 6: "Up 1, down -1",
}
NOTES = {
    CLAIMED: "The figure of the sentence, in the unit of the tables; what fell is negative.",
    COMPUTED: "The same from the cells of the statements, which stand in the columns at the right.",
    FIRST_CELL: "From the statements: the figure itself, the newer one of a change, or the part of a share.",
    FIRST_CELL + 1: "From the statements: the older figure of a change, or the whole of a share.",
    FIRST_CELL + 2: "From the statements: the part of the older share.",
    FIRST_CELL + 3: "From the statements: the whole of the older share.",
    FIRST_CELL + 4: "What the part leaves of the whole, or the newer share.",
    FIRST_CELL + 5: "The older share.",
    FIRST_CELL + 6: "Which way the sentence says that the figure went.",
}
HELPER, TOLD = FIRST_CELL + 4, FIRST_CELL + 6
WIDTHS = {SENTENCE: 62.0, FIGURE: 14.0, VERDICT: 16.0, SPEAKS: 46.0, SOURCE: 10.0}
FIGURE_WIDTH = 13.0
INDENTS = {FIGURE: 1}
"""How far columns are set in: what was printed, lest it look like the end of the sentence before it."""

BLOCKS = (
    (Finding.DIFFERS, "Differ from the tables as we read them"),
    (Finding.OK, "Agree with the tables"),
    (Finding.AMBIGUOUS, "More than one line would do"),
    (Finding.NONE, "No table figure; amounts in whole units"),
)
UNTIED = {ClaimUnit.MONEY: NumberKind.MONEY, ClaimUnit.SHARES: NumberKind.SHARES}
"""How figures are shown that no cell of a table gives a format."""
WORDS = {Finding.AMBIGUOUS: "ambiguous", Finding.NONE: "no table figure"}


class ClaimsPlan(Struct, frozen=True):
    """The sheet, and the verdicts that the master check counts: those that agree as long as nobody changes an input."""

    sheet: Sheet
    verdicts: CellRange | None


class Place(Struct, frozen=True):
    """Where a claim's row stands, and what it is made with."""

    ground: Ground
    draft: Draft
    row: int

    def at(self, column: int) -> CellRef:
        """A cell of the row."""
        return CellRef(CLAIMS, self.row, column)


def claims_sheet(ground: Ground, draft: Draft, claims: tuple[Claim, ...], rows: dict[int, int]) -> ClaimsPlan:
    """Plan the sheet; those that differ stand on top."""
    subtitle = "Each figure of the text, against the figures of the tables that it speaks of"
    cells = list(top_cells(CLAIMS, "Claims", subtitle))
    last = _last_column(claims)
    for at, text in HEADINGS.items():
        if at <= last:
            indent, note = INDENTS.get(at, 0), NOTES.get(at, "")
            cells.append(PlannedCell(HEADING_ROW, at, text, Role.PERIOD, indent=indent, note=note))
    row, counted, ranges = FIRST_ROW, [], []
    for finding, title in BLOCKS:
        block = [claim for claim in claims if claim.verdict is finding]
        if not block:
            continue
        cells.append(PlannedCell(row, SENTENCE, title, Role.HEADING))
        for at, claim in enumerate(block, start=row + 1):
            cells.extend(_claim(Place(ground, draft, at), claim, rows))
        made = CellRange(CellRef(CLAIMS, row + 1, VERDICT), CellRef(CLAIMS, row + len(block), VERDICT))
        ranges.append(made)
        counted += [made] if finding is Finding.OK else []
        row += len(block) + 2
    sheet = Sheet(
        CLAIMS,
        Tab.CHECK,
        tuple(cells),
        {column: WIDTHS.get(column, _figure_width(cells, column)) for column in HEADINGS if column <= last},
        freeze=(FIRST_ROW, FIGURE),
        title_rows=(1, HEADING_ROW),
        flags=(flag_range(CLAIMS), *ranges),
    )
    return ClaimsPlan(sheet, counted[0] if counted else None)


def _figure_width(cells: list[PlannedCell], column: int) -> float:
    """Wide enough for the longest figure of a column, with parentheses."""
    figures = [(cell.content, cell.decimals) for cell in cells if cell.row >= FIRST_ROW and cell.column == column]
    texts = [f"{abs(content):,.{decimals}f}" for content, decimals in figures if isinstance(content, Decimal)]
    return max([FIGURE_WIDTH, *(float(len(text) + BRACKETS) for text in texts)])


def _last_column(claims: tuple[Claim, ...]) -> int:
    """The last column that any of the claims needs."""
    if any(_turned(claim) for claim in claims):
        return TOLD
    if any(claim.kind is ClaimKind.RATIO_CHANGE and claim.cells for claim in claims):
        return HELPER + 1
    if any(claim.complement for claim in claims):
        return HELPER
    return FIRST_CELL - 1 + max((len(claim.cells) for claim in claims), default=0)


def _claim(place: Place, claim: Claim, rows: dict[int, int]) -> Iterator[PlannedCell]:
    number, decimals = _format(place.ground, claim)
    claimed = _held(place.ground, claim, claim.value)
    amount = claim.kind in (ClaimKind.LEVEL, ClaimKind.CHANGE) and number is not NumberKind.PERCENT
    finer = digits_shown(claimed, decimals) if amount else decimals + 1
    yield PlannedCell(place.row, SENTENCE, claim.text, Role.TEXT)
    yield PlannedCell(place.row, FIGURE, claim.figure, Role.TEXT, indent=INDENTS[FIGURE])
    yield PlannedCell(place.row, CLAIMED, claimed, Role.CLAIM, number, finer if amount else decimals)
    yield PlannedCell(place.row, SPEAKS, _speaks_of(place.ground, claim), Role.TEXT, note=claim.reason)
    link = citation(rows, claim.line)
    yield PlannedCell(place.row, SOURCE, claim.line, Role.SOURCE, link=link)
    if claim.verdict not in (Finding.OK, Finding.DIFFERS):
        yield PlannedCell(place.row, VERDICT, WORDS[claim.verdict], Role.TEXT)
        return
    yield from _cells(place, claim)
    computed = _computed(place, claim)
    yield PlannedCell(place.row, COMPUTED, computed, Role.CALCULATION, number, decimals)
    gap = RoundedDifference(place.at(COMPUTED), place.at(CLAIMED), DIGITS)
    yield PlannedCell(place.row, DIFFERENCE, gap, Role.CALCULATION, number, finer)
    tolerance = _tolerance(place, claim)
    shown = digits_shown(tolerance if number is not NumberKind.PERCENT else tolerance * HUNDRED, decimals)
    yield PlannedCell(place.row, TOLERANCE, tolerance, Role.PARAMETER, number, shown)
    yield from _verdict(place, claim)


def _verdict(place: Place, claim: Claim) -> Iterator[PlannedCell]:
    """Whether the figure agrees and, where the tables say that it went the other way, which way it goes now."""
    within = Within(place.at(DIFFERENCE), place.at(TOLERANCE))
    if not _turned(claim):
        yield PlannedCell(place.row, VERDICT, within, Role.CHECK)
        return
    new, old = place.at(FIRST_CELL), place.at(FIRST_CELL + 1)
    if claim.kind is ClaimKind.RATIO:
        new, old = place.at(COMPUTED), place.at(HELPER + 1)
    elif claim.weight < 0:
        new, old = old, new
    yield PlannedCell(place.row, TOLD, claim.direction, Role.CLAIM, NumberKind.COUNT)
    yield PlannedCell(place.row, VERDICT, Moved(within, new, old, place.at(TOLD)), Role.CHECK, note=claim.reason)


def _turned(claim: Claim) -> bool:
    """Whether the level is right and the way it went is not: 'decreased to 5 from 4'."""
    agrees = claim.recomputed is not None and abs(claim.recomputed - claim.value) <= claim.tolerance
    return claim.verdict is Finding.DIFFERS and agrees


def _speaks_of(ground: Ground, claim: Claim) -> str:
    """The lines of the claim's cells, each once, and the headings they stand under."""
    if not claim.cells:
        return claim.reason
    lines = dict.fromkeys(name(ground.items[line]) for line, _ in claim.cells)
    heads = dict.fromkeys(ground.homes[line].headings[index].replace("\n", " ") for line, index in claim.cells)
    section = ground.items[claim.cells[0][0]].section[-1:]
    return f"{' / '.join((*section, *lines))}: {' / '.join(heads)}"


def _cells(place: Place, claim: Claim) -> Iterator[PlannedCell]:
    """Links to the cells that the claim speaks of, and the ratios between."""
    before = claim.base if _turned(claim) else ()
    for column, (line, index) in enumerate((*claim.cells, *before), start=FIRST_CELL):
        item, home = place.ground.items[line], place.ground.homes[line]
        number = number_of(item, home.statement.columns[index])
        decimals = decimals_of(item, home.statement, index)
        cell = place.ground.cell(line, index)
        # A share of a whole takes the sign of its words with its part, a level with the whole formula.
        part_of_ratio = claim.kind is ClaimKind.RATIO and (column - FIRST_CELL) % 2 == 0
        link = Link(cell, claim.weight if part_of_ratio else 1)
        yield PlannedCell(place.row, column, link, Role.LINK, number, decimals, link=cell)
    part, whole, old_part, old_whole = (place.at(FIRST_CELL + step) for step in range(4))
    helpers: dict[int, Formula] = {}
    if claim.kind is ClaimKind.RATIO_CHANGE:
        helpers = {HELPER: Ratio(part, whole), HELPER + 1: Ratio(old_part, old_whole)}
    elif claim.kind is ClaimKind.RATIO and claim.complement:
        helpers = {HELPER: Difference(whole, part)}
    elif claim.kind is ClaimKind.RATIO and before:
        helpers = {HELPER + 1: Ratio(old_part, old_whole)}
    for column, formula in helpers.items():
        ratio = isinstance(formula, Ratio)
        role, number = (Role.RATIO, NumberKind.PERCENT) if ratio else (Role.CALCULATION, NumberKind.MONEY)
        yield PlannedCell(place.row, column, formula, role, number, 2 if ratio else 0)


def _computed(place: Place, claim: Claim) -> Formula:
    """The claim from its cells, in its own unit and with its own sign."""
    first, second, helper = place.at(FIRST_CELL), place.at(FIRST_CELL + 1), place.at(HELPER)
    match claim.kind:
        case ClaimKind.LEVEL:
            return Link(first, claim.weight)
        case ClaimKind.CHANGE:
            return Difference(first, second) if claim.weight > 0 else Difference(second, first)
        case ClaimKind.PERCENT_CHANGE:
            return Change(first, second)
        case ClaimKind.RATIO:
            return Ratio(helper if claim.complement else first, second)
    ratios = helper, place.at(HELPER + 1)
    new, old = reversed(ratios) if claim.complement else ratios
    return ScaledDifference(new, old, FACTOR) if claim.unit is ClaimUnit.BASIS_POINTS else Difference(new, old)


def _held(ground: Ground, claim: Claim, value: Decimal) -> Decimal:
    """A value of the claim in the unit of the cells that it is compared with."""
    if claim.unit in (ClaimUnit.PERCENT, ClaimUnit.POINTS):
        return value / HUNDRED
    if claim.kind not in (ClaimKind.LEVEL, ClaimKind.CHANGE) or not claim.cells:
        return value
    line, index = claim.cells[0]
    return value.scaleb(-scale_of(ground.items[line], ground.column(line, index)))


def _format(ground: Ground, claim: Claim) -> tuple[NumberKind, int]:
    """Number format and digits of a claim."""
    exponent = claim.tolerance.as_tuple().exponent
    digits = max(0, -exponent - 1) if isinstance(exponent, int) else 0
    match claim.unit:
        case ClaimUnit.PERCENT | ClaimUnit.POINTS:
            return NumberKind.PERCENT, digits
        case ClaimUnit.BASIS_POINTS:
            return NumberKind.BASIS_POINTS, 0
        case ClaimUnit.PER_SHARE:
            return NumberKind.PER_SHARE, digits
    if not claim.cells:
        return UNTIED.get(claim.unit, NumberKind.COUNT), digits
    line, index = claim.cells[0]
    item, home = ground.items[line], ground.homes[line]
    return number_of(item, home.statement.columns[index]), decimals_of(item, home.statement, index)


def _tolerance(place: Place, claim: Claim) -> Decimal:
    """The claim's own rounding; and that of figures computed anew, where one of them has moved."""
    own = _held(place.ground, claim, claim.tolerance)
    sources: dict[CellRef, Content] = {
        place.at(column): Link(place.ground.cell(line, index))
        for column, (line, index) in enumerate(claim.cells, start=FIRST_CELL)
    }
    trial = Draft(contents={**place.draft.contents, **sources}, slacks=place.draft.slacks)
    for cell in _cells(place, claim):
        trial.contents[place.at(cell.column)] = cell.content
    trial.contents[FACTOR] = BASIS_POINTS
    computed = _computed(place, claim)
    shown = trial.value_of_formula(computed)
    if not isinstance(shown, Decimal) or claim.verdict is not Finding.OK:
        return own
    gap = abs(shown - _held(place.ground, claim, claim.value))
    return own if gap <= own else own + trial.bound(computed, {})
