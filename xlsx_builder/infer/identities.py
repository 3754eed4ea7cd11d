"""Assets are what liabilities and equity finance: told by wording, proven by figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xlsx_builder.infer.choose import Sum
from xlsx_builder.infer.grid import Grid, Terms
from xlsx_builder.infer.labels import words
from xlsx_builder.infer.rounding import agreement

ASSETS, LIABILITIES, EQUITY = (words(label) for label in ("assets", "liabilities", "equity deficit deficiency"))


def balanced(grid: Grid, totals: Collection[int]) -> Sum | None:
    """The lines that come to the assets in every column.

    Args:
        grid: The figures.
        totals: Lines that have a sum; where both sides do, their being equal is told already.
    """
    worded = [line for line, hint in enumerate(grid.hints) if "total wording" in hint.cues]
    assets = next((line for line in worded if grid.hints[line].words == ASSETS), None)
    if assets is None:
        return None
    for terms in _financing(grid, worded):
        agreed = agreement(grid.lines[assets], [(1, grid.lines[line]) for line, _ in terms], grid.columns)
        if agreed.tested and agreed.held == agreed.tested:
            told = len(terms) == 1 and {assets, terms[0][0]}.issubset(totals)
            return None if told else Sum(assets, terms, agreed, agreed.bits, ("what finances the assets",), "balance")
    return None


def _financing(grid: Grid, worded: list[int]) -> Iterator[Terms]:
    """Liabilities and equity in one line, else in two."""
    told = [hint.words for hint in grid.hints]
    yield from (((line, 1),) for line in worded if told[line] > LIABILITIES)
    for owed in (line for line in worded if told[line] == LIABILITIES):
        for own in (line for line, said in enumerate(told) if said & EQUITY and not said & LIABILITIES):
            yield tuple(sorted(((owed, 1), (own, 1))))
