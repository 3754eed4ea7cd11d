"""Cells that hold more than one figure, made into cells of one each: ranges, figures with names of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from xlsx_builder.read import figures
from xlsx_builder.read.flow import GridCell, GridRow
from xlsx_builder.read.grid_affixes import is_figure, is_header_figure, join_affixes
from xlsx_builder.read.grid_beside import unfolded
from xlsx_builder.read.grid_columns import Band, bands_of

RANGE = re.compile(rf"(?P<low>.*?\d.*?)\s*(?:\bto\b|\band\b|[{figures.DASHES}])\s*(?P<high>[^\s].*)", re.IGNORECASE)
LONGEST = 200
"""Characters; no range is as long, and looking for one in a longer text could take hours."""
UNIT = re.compile(
    r"\s*(?:%|per\s?cent|percent|million|billion|thousand|[MBK]|mm|bn|bps|basis points|pts)\.?$", re.IGNORECASE
)
ROUGH = re.compile(r"(?:approximately|approx\.?|about|around|\u2248)\s*(?=\S)", re.IGNORECASE)
"""Words before a figure that change nothing of its value."""
NAMED = re.compile(r"(?P<name>[A-Za-z][\w\s/&.-]{0,40}):\s*(?P<figure>\S.*)")
"""'Non-GAAP: ~18.5%'."""


def prepared(rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """Rows of one table below another, whose cells hold one whole figure or one text each."""
    joined = unfolded(tuple(part for row in rows for part in _by_name(_exact(join_affixes(row)))))
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
