"""Printed columns of changes and per cents are computed again, where it is found out how they come about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from xlsx_builder.model.statement import ColumnRole, LineItem
from xlsx_builder.model.workbook import Change, Difference, Formula, Link, Ratio
from xlsx_builder.plan.figures import cell_value, decimals_of, half_unit, unit_of
from xlsx_builder.plan.ground import Comparison, Draft, Ground, Group, Stated, comparison
from xlsx_builder.plan.layout import Layout
from xlsx_builder.plan.recipes import Recipe, compute, evidence_of, recipes_of
from xlsx_builder.plan.words import evidence_words


def add_derived(draft: Draft, ground: Ground) -> None:
    """Put formulas into the columns of changes and per cents that can be told how they come about."""
    for layout in ground.layouts:
        for index, recipe in recipes_of(layout.statement).items():
            made = list(_add_column(draft, ground, layout, index, recipe))
            _state(draft, layout, index, recipe, made)


def _state(draft: Draft, layout: Layout, index: int, recipe: Recipe, made: list[Comparison]) -> None:
    """Say of a column how it comes about, and how often that is as printed."""
    first = next((each.place for each in made if draft.is_formula(each.place)), None)
    if first is None:
        return
    new, old, own = (layout.headings[at].replace("\n", " ") for at in (recipe.new, recipe.old, index))
    old = "the line's base" if recipe.elsewhere else old
    words = {
        ColumnRole.CHANGE: f"= {new} - {old}",
        ColumnRole.PERCENT_CHANGE: f"= {new} / {old} - 1",
    }.get(layout.statement.columns[index].role, f"= {new} / {old}")
    words += ", the sign turned for lines of which more is worse" if recipe.turned else ""
    evidence = evidence_of(layout.statement, index, recipe)
    draft.notes.setdefault(first, f"{words}. {evidence_words(evidence, 'lines')}")
    draft.stated.append(Stated(f"Column {own}", first, words, evidence))


def _add_column(draft: Draft, ground: Ground, layout: Layout, index: int, recipe: Recipe) -> Iterator[Comparison]:
    """Put the formulas of a column into the draft, and give back how they compare."""
    statement = layout.statement
    for item in statement.items:
        printed, computed = cell_value(item, statement, index), compute(statement, item, index, recipe)
        if printed is None or computed is None:
            continue
        cell = layout.cell(item.id, index)
        formula = _formula(layout, item, index, recipe)
        # The cell shows what was printed, or it stays as printed: rounding of the sources must not change a digit.
        shown = draft.value_of_formula(formula)
        digit = half_unit(decimals_of(item, statement, index), unit_of(item, statement.columns[index]))
        exact = isinstance(shown, Decimal) and abs(shown - printed) <= digit
        put = exact and draft.set_formula(cell, formula)
        made = comparison(ground, item.id, index, Group.CHANGE, Link(cell) if put else formula)
        found = replace(
            made,
            reported=printed if put else Link(cell),
            tolerance=computed.rounding,
            printed_differs=abs(printed - computed.value) > computed.rounding,
        )
        draft.comparisons.append(found)
        yield found


def _formula(layout: Layout, item: LineItem, index: int, recipe: Recipe) -> Formula:
    base = recipe.base(item)
    assert base is not None, "what was computed has a base"
    new, old = layout.cell(item.id, recipe.new), layout.cell(base.id, recipe.old)
    match layout.statement.columns[index].role:
        case ColumnRole.CHANGE:
            return Difference(new, old) if recipe.weight(item) > 0 else Difference(old, new)
        case ColumnRole.PERCENT_CHANGE:
            return Change(new, old, recipe.still, recipe.weight(item))
    return Ratio(new, old)
