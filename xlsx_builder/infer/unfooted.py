"""Totals that the release gets wrong in a column: structure and wording demand the sum, other columns prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile

from msgspec.structs import replace

from xlsx_builder.infer.choose import Sum, relation
from xlsx_builder.infer.families import compatible
from xlsx_builder.infer.grid import Grid, Pattern, Terms
from xlsx_builder.infer.rounding import agreement

MIN_BITS = 8.0
"""Bits that the columns in which the sum holds must prove."""
MAX_FAILED = 0.5
"""Share of the columns in which it may fail."""
DEMANDED = frozenset({"total wording", "no label"})
"""What a line must say of itself to be held for a sum that one of its figures denies."""
MAX_LINES = 60
"""So many lines before a line are looked at; blocks are shorter."""
UNFOOTED = "does not foot in every column"


def with_unfooted(grid: Grid, sums: Mapping[int, Sum]) -> dict[int, Sum]:
    """The sums found, and those that hold in some columns only but must be meant."""
    made = dict(sums)
    elsewhere: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in sorted(grid.patterns):
        elsewhere[pattern[0]].append(pattern)
    told = set(map(relation, sums.values()))
    for total in range(1, len(grid.lines)):
        if total not in sums and not grid.hints[total].rate:
            for cue, terms in demands(grid, total, made, elsewhere.get(grid.hints[total].label, ())):
                new = frozenset({total, *(line for line, _ in terms)}) not in told
                found = unfooted(grid, total, cue, terms) if new else None
                later = collapsed(made.values(), found) if found else None
                if found and later is not None:
                    made |= {total: found, **later}
                    break
    return made


def collapsed(sums: Iterable[Sum], part: Sum) -> dict[int, Sum] | None:
    """The sums that skip a total and take its terms, with it in their place; None where one takes some terms only."""
    made: dict[int, Sum] = {}
    lines = {line for line, _ in part.terms}
    for one in sums:
        ours = [term for term in one.terms if term[0] in lines]
        if ours and one.total > part.total:
            if set(ours) != set(part.terms):
                return None
            rest = [term for term in one.terms if term not in ours]
            made[one.total] = replace(one, terms=tuple(sorted([*rest, (part.total, 1)])))
    return made


def unfooted(grid: Grid, total: int, cue: str, terms: Terms) -> Sum | None:
    """The sum, if enough of its columns prove it."""
    if not all(compatible(grid.lines[total], grid.lines[line], grid.columns) for line, _ in terms):
        return None
    parts = [(weight, grid.lines[line]) for line, weight in terms]
    agreed = agreement(grid.lines[total], parts, grid.columns, MAX_FAILED)
    if not agreed.informative or agreed.tested - agreed.held > MAX_FAILED * agreed.tested or agreed.bits < MIN_BITS:
        return None
    cues = (*grid.hints[total].cues, cue, *((UNFOOTED,) if agreed.held < agreed.tested else ()))
    return Sum(total, terms, agreed, agreed.bits, cues, "demanded")


def demands(
    grid: Grid, total: int, sums: Mapping[int, Sum], elsewhere: Sequence[Pattern]
) -> Iterator[tuple[str, Terms]]:
    """What a line should be the sum of: of lines that are so elsewhere, or of the block that ends with it."""
    hint, before = grid.hints[total], range(total - 1, max(0, total - MAX_LINES) - 1, -1)
    last = {grid.hints[line].label: line for line in reversed(before)}
    for _, parts in elsewhere:
        if len(parts) > 1 and all(part in last for part, _ in parts):
            yield "known pattern", tuple((last[part], weight) for part, weight in parts)
    if DEMANDED & {*hint.cues}:
        taken = {line for at in before if at in sums for line, _ in sums[at].terms}
        free = [line for line in before if line not in taken and any(grid.lines[line])]
        for path in dict.fromkeys((grid.hints[total - 1].headings, hint.headings)):
            block = list(takewhile(partial(stands_under, grid, path), free))
            if len(block) > 1:
                yield "whole block", tuple((line, 1) for line in reversed(block))


def stands_under(grid: Grid, path: tuple[frozenset[str], ...], line: int) -> bool:
    """Whether a line stands under some headings, and perhaps under more."""
    return grid.hints[line].headings[: len(path)] == path
