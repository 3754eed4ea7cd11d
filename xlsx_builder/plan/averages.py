"""Printed averages become live: of lines above, of one line over its dates, and of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from xlsx_builder.model.formula import CellRange, CellRef, Link, Mean
from xlsx_builder.model.structure import Average, ColumnAverage
from xlsx_builder.plan.figures import comparable
from xlsx_builder.plan.ground import Draft, Ground, Group, Stated, comparison
from xlsx_builder.plan.words import evidence_words

Figure = tuple[str, int]
"""Line and column."""


def add_averages(draft: Draft, ground: Ground) -> None:
    """Put averages into the figures that have one, and compare them with the print."""
    for one in ground.structure.averages:
        _add_line(draft, ground, one)
    for each in ground.structure.column_averages:
        _add_column(draft, ground, each)


def _add_line(draft: Draft, ground: Ground, one: Average) -> None:
    columns = range(len(ground.items[one.line].facts))
    cells = [_add(draft, ground, (one.line, at), [(line, at + step) for line, step in one.parts]) for at in columns]
    lines = list(dict.fromkeys(ground.names[line] for line, _ in one.parts))
    over = f" over {len(one.parts)} columns" if len(lines) < len(one.parts) else ""
    for first in list(filter(None, cells))[:1]:
        words = f"= average of {', '.join(lines)}{over}"
        _state(draft, Stated(ground.names[one.line], first, words, one.evidence), "columns")


def _add_column(draft: Draft, ground: Ground, one: ColumnAverage) -> None:
    home = next(layout for layout in ground.layouts if layout.statement.id == one.statement)
    items = home.statement.items
    cells = [_add(draft, ground, (item.id, one.column), [(item.id, at) for at in one.parts]) for item in items]
    own, *others = (home.headings[at].replace("\n", " ") for at in (one.column, *one.parts))
    for first in list(filter(None, cells))[:1]:
        _state(draft, Stated(f"Column {own}", first, f"= average of {', '.join(others)}", one.evidence), "lines")


def _state(draft: Draft, stated: Stated, counted: str) -> None:
    """Say how cells come about, on About and at the first of them."""
    draft.notes[stated.place] = f"{stated.words}. {evidence_words(stated.evidence, counted)}"
    draft.stated.append(stated)


def _add(draft: Draft, ground: Ground, place: Figure, parts: Sequence[Figure]) -> CellRef | None:
    """Put an average into a cell that has no formula yet; the cell, if it now has one."""
    cell, printed = ground.cell(*place), ground.printed(*place)
    columns = range(len(ground.items[place[0]].facts))
    told = [part for part in parts if part[1] in columns and ground.printed(*part) is not None]
    if printed is None or len(told) < 2 or draft.is_formula(cell) or not _alike(ground, (place, *told)):
        return None
    slack = sum((ground.slack(*part) for part in told), Decimal(0)) / len(told) + ground.slack(*place)
    formula = Mean(blocks([ground.cell(*part) for part in told]))
    shown = draft.value_of_formula(formula)
    if not isinstance(shown, Decimal) or abs(shown - printed) > slack or not draft.set_formula(cell, formula):
        return None
    draft.comparisons.append(replace(comparison(ground, *place, Group.AVERAGE, Link(cell)), tolerance=slack))
    return cell


def _alike(ground: Ground, figures: Sequence[Figure]) -> bool:
    """Whether all figures count the same in the same size."""
    first, *others = ((ground.items[line], ground.column(line, at)) for line, at in figures)
    return all(comparable(*first, *other) for other in others)


def blocks(cells: Iterable[CellRef]) -> tuple[CellRange, ...]:
    """Cells as ranges: neighbours down a column or along a row in one."""
    made: list[CellRange] = []
    for cell in sorted(cells, key=lambda cell: (cell.sheet, cell.row, cell.column)):
        first, last = (made[-1].first, made[-1].last) if made else (cell, cell)
        below = (last.row + 1, last.column) == (cell.row, cell.column) and first.column == cell.column
        beside = (last.row, last.column + 1) == (cell.row, cell.column) and first.row == cell.row
        if made and last.sheet == cell.sheet and (below or beside):
            made[-1] = CellRange(first, cell)
        else:
            made.append(CellRange(cell, cell))
    return tuple(made)
