"""Totals that stand before their parts: the same search, read from the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from xlsx_builder.infer.choose import Sum, best_sums
from xlsx_builder.infer.cues import siblings
from xlsx_builder.infer.grid import Grid

MIN_BITS = 8.0
"""One total in a hundred stands above its parts, so more is asked of it."""
MIN_INFORMATIVE = 2


def backward_sums(grid: Grid, lines: Sequence[int]) -> tuple[list[Sum], set[int]]:
    """Sums among some lines whose total stands before its terms, and the lines that were not tried to the end."""
    sums, limited = ordered_sums(grid, list(lines)[::-1])
    return [replace(one, terms=one.terms[::-1]) for one in sums], limited


def ordered_sums(grid: Grid, order: Sequence[int]) -> tuple[list[Sum], set[int]]:
    """Sums among some lines, read in the order given, and the lines that were not tried to the end."""
    part = replace(
        grid,
        lines=tuple(grid.lines[line] for line in order),
        hints=tuple(grid.hints[line] for line in order),
        fineness=tuple(grid.fineness[line] for line in order) if grid.fineness else (),
    )
    sums, _, limited = best_sums(part)
    return [
        replace(one, total=order[total], terms=tuple((order[line], weight) for line, weight in one.terms))
        for total, one in sums.items()
    ], {order[line] for line in limited}


def with_totals_above(grid: Grid, below: Mapping[int, Sum]) -> dict[int, Sum]:
    """The sums found reading downwards, and those upwards that do not quarrel with them.

    Args:
        grid: The figures.
        below: Sums whose total stands below its terms.
    """
    made = dict(below)
    for total in sorted(below):
        del made[total]
        one = turned_over(grid, below[total], made)
        made[one.total] = one
    used = {line for one in made.values() for line, _ in one.terms}
    free = [line for line in range(len(grid.lines)) if line not in made and line not in used]
    headed = {one.total: {line for line, _ in one.terms} for one in made.values() if one.total < one.terms[0][0]}
    heads = ({line - 1 for line in free} & used).union(headed.keys() - used).difference(*headed.values())
    for one in sorted(backward_sums(grid, sorted({*free, *heads}))[0], key=lambda one: one.total):
        lines = {line for line, _ in one.terms}
        proven = one.bits >= MIN_BITS and one.agreement.informative >= MIN_INFORMATIVE
        if (
            one.shape == "added"
            and proven
            and one.total not in made
            and not lines & used
            and not grid.hints[one.total].rate
        ):
            made[one.total] = one
    return {**made, **totals_of_heads(grid, made)}


def totals_of_heads(grid: Grid, sums: Mapping[int, Sum]) -> dict[int, Sum]:
    """The totals of wholes that stand above their parts, which hide them from a reading in printed order.

    Args:
        grid: The figures.
        sums: The sums found before.
    """
    heads = {one.total for one in sums.values() if one.shape == "added" and one.total < one.terms[0][0]}
    used = {line for one in sums.values() for line, _ in one.terms}
    if not heads - used:
        return {}
    order = [line for line in range(len(grid.lines)) if line not in used]
    return {
        one.total: one
        for one in ordered_sums(grid, order)[0]
        if one.total not in sums and one.shape == "added" and heads.intersection(line for line, _ in one.terms)
    }


def turned_over(grid: Grid, one: Sum, sums: Collection[int]) -> Sum:
    """'Whole less parts' as the sum of its parts, where layout or wording say that the whole stands first."""
    whole, *parts = (line for line, _ in one.terms)
    if one.shape != "deducted" or any(line in sums for line in (whole, *parts)):
        return one
    if is_indented(grid, whole, (*parts, one.total)):
        cue = "parts indented"
    elif len(parts) == 1 and siblings(grid, one.total, [whole, *parts]):
        cue = "sibling wording"
    else:
        return one
    terms = tuple((line, 1) for line in (*parts, one.total))
    return replace(one, total=whole, terms=terms, cues=(*one.cues, cue), shape="added")


def is_indented(grid: Grid, whole: int, parts: Sequence[int]) -> bool:
    """Whether all parts stand deeper than the whole, and nothing says that the last one is a total."""
    deeper = all(grid.hints[part].depth > grid.hints[whole].depth for part in parts)
    return deeper and not grid.hints[parts[-1]].total
