"""Averages of a release: a line of other lines, a column of other columns, a line of another line's last dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import log2

from msgspec.structs import replace

from xlsx_builder.infer.columns import MIN_LINES, across
from xlsx_builder.infer.families import compatible
from xlsx_builder.infer.grid import Grid
from xlsx_builder.infer.labels import likeness, words
from xlsx_builder.infer.means import MIN_BITS, Mean, is_average, mean_of, means
from xlsx_builder.model.statement import ColumnRole, LineItem, Statement
from xlsx_builder.model.structure import Average, ColumnAverage, Evidence

ALIKE = 0.5
"""From this likeness on a line bears the name of what is averaged."""
NEAR = 12
"""So many lines around an average may be what it is the average of."""
MOST_DATES = 5
"""Dates that an average takes in: both ends of a period, or those of a year's quarters."""


def averages(statement: Statement, grid: Grid, taken: Collection[str]) -> Iterator[Average]:
    """The lines of a statement that are averages of others.

    Args:
        statement: The statement.
        grid: Its figures.
        taken: Lines that have a sum.
    """
    items = list(statement.items)
    worded = {at for at, item in enumerate(items) if is_average(item.label) and item.id not in taken}
    found = {one.total: one for one in means(grid, worded)}
    for at in sorted(worded):
        if at in found:
            parts = tuple((items[line].id, 0) for line in sorted(found[at].lines))
            yield Average(items[at].id, parts, evidence(grid, found[at]))
        elif one := over_dates(statement, items, grid, at):
            yield one


def column_averages(statement: Statement) -> Iterator[ColumnAverage]:
    """The columns of a statement that are averages of those beside them."""
    group = [at for at, one in enumerate(statement.columns) if one.role in (ColumnRole.PERIOD, ColumnRole.OTHER)]
    worded = {line for line, at in enumerate(group) if is_average(statement.columns[at].header)}
    if worded:
        grid = across(statement, group)
        for one in means(grid, worded):
            if len(one.columns) >= MIN_LINES:
                parts = tuple(group[line] for line in sorted(one.lines))
                yield ColumnAverage(statement.id, group[one.total], parts, evidence(grid, one))


def evidence(grid: Grid, one: Mean, *cues: str) -> Evidence:
    """What speaks for an average."""
    return Evidence(len(one.columns), one.tested, grid.printed(one.residual), ("average wording", *cues))


def over_dates(statement: Statement, items: Sequence[LineItem], grid: Grid, total: int) -> Average | None:
    """The line as the average of a line of its name, in its own column and some that follow."""
    name = words(items[total].label) - words("average")
    near = [
        line
        for line in range(max(0, total - NEAR), min(len(items), total + NEAR + 1))
        if line != total
        and likeness(name, words(items[line].label)) > ALIKE
        and compatible(grid.lines[total], grid.lines[line], grid.columns)
    ]
    courses = [tuple(range(0, way * count, way)) for count in range(2, MOST_DATES + 1) for way in (1, -1)]
    offers = [
        (one.bits, Average(items[total].id, tuple((items[line].id, step) for step in steps), evidence(grid, one, cue)))
        for line in near
        for steps in courses
        for cue in [f"over {len(steps)} columns"]
        if (one := dated(statement, grid, (total, line), steps))
    ]
    best = max(offers, key=lambda offer: offer[0], default=None)
    return best[1] if best and best[0] >= MIN_BITS + log2(len(near) * len(courses)) else None


def dated(statement: Statement, grid: Grid, lines: tuple[int, int], steps: Sequence[int]) -> Mean | None:
    """How a line agrees with the mean of another one over some columns; None where a figure is missing or misses."""
    total, line = lines
    filled = [at for at, cell in enumerate(grid.lines[total]) if cell is not None]
    wanted = {at: [at + step for step in steps] for at in filled}
    if any(not same_kind(statement, [at, *places]) for at, places in wanted.items()):
        return None
    shifted = [
        tuple(grid.lines[line][at + step] if at in wanted else None for at in range(len(statement.columns)))
        for step in steps
    ]
    moved = replace(grid, lines=(grid.lines[total], *shifted), columns=tuple(filled))
    one = mean_of(moved, 0, range(1, len(moved.lines)))
    complete = all(series[at] is not None for series in shifted for at in filled)
    return one if complete and len(one.columns) == one.tested == len(filled) else None


def same_kind(statement: Statement, places: Sequence[int]) -> bool:
    """Whether columns exist and show periods of one length and of the same part of the company."""
    if min(places) < 0 or max(places) >= len(statement.columns):
        return False
    columns = [statement.columns[at] for at in places]
    kinds = {(one.role, one.period.months if one.period else None, one.segment, one.basis) for one in columns}
    return len(kinds) == 1 and columns[0].role is ColumnRole.PERIOD and columns[0].period is not None
