"""A planned workbook with the sheets and analyses that the template chooses, in its order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.template import Choices, Option, Part
from xlsx_builder.model.workbook import CellRef, Link, Outcome, PlannedCell, Ratio, Role, Sheet, Tab, Workbook
from xlsx_builder.plan.layout import FIRST_FIGURE, HEADING_ROW, LABEL, TITLE_ROW, Measure
from xlsx_builder.plan.margins import HEADING as MARGINS_HEADING
from xlsx_builder.plan.names import ABOUT, ADJUSTED, CHECKS, CLAIMS, EBITDA, RELEASE, SUMMARY
from xlsx_builder.plan.without import Gone, read, without

NAMED = {
    SUMMARY: Part.SUMMARY,
    EBITDA: Part.EBITDA,
    ADJUSTED: Part.EBITDA,
    CLAIMS: Part.CLAIMS,
    CHECKS: Part.CHECKS,
    RELEASE: Part.RELEASE,
    ABOUT: Part.ABOUT,
}
MEASURES = {
    Option.CHANGE: Measure.CHANGE,
    Option.PERCENT_CHANGE: Measure.PERCENT,
    Option.COMMON_SIZE: Measure.SHARE,
}
SHOWING = (Tab.STATEMENT, Tab.ANALYSIS, Tab.SUMMARY)
"""Sheets that may show analyses beside figures."""
COUNT = regex(r"\((\d+)\)$")
"""How many checks stand under a heading of the sheet Checks."""
OURS, IN_PRINT = "in the model", "in the print"
"""Where a difference is, as a row of Checks says."""


def chosen(workbook: Workbook, choices: Choices) -> Workbook:
    """The workbook as a template wants it; the same one where it wants everything in the usual order."""
    gone = Gone(
        sheets=frozenset(sheet.name for sheet in workbook.sheets if part_of(sheet) not in choices.parts),
        rows=frozenset(row for sheet in workbook.sheets for row in _rows(workbook, sheet, choices)),
        columns=frozenset(column for sheet in workbook.sheets for column in _columns(workbook, sheet, choices)),
        cells=frozenset(cell for sheet in workbook.sheets for cell in _cells(workbook, sheet, choices)),
    )
    if gone != Gone():
        workbook = _recounted(workbook, without(_computed_anew(workbook, gone), gone))
    order = {part: place for place, part in enumerate(choices.parts)}
    sheets = tuple(sorted(workbook.sheets, key=lambda sheet: order[part_of(sheet)]))
    if Part.SUMMARY not in choices.parts:
        sheets = tuple(_with_contents(sheet, sheets) if sheet.name == ABOUT else sheet for sheet in sheets)
    return replace(workbook, sheets=tuple(_contents(sheet, sheets) for sheet in sheets))


def _computed_anew(workbook: Workbook, gone: Gone) -> Workbook:
    """The workbook in which links to ratios that go compute them instead."""
    ratios = {
        CellRef(sheet.name, cell.row, cell.column): cell.content
        for sheet in workbook.sheets
        for cell in sheet.cells
        if isinstance(cell.content, Ratio) and not any(gone.has(place) for place in read(cell.content))
    }

    def anew(cell: PlannedCell) -> PlannedCell:
        link = cell.content
        if isinstance(link, Link) and link.weight == 1 and link.source in gone.cells and link.source in ratios:
            return replace(cell, content=ratios[link.source], role=Role.RATIO)
        return cell

    return replace(workbook, sheets=tuple(replace(s, cells=tuple(map(anew, s.cells))) for s in workbook.sheets))


def part_of(sheet: Sheet) -> Part:
    """The part of the workbook that a sheet belongs to."""
    return Part.STATEMENTS if sheet.tab is Tab.STATEMENT else NAMED.get(sheet.name, Part.STATEMENTS)


def _rows(workbook: Workbook, sheet: Sheet, choices: Choices) -> Iterator[tuple[str, int]]:
    """Lines of the contents that lead to sheets left out, and margins where none are wanted."""
    left_out = {each.name for each in workbook.sheets if part_of(each) not in choices.parts}
    for cell in sheet.cells:
        if sheet.tab is Tab.SUMMARY and cell.content in left_out and _names_sheet(cell):
            yield sheet.name, cell.row
    if Option.MARGINS in choices.options or sheet.tab not in SHOWING:
        return
    printed = {row for row, _ in _printed(workbook, sheet)}
    margins = {cell.row for cell in sheet.cells if _is_margin(cell)} - printed
    heading = next((cell.row for cell in sheet.cells if cell.content == MARGINS_HEADING), None)
    if heading is not None:
        margins |= {cell.row for cell in sheet.cells if cell.row >= heading} - printed
    yield from ((sheet.name, row) for row in margins)


def _names_sheet(cell: PlannedCell) -> bool:
    """Whether a cell is a line of the contents."""
    return cell.role is Role.LABEL and cell.link == CellRef(str(cell.content), TITLE_ROW, LABEL)


def _is_margin(cell: PlannedCell) -> bool:
    return cell.role is Role.RATIO and isinstance(cell.content, Ratio) and cell.content.part.row != cell.row


def _printed(workbook: Workbook, sheet: Sheet) -> set[tuple[int, int]]:
    """Row and column of each figure of the release on a sheet."""
    cells = (cell for places in workbook.places.values() for cell in places if cell is not None)
    return {(cell.row, cell.column) for cell in cells if cell.sheet == sheet.name}


def _unwanted(workbook: Workbook, sheet: Sheet, choices: Choices) -> set[int]:
    """Columns of analyses that are not wanted; columns that the release prints stay."""
    prefixes = tuple(measure.value for option, measure in MEASURES.items() if option not in choices.options)
    if not prefixes or sheet.tab not in SHOWING:
        return set()
    printed = {column for _, column in _printed(workbook, sheet)}
    heads = (cell for cell in sheet.cells if cell.row == HEADING_ROW and cell.column >= FIRST_FIGURE)
    return {cell.column for cell in heads if str(cell.content).startswith(prefixes)} - printed


def _columns(workbook: Workbook, sheet: Sheet, choices: Choices) -> Iterator[tuple[str, int]]:
    """Unwanted columns that hold nothing else."""
    unwanted = _unwanted(workbook, sheet, choices)
    shared = {cell.column for cell in sheet.cells if cell.column in unwanted and not _is_analysis(cell)}
    yield from ((sheet.name, column) for column in unwanted - shared)


def _cells(workbook: Workbook, sheet: Sheet, choices: Choices) -> Iterator[CellRef]:
    """The cells of unwanted columns; a table below may use the same columns for something else."""
    unwanted = _unwanted(workbook, sheet, choices)
    for cell in sheet.cells:
        if cell.column in unwanted and _is_analysis(cell):
            yield CellRef(sheet.name, cell.row, cell.column)


def _is_analysis(cell: PlannedCell) -> bool:
    return cell.row == HEADING_ROW or cell.role in (Role.CHANGE, Role.RATIO) or cell.content is None


def _with_contents(about: Sheet, sheets: tuple[Sheet, ...]) -> Sheet:
    """About with the contents that Summary would have had."""
    first = max(cell.row for cell in about.cells) + 2
    others = (sheet for sheet in sheets if sheet is not about)
    lines = (
        PlannedCell(row, LABEL, sheet.name, Role.LABEL, link=CellRef(sheet.name, TITLE_ROW, LABEL))
        for row, sheet in enumerate(others, first + 1)
    )
    return replace(about, cells=(*about.cells, PlannedCell(first, LABEL, "Contents", Role.HEADING), *lines))


def _contents(sheet: Sheet, sheets: tuple[Sheet, ...]) -> Sheet:
    """The sheet with its contents in the order of the sheets."""
    lines = {str(cell.content): cell.row for cell in sheet.cells if sheet.tab is Tab.SUMMARY and _names_sheet(cell)}
    wanted = [each.name for each in sheets if each.name in lines]
    rows = {lines[name]: row for name, row in zip(wanted, sorted(lines.values()), strict=True)}
    heights = {rows.get(row, row): height for row, height in sheet.heights.items()}
    return replace(sheet, cells=tuple(replace(c, row=rows.get(c.row, c.row)) for c in sheet.cells), heights=heights)


def _recounted(before: Workbook, after: Workbook) -> Workbook:
    """The workbook with the counts of its checks as they are now, in headings and outcome."""
    lost = len(_judged(before)) - len(_judged(after))
    sheets = tuple(_with_counts(sheet) if sheet.name == CHECKS else sheet for sheet in after.sheets)
    was, whose = before.outcome, _lost_differences(before, after)
    passed = was.passed - lost + whose[0] + whose[1]
    return replace(after, sheets=sheets, outcome=Outcome(passed, was.printed - whose[0], was.failed - whose[1]))


def _checks(workbook: Workbook) -> list[PlannedCell]:
    return [cell for sheet in workbook.sheets if sheet.name == CHECKS for cell in sheet.cells]


def _judged(workbook: Workbook) -> set[int]:
    """Rows of the sheet Checks with a tolerance, one for each check."""
    return {c.row for c in _checks(workbook) if c.role is Role.PARAMETER and c.row > HEADING_ROW}


def _lost_differences(before: Workbook, after: Workbook) -> tuple[int, int]:
    """Differences that went: the print's own, and ours."""
    counts = [[sum(c.content == word for c in _checks(w)) for w in (before, after)] for word in (IN_PRINT, OURS)]
    return counts[0][0] - counts[0][1], counts[1][0] - counts[1][1]


def _with_counts(sheet: Sheet) -> Sheet:
    """The headings of Checks with the number of checks below each of them."""
    judged = sorted({c.row for c in sheet.cells if c.role is Role.PARAMETER and c.row > HEADING_ROW})
    heads = sorted(c.row for c in sheet.cells if c.role is Role.HEADING)
    below = {
        head: sum(head < row < nxt for row in judged) for head, nxt in zip(heads, [*heads[1:], 10**9], strict=True)
    }
    cells = (
        replace(c, content=COUNT.sub(f"({below[c.row]})", str(c.content))) if c.role is Role.HEADING else c
        for c in sheet.cells
    )
    return replace(sheet, cells=tuple(cells))
