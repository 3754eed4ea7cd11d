"""What depends on what: leaves of a total, and a structure without circles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from xlsx_builder.model.structure import Calculation, Tie

Node = TypeVar("Node", bound=Hashable)
"""A line by its id, a column by its number."""


def leaves(calculations: Iterable[Calculation]) -> dict[str, set[str]]:
    """For each total every line that it depends on, through other totals too."""
    terms = {one.total: tuple(term.line for term in one.terms) for one in calculations}
    return {total: reached(terms, total) for total in terms}


def reached(arrows: Mapping[Node, Sequence[Node]], start: Node) -> set[Node]:
    """Everything that can be reached from a line or column."""
    found: set[Node] = set()
    waiting = [start]
    while waiting:
        for line in arrows.get(waiting.pop(), ()):
            if line not in found:
                found.add(line)
                waiting.append(line)
    return found


def without_circles(
    calculations: Sequence[Calculation], ties: Sequence[Tie]
) -> tuple[tuple[Calculation, ...], tuple[Tie, ...]]:
    """The calculations and ties that leave no line depending on itself; of a circle the last relation goes.

    A line with a calculation does not depend on what it repeats: its tie is a check.
    """
    arrows: dict[str, tuple[str, ...]] = {}
    kept: list[Calculation] = []
    for one in calculations:
        terms = tuple(term.line for term in one.terms)
        if all(term != one.total and one.total not in reached(arrows, term) for term in terms):
            arrows[one.total] = terms
            kept.append(one)
    linked: list[Tie] = []
    for tie in ties:
        if tie.line not in arrows:
            if tie.source == tie.line or tie.line in reached(arrows, tie.source):
                continue
            arrows[tie.line] = (tie.source,)
        linked.append(tie)
    return tuple(kept), tuple(linked)
