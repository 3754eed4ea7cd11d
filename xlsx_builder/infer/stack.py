"""The lines that no total has taken yet, with running sums: which of the last ones add up to a figure is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from operator import add

from msgspec import Struct, field

from xlsx_builder.infer.families import Families
from xlsx_builder.infer.grid import Grid
from xlsx_builder.infer.rounding import buckets

ROUGH = 4
"""Units of the last digit by which rounding may shift a sum; rarely do so many terms all err to one side."""
SCANNED = 5
"""Places looked at for each hit wanted; those of readings given up stay in the index."""


class Node(Struct, frozen=True, eq=False):
    """An untaken line on a linked list, so that readings share their common past."""

    line: int
    below: Node | None
    jump: Node | None
    """A node far below: any depth is reached in logarithmic steps."""
    depth: int
    sums: tuple[int, ...]
    """By column, the sum of this line and all below."""
    total: bool = False
    """Whether it has taken others."""


def pushed(below: Node, line: int, cells: Sequence[int], *, total: bool) -> Node:
    """A line put down on others."""
    far = below.jump
    even = far is not None and far.jump is not None and below.depth - far.depth == far.depth - far.jump.depth
    jump = far.jump if even and far else below
    return Node(line, below, jump, below.depth + 1, tuple(map(add, below.sums, cells)), total)


def descend(top: Node, depth: int) -> Node:
    """The node of a stack at some depth."""
    node = top
    while node.depth > depth:
        assert node.jump is not None
        assert node.below is not None
        node = node.jump if node.jump.depth >= depth else node.below
    return node


def nearest(top: Node, count: int) -> list[Node]:
    """The last nodes of a stack, the last one first."""
    found: list[Node] = []
    node = top
    while node.below is not None and len(found) < count:
        found.append(node)
        node = node.below
    return found


Key = tuple[int, int, int]
"""Stack, column, and a running sum in buckets."""


class Found(Struct, frozen=True):
    """Nodes that were looked up."""

    nodes: list[Node]
    """The last ones first."""
    complete: bool
    """Whether none were passed over because there were too many."""


class Index(Struct, frozen=True):
    """The nodes of all readings by their running sums."""

    cells: tuple[tuple[int, ...], ...]
    """Figures by line and column in half units; an empty place is zero."""
    widths: tuple[int, ...]
    """By column, the size of a bucket: what rounding may shift a sum."""
    columns: tuple[int, ...]
    reach: int
    hits: int
    before: dict[Key, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """Nodes by the sum up to them: where what lies above adds up to a figure."""
    first: dict[Key, list[Node]] = field(default_factory=lambda: defaultdict(list))
    """Nodes by the sum below them and twice their own figure: where all above are taken off from it."""
    known: set[Node] = field(default_factory=set)

    def learn(self, stack: int, top: Node) -> None:
        """Take in the nodes of a reading that are new."""
        node: Node | None = top
        while node is not None and node not in self.known:
            self.known.add(node)
            for column in self.columns:
                width, reached = self.widths[column], node.sums[column]
                self.before[stack, column, reached // width].append(node)
                if node.below:
                    self.first[stack, column, (reached + self.cells[node.line][column]) // width].append(node)
            node = node.below

    def added(self, stack: int, top: Node, column: int, target: int) -> Found:
        """The nodes above which the lines add up to a figure."""
        return self.looked_up(self.before, (stack, column, top.sums[column] - target), top)

    def deducted(self, stack: int, top: Node, column: int, target: int) -> Found:
        """The nodes whose figure less those of the lines above is a figure."""
        return self.looked_up(self.first, (stack, column, top.sums[column] + target), top)

    def looked_up(self, places: dict[Key, list[Node]], wanted: Key, top: Node) -> Found:
        """The nodes of one stack in the buckets around a sum."""
        stack, column, reached = wanted
        found: list[Node] = []
        complete = True
        for near in buckets(reached, self.widths[column]):
            nodes = places.get((stack, column, near), ())
            alive = (
                node
                for node in nodes[: -SCANNED * self.hits - 1 : -1]
                if top.depth - node.depth <= self.reach and descend(top, node.depth) is node
            )
            found.extend(islice(alive, self.hits))
            complete &= len(nodes) <= SCANNED * self.hits and next(alive, None) is None
        return Found(found, complete)


def indexed(grid: Grid) -> Index:
    """An index for the lines of a grid."""
    cells = tuple(tuple(cell.centre if cell else 0 for cell in line) for line in grid.lines)
    widths = tuple(
        2 * ROUGH * max((cell.radius for line in grid.lines if (cell := line[column])), default=1)
        for column in range(len(grid.lines[0]) if grid.lines else 0)
    )
    return Index(cells, widths, grid.columns, grid.search.reach, grid.search.hits)


def empty_stacks(families: Families, width: int) -> tuple[Node, ...]:
    """A stack for each family, and one for those of its lines that need no digits after the point."""
    return tuple(Node(-1, None, None, 0, (0,) * width) for _ in range(2 * families.count))
