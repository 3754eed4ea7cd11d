"""Columns that are the two ends of ranges, '$2.10 to $2.30', which share the heading over them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.model.document import Cell
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.chunks import chunks
from xlsx_builder.read.columns import FigureColumn, assign
from xlsx_builder.read.figures import Figure
from xlsx_builder.read.lines import Line

BETWEEN = regex(r"\s+to\s+|\s?[-\N{EN DASH}\N{EM DASH}]\s?")
"""What stands between the ends; a dash that is set further apart is a zero of its own."""


def low_columns(rows: Sequence[tuple[str, Sequence[Figure]]], columns: Sequence[FigureColumn]) -> frozenset[int]:
    """The columns, from 0, that hold the low ends of ranges whose high ends stand in the next.

    Args:
        rows: The text of each row and its figures.
        columns: The columns of the table.
    """
    found = set()
    for text, figures in rows:
        places = assign(figures, columns)
        for place in range(1, len(figures)):
            low, high = figures[place - 1], figures[place]
            near = places[place] == places[place - 1] + 1
            if near and not (low.hollow or high.hollow) and BETWEEN.fullmatch(text[low.end : high.start]):
                found.add(places[place - 1])
    return frozenset(place for place in found if place - 1 not in found)


def shared(lows: frozenset[int], header: Sequence[Line], columns: Sequence[FigureColumn]) -> frozenset[int]:
    """Those of them under shared headings: none where a line of the header names each end, 'Low  High'."""
    for line in header:
        if all(_one_each(line.text, columns[place], columns[place + 1]) for place in lows):
            return frozenset()
    return lows


def _one_each(text: str, low: FigureColumn, high: FigureColumn) -> bool:
    """Whether a text stands over each of two columns and not over the other."""
    touching = [
        tuple(chunk.start < column.right and column.left < chunk.end for column in (low, high))
        for chunk in chunks(text)
        if chunk.text.strip("-= ")
    ]
    return (True, False) in touching and (False, True) in touching


def joined(columns: Sequence[FigureColumn], lows: frozenset[int]) -> tuple[FigureColumn, ...]:
    """The columns, the ends of ranges as one each."""
    made = []
    for place, column in enumerate(columns):
        if place in lows:
            high = columns[place + 1]
            made.append(FigureColumn(column.left, high.edge, high.right))
        elif place - 1 not in lows:
            made.append(column)
    return tuple(made)


def parted_again(cells: Sequence[Cell], lows: frozenset[int], count: int) -> tuple[Cell, ...]:
    """Cells over such columns, standing over the columns of which there are so many."""
    firsts = [place + 1 for place in range(count) if place - 1 not in lows]
    lasts = [first + (first - 1 in lows) for first in firsts]
    return tuple(
        replace(cell, first=cell.first and firsts[cell.first - 1], last=cell.last and lasts[cell.last - 1])
        for cell in cells
    )
