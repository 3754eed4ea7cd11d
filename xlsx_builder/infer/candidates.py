"""Sums that might explain a line: the lines just above it that no other total has taken, with the usual signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from msgspec import Struct

from xlsx_builder.infer.families import Families
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.rounding import Figure, Series
from xlsx_builder.infer.stack import Index, Node, nearest

SIGNED_REACH = 6
"""Up to so many lines every combination of signs is tried, which is 2 ** 5 of them."""
SKIP_REACH = 12
"""Up to so many lines a sum may leave some out in its middle."""
OUTLINE_REACH = 24
"""Up to so many lines a sum may leave out those that stand deeper, in one way for each first line."""
FREE_SHAPES = ("outlined", "signed", "skipping")
"""What is looked for among the last lines one by one."""
COST_REPEATED = 4.0
"""Bits against a total with a single term, which needs wording to be told from two lines that happen to agree."""
COST_DEDUCTED = 1.0
"""Bits against 'first line less all that follow', which is a quarter as frequent as plain sums and tried as often."""
COST_SIGNED = 2.0
"""Bits against free signs, beyond one for each term."""
COST_SKIPPED = 5.0
"""Bits against a sum that leaves out lines in its middle, beyond the number of ways to do so."""

COST_OUTLINED = 3.0
"""Bits against a sum that leaves out lines which stand deeper than those above them."""


class Candidate(Struct, frozen=True):
    """A signed sum that agrees with a line in the column that says most."""

    terms: Terms
    cost: float
    """Bits against it for the freedom that was taken to find it."""
    shape: str
    """'added', 'repeated', 'deducted', 'outlined', 'signed' or 'skipping'."""
    before: Node
    """The untaken line before its first term."""


class Place(Struct, frozen=True):
    """Where a total is looked for: the untaken lines that it may be the sum of."""

    grid: Grid
    families: Families
    index: Index
    total: int
    stack: int
    top: Node
    limited: set[int]
    """Lines of which not all sums that agree somewhere were tried; this one comes to them where that is so."""

    def near(self, count: int) -> list[Node]:
        """The last of those lines that share a column with it, the last one first."""
        return [node for node in nearest(self.top, count) if self.families.meet(self.total, node.line)]


def telling_columns(total: Series, columns: Sequence[int], wanted: int) -> list[int]:
    """The column with the largest figure, where agreement by accident is rarest, and some more."""
    filled = [column for column in columns if (cell := total[column]) is not None and cell.centre]
    filled.sort(key=lambda column: -relative_size(total[column]))
    return filled[:1] + filled[1 :: max(1, len(filled) // wanted)][: wanted - 1]


def relative_size(cell: Figure | None) -> int:
    """A figure in units of its last digit."""
    return abs(cell.centre) // cell.radius if cell else 0


def candidates(place: Place) -> Iterator[Candidate]:
    """Sums of untaken lines that agree with a line in one of its most telling columns."""
    seen: set[Terms] = set()
    search = place.grid.search
    for column in telling_columns(place.grid.lines[place.total], place.grid.columns, search.keys):
        for candidate in column_candidates(place, column):
            if candidate.shape in search.shapes and candidate.terms not in seen:
                seen.add(candidate.terms)
                yield candidate


def column_candidates(place: Place, column: int) -> Iterator[Candidate]:
    """Sums that agree in one column."""
    whole = place.grid.lines[place.total][column]
    assert whole is not None
    yield from uniform(place, whole, column)
    if not place.grid.search.shapes.isdisjoint(FREE_SHAPES):
        nodes = place.near(OUTLINE_REACH)
        cells = [place.grid.lines[node.line][column] for node in nodes]
        depths = [place.grid.hints[node.line].depth for node in nodes]
        if len(set(depths)) > 1:
            yield from outlined(whole, cells, nodes, depths)
        yield from signed(whole, cells[:SIGNED_REACH], nodes)
        yield from skipping(whole, cells[:SKIP_REACH], nodes)


def uniform(place: Place, whole: Figure, column: int) -> Iterator[Candidate]:
    """The last k lines: all added, or all but the first deducted."""
    top, target = place.top, whole.centre
    if top.below and place.index.cells[top.line][column] == target:
        yield from last_lines(place, top.below, 1)
    added = place.index.added(place.stack, top, column, target)
    deducted = place.index.deducted(place.stack, top, column, target)
    if not (added.complete and deducted.complete):
        place.limited.add(place.total)
    for node in added.nodes:
        if top.depth - node.depth > 1:
            yield from last_lines(place, node, 1)
    for node in deducted.nodes:
        if node is not top and node.below:
            yield from last_lines(place, node.below, -1)


def last_lines(place: Place, before: Node, others: int) -> Iterator[Candidate]:
    """The lines above a node in printed order, the first with weight 1, and the weight of all others."""
    nodes = nearest(place.top, place.top.depth - before.depth)
    lines = [node.line for node in reversed(nodes) if place.families.meet(place.total, node.line)]
    if lines and (others == 1 or (len(lines) > 1 and lines[0] == nodes[-1].line)):
        terms = ((lines[0], 1), *((line, others) for line in lines[1:]))
        shape = "repeated" if len(lines) == 1 else "added" if others == 1 else "deducted"
        cost = COST_DEDUCTED if shape == "deducted" else 0.0
        yield Candidate(terms, cost + log2(len(lines)) / 2, shape, before)


def outlined(
    whole: Figure, cells: Sequence[Figure | None], nodes: Sequence[Node], depths: Sequence[int]
) -> Iterator[Candidate]:
    """The last lines added, without those that stand deeper: what a line is 'of which' is no part beside it."""
    kept: list[int] = []
    for at, depth in enumerate(depths):
        if not kept or depth <= depths[kept[-1]]:
            kept = [*kept, at] if kept and depth == depths[kept[-1]] else [at]
            told = [cell for one in kept if (cell := cells[one])]
            miss = sum(cell.centre for cell in told) - whole.centre
            if 1 < len(kept) <= at and abs(miss) <= whole.radius + sum(cell.radius for cell in told):
                cost = COST_OUTLINED + log2(len(kept)) / 2
                yield chosen(nodes, kept[::-1], (1,) * len(kept), cost, "outlined")


def signed(whole: Figure, cells: Sequence[Figure | None], nodes: Sequence[Node]) -> Iterator[Candidate]:
    """The last k lines with mixed signs."""
    slack = whole.radius
    sums, most = [0], 0
    for count, cell in enumerate(cells, 1):
        part = cell.centre if cell else 0
        slack += cell.radius if cell else 0
        most += abs(part)
        # One line more, which stands first in print; bit by bit, a sum's place in the list tells its signs.
        sums = [part + rest for rest in sums] + [rest - part for rest in sums]
        low, high = whole.centre - slack, whole.centre + slack
        if low > most or high < -most:
            continue
        for place in [place for place, found in enumerate(sums) if low <= found <= high]:
            weights = tuple(-1 if place >> bit & 1 else 1 for bit in range(count - 1, -1, -1))
            ups = weights.count(1)
            if ups in (0, count) or (ups == 1 and weights[0] == 1):
                continue
            cost = COST_SIGNED + count + (0 if weights[0] == 1 else 2)
            yield chosen(nodes, range(count - 1, -1, -1), weights, cost, "signed")


def skipping(whole: Figure, cells: Sequence[Figure | None], nodes: Sequence[Node]) -> Iterator[Candidate]:
    """The last k lines added, but for a run of them in the middle or at the end."""
    sums, slacks = [0], [0]
    for cell in cells:
        sums.append(sums[-1] + (cell.centre if cell else 0))
        slacks.append(slacks[-1] + (cell.radius if cell else 0))
    count = len(cells)
    cost = COST_SKIPPED + 2 * log2(count or 1)
    for end in range(3, count + 1):
        most = whole.radius + slacks[end]
        low, high = min(sums[:end]) - most, max(sums[:end]) + most
        for after in range(end - 1):
            rest = sums[end] + sums[after] - whole.centre
            if not low <= rest <= high:
                continue
            near = [n for n in range(after + 1, min(end, after + end - 1)) if -most <= rest - sums[n] <= most]
            for before in near:
                slack = most - slacks[before] + slacks[after]
                if abs(rest - sums[before]) <= slack:
                    kept = [*range(end - 1, before - 1, -1), *range(after - 1, -1, -1)]
                    yield chosen(nodes, kept, (1,) * len(kept), cost, "skipping")


def chosen(nodes: Sequence[Node], places: Sequence[int], weights: Sequence[int], cost: float, shape: str) -> Candidate:
    """Some of the last lines in printed order, with their weights."""
    first = nodes[places[0]].below
    assert first is not None
    terms = tuple((nodes[place].line, weight) for place, weight in zip(places, weights, strict=True))
    return Candidate(terms, cost, shape, first)
