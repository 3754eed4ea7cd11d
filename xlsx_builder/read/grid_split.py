"""Cells that hold more than one figure, or a part of one, made into cells of one each: ranges, names, decimals."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.read import figures
from xlsx_builder.read.flow import GridCell, GridRow
from xlsx_builder.read.grid_affixes import is_figure, is_header_figure, join_affixes
from xlsx_builder.read.grid_beside import unfolded
from xlsx_builder.read.grid_columns import Band, bands_of

RANGE = regex(rf"(?P<low>.*?\d.*?)\s*(?:\bto\b|\band\b|[{figures.DASHES}])\s*(?P<high>[^\s].*)", re.IGNORECASE)
LONGEST = 200
"""Characters; no range is as long, and looking for one in a longer text could take hours."""
UNIT = regex(
    r"\s*(?:%|per\s?cent|percent|million|billion|thousand|[MBK]|mm|bn|bps|basis points|pts)\.?$", re.IGNORECASE
)
ROUGH = regex(r"(?:approximately|approx\.?|about|around|\u2248)\s*(?=\S)", re.IGNORECASE)
"""Words before a figure that change nothing of its value."""
ENCLOSED = regex(r"[$\u20ac\u00a3]?\s*\((?P<inside>[^()]{3,60})\)")
WHOLE = regex(r"\(?\s*\$?\s*\(?\d{1,3}(?:,\d{3})*")
DECIMALS = regex(r"\.\d+\s*\)?\s*%?\)?")
NAMED = regex(r"(?P<name>[A-Za-z][\w\s/&.-]{0,40}):\s*(?P<figure>\S.*)")
"""'Non-GAAP: ~18.5%'."""


def prepared(rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """Rows of one table below another, whose cells hold one whole figure or one text each."""
    joined = unfolded(tuple(part for row in _whole(rows) for part in _by_name(_exact(join_affixes(row)))))
    if not any(range_of(cell.text) for row in joined for cell in row.cells):
        return joined
    for band in bands_of(joined):
        if any(
            range_of(cell.text) and band.overlap(cell.core_start, cell.core_end) > 0
            for row in joined
            for cell in row.cells
        ):
            joined = tuple(_divided(row, band) for row in joined)
    return joined


def _whole(rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """The rows, decimals in cells of their own, set so that the points stand in line, joined to their figures."""
    parted: dict[float, list[bool]] = {}
    for row in rows:
        for left, cell in pairwise(row.cells):
            if any(c.isdigit() for c in cell.text):
                parted.setdefault(cell.start, []).append(_parted(left, cell))
    places = {place for place, found in parted.items() if len(found) > 1 and all(found)}
    return tuple(_joined_at(row, places) for row in rows) if places else rows


def _parted(left: GridCell, cell: GridCell) -> bool:
    """Whether two cells are one figure, parted before its point."""
    return left.end == cell.start and bool(WHOLE.fullmatch(left.text)) and bool(DECIMALS.fullmatch(cell.text))


def _joined_at(row: GridRow, places: set[float]) -> GridRow:
    """A row whose figures are whole that were parted at some grid columns."""
    cells: list[GridCell] = []
    for cell in row.cells:
        if cell.start in places and cells and _parted(cells[-1], cell):
            cells[-1] = replace(cells[-1], text=cells[-1].text + cell.text, end=cell.end, core_end=cell.end)
        else:
            cells.append(cell)
    return replace(row, cells=tuple(cells))


def _exact(row: GridRow) -> GridRow:
    """A row whose figures have no rough words before them."""
    rough = [cell for cell in row.cells if ROUGH.match(cell.text) and is_figure(cell.text)]
    if not rough:
        return row
    return replace(
        row,
        cells=tuple(
            replace(cell, text=ROUGH.sub("", cell.text, count=1)) if is_figure(cell.text) else cell
            for cell in row.cells
        ),
    )


def _by_name(row: GridRow) -> list[GridRow]:
    """A row for each name, where all cells beside the label have the form 'name: figure'."""
    label, *rest = row.cells or (None,)
    named = [NAMED.fullmatch(cell.text) for cell in rest if cell]
    if label is None or not named or not all(match and is_figure(match["figure"]) for match in named):
        return [row]
    place = rest[0]
    made = []
    for match in named:
        assert match is not None
        cells = (replace(label, text=f"{label.text}: {match['name']}"), replace(place, text=match["figure"]))
        made.append(replace(row, cells=cells))
    return made


@lru_cache(maxsize=1 << 14)
def range_of(text: str) -> tuple[str, str] | None:
    """Low and high of '$2.3 to $2.5 billion', the unit with both; None where it is no range."""
    if (enclosed := ENCLOSED.fullmatch(text)) and (inside := range_of(enclosed["inside"])):
        return f"({inside[0]})", f"({inside[1]})"
    match = RANGE.fullmatch(text) if len(text) <= LONGEST else None
    if match is None or figures.is_date(text):
        return None
    low, high = match["low"].strip(), match["high"].strip()
    if not (is_figure(low) and is_figure(high)) or is_header_figure(low):
        return None
    unit = UNIT.search(high)
    return (low if unit is None or UNIT.search(low) else low + unit[0]), high


def _divided(row: GridRow, band: Band) -> GridRow:
    """The column made two: low and high of a range, the first of them for single figures."""
    middle = (band.start + band.end) / 2
    cells: list[GridCell] = []
    for cell in row.cells:
        if not (is_figure(cell.text) or range_of(cell.text)) or band.overlap(cell.core_start, cell.core_end) <= 0:
            cells.append(cell)
            continue
        low, high = range_of(cell.text) or (cell.text, "")
        cells.append(replace(cell, text=low, end=middle, core_start=band.start, core_end=middle))
        if high:
            cells.append(replace(cell, text=high, start=middle, core_start=middle, core_end=band.end))
    return replace(row, cells=tuple(cells))
