"""Tables set side by side on one page, assets beside liabilities, are set one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.read.figures import find_figures, middle
from xlsx_builder.read.lines import Kind, Line, read_line

SURE = 3
"""Lines with words between their figures that two tables side by side have at least."""
REACH = 6
"""Lines between two of them."""
GUTTER = 2
"""Blanks between the tables on every line."""


def unfolded(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables side by side as the lines of the left one and then of the right one."""
    starts = {place: start for place, line in enumerate(lines) if (start := _second_label(line))}
    made: list[Line] = []
    free = 0
    for run in _runs(sorted(starts)):
        cut = min(starts[place] for place in run)
        if len(run) < SURE or not all(_clear(line, cut) for line in lines[run[0] : run[-1] + 1]):
            continue
        first, last = _extent(lines, (run[0], run[-1]), cut, free)
        made += [*lines[free:first], *_halves(lines[first : last + 1], cut, run[0] - first)]
        free = last + 1
    return [*made, *lines[free:]]


def _second_label(line: Line) -> int:
    """Where words begin that stand between the figures of a line, set apart on both sides; 0 where none do."""
    if line.kind is not Kind.TEXT or not line.figures or not any(c.isdigit() for c in line.label):
        return 0
    for figure in find_figures(line.label):
        before, after = line.label[: figure.start], line.label[figure.end :]
        apart = not figure.year and before.endswith("  ") and before.strip() and after.startswith("  ")
        if apart and after.strip()[0].isalpha() and len(after.strip()) > GUTTER:
            return figure.end + len(after) - len(after.lstrip())
    return 0


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Places in runs without long gaps."""
    runs = [[place] for place in places[:1]]
    for before, place in pairwise(places):
        if place - before > REACH:
            runs.append([])
        runs[-1].append(place)
    return runs


def _clear(line: Line, cut: int) -> bool:
    """Whether nothing on a line stands just before the cut."""
    return line.kind is not Kind.BREAK and not line.text[cut - GUTTER : cut].strip()


def _extent(lines: Sequence[Line], run: tuple[int, int], cut: int, free: int) -> tuple[int, int]:
    """First and last line of tables side by side: those around the sure ones with something on the right too."""
    first, last = run
    for place in range(first - 1, free - 1, -1):
        if not _clear(lines[place], cut) or (lines[place].text and not lines[place].text[cut:].strip()):
            break
        first = place if lines[place].text else first
    for place in range(last + 1, len(lines)):
        own = lines[place]
        if not _clear(own, cut) or not (
            own.kind in (Kind.BLANK, Kind.RULE) or (own.figures and own.text[cut:].strip())
        ):
            break
        last = place if own.text else last
    return first, last


def _halves(lines: Sequence[Line], cut: int, heads: int) -> list[Line]:
    """The lines of the left table and those of the right one, its columns under those of the left.

    Column headings of both stand over the left one only; where the right one keeps some, it is a table of its own.

    Args:
        lines: The lines of both.
        cut: Where the right one begins.
        heads: How many of them stand above the first line that has figures and labels of both.
    """
    left = [read_line(line.number, line.text[:cut]) for line in lines]
    right = [read_line(line.number, line.text[cut:]) for line in lines]
    edges = [middle([line.figures[-1].edge for line in half if line.figures]) for half in (left, right)]
    low, high = _moved(left, edges[1] - edges[0]), _moved(right, edges[0] - edges[1])
    said = {chunk for line in low[:heads] for chunk in _chunks(line)}
    over = [read_line(line.number, _without(line.text, said)) for line in high[:heads]]
    headed = any(len(_chunks(line)) > 1 or line.figures for line in over)
    gap = [replace(left[-1], text="", kind=Kind.BLANK, figures=())] if headed else []
    return [*low, *gap, *(line for line in over if headed or line.kind is Kind.TEXT), *high[heads:]]


def _chunks(line: Line) -> list[str]:
    """What stands apart on a line of headings."""
    return re.split(r"\s{2,}", line.text.strip()) if line.kind is Kind.TEXT else []


def _without(text: str, said: set[str]) -> str:
    """A line without the headings at its end that are said already; what stands left of all columns stays."""
    while (last := re.search(r"\s{2,}(\S+(?:\s\S+)*)\s*$", text)) and last[1] in said:
        text = text[: last.start()]
    return text


def _moved(lines: Sequence[Line], by: int) -> list[Line]:
    """Lines with their columns set further to the right; labels stay."""
    if by <= 0:
        return list(lines)
    columns = min(line.figures[0].start for line in lines if line.figures)
    return [read_line(line.number, _widened(line, columns, by)) for line in lines]


def _widened(line: Line, columns: int, by: int) -> str:
    text = line.text
    if not line.figures and len(_chunks(line)) == 1 and line.indent < columns:
        return text
    apart = not text[:columns].strip() or text[:columns].endswith(" ")
    return f"{text[:columns]}{' ' * by}{text[columns:]}" if apart else " " * by + text
