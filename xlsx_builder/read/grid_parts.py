"""The rows of a grid, divided where one table ends and another begins in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from xlsx_builder.read.captions import may_be_title
from xlsx_builder.read.flow import GridCell, GridRow
from xlsx_builder.read.grid_affixes import is_body_figure
from xlsx_builder.read.grid_columns import Band, bands_of


class Numbered(Struct, frozen=True):
    """A row and the number of its source line."""

    line: int
    row: GridRow


class Columns(Struct, frozen=True):
    """How rows divide: the labels' side and the figure columns."""

    bands: tuple[Band, ...]
    stub: float
    """Where the labels end."""
    filled: frozenset[tuple[float, float]] = frozenset()
    """The places of all cells beside labels and figures, from the first row of figures on."""

    @property
    def left(self) -> float:
        """Where the figures begin."""
        return self.bands[0].start


Rows = tuple[Numbered, ...]


def columns_of(rows: Rows) -> Columns | None:
    """The columns that rows share; None where they have no figures."""
    bands = bands_of(tuple(numbered.row for numbered in rows))
    if not bands:
        return None
    labels = [numbered.row.cells[0].end for numbered in rows if has_figures(numbered.row)]
    ends = Counter(end for end in labels if end <= bands[0].start)
    body = rows[first_figures(rows) :]
    filled = frozenset((cell.start, cell.end) for numbered in body for cell in numbered.row.cells)
    return Columns(bands, ends.most_common(1)[0][0] if ends else bands[0].start, filled)


def has_figures(row: GridRow) -> bool:
    """Whether a row has figures that are no years or dates."""
    return any(is_body_figure(cell.text) for cell in row.cells)


def first_figures(rows: Sequence[Numbered]) -> int:
    """Where the first row with figures stands."""
    return next((place for place, numbered in enumerate(rows) if has_figures(numbered.row)), len(rows))


def heads(row: GridRow, columns: Columns) -> bool:
    """Whether a row without figures has text over figure columns and not over the labels."""
    return any(_over_figures(cell, columns) for cell in row.cells) or (
        len(row.cells) > 1 and any(cell.centred and cell.end > columns.left for cell in row.cells)
    )


def runs_over(row: GridRow, columns: Columns) -> bool:
    """Whether a row is one text that runs from the labels over figure columns."""
    return len(row.cells) == 1 and row.cells[0].start < columns.stub and row.cells[0].end > columns.left


def parts_of(rows: Rows) -> list[Rows]:
    """The rows divided where column headings come again over other columns, or under a title of their own."""
    columns = columns_of(rows)
    if columns is None:
        return [rows]
    parts: list[Rows] = []
    begin = 0
    for cut, end in pairwise([*_cuts(rows, columns), len(rows)]):
        if _new(rows[begin:cut], rows[cut:end], columns):
            parts.append(rows[begin:cut])
            begin = cut
    return [*parts, rows[begin:]]


def _over_figures(cell: GridCell, columns: Columns) -> bool:
    return cell.start >= columns.stub and cell.end > columns.left


def _titles_itself(row: GridRow, columns: Columns) -> bool:
    return runs_over(row, columns) and may_be_title(row.cells[0].text)


def _cuts(rows: Rows, columns: Columns) -> list[int]:
    """Where, below figures, rows of titles and column headings begin with figures after them."""
    cuts: list[int] = []
    seen, candidate = False, -1
    for place, numbered in enumerate(rows):
        if has_figures(numbered.row):
            if candidate >= 0 and any(heads(rows[k].row, columns) for k in range(candidate, place)):
                cuts.append(candidate)
            seen, candidate = True, -1
        elif seen and candidate < 0 and (heads(numbered.row, columns) or _titles_itself(numbered.row, columns)):
            candidate = place
    return cuts


def _new(above: Rows, below: Rows, columns: Columns) -> bool:
    """Whether a part with column headings is another table: a new title, or other headings over other columns."""
    other = _headings(above, columns) != _headings(below, columns)
    if _titles_itself(below[0].row, columns):
        return other or not _titles(below, columns) <= _titles(above, columns)
    return other and _differ(above, below)


def _titles(rows: Rows, columns: Columns) -> set[str]:
    """The titles above the first figures."""
    return {n.row.cells[0].text for n in rows[: first_figures(rows)] if _titles_itself(n.row, columns)}


def _headings(rows: Rows, columns: Columns) -> list[str]:
    """The column headings above the first figures."""
    above = rows[: first_figures(rows)]
    return [cell.text for n in above for cell in n.row.cells if _over_figures(cell, columns)]


def _differ(above: Rows, below: Rows) -> bool:
    """Whether two runs of rows have figures in different columns."""
    one, other = columns_of(above), columns_of(below)
    if one is None or other is None:
        return False
    pairs = zip(one.bands, other.bands, strict=False)
    return len(one.bands) != len(other.bands) or any(a.overlap(b.start, b.end) <= 0 for a, b in pairs)
