"""Sums that no reading in order finds: differences of two lines anywhere near, and runs of lines further away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2

from xlsx_builder.infer.candidates import telling_columns
from xlsx_builder.infer.choose import FAILED_BITS, Sum, matching, saturated
from xlsx_builder.infer.grid import Grid
from xlsx_builder.infer.rounding import agreement
from xlsx_builder.infer.subsets import subset

NEAR = 40
"""Lines on either side that are looked at."""
PRIOR = -10.0
"""Bits against such a sum, beyond the number of ways there are."""
MIN_INFORMATIVE = 3
"""Columns with two terms that are not zero which such a sum must hold in."""
ROUGH = 2
"""Units of the last digit by which rounding may shift a sum of two figures, either way."""

SUBSET_BITS = 8.0
"""Bits that a sum of lines standing apart must keep, for the many choices there were."""
MAX_EQUAL = 3
"""Lines of one figure that are tried in one place; tables of ones and zeros would try every pair."""
MAX_TRIES = 150
"""Sums of one line that are tested in full; more agreeing in one column is a sign that the column tells nothing."""

Terms = tuple[tuple[int, int], ...]


def leftover_sums(grid: Grid, known: Mapping[int, Sum]) -> list[Sum]:
    """The sums of lines that are no total yet."""
    filled = [line for line, cells in enumerate(grid.lines) if any(cells)]
    found: list[Sum] = []
    for place, total in enumerate(filled):
        if total in known:
            continue
        near = [line for line in filled[max(0, place - NEAR) : place + NEAR + 1] if line != total]
        near = [line for line in near if matching(grid, total, line)]
        found.extend(best_of(grid, total, near))
    return found


def best_of(grid: Grid, total: int, near: Sequence[int]) -> list[Sum]:
    """The most credible sum of a line, if it is credible."""
    tried: set[Terms] = set()
    best: Sum | None = None
    for column in telling_columns(grid.lines[total], grid.columns, grid.search.keys):
        for terms, shape in (
            *pairs(grid, total, near, column),
            *runs(grid, total, near, column),
        ):
            if terms in tried:
                continue
            if len(tried) >= MAX_TRIES:
                break
            tried.add(terms)
            one = weighed(grid, total, terms, shape)
            if one and (best is None or one.bits > best.bits):
                best = one
    if best and best.bits > 0:
        return [best]
    apart = subset(grid, total, near)
    one = weighed(grid, total, apart, "added") if apart else None
    return [one] if one and one.bits > SUBSET_BITS else []


def pairs(grid: Grid, total: int, near: Sequence[int], column: int) -> Iterator[tuple[Terms, str]]:
    """Two lines whose sum or difference agrees in one column."""
    whole = grid.lines[total][column]
    assert whole is not None
    unit = 2 * whole.radius
    places: dict[int, list[int]] = defaultdict(list)
    for line in near:
        cell = grid.lines[line][column]
        if cell and cell.centre and len(places[cell.centre // unit]) < MAX_EQUAL:
            places[cell.centre // unit].append(line)
    for line in near:
        cell = grid.lines[line][column]
        if not cell or not cell.centre:
            continue
        for shift in range(-ROUGH, ROUGH + 1):
            for other in places.get((whole.centre - cell.centre) // unit + shift, ()):
                if other > line:
                    yield ((line, 1), (other, 1)), "added"
            for other in places.get((cell.centre - whole.centre) // unit + shift, ()):
                if other != line:
                    yield ((line, 1), (other, -1)), "deducted"


def runs(grid: Grid, total: int, near: Sequence[int], column: int) -> Iterator[tuple[Terms, str]]:
    """Neighbouring lines whose sum agrees in one column, wherever the run begins."""
    whole = grid.lines[total][column]
    assert whole is not None
    unit = 2 * whole.radius
    for side in ([line for line in near if line < total], [line for line in near if line > total]):
        reached = 0
        starts: dict[int, list[int]] = defaultdict(list)
        for place, line in enumerate(side):
            if len(starts[reached // unit]) < MAX_EQUAL:
                starts[reached // unit].append(place)
            cell = grid.lines[line][column]
            reached += cell.centre if cell else 0
            for shift in range(-ROUGH, ROUGH + 1):
                for start in starts.get((reached - whole.centre) // unit + shift, ()):
                    if place - start > 1:
                        yield tuple((at, 1) for at in side[start : place + 1]), "added"


def weighed(grid: Grid, total: int, terms: Terms, shape: str) -> Sum | None:
    """A sum with what speaks for it; None where too few columns do."""
    agreed = agreement(grid.lines[total], [(weight, grid.lines[line]) for line, weight in terms], grid.columns)
    failed = agreed.tested - agreed.held
    if agreed.informative < MIN_INFORMATIVE or failed > grid.search.failures * agreed.tested:
        return None
    distance = min(abs(total - line) for line, _ in terms)
    bits = saturated(agreed.bits) + PRIOR + FAILED_BITS * failed - 2 * log2(NEAR) - log2(distance)
    return Sum(total, terms, agreed, bits, (), shape)
