"""Sums over many blocks, name by name: 'Europe' of a whole is what all its divisions have under 'Europe'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from xlsx_builder.infer.choose import Sum
from xlsx_builder.infer.grid import Grid, Pattern
from xlsx_builder.infer.rounding import agreement
from xlsx_builder.infer.segments import MIN_MEMBERS, Block, bits_of, blocks, is_open

MIN_PARTS = 2
MIN_BITS = 20.0
"""Bits that the names of a block must prove together; they alone say which lines belong together."""
MIN_SHARE = 0.5
"""Share of the names that must add up: a division may sell in more ways than the whole names."""


def with_nested(grid: Grid, known: Mapping[int, Sum]) -> tuple[dict[int, Sum], list[Sum]]:
    """The sums found with those over blocks, and such sums of lines that are explained already.

    Args:
        grid: The figures.
        known: Sums found before; of these go the ones by which a part is what the others leave of the whole.
    """
    made = dict(known)
    second: list[Sum] = []
    every = blocks(grid)
    for place, whole in enumerate(every):
        offers = [nested_sums(grid, whole, parts) for parts in gathered(every, place)]
        for one in max(offers, key=bits_of, default=[]):
            terms = {line for line, _ in one.terms}
            for part in terms & made.keys():
                if any(line in whole.members.values() for line, _ in made[part].terms):
                    del made[part]
            if is_open(one.total, made):
                made[one.total] = one
            else:
                second.append(one)
    return made | alike(grid, every, made), second


def gathered(every: Sequence[Block], place: int) -> Iterator[list[Block]]:
    """The blocks that one block may gather: those under its heading, or the row of equals right before it."""
    path = every[place].path
    below = list(takewhile(lambda block: block.path != path and block.path[: len(path)] == path, every[place + 1 :]))
    yield below
    yield [block for block in below if len(block.path) == len(path) + 1]
    before: list[Block] = []
    for block in reversed(every[:place]):
        if before and block.path[:-1] != before[-1].path[:-1]:
            break
        before.append(block)
    yield before[::-1]


def nested_sums(grid: Grid, whole: Block, parts: Sequence[Block]) -> list[Sum]:
    """The lines of a block as sums of the lines of the same name in others; none where too few of them add up."""
    made: list[Sum] = []
    tried = 0
    for name, total in whole.members.items():
        terms = tuple((block.members[name], 1) for block in parts if name in block.members)
        if len(terms) < MIN_PARTS:
            continue
        tried += 1
        agreed = agreement(grid.lines[total], [(1, grid.lines[line]) for line, _ in terms], grid.columns)
        kinds = {cell.kind for line in (total, *(line for line, _ in terms)) for cell in grid.lines[line] if cell}
        if agreed.held == agreed.tested and agreed.informative and len(kinds) == 1:
            made.append(Sum(total, terms, agreed, agreed.bits, ("name by name",), "members"))
    enough = len(made) >= max(MIN_MEMBERS, MIN_SHARE * tried) and bits_of(made) >= MIN_BITS
    return made if enough else []


def alike(grid: Grid, every: Sequence[Block], known: Mapping[int, Sum]) -> dict[int, Sum]:
    """The sums inside blocks that two other blocks have between lines of the same names."""
    names = {line: (place, name) for place, block in enumerate(every) for name, line in block.members.items()}
    seen: Counter[Pattern] = Counter()
    for one in known.values():
        lines = [one.total, *(line for line, _ in one.terms)]
        if len({names[line][0] if line in names else None for line in lines}) == 1 and one.total in names:
            seen[names[one.total][1], tuple((names[line][1], weight) for line, weight in one.terms)] += 1
    found: dict[int, Sum] = {}
    for (name, parts), count in seen.most_common():
        for block in every if count >= MIN_PARTS else ():
            total = block.members.get(name)
            if total is None or total in known or total in found or not all(part in block.members for part, _ in parts):
                continue
            terms = tuple((block.members[part], weight) for part, weight in parts)
            agreed = agreement(grid.lines[total], [(weight, grid.lines[line]) for line, weight in terms], grid.columns)
            if agreed.held == agreed.tested and agreed.informative:
                found[total] = Sum(total, terms, agreed, agreed.bits, ("as in blocks like it",), "members")
    return found
