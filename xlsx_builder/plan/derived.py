"""Printed columns of changes and per cents: found out which columns they come from, and computed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, Unit
from xlsx_builder.model.workbook import CellRef, Change, Difference, Formula, Link, Ratio
from xlsx_builder.plan.figures import comparable, decimals_of, half_unit, held, quotient_rounding, slack, unit_of
from xlsx_builder.plan.ground import Draft, Ground, Group, comparison
from xlsx_builder.plan.layout import Layout

ENOUGH = Decimal("0.6")
"""Share of the figures that must come out as printed before a column counts as understood; the rest have bases that
are small or negative, about which every company has its own habit."""

MOST_WHOLES = 6
"""Lines tried as the whole that others are a per cent of."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the figures of a printed column come about."""

    new: int
    """Column of the figure itself, or of the newer one."""
    old: int | None = None
    """Column of the older figure."""
    whole: str = ""
    """Id of the line that the figure is a per cent of."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a recipe gives for one line, with the rounding that its printed sources carry."""

    value: Decimal
    rounding: Decimal


def add_derived(draft: Draft, ground: Ground) -> None:
    """Put formulas into the columns of changes and per cents that can be told how they come about."""
    for layout in ground.layouts:
        for index, column in enumerate(layout.statement.columns):
            if column.role in (ColumnRole.CHANGE, ColumnRole.PERCENT_CHANGE, ColumnRole.PERCENT_OF):
                recipe = recipe_of(layout.statement, index)
                if recipe is not None:
                    _add_column(draft, ground, layout, index, recipe)


def recipe_of(statement: Statement, index: int) -> Recipe | None:
    """The recipe that gives back most of the printed figures; None where none gives back enough."""
    scored = [
        (_score(statement, index, recipe), -place, recipe) for place, recipe in enumerate(_recipes(statement, index))
    ]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _recipes(statement: Statement, index: int) -> Iterator[Recipe]:
    columns = statement.columns
    periods = [i for i, column in enumerate(columns) if column.role is ColumnRole.PERIOD]
    # Nearest first: of two that fit, a column speaks of those beside it.
    periods.sort(key=lambda i: (abs(i - index), i))
    if columns[index].role is ColumnRole.PERCENT_OF:
        own = columns[index].period
        for column in periods:
            if own is None or columns[column].period == own:
                yield from (Recipe(column, whole=whole) for whole in _wholes(statement, index))
        return
    yield from (Recipe(a, b) for a in periods for b in periods if a != b and _one_kind(statement, a, b))


def _one_kind(statement: Statement, new: int, old: int) -> bool:
    """Whether two columns are of the same length, basis and segment, the first one later."""
    a, b = statement.columns[new], statement.columns[old]
    if (
        a.period is None
        or b.period is None
        or (a.period.months, a.segment, a.basis, a.unit)
        != (
            b.period.months,
            b.segment,
            b.basis,
            b.unit,
        )
    ):
        return False
    return a.period.end is not None and b.period.end is not None and a.period.end > b.period.end


def _wholes(statement: Statement, index: int) -> list[str]:
    """Lines printed as 100%, or the first lines of money."""
    full = [item.id for item in statement.items if item.facts[index].value == 100 and item.unit is Unit.MONEY]
    money = [item.id for item in statement.items if item.unit is Unit.MONEY]
    return (full or money)[:MOST_WHOLES]


def _score(statement: Statement, index: int, recipe: Recipe) -> int:
    """How many figures come out as printed; 0 where they are too few of those that could."""
    tested = held_up = 0
    for item in statement.items:
        printed, computed = printed_value(statement, item, index), compute(statement, item, index, recipe)
        if printed is not None and computed is not None:
            tested += 1
            held_up += abs(printed - computed.value) <= computed.rounding
    return held_up if tested and held_up >= ENOUGH * tested else 0


def printed_value(statement: Statement, item: LineItem, index: int) -> Decimal | None:
    """The figure as its cell holds it."""
    value = item.facts[index].value
    return None if value is None else held(value, unit_of(item, statement.columns[index]))


def compute(statement: Statement, item: LineItem, index: int, recipe: Recipe) -> Computed | None:
    """What the printed figures give by the recipe; None where one is missing or a base is not positive."""
    new, here = printed_value(statement, item, recipe.new), slack(item, statement, index)
    if new is None or unit_of(item, statement.columns[recipe.new]) is Unit.PERCENT:
        return None
    rounding = slack(item, statement, recipe.new)
    if recipe.old is None:
        whole = next(other for other in statement.items if other.id == recipe.whole)
        base, base_rounding = printed_value(statement, whole, recipe.new), slack(whole, statement, recipe.new)
        fits = comparable(item, statement.columns[recipe.new], whole, statement.columns[recipe.new])
        if not base or not fits:
            return None
        return Computed(new / base, here + quotient_rounding(new, rounding, base, base_rounding))
    old = printed_value(statement, item, recipe.old)
    if old is None:
        return None
    if statement.columns[index].role is ColumnRole.CHANGE:
        return Computed(new - old, here + rounding + slack(item, statement, recipe.old))
    if old <= 0:
        return None
    return Computed(new / old - 1, here + quotient_rounding(new, rounding, old, slack(item, statement, recipe.old)))


def _add_column(draft: Draft, ground: Ground, layout: Layout, index: int, recipe: Recipe) -> None:
    statement = layout.statement
    for item in statement.items:
        printed, computed = printed_value(statement, item, index), compute(statement, item, index, recipe)
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
        draft.comparisons.append(
            replace(
                made,
                reported=printed if put else Link(cell),
                tolerance=computed.rounding,
                printed_differs=abs(printed - computed.value) > computed.rounding,
            )
        )


def _formula(layout: Layout, item: LineItem, index: int, recipe: Recipe) -> Formula:
    new = layout.cell(item.id, recipe.new)
    if recipe.old is None:
        whole: CellRef = layout.cell(recipe.whole, recipe.new)
        return Ratio(new, whole)
    old = layout.cell(item.id, recipe.old)
    if layout.statement.columns[index].role is ColumnRole.CHANGE:
        return Difference(new, old)
    return Change(new, old)
