"""Calculations down the columns become signed sums; what was printed for them is compared on Checks."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from xlsx_builder.model.statement import ColumnRole, Unit
from xlsx_builder.model.structure import Calculation, Check, Term
from xlsx_builder.model.workbook import CellRef, Link, SignedSum
from xlsx_builder.plan.figures import DERIVED, comparable, is_derived, unit_of
from xlsx_builder.plan.ground import Draft, Ground, Group, comparison
from xlsx_builder.plan.words import evidence_words


def add_sums(draft: Draft, ground: Ground, *, derived: bool) -> None:
    """Put a sum into each figure that has a calculation.

    Args:
        draft: The figures, changed in place.
        ground: The statements with their structure.
        derived: Whether to look at columns of changes and per cents, where a sum is the last resort, or at all others.
    """
    for calculation in ground.structure.calculations:
        columns = ground.homes[calculation.total].statement.columns
        for index, column in enumerate(columns):
            if is_derived(column) is derived and column.role is not ColumnRole.PERCENT_CHANGE:
                _add_sum(draft, ground, calculation, index)


def _add_sum(draft: Draft, ground: Ground, calculation: Calculation, index: int) -> None:
    total = calculation.total
    cell = ground.cell(total, index)
    terms = term_cells(ground, total, index, calculation.terms)
    if ground.printed(total, index) is None or draft.is_formula(cell) or terms is None:
        return
    figures = [ground.printed(line, column) for line, column, _ in terms]
    difference, tolerance = residual(ground, total, index, terms)
    # Elsewhere, or beside an empty place, a sum that does not hold is no sum: per cents and rates do not add up.
    agrees = abs(difference) <= (0 if ground.column(total, index).role in DERIVED else tolerance)
    if not agrees and (None in figures or not _adds_up(ground, total, index)):
        return
    formula = SignedSum(tuple((weight, ground.cell(line, column)) for line, column, weight in terms))
    if all(figure is None for figure in figures) or not draft.set_formula(cell, formula):
        return
    draft.used["sum", total] = "formula"
    if not any(ground.cell(total, earlier) in draft.notes for earlier in range(index)):
        draft.notes[cell] = evidence_words(calculation.evidence)
    made = comparison(ground, total, index, Group.SUM, Link(cell))
    draft.comparisons.append(replace(made, tolerance=tolerance, printed_differs=not agrees))


def _adds_up(ground: Ground, line: str, index: int) -> bool:
    """Whether the column is one in which sums must hold."""
    column = ground.column(line, index)
    return column.role is ColumnRole.PERIOD and (
        column.unit is None or unit_of(ground.items[line], column) is not Unit.PERCENT
    )


def term_cells(
    ground: Ground, total: str, index: int, terms: tuple[Term, ...]
) -> tuple[tuple[str, int, int], ...] | None:
    """Line, column and weight of each term in the total's context; None where a term has no such column."""
    found = []
    for term in terms:
        column = ground.counterpart(total, index, term.line)
        if column is None:
            return None
        here, there = ground.column(total, index), ground.column(term.line, column)
        if not comparable(ground.items[total], here, ground.items[term.line], there):
            return None
        found.append((term.line, column, term.weight))
    return tuple(found)


def residual(
    ground: Ground, total: str, index: int, terms: tuple[tuple[str, int, int], ...]
) -> tuple[Decimal, Decimal]:
    """By how much the printed figures miss the sum, and by how much their rounding lets them."""
    difference = ground.printed(total, index) or Decimal(0)
    tolerance = ground.slack(total, index)
    for line, column, weight in terms:
        difference -= weight * (ground.printed(line, column) or Decimal(0))
        tolerance += ground.slack(line, column)
    return difference, tolerance


def add_identities(draft: Draft, ground: Ground) -> None:
    """True relations that are not the formula of their line are compared, and change no cell."""
    for check in ground.structure.checks:
        for index, column in enumerate(ground.homes[check.total].statement.columns):
            if column.role not in DERIVED:
                _add_identity(draft, ground, check, index)


def _add_identity(draft: Draft, ground: Ground, check: Check, index: int) -> None:
    terms = term_cells(ground, check.total, index, check.terms)
    if terms is None or ground.printed(check.total, index) is None:
        return
    if any(ground.printed(line, column) is None for line, column, _ in terms):
        return
    difference, tolerance = residual(ground, check.total, index, terms)
    cells: tuple[tuple[int, CellRef], ...] = tuple((w, ground.cell(line, column)) for line, column, w in terms)
    same = Link(cells[0][1], cells[0][0]) if len(cells) == 1 else SignedSum(cells)
    made = comparison(ground, check.total, index, Group.IDENTITY, same)
    draft.comparisons.append(
        replace(
            made,
            reported=Link(ground.cell(check.total, index)),
            tolerance=tolerance,
            printed_differs=abs(difference) > tolerance,
        )
    )
