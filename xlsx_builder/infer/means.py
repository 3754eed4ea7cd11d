"""Lines that call themselves averages and are the mean of the lines beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from math import log2

from msgspec import Struct

from xlsx_builder.infer.candidates import telling_columns
from xlsx_builder.infer.families import compatible
from xlsx_builder.infer.grid import Grid
from xlsx_builder.infer.rounding import MAX_BITS, Figure, Series
from xlsx_builder.model.patterns import regex

AVERAGE = regex(r"\b(averages?|avg|means?)\b", re.IGNORECASE)
WEIGHTED = regex(r"\b(weighted|moving)\b", re.IGNORECASE)
"""What makes an average of something else than the figures that are printed."""
REACH = 400
"""So many lines beside an average are looked at; with gaps they make half as many ranges, of the 255 Excel allows."""
MIN_BITS = 8.0
"""Bits that the figures must prove beyond the number of ways that were tried; the word says the rest."""
BLOCK_BITS = 2.0
"""Bits for a mean of all lines up to where their block begins."""


class Mean(Struct, frozen=True):
    """A line as the mean of others."""

    total: int
    lines: tuple[int, ...]
    columns: tuple[int, ...]
    """Where it holds."""
    tested: int
    residual: int
    """Largest difference, in half units of the finest digit."""
    bits: float


def is_average(label: str) -> bool:
    """Whether a label calls what it names a plain average."""
    return bool(AVERAGE.search(label)) and not WEIGHTED.search(label)


def means(grid: Grid, worded: Collection[int], failures: float = 0.0) -> list[Mean]:
    """The lines that are means of the lines before or after them.

    Args:
        grid: The figures.
        worded: The lines that call themselves averages; they are no parts.
        failures: Share of the columns in which a mean may fail.
    """
    plain = [line for line in range(len(grid.lines)) if line not in worded]
    found = []
    for total in sorted(worded):
        before = [line for line in plain if line < total][::-1]
        after = [line for line in plain if line > total]
        sides = [side for lines in (before, after) for side in choices(grid, lines)]
        offers = [one for side in sides for one in runs(grid, total, side, failures)]
        best = max(offers, key=lambda one: one.bits, default=None)
        if best is not None and best.bits >= MIN_BITS + log2(len(sides)):
            found.append(best)
    return found


def choices(grid: Grid, lines: Sequence[int]) -> Iterator[Sequence[int]]:
    """The lines that may be averaged, the nearest first: all of them, and those that are no totals."""
    near = lines[:REACH]
    parts = [line for line in near if not grid.hints[line].total]
    yield near
    if 1 < len(parts) < len(near):
        yield parts


def runs(grid: Grid, total: int, near: Sequence[int], failures: float) -> Iterator[Mean]:
    """The means of the nearest lines that agree with a line, as far as several of its columns allow."""
    lines = [line for line in near if compatible(grid.lines[total], grid.lines[line], grid.columns)]
    sizes = {
        size
        for column in telling_columns(grid.lines[total], grid.columns, 3)
        for size in agreeing(grid.lines[total][column], [grid.lines[line][column] for line in lines])
    }
    for size in sorted(sizes):
        one = mean_of(grid, total, lines[:size])
        whole = size == len(lines) or grid.hints[lines[size]].block != grid.hints[lines[size - 1]].block
        if len(one.columns) >= (1 - failures) * one.tested:
            bits = one.bits - log2(len(lines)) + (BLOCK_BITS if whole else 0.0)
            yield Mean(total, one.lines, one.columns, one.tested, one.residual, bits)


def agreeing(mean: Figure | None, cells: Series) -> Iterator[int]:
    """How many of the first figures have a mean, which takes two of them."""
    assert mean is not None
    count = reached = slack = 0
    for size, cell in enumerate(cells, 1):
        if cell is not None:
            count, reached, slack = count + 1, reached + cell.centre, slack + room(mean, cell)
            if count > 1 and abs(count * mean.centre - reached) <= slack:
                yield size


def room(mean: Figure, part: Figure) -> int:
    """How far rounding may shift a mean by each part; a mean with more digits than its parts takes them as exact."""
    return mean.radius + min(mean.radius, part.radius)


def mean_of(grid: Grid, total: int, lines: Sequence[int]) -> Mean:
    """How the mean of some lines agrees with a line, and what that proves."""
    held: list[int] = []
    tested = residual = 0
    bits = 0.0
    for column in grid.columns:
        mean = grid.lines[total][column]
        parts = [cell for line in lines if (cell := grid.lines[line][column]) is not None]
        if mean is None or len(parts) < 2:
            continue
        tested += 1
        miss = abs(len(parts) * mean.centre - sum(part.centre for part in parts))
        if miss <= sum(room(mean, part) for part in parts):
            held.append(column)
            residual = max(residual, miss // len(parts))
            bits += proof(mean, parts)
    return Mean(total, tuple(lines), tuple(held), tested, residual, bits)


def proof(mean: Figure, parts: Sequence[Figure]) -> float:
    """What the agreement of a mean proves: how many figures between the least and the largest there might be."""
    centres = [part.centre for part in parts]
    unit = 2 * max(mean.radius, *(part.radius for part in parts))
    return min(MAX_BITS, log2(1 + (max(centres) - min(centres)) / unit))
