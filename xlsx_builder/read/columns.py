"""Figure columns, found by where figures end over a whole table, and the column of each figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.read.figures import Figure, middle

APART = 2
"""Right edges this near are one column: a ')' or '%' outside the digits, a mark inside them."""


class FigureColumn(Struct, frozen=True):
    """Where a column of figures stands on the page."""

    left: int
    edge: int
    """Where most of its figures end."""
    right: int

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2


class _Cluster(Struct):
    """Figures taken for one column so far, with the rows they stand in."""

    figures: list[Figure]
    rows: set[int]

    @property
    def edge(self) -> int:
        """Where most figures end, dashes left aside."""
        return middle([figure.edge for figure in self.figures if not figure.hollow] or [f.edge for f in self.figures])

    @property
    def hollow(self) -> bool:
        """Whether it holds dashes only."""
        return all(figure.hollow for figure in self.figures)


def find_columns(rows: Sequence[Sequence[Figure]]) -> tuple[FigureColumn, ...]:
    """The figure columns of a table, left to right.

    Args:
        rows: The figures of each row, left to right.

    Returns:
        Columns such that no two figures of a row share one.
    """
    clusters = _settled(_merged(_by_edge(rows)))
    return tuple(_column(cluster) for cluster in clusters)


def _by_edge(rows: Sequence[Sequence[Figure]]) -> list[_Cluster]:
    """One cluster for each right edge that occurs."""
    found: dict[int, _Cluster] = {}
    for number, row in enumerate(rows):
        for figure in row:
            cluster = found.setdefault(figure.edge, _Cluster([], set()))
            cluster.figures.append(figure)
            cluster.rows.add(number)
    return [found[edge] for edge in sorted(found)]


def _merged(clusters: list[_Cluster]) -> list[_Cluster]:
    """Neighbouring clusters joined, the nearest first, as long as no row has figures in both."""
    while True:
        pairs = [
            (right.edge - left.edge, -len(left.figures) - len(right.figures), place)
            for place, (left, right) in enumerate(pairwise(clusters))
            if not left.rows & right.rows and _same_place(left, right)
        ]
        if not pairs:
            return clusters
        clusters = _joined(clusters, min(pairs)[2])


def _joined(clusters: list[_Cluster], place: int) -> list[_Cluster]:
    """The clusters with one and the next as a single one."""
    left, right = clusters[place : place + 2]
    joined = _Cluster(left.figures + right.figures, left.rows | right.rows)
    return [*clusters[:place], joined, *clusters[place + 2 :]]


def _settled(clusters: list[_Cluster]) -> list[_Cluster]:
    """The clusters where dashes, which accounting formats set away from the digits, go to the nearer column.

    They stay alone where a row has a figure in that column too, and where no other column is nearer than half the
    narrowest distance between columns.
    """
    full = [cluster.edge for cluster in clusters if not cluster.hollow]
    reach = min((right - left for left, right in pairwise(full)), default=0) / 2
    while True:
        pairs = [
            (right.edge - left.edge, place)
            for place, (left, right) in enumerate(pairwise(clusters))
            if left.hollow != right.hollow and not left.rows & right.rows and right.edge - left.edge <= reach
        ]
        if not pairs:
            return clusters
        clusters = _joined(clusters, min(pairs)[1])


def _same_place(left: _Cluster, right: _Cluster) -> bool:
    """Whether two clusters can be one column: edges near, or figures over one another."""
    if right.edge - left.edge <= APART:
        return True
    start = middle(figure.start for figure in right.figures)
    return start < left.edge


def _column(cluster: _Cluster) -> FigureColumn:
    """The place of a cluster, figures that stick out left aside."""
    return FigureColumn(
        left=min(figure.start for figure in cluster.figures),
        edge=cluster.edge,
        right=max(max(figure.edge, min(figure.end, figure.edge + APART)) for figure in cluster.figures),
    )


def assign(figures: Sequence[Figure], columns: Sequence[FigureColumn]) -> tuple[int, ...]:
    """The column of each figure of a row, from 0, rising, so that the figures stand as near to them as can be.

    Args:
        figures: The figures of the row, no more than there are columns.
        columns: The columns of the table.

    Returns:
        One column for each figure.
    """
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for figure in figures:
        step: dict[int, tuple[int, tuple[int, ...]]] = {}
        for last, (cost, chosen) in best.items():
            for place in range(last + 1, len(columns)):
                found = (cost + distance(figure, columns[place]), (*chosen, place))
                if place not in step or found < step[place]:
                    step[place] = found
        best = step
    return min(best.values())[1]


def distance(figure: Figure, column: FigureColumn) -> int:
    """How far a figure stands from its place in a column."""
    if figure.hollow and column.left <= figure.start and figure.edge <= column.edge:
        return 0
    return abs(figure.edge - column.edge)


def widened(
    columns: Sequence[FigureColumn], first: int, last: int, extent: tuple[int, int]
) -> tuple[FigureColumn, ...]:
    """Columns with room for a header text that stands over some of them.

    Args:
        columns: The columns.
        first: First column, from 0, that the text stands for.
        last: Last one.
        extent: Where the text begins and ends.
    """
    made = list(columns)
    made[first] = replace(made[first], left=min(made[first].left, extent[0]))
    made[last] = replace(made[last], right=max(made[last].right, extent[1]))
    return tuple(made)
