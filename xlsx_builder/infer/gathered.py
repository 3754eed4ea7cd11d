"""Lines that gather what bridges above them add: 'total adjustments' of several steps from one measure to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log2

from xlsx_builder.infer.choose import Sum
from xlsx_builder.infer.cues import is_bridge
from xlsx_builder.infer.families import compatible
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.rounding import agreement

MAX_BRIDGES = 12
"""So many bridges before a line are tried as what it gathers."""
MIN_BITS = 12.0
"""Bits that a line must prove beyond the number of ways that were tried."""
MIN_INFORMATIVE = 2
"""One column that adds up may be an accident."""


def with_gathered(grid: Grid, sums: Mapping[int, Sum]) -> dict[int, Sum]:
    """The sums found, and those of lines that gather the adjustments of one or two of the bridges among them."""
    made = dict(sums)
    adjustments: list[Terms] = []
    taken = {line for one in sums.values() for line, _ in one.terms[:1]}
    for line in range(len(grid.lines)):
        if line in sums:
            if is_bridge(grid, line, [term for term, _ in sums[line].terms]):
                adjustments.append(sums[line].terms[1:])
        elif line not in taken and (one := gathering(grid, line, adjustments[-MAX_BRIDGES:])):
            made[line] = one
    return made


def gathering(grid: Grid, line: int, adjustments: Sequence[Terms]) -> Sum | None:
    """The line as the sum of some adjustments, if one way to see it so is proven."""
    ways = [terms for terms in combined(adjustments) if len(terms) > 1]
    best: Sum | None = None
    for terms in ways:
        parts = [(weight, grid.lines[term]) for term, weight in terms]
        agreed = agreement(grid.lines[line], parts, grid.columns, failures=0.0)
        bits = agreed.bits - log2(len(ways))
        proven = agreed.held == agreed.tested and agreed.informative >= MIN_INFORMATIVE and bits >= MIN_BITS
        alike = proven and all(compatible(grid.lines[line], part, grid.columns) for _, part in parts)
        if alike and (best is None or bits > best.bits):
            best = Sum(line, terms, agreed, bits, ("gathers adjustments", *grid.hints[line].cues), "gathered")
    return best


def combined(adjustments: Sequence[Terms]) -> Iterator[Terms]:
    """The adjustments of each bridge, and those of any two, added or one less the other."""
    yield from adjustments
    for one, other in combinations(adjustments, 2):
        turned = tuple((line, -weight) for line, weight in other)
        if not {line for line, _ in one} & {line for line, _ in other}:
            yield from ((*one, *other), (*one, *turned), tuple((line, -weight) for line, weight in (*one, *turned)))
