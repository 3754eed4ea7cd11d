"""One printed statement as a sheet: its lines and columns as printed, changes beside them, a citation behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from xlsx_builder.model.document import Rule
from xlsx_builder.model.statement import Heading, LineItem, StatementKind
from xlsx_builder.model.workbook import (
    CellRef,
    Change,
    Content,
    Difference,
    Formula,
    Link,
    Lookup,
    Mean,
    NumberKind,
    PlannedCell,
    Ratio,
    Role,
    ScaledDifference,
    Sheet,
    SignedSum,
    Tab,
)
from xlsx_builder.plan.checks import FACTOR
from xlsx_builder.plan.figures import comparable, decimals_of, number_of, scale_text, unit_text
from xlsx_builder.plan.ground import Draft, Ground
from xlsx_builder.plan.layout import (
    FIRST_FIGURE,
    FIRST_ROW,
    HEADING_ROW,
    LABEL,
    UNIT,
    Layout,
    Measure,
    analysis_headings,
    heading_key,
)
from xlsx_builder.plan.margins import margin_cells
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.widths import Widths

CHANGE_DECIMALS = 1
"""Digits of a computed per cent of change."""


class Setting(Struct, frozen=True):
    """What all statement sheets are made with."""

    ground: Ground
    draft: Draft
    rows: dict[int, int]
    """Source line -> row of the sheet Release."""
    widths: Widths
    rates: Mapping[Ratio, CellRef]
    """The ratios that the statements print themselves -> their cells."""


def setting_of(ground: Ground, draft: Draft, rows: dict[int, int], widths: Widths) -> Setting:
    """What all statement sheets of a release are made with."""
    rates = {content: cell for cell, content in draft.contents.items() if isinstance(content, Ratio)}
    return Setting(ground, draft, rows, widths, rates)


def statement_sheet(setting: Setting, layout: Layout) -> Sheet:
    """The sheet of a statement."""
    subtitle = " · ".join(part for part in (setting.ground.statements.company, scale_text(layout.statement)) if part)
    title = layout.statement.title or layout.sheet
    cells = [*top_cells(layout.sheet, title, subtitle), *_headings(layout)]
    used = {term.line for calculation in setting.ground.structure.calculations for term in calculation.terms}
    for index, line in enumerate(layout.statement.lines):
        if isinstance(line, Heading):
            row = layout.rows[heading_key(index)]
            cells.append(PlannedCell(row, LABEL, line.label, Role.HEADING, indent=line.depth))
        else:
            cells.extend(_line(setting, layout, line, used))
    if layout.statement.kind is StatementKind.INCOME:
        cells.extend(margin_cells(setting.ground, layout))
    return Sheet(
        layout.sheet,
        Tab.STATEMENT,
        tuple(cells),
        setting.widths.columns(layout),
        freeze=(FIRST_ROW, FIRST_FIGURE),
        title_rows=(1, HEADING_ROW),
        flags=(flag_range(layout.sheet),),
    )


def _headings(layout: Layout) -> Iterator[PlannedCell]:
    yield PlannedCell(HEADING_ROW, LABEL, "Line", Role.PERIOD)
    yield PlannedCell(HEADING_ROW, UNIT, "Unit", Role.PERIOD)
    columns = layout.statement.columns
    for index, text in enumerate(layout.headings):
        printed = " ".join(columns[index].header.split())
        note = f"As printed: {printed}" if printed and printed != text else ""
        yield PlannedCell(HEADING_ROW, layout.column(index), text, Role.PERIOD, note=note)
    for place, text in enumerate(analysis_headings(layout.analyses, layout.headings)):
        yield PlannedCell(HEADING_ROW, FIRST_FIGURE + len(layout.headings) + place, text, Role.PERIOD)
    yield PlannedCell(HEADING_ROW, layout.source_column, "Source line", Role.PERIOD)


def _line(setting: Setting, layout: Layout, item: LineItem, used: set[str]) -> Iterator[PlannedCell]:
    row = layout.rows[item.id]
    if item.label:
        yield PlannedCell(row, LABEL, item.label, Role.LABEL, indent=item.depth)
    yield PlannedCell(row, UNIT, unit_text(item, layout.statement.currency), Role.UNIT)
    total = item.rule_below is Rule.DOUBLE or item.id not in used
    for index, column in enumerate(layout.statement.columns):
        cell = layout.cell(item.id, index)
        content = setting.draft.contents.get(cell)
        if content is not None:
            yield PlannedCell(
                row,
                cell.column,
                content,
                figure_role(content, total=total),
                number_of(item, column),
                decimals_of(item, layout.statement, index),
                note=setting.draft.notes.get(cell, ""),
            )
    yield from _changes(setting, layout, item)
    if item.line is not None:
        link = citation(setting.rows, item.line)
        yield PlannedCell(row, layout.source_column, item.line, Role.SOURCE, link=link)


def figure_role(content: Content, *, total: bool) -> Role:
    """What a figure's cell is for, by what it holds."""
    match content:
        case SignedSum(terms) if len({cell.row for _, cell in terms}) > 1:
            return Role.TOTAL if total else Role.SUBTOTAL
        case SignedSum() | Mean():
            return Role.CALCULATION
        case Link() | Lookup():
            return Role.LINK
        case Change() | Difference():
            return Role.CHANGE
        case Ratio():
            return Role.RATIO
    return Role.INPUT


def _changes(setting: Setting, layout: Layout, item: LineItem) -> Iterator[PlannedCell]:
    for place, analysis in enumerate(layout.analyses):
        new, old = analysis.pair.new, analysis.pair.old
        columns = layout.statement.columns
        at = layout.column(len(layout.headings) + place)
        if analysis.measure is Measure.SHARE:
            yield from _share(setting, layout, item, place)
            continue
        if None in (item.facts[new].value, item.facts[old].value):
            continue
        if not comparable(item, columns[new], item, columns[old]):
            continue
        number = number_of(item, columns[new])
        cells = layout.cell(item.id, new), layout.cell(item.id, old)
        formula: Formula
        if analysis.measure is Measure.CHANGE and number is NumberKind.PERCENT:
            formula = ScaledDifference(*cells, FACTOR, bounded=cells[0] in setting.rates.values())
            number, decimals = NumberKind.BASIS_POINTS, 0
        elif analysis.measure is Measure.CHANGE:
            formula, decimals = Difference(*cells), decimals_of(item, layout.statement, new)
        elif number is NumberKind.PERCENT:
            continue  # a per cent of a per cent says nothing; its change is in basis points
        else:
            formula, number, decimals = Change(*cells), NumberKind.PERCENT, CHANGE_DECIMALS
        yield PlannedCell(layout.rows[item.id], at, formula, Role.CHANGE, number, decimals)


def _share(setting: Setting, layout: Layout, item: LineItem, place: int) -> Iterator[PlannedCell]:
    """A line of money as a share of its whole; a link where the release prints a line of such rates."""
    analysis, columns = layout.analyses[place], layout.statement.columns
    index, whole = analysis.pair.new, setting.ground.items[analysis.whole]
    if item.facts[index].value is None or not comparable(item, columns[index], whole, columns[index]):
        return
    ratio = Ratio(layout.cell(item.id, index), layout.cell(whole.id, index))
    printed = setting.rates.get(ratio)
    at = layout.column(len(layout.headings) + place)
    content = ratio if printed is None else Link(printed)
    yield PlannedCell(layout.rows[item.id], at, content, Role.RATIO, NumberKind.PERCENT, CHANGE_DECIMALS)
