"""Columns that are sums of columns: segments to the company, adjustments to an adjusted figure, quarters to a year."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.infer.above import backward_sums
from xlsx_builder.infer.choose import Sum, best_sums, relation
from xlsx_builder.infer.grid import Grid, Hint, statement_series
from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, Unit
from xlsx_builder.model.structure import ColumnCalculation, Evidence

ADDED_UP = frozenset({Unit.MONEY, Unit.SHARES, Unit.COUNT})
"""Units in which the parts of a company add up to the whole; rates and per-share figures do not."""
MIN_LINES = 2
"""One line that adds up is an accident, or its only term."""


def column_calculations(statement: Statement) -> list[ColumnCalculation]:
    """The columns of a statement that are sums of its other columns."""
    found: list[ColumnCalculation] = []
    for group in (part for whole in column_groups(statement) for part in ends_apart(statement, whole)):
        if len(group) > 2:
            grid = across(statement, group)
            found.extend(column_calculation(statement, grid, group, one) for one in column_sums(grid))
    return found


def column_sums(grid: Grid) -> list[Sum]:
    """Sums among columns, each relation once: as the total of its parts where one of its columns is that."""
    both = [*best_sums(grid)[0].values(), *backward_sums(grid, range(len(grid.lines)))[0]]
    proven = [one for one in both if one.agreement.informative >= MIN_LINES]
    proven.sort(key=lambda one: (one.shape != "added", any(weight < 0 for _, weight in one.terms), -one.bits))
    kept: dict[int, Sum] = {}
    seen: set[frozenset[int]] = set()
    for one in proven:
        circular = any(line in kept and one.total in dict(kept[line].terms) for line, _ in one.terms)
        if relation(one) not in seen and one.total not in kept and not circular:
            seen.add(relation(one))
            kept[one.total] = one
    return [kept[total] for total in sorted(kept)]


def column_groups(statement: Statement) -> Iterator[list[int]]:
    """Columns that may add up to each other: those of one period, and those of none."""
    groups: dict[object, list[int]] = {}
    for index, column in enumerate(statement.columns):
        if column.role in (ColumnRole.PERIOD, ColumnRole.OTHER):
            groups.setdefault(column.period if column.role is ColumnRole.PERIOD else None, []).append(index)
    periods = [group for key, group in groups.items() if key is not None]
    loose = groups.get(None, [])
    yield from periods
    if loose:
        # A bridge: one period, what changed, the other period.
        yield sorted([*loose, *(index for group in periods for index in group)])


def ends_apart(statement: Statement, group: list[int]) -> list[list[int]]:
    """A group, parted where each heading stands over as many columns: the low and the high ends of ranges."""
    headers = [statement.columns[index].header for index in group]
    times = {headers.count(header) for header in headers}
    if len(times) > 1 or times == {1} or len(set(headers)) == 1:
        return [group]
    seen = [headers[:place].count(header) for place, header in enumerate(headers)]
    return [[index for index, number in zip(group, seen, strict=True) if number == one] for one in sorted(set(seen))]


def across(statement: Statement, group: list[int]) -> Grid:
    """The grid of some columns, read along the lines."""
    lines, finest = statement_series(statement)
    additive = tuple(place for place, item in enumerate(statement.items) if adds_up(item, group))
    columns = tuple(tuple(line[index] for line in lines) for index in group)
    return Grid(columns, tuple(Hint() for _ in group), additive, finest)


def adds_up(item: LineItem, group: list[int]) -> bool:
    """Whether the columns of a line may add up; not so numbers of shares that stand again or not at all."""
    own = [item.values[index] for index in group]
    whole = item.unit is not Unit.SHARES or (None not in own and len(set(own)) == len(own))
    return item.unit in ADDED_UP and whole


def column_calculation(statement: Statement, grid: Grid, group: list[int], one: Sum) -> ColumnCalculation:
    """A sum of columns in the terms of the statement."""
    evidence = Evidence(
        columns_held=one.agreement.held,
        columns_tested=one.agreement.tested,
        residual=grid.printed(one.agreement.residual),
        cues=one.cues,
    )
    terms = tuple((group[line], weight) for line, weight in one.terms)
    return ColumnCalculation(statement.id, group[one.total], terms, evidence)
