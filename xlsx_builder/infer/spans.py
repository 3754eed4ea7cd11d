"""Columns that are sums over time: a year of its quarters, twelve months of a year and of what came after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from msgspec import Struct

from xlsx_builder.infer.columns import across
from xlsx_builder.infer.graph import reached
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.rounding import agreement
from xlsx_builder.model.statement import Column, ColumnRole, Statement, StatementKind, Unit
from xlsx_builder.model.structure import ColumnCalculation, Evidence

MONTH = timedelta(days=30.4375)
SLACK = timedelta(days=10)
"""Quarters of 13 weeks end so far from those of months, and a 53rd week is part of it."""
MIN_LINES = 2
MIN_BITS = 10.0
"""Bits that the lines must prove, beyond one for each line that denies it; the dates say the rest."""
MISPRINT = 20
"""A line that misses by less than this part of its figure is a flow all the same; the sum of levels misses by far."""


class Span(Struct, frozen=True):
    """The time of a column, from one boundary of periods to another, both by their numbers."""

    column: int
    start: int
    end: int


def time_sums(statement: Statement, known: Sequence[ColumnCalculation]) -> list[ColumnCalculation]:
    """The columns whose periods are made of those of other columns, as far as the figures say so too.

    Args:
        statement: The statement; what a balance sheet shows is no sum over time.
        known: The sums of columns found before, of any statement.
    """
    offers = [] if statement.kind is StatementKind.BALANCE else list(periods_made(statement.columns))
    grid = across(statement, list(range(len(statement.columns)))) if offers else None
    found = [one for one in known if one.statement == statement.id]
    before = len(found)
    for total, terms in offers:
        if grid and not is_bound(total, terms, found) and (one := time_sum(statement, grid, total, terms)):
            found.append(one)
    return found[before:]


def periods_made(columns: Sequence[Column]) -> Iterator[tuple[int, Terms]]:
    """Columns with what their periods are made of, the shortest and earliest first."""
    groups: dict[object, dict[tuple[int, date | None], list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, one in enumerate(columns):
        if one.role is ColumnRole.PERIOD and one.period and one.period.months:
            group = groups[one.segment, one.basis, one.unit, one.scale]
            group[one.period.months, one.period.end].append(at)
    for group in groups.values():
        # Of columns that show one period twice no date says which is meant.
        dated = {(months, end): places[0] for (months, end), places in group.items() if end and len(places) == 1}
        yield from dated_periods(dated)
        loose = sorted((at, months) for (months, end), places in group.items() if not end for at in places)
        for place in range(len(loose)):
            yield from beside(loose[place], loose[:place][::-1])
            yield from beside(loose[place], loose[place + 1 :])


def dated_periods(columns: Mapping[tuple[int, date], int]) -> Iterator[tuple[int, Terms]]:
    """The columns whose periods others make up from day to day, first by going forward only."""
    days = [day for months, end in columns for day in (end - months * MONTH, end)]
    numbers = numbered(days)
    made: list[Span] = []
    for months, end in sorted(columns):
        total = Span(columns[months, end], numbers[end - months * MONTH], numbers[end])
        for signs in ((1,), (1, -1)):
            terms = chain(total, made, signs)
            if len(terms) > 1:
                yield total.column, terms
        made.append(total)


def beside(total: tuple[int, int], near: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Terms]]:
    """A column with the nearest ones on one side, by column and months, where these are as long together."""
    reached = list(accumulate(months for _, months in near))
    if total[1] in reached[1:]:
        count = reached.index(total[1]) + 1
        yield total[0], tuple(sorted((column, 1) for column, _ in near[:count]))


def numbered(days: Sequence[date]) -> dict[date, int]:
    """Numbers of days in their order, the same for those that bound the same periods."""
    numbers: dict[date, int] = {}
    first = date.min
    for day in sorted(set(days)):
        if day - first > SLACK or not numbers:
            first = day
        numbers[day] = numbers.get(first, len(numbers))
    return numbers


def chain(total: Span, others: Sequence[Span], signs: Sequence[int]) -> Terms:
    """The fewest columns that lead from the start of a period to its end, forward in time or with -1 also back."""
    steps: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for one in reversed(others):
        for sign in signs:
            start, end = (one.start, one.end)[::sign]
            steps[start].append((end, one.column, sign))
    ways: dict[int, Terms] = {total.start: ()}
    waiting = [total.start]
    for place in waiting:
        for end, column, sign in steps[place]:
            if end not in ways:
                ways[end] = (*ways[place], (column, sign))
                waiting.append(end)
    return tuple(sorted(ways.get(total.end, ())))


def time_sum(statement: Statement, grid: Grid, total: int, terms: Terms) -> ColumnCalculation | None:
    """The column as a sum over time of the lines that are flows, if they prove it.

    Args:
        statement: The statement.
        grid: Its columns as lines.
        total: The column.
        terms: What its period is made of.
    """
    items = list(statement.items)
    parts = [(weight, grid.lines[column]) for column, weight in terms]
    lines = [line for line in grid.columns if items[line].unit is not Unit.SHARES]  # over time they are averages
    single = {line: agreement(grid.lines[total], parts, (line,)) for line in lines}
    telling = [line for line in lines if single[line].informative]
    failed = [line for line in lines if single[line].tested > single[line].held]
    together = agreement(grid.lines[total], parts, telling)
    if len(telling) < MIN_LINES or together.bits < MIN_BITS + len(failed):
        return None
    flows = set(telling)
    if len(telling) > len(failed):
        flows |= {line for line in lines if is_near(grid, total, line, single[line].residual)}
    tested = sum(one.tested for one in single.values())
    held = sum(one.held for one in single.values())
    evidence = Evidence(held, tested, grid.printed(together.residual), ("its period is made of theirs",))
    return ColumnCalculation(statement.id, total, terms, evidence, tuple(items[line].id for line in sorted(flows)))


def is_near(grid: Grid, total: int, line: int, miss: int) -> bool:
    """Whether a line misses a sum by little or not at all, so that it is a flow like those that hold."""
    whole = grid.lines[total][line]
    return whole is not None and miss * MISPRINT <= abs(whole.centre)


def is_bound(total: int, terms: Terms, found: Sequence[ColumnCalculation]) -> bool:
    """Whether a column has a sum already, or its terms depend on it."""
    arrows = {one.total: [column for column, _ in one.terms] for one in found}
    return total in arrows or any(total in reached(arrows, column) for column, _ in terms)
