"""Sums that no reading in order finds: differences of two lines anywhere near, and runs of lines further away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from math import log2

from xlsx_builder.infer.candidates import telling_columns
from xlsx_builder.infer.choose import Sum, part_lines, relation, weight_of
from xlsx_builder.infer.families import families
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.rounding import agreement, buckets
from xlsx_builder.infer.subsets import subset

NEAR = 40
"""Lines on either side that are looked at."""
PRIOR = -12.0
"""Bits against such a sum, beyond the number of ways there are."""
MIN_INFORMATIVE = 5
"""Columns with two terms that are not zero which such a sum must hold in; in fewer too many lines agree by accident."""
ROUGH = 2
"""Units of the last digit by which rounding may shift a sum of two figures, either way."""

SUBSET_BITS = 6.0
"""Bits that a sum of lines standing apart must keep, for the many choices there were."""
MAX_EQUAL = 3
"""Lines of one figure that are tried in one place; tables of ones and zeros would try every pair."""
MAX_TRIES = 60
"""More sums of one line that agree in one column are a sign that the column tells nothing, and are left out."""


def leftover_sums(grid: Grid, totals: Collection[int], known: Sequence[Sum]) -> tuple[list[Sum], set[int]]:
    """The sums of lines that are no total yet, and the lines for which not all were tried.

    Args:
        grid: The figures.
        totals: Lines that have a sum.
        known: The sums found before, which are not told again with other lines of the same figures.
    """
    filled = [line for line, cells in enumerate(grid.lines) if any(cells)]
    kin = families(grid)
    twins = first_twins(grid)
    told = {frozenset(twins[line] for line in relation(one)) for one in known}
    taken = {line for one in known for line in part_lines(one)}
    found: list[Sum] = []
    limited: set[int] = set()
    for place, total in enumerate(filled):
        if total not in totals:
            near = filled[max(0, place - NEAR) : place + NEAR + 1]
            near = [line for line in near if line != total and kin.meet(total, line)]
            offers = offered(grid, total, near, limited)
            new = (
                (terms, shape)
                for terms, shape in offers.items()
                if frozenset(twins[line] for line in (total, *(line for line, _ in terms))) not in told
            )
            free = [line for line in near if line not in taken]
            choices = (free, near) if len(free) < len(near) else (near,)
            found.extend(best_of(grid, total, choices, new))
    return found, limited


def first_twins(grid: Grid) -> list[int]:
    """For each line the first one with the same figures."""
    first: dict[tuple[int, ...], int] = {}
    return [
        first.setdefault(tuple(cell.centre if cell else 0 for cell in cells), line)
        for line, cells in enumerate(grid.lines)
    ]


def offered(grid: Grid, total: int, near: Sequence[int], limited: set[int]) -> dict[Terms, str]:
    """Sums that agree in one column, with their shapes; the line comes to those limited where these are not all."""
    offers: dict[Terms, str] = {}
    for column in telling_columns(grid.lines[total], grid.columns, grid.search.keys):
        place = total, column
        agreeing = chain(pairs(grid, place, near, limited), runs(grid, place, near, limited))
        some = list(islice(agreeing, MAX_TRIES + 1))
        if len(some) > MAX_TRIES:
            limited.add(total)
        else:
            offers.update(some)
    return offers


def best_of(grid: Grid, total: int, choices: Iterable[Sequence[int]], offers: Iterable[tuple[Terms, str]]) -> list[Sum]:
    """The most credible sum of a line, if it is credible: of those offered, or of any lines of a choice."""
    found = [one for terms, shape in offers if (one := weighed(grid, total, terms, shape))]
    best = max(found, key=lambda one: one.bits, default=None)
    if best and best.bits > 0:
        return [best]
    for lines in choices:
        apart = subset(grid, total, lines)
        one = weighed(grid, total, apart, "added") if apart else None
        if one and one.bits > SUBSET_BITS:
            return [one]
    return []


def pairs(grid: Grid, place: tuple[int, int], near: Sequence[int], limited: set[int]) -> Iterator[tuple[Terms, str]]:
    """Two lines whose sum or difference agrees with a line in one column; as for `limited`, see `offered`."""
    total, column = place
    whole = grid.lines[total][column]
    assert whole is not None
    width = 2 * ROUGH * 2 * whole.radius
    figures = [(line, cell.centre) for line in near if (cell := grid.lines[line][column]) and cell.centre]
    equal: dict[int, list[int]] = defaultdict(list)
    for line, figure in figures:
        equal[figure // width].append(line)
    for line, figure in figures:
        for bucket in buckets(whole.centre - figure, width):
            for other in tried(equal, bucket, total, limited):
                if other > line:
                    yield ((line, 1), (other, 1)), "added"
        for bucket in buckets(figure - whole.centre, width):
            for other in tried(equal, bucket, total, limited):
                if other != line:
                    yield ((line, 1), (other, -1)), "deducted"


def runs(grid: Grid, place: tuple[int, int], near: Sequence[int], limited: set[int]) -> Iterator[tuple[Terms, str]]:
    """Neighbouring lines whose sum agrees with a line in one column, wherever the run begins; else as `pairs`."""
    total, column = place
    whole = grid.lines[total][column]
    assert whole is not None
    width = 2 * ROUGH * 2 * whole.radius
    for side in ([line for line in near if line < total], [line for line in near if line > total]):
        reached = 0
        starts: dict[int, list[int]] = defaultdict(list)
        for end, line in enumerate(side):
            starts[reached // width].append(end)
            cell = grid.lines[line][column]
            reached += cell.centre if cell else 0
            for bucket in buckets(reached - whole.centre, width):
                for start in tried(starts, bucket, total, limited):
                    if end - start > 1:
                        yield tuple((at, 1) for at in side[start : end + 1]), "added"


def tried(equal: Mapping[int, Sequence[int]], bucket: int, total: int, limited: set[int]) -> Sequence[int]:
    """What is tried of the lines of one figure."""
    found = equal.get(bucket, ())
    if len(found) > MAX_EQUAL:
        limited.add(total)
    return found[:MAX_EQUAL]


def weighed(grid: Grid, total: int, terms: Terms, shape: str) -> Sum | None:
    """A sum with what speaks for it; None where too few columns do."""
    # A total may be wrong somewhere; that two lines differ by a third in most places is an accident.
    failures = grid.search.failures if shape == "added" else 0.0
    parts = [(weight, grid.lines[line]) for line, weight in terms]
    agreed = agreement(grid.lines[total], parts, grid.columns, failures)
    if agreed.informative < MIN_INFORMATIVE or agreed.tested - agreed.held > failures * agreed.tested:
        return None
    distance = min(abs(total - line) for line, _ in terms)
    bits = weight_of(agreed, grid.search) + PRIOR - 2 * log2(NEAR) - log2(distance)
    return Sum(total, terms, agreed, bits, (), shape)
