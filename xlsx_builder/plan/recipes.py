"""How printed columns of changes and per cents come about: the recipe that gives back what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, Unit
from xlsx_builder.model.structure import Evidence
from xlsx_builder.plan.figures import DERIVED, cell_value, comparable, is_derived, quotient_rounding, slack, unit_of
from xlsx_builder.plan.words import AS_PRINTED

ENOUGH = Decimal("0.6")
"""Share of the figures that must come out as printed before a column counts as understood; the rest have bases that
are small or negative, about which every company has its own habit."""

SURE = 6
"""Digits of agreement, over all lines, below which a column of rates may agree with two others by accident."""

MOST_WHOLES = 6
"""Lines tried as the whole that others are a per cent of."""

FEWEST_SHARES = 2
"""Lines that must be per cents of another whole than the rest of their column before they are taken for such."""

FEWEST_TWINS = 2
"""Lines that two blocks must share before one counts as the other's earlier period."""


class Recipe(Struct, frozen=True):
    """How the figures of a printed column come about."""

    new: int
    """Column of the figure itself, or of the newer one."""
    old: int
    """Column of its base: the older figure, or the whole."""
    bases: Mapping[str, LineItem] = field(default_factory=dict)
    """Line id -> the line that its base stands in, where that is another one."""
    elsewhere: bool = False
    """Whether only lines with another line in `bases` have a base."""
    still: bool = False
    """Whether the statement prints nothing after nothing as a change of 0%."""
    turned: frozenset[str] = frozenset()
    """Lines of which more is worse, in a column that prints what is worse as negative."""

    def weight(self, item: LineItem) -> int:
        """-1 where the column prints the change of a line with its sign turned."""
        return -1 if item.id in self.turned else 1

    def base(self, item: LineItem) -> LineItem | None:
        """The line that the base of a line stands in."""
        return self.bases.get(item.id) if self.elsewhere else item


class Computed(Struct, frozen=True):
    """What a recipe gives for one line, with the rounding that its printed sources carry."""

    value: Decimal
    rounding: Decimal


def recipes_of(statement: Statement) -> dict[int, Recipe]:
    """Column -> its recipe, for the columns that can be told how they come about."""
    found = {
        index: recipe
        for index, column in enumerate(statement.columns)
        if is_derived(column) and (recipe := recipe_of(statement, index)) is not None
    }
    still = any(_unmoved(statement, item, index, found[index]) for item in statement.items for index in found)
    return {index: replace(recipe, still=still) for index, recipe in found.items()}


def _unmoved(statement: Statement, item: LineItem, index: int, recipe: Recipe) -> bool:
    """Whether a change of 0% is printed where there is nothing before and after."""
    base = recipe.base(item)
    if base is None or statement.columns[index].role is not ColumnRole.PERCENT_CHANGE:
        return False
    printed, new = item.facts[index].value, item.facts[recipe.new].value
    return printed is not None and not printed and new == 0 == base.facts[recipe.old].value


def recipe_of(statement: Statement, index: int) -> Recipe | None:
    """The recipe that gives back most of the printed figures; None where none gives back enough."""
    best, most = None, 0
    for plain in _recipes(statement, index):
        recipe = _judged(statement, index, plain) if statement.columns[index].judged else plain
        score = _score(statement, index, recipe)
        if score > most:
            best, most = recipe, score
    share = best is not None and statement.columns[index].role is ColumnRole.PERCENT_OF
    return _of_others(statement, index, best) if best and share else best


def _of_others(statement: Statement, index: int, recipe: Recipe) -> Recipe:
    """The recipe of per cents, lines that are not of its whole given another one that several of them share."""
    found: dict[str, list[str]] = {}
    wholes = {item.id: item for item in _money(statement)[:MOST_WHOLES]}
    for item in statement.items:
        if item.facts[index].value and not _holds(statement, item, index, recipe):
            for name, whole in wholes.items():
                if _holds(statement, item, index, replace(recipe, bases={item.id: whole})):
                    found.setdefault(name, []).append(item.id)
    most = max(found, key=lambda name: len(found[name]), default="")
    if len(found.get(most, ())) < FEWEST_SHARES:
        return recipe
    return replace(recipe, bases={**recipe.bases, **dict.fromkeys(found[most], wholes[most])})


def _judged(statement: Statement, index: int, recipe: Recipe) -> Recipe:
    """The recipe with the lines turned whose printed change only then comes out."""
    turned = replace(recipe, turned=frozenset(_ids(statement)))
    worse = (
        i.id for i in statement.items if _holds(statement, i, index, turned) and not _holds(statement, i, index, recipe)
    )
    return replace(recipe, turned=frozenset(worse))


def _holds(statement: Statement, item: LineItem, index: int, recipe: Recipe) -> bool:
    """Whether a line's figure comes out as printed."""
    printed, computed = cell_value(item, statement, index), compute(statement, item, index, recipe)
    return printed is not None and computed is not None and abs(printed - computed.value) <= computed.rounding


def _recipes(statement: Statement, index: int) -> Iterator[Recipe]:
    """Nearest first: of two that fit equally well, a column speaks of those beside it."""
    columns = statement.columns
    figures = [i for i, column in enumerate(columns) if column.role not in DERIVED]
    figures.sort(key=lambda i: (abs(i - index), i))
    periods = [i for i in figures if columns[i].role is ColumnRole.PERIOD]
    if columns[index].role is ColumnRole.PERCENT_OF:
        own = columns[index].period
        wholes = _wholes(statement, index)
        for column in periods:
            if own is None or columns[column].period == own:
                yield from (Recipe(column, column, dict.fromkeys(_ids(statement), w), elsewhere=True) for w in wholes)
        return
    if columns[index].role not in DERIVED:
        yield from _rates(statement, index)
        return
    yield from (Recipe(a, b) for a in periods for b in periods if a != b and _one_kind(statement, a, b))
    twins = _twins(statement)
    if twins:
        yield from (Recipe(column, column, twins, elsewhere=True) for column in figures)


def _rates(statement: Statement, index: int) -> Iterator[Recipe]:
    """Columns of money over each other, for a column of rates among them."""
    own = statement.columns[index]
    money = [
        i
        for i, column in enumerate(statement.columns)
        if column.unit in (None, Unit.MONEY) and (column.role, column.period) == (own.role, own.period)
    ]
    money.sort(key=lambda i: (abs(i - index), i))
    yield from (Recipe(part, whole) for part in money for whole in money if part != whole)


def _ids(statement: Statement) -> list[str]:
    return [item.id for item in statement.items]


def _one_kind(statement: Statement, new: int, old: int) -> bool:
    """Whether two columns are of the same length, basis and segment, the first one later."""
    a, b = statement.columns[new], statement.columns[old]
    if a.period is None or b.period is None or a.period.end is None or b.period.end is None:
        return False
    kinds = [(column.segment, column.basis, column.unit) for column in (a, b)]
    return kinds[0] == kinds[1] and a.period.months == b.period.months and a.period.end > b.period.end


def _money(statement: Statement) -> list[LineItem]:
    return [item for item in statement.items if item.unit is Unit.MONEY]


def _wholes(statement: Statement, index: int) -> list[LineItem]:
    """Lines printed as 100%, or the first lines of money."""
    money = _money(statement)
    full = [item for item in money if item.facts[index].value == 100]
    return (full or money)[:MOST_WHOLES]


def _twins(statement: Statement) -> dict[str, LineItem]:
    """Line id -> the line of the same name in the next block, where two blocks have the same lines in order.

    So are the periods told where they stand in headings between the rows, the newer block first.
    """
    blocks: dict[tuple[str, ...], list[LineItem]] = {}
    for item in statement.items:
        blocks.setdefault(item.section, []).append(item)
    twins: dict[str, LineItem] = {}
    for new, old in pairwise(blocks.values()):
        if len(new) >= FEWEST_TWINS and [item.label for item in new] == [item.label for item in old]:
            twins |= {item.id: other for item, other in zip(new, old, strict=True)}
    return twins


def _score(statement: Statement, index: int, recipe: Recipe) -> int:
    """How many figures come out as printed; 0 where they are too few of those that could."""
    tested = held_up = digits = 0
    for item in statement.items:
        value, printed = item.facts[index].value, cell_value(item, statement, index)
        computed = compute(statement, item, index, recipe)
        if value is None or printed is None or computed is None:
            continue
        off = abs(printed - computed.value)
        tested += 1
        held_up += off <= computed.rounding
        digits += len(value.as_tuple().digits) * (off <= slack(item, statement, index))
    if statement.columns[index].role not in DERIVED:
        return held_up if held_up == tested and digits >= SURE else 0
    return held_up if tested and held_up >= ENOUGH * tested else 0


def evidence_of(statement: Statement, index: int, recipe: Recipe) -> Evidence:
    """How often a recipe gives back what a column prints."""
    pairs = [
        (cell_value(item, statement, index), computed)
        for item in statement.items
        if item.facts[index].value is not None and (computed := compute(statement, item, index, recipe))
    ]
    held = sum(abs((printed or Decimal(0)) - computed.value) <= computed.rounding for printed, computed in pairs)
    return Evidence(held, len(pairs), Decimal(0), (AS_PRINTED,))


def compute(statement: Statement, item: LineItem, index: int, recipe: Recipe) -> Computed | None:
    """What the printed figures give by the recipe; None where one is missing or a base gives no meaning."""
    new, other = cell_value(item, statement, recipe.new), recipe.base(item)
    role, columns = statement.columns[index].role, statement.columns
    if new is None or other is None or unit_of(item, columns[recipe.new]) is Unit.PERCENT:
        return None
    old = cell_value(other, statement, recipe.old)
    if old is None or not comparable(item, columns[recipe.new], other, columns[recipe.old]):
        return None
    here, rounding = slack(item, statement, index), slack(item, statement, recipe.new)
    beside = slack(other, statement, recipe.old)
    if role is ColumnRole.CHANGE:
        return Computed(recipe.weight(item) * (new - old), here + rounding + beside)
    if recipe.still and new == 0 == old == item.facts[index].value:
        return Computed(Decimal(0), here)
    if old == 0 or (role is ColumnRole.PERCENT_CHANGE and old < 0):
        return None
    quotient = new / old - (1 if role is ColumnRole.PERCENT_CHANGE else 0)
    return Computed(recipe.weight(item) * quotient, here + quotient_rounding(new, rounding, old, beside))
