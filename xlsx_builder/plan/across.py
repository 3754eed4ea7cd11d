"""Columns that are sums of columns: formulas along the lines that have no formula of their own, else checks."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from xlsx_builder.model.statement import LineItem, Unit
from xlsx_builder.model.structure import ColumnCalculation
from xlsx_builder.model.workbook import Link, SignedSum
from xlsx_builder.plan.figures import DERIVED, comparable, unit_of
from xlsx_builder.plan.ground import Draft, Ground, Group, comparison
from xlsx_builder.plan.layout import Layout
from xlsx_builder.plan.words import evidence_words


def add_across(draft: Draft, ground: Ground) -> None:
    """Put sums of columns into the lines of plain figures, and compare them in all others."""
    homes = {layout.statement.id: layout for layout in ground.layouts}
    by_home: dict[str, list[ColumnCalculation]] = {}
    for calculation in ground.structure.columns:
        by_home.setdefault(calculation.statement, []).append(calculation)
    for statement, calculations in by_home.items():
        for item in homes[statement].statement.items:
            _add_line(draft, ground, item, calculations)
        for calculation in calculations:
            _note(draft, ground, homes[statement], calculation)


def column_key(calculation: ColumnCalculation) -> tuple[str, str]:
    """What a draft calls a sum of columns."""
    return "column", f"{calculation.statement} {calculation.total}"


def _add_line(draft: Draft, ground: Ground, item: LineItem, calculations: list[ColumnCalculation]) -> None:
    home = ground.homes[item.id]
    mine = [
        calculation
        for calculation in calculations
        if (not calculation.lines or item.id in calculation.lines) and _applies(draft, home, item, calculation)
    ]
    own = [index for index, column in enumerate(home.statement.columns) if column.role not in DERIVED]
    plain = not any(draft.is_formula(home.cell(item.id, index)) for index in own)
    courses = {tuple((column - c.total, weight) for column, weight in c.terms) for c in mine}
    exact = all(_sum(item, c) == item.facts[c.total].value for c in mine)
    along = plain and exact and len(courses) == 1
    for calculation in mine:
        _add_cell(draft, ground, item, calculation, along=along)


def _applies(draft: Draft, home: Layout, item: LineItem, calculation: ColumnCalculation) -> bool:
    """Whether the line has the figures, all of one unit, and they add up as far as they can be seen to."""
    cell = home.cell(item.id, calculation.total)
    columns = home.statement.columns
    total = columns[calculation.total]
    if total.role in DERIVED and draft.is_formula(cell):
        return False  # a change has its own formula, and is compared already
    if item.facts[calculation.total].value is None or unit_of(item, total) is Unit.PERCENT:
        return False
    if not all(comparable(item, columns[column], item, total) for column, _ in calculation.terms):
        return False
    missing = sum(item.facts[column].value is None for column, _ in calculation.terms)
    if missing == len(calculation.terms) or (draft.is_formula(cell) and missing):
        return False
    return missing == 0 or _sum(item, calculation) == item.facts[calculation.total].value


def _sum(item: LineItem, calculation: ColumnCalculation) -> Decimal:
    return sum((weight * (item.facts[c].value or Decimal(0)) for c, weight in calculation.terms), Decimal(0))


def _formula(ground: Ground, item: LineItem, calculation: ColumnCalculation) -> SignedSum:
    return SignedSum(tuple((weight, ground.cell(item.id, column)) for column, weight in calculation.terms))


def _note(draft: Draft, ground: Ground, home: Layout, calculation: ColumnCalculation) -> None:
    """The evidence of a sum of columns, at the first cell that has it; none where no line became a formula."""
    for item in home.statement.items:
        cell = home.cell(item.id, calculation.total)
        if draft.contents.get(cell) == _formula(ground, item, calculation):
            draft.notes[cell] = evidence_words(calculation.evidence, "lines")
            draft.used[column_key(calculation)] = "formula"
            return


def _add_cell(draft: Draft, ground: Ground, item: LineItem, calculation: ColumnCalculation, *, along: bool) -> None:
    total = calculation.total
    cell = ground.cell(item.id, total)
    formula = _formula(ground, item, calculation)
    tolerance = ground.slack(item.id, total)
    tolerance += sum((ground.slack(item.id, column) for column, _ in calculation.terms), Decimal(0))
    difference = (item.facts[total].value or Decimal(0)) - _sum(item, calculation)
    put = along and draft.set_formula(cell, formula)
    made = comparison(ground, item.id, total, Group.ACROSS, Link(cell) if put else formula)
    reported = made.reported if put else Link(cell)
    draft.comparisons.append(
        replace(made, reported=reported, tolerance=tolerance, printed_differs=abs(difference) > tolerance)
    )
