"""Totals of lines that stand apart: any lines near, as far as several columns together leave no other choice."""

from __future__ import annotations

from collections.abc import Sequence

from xlsx_builder.infer.grid import Grid, Terms

TESTS = 8
"""Columns that steer the search; the others only confirm what it finds."""
MIN_TESTS = 5
"""With fewer of them too many choices of lines agree by accident."""
ROUGH = 3
"""Half units of the last digit by which rounding may shift a sum; rarely do so many terms all err to one side."""
CHOICE = 24
"""Lines that are chosen from, the nearest."""
MAX_STEPS = 2000
"""Choices made for one total before the search gives up."""


def subset(grid: Grid, total: int, near: Sequence[int]) -> Terms | None:
    """Lines that add up to a total in every test column; None where there are none, or figures below zero."""
    filled = [column for column in grid.columns if (cell := grid.lines[total][column]) is not None and cell.centre]
    tests = filled[:: max(1, len(filled) // TESTS)][:TESTS]
    if len(tests) < MIN_TESTS:
        return None
    target = [centre(grid, total, column) for column in tests]
    slack = [grid.lines[total][column].radius * ROUGH for column in tests]  # type: ignore[union-attr]
    options = []
    for line in sorted(near, key=lambda line: abs(line - total)):
        parts = [centre(grid, line, column) for column in tests]
        if any(part < 0 for part in parts):
            continue
        if any(parts) and all(part <= whole + room for part, whole, room in zip(parts, target, slack, strict=True)):
            options.append((line, parts))
    options = options[:CHOICE]
    options.sort(key=lambda option: -sum(option[1]))
    chosen = searched(options, target, slack)
    return tuple((line, 1) for line in sorted(chosen)) if chosen and len(chosen) > 1 else None


def centre(grid: Grid, line: int, column: int) -> int:
    """A figure in half units; an empty place is zero."""
    cell = grid.lines[line][column]
    return cell.centre if cell else 0


def searched(
    options: Sequence[tuple[int, Sequence[int]]], target: Sequence[int], slack: Sequence[int]
) -> list[int] | None:
    """The first choice of lines, the largest first, that leaves nothing of the target in any column."""
    rest = [[0] * len(target)]
    for _, parts in reversed(options):
        rest.append([one + part for one, part in zip(rest[-1], parts, strict=True)])
    rest.reverse()
    waiting: list[tuple[int, list[int], list[int]]] = [(0, list(target), [])]
    for _ in range(MAX_STEPS):
        if not waiting:
            return None
        place, left, chosen = waiting.pop()
        if all(abs(one) <= room for one, room in zip(left, slack, strict=True)):
            return chosen
        if place == len(options) or any(
            one > more + room for one, more, room in zip(left, rest[place], slack, strict=True)
        ):
            continue
        line, parts = options[place]
        waiting.append((place + 1, left, chosen))
        less = [one - part for one, part in zip(left, parts, strict=True)]
        if all(one >= -room for one, room in zip(less, slack, strict=True)):
            waiting.append((place + 1, less, [*chosen, line]))
    return None
