"""Lines made of lines that stand apart: free cash flow at the foot of a cash flow statement, debt below a balance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log2

from xlsx_builder.infer.candidates import telling_columns
from xlsx_builder.infer.choose import Sum
from xlsx_builder.infer.families import Families, families
from xlsx_builder.infer.graph import reached
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.leftovers import first_twins, pairs
from xlsx_builder.infer.rounding import agreement

REACH = 60
"""So many lines before a line are looked at, which is a cash flow statement."""
LONGEST = 3
"""Lines that follow each other and are added or taken off together: capital expenditures in their kinds."""
MIN_BITS = 12.0
"""Bits that a line must prove beyond the number of ways that were tried."""
WORD_BITS = 4.0
"""Bits for a line that has a word in common with the total, or with both lines, that it is made of."""
MIN_INFORMATIVE = 2
"""One column that adds up may be an accident."""


def with_apart(grid: Grid, sums: Mapping[int, Sum]) -> tuple[dict[int, Sum], set[int]]:
    """The sums found, and those of lines outside all sums that two lines, or a total and some more, come to.

    Returns:
        The sums, and the lines of which not all were tried.
    """
    made = dict(sums)
    limited: set[int] = set()
    kin = families(grid)
    twins = first_twins(grid)  # of lines with the same figures the later ones repeat the first
    used = {line for one in sums.values() for line, _ in one.terms}
    for line, cells in enumerate(grid.lines):
        new = line not in made and line not in used and twins[line] == line
        if new and any(cells) and not grid.hints[line].rate:
            one = made_apart(grid, kin, line, made, limited)
            if one:
                made[line] = one
    return made, limited


def made_apart(grid: Grid, kin: Families, line: int, sums: Mapping[int, Sum], limited: set[int]) -> Sum | None:
    """The line as a total and others, or as two lines, where just one way to see it so is proven."""
    near = [at for at in range(max(0, line - REACH), line) if kin.meet(line, at)]
    totals = [at for at in near if at in sums]
    told = telling_columns(grid.lines[line], grid.columns, 1)
    if not told:
        return None
    place = line, told[0]
    pair = (terms for terms, _ in pairs(grid, place, near, limited))
    offers = {tuple(sorted(terms)) for terms in (*agreeing(grid, place, totals, near), *pair)}
    ways = {True: 2 * LONGEST * len(totals) * len(near), False: 2 * len(near) ** 2}
    proven = [
        one
        for terms in sorted(offers)
        if (one := weighed(grid, line, terms, totals))
        and one.bits >= MIN_BITS + log2(ways[any(at in totals for at, _ in terms)])
    ]
    arrows = {total: [at for at, _ in one.terms] for total, one in sums.items()}
    simplest = min((oddity(one, arrows) for one in proven), default=None)
    best = [one for one in proven if oddity(one, arrows) == simplest]
    return best[0] if len(best) == 1 else None


def oddity(one: Sum, arrows: Mapping[int, Sequence[int]]) -> tuple[bool, int]:
    """How far-fetched a sum is: whether it undoes what one of its terms adds up, and how long it is."""
    lines = {line for line, _ in one.terms}
    below = {part for line in lines for part in reached(arrows, line)}
    return bool(lines & below), len(lines)


def agreeing(grid: Grid, place: tuple[int, int], totals: Sequence[int], near: Sequence[int]) -> Iterator[Terms]:
    """A total with lines that follow each other, added or taken off, which agree with a line in one column."""
    line, column = place
    whole = grid.lines[line][column]
    assert whole is not None
    for begin in range(len(near)):
        reached, slack = 0, whole.radius
        for end in range(begin, min(begin + LONGEST, len(near))):
            cell = grid.lines[near[end]][column]
            if near[end] - near[begin] > end - begin:
                break
            reached, slack = (reached + cell.centre, slack + cell.radius) if cell else (reached, slack)
            for total in totals:
                start = grid.lines[total][column]
                if start and reached and total not in near[begin : end + 1]:
                    miss = whole.centre - start.centre
                    for weight in (1, -1):
                        if abs(miss - weight * reached) <= slack + start.radius:
                            yield ((total, 1), *((at, weight) for at in near[begin : end + 1]))


def weighed(grid: Grid, line: int, terms: Terms, totals: Collection[int]) -> Sum | None:
    """The sum with what figures and words prove; None where a column denies it."""
    parts = [(weight, grid.lines[at]) for at, weight in terms]
    agreed = agreement(grid.lines[line], parts, grid.columns, failures=0.0)
    if agreed.held < agreed.tested or agreed.informative < MIN_INFORMATIVE:
        return None
    added = [at for at, weight in terms if weight > 0]
    heads = [at for at in added if at in totals] or added
    named = all(grid.hints[line].words & grid.hints[at].words for at in heads)
    cues = (*grid.hints[line].cues, "made of lines that stand apart")
    return Sum(line, terms, agreed, agreed.bits + WORD_BITS * named, cues, "apart")
