"""Where the figure columns of a grid are: clusters of the places where figures stand, over all rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from xlsx_builder.read import figures
from xlsx_builder.read.flow import Grid, GridCell, GridRow

PREFIX = re.compile(rf"\(?\s*(?:{figures.CURRENCY}|[A-Z]{{2,3}}\$)?\s*\(?", re.IGNORECASE)
SUFFIX = re.compile(r"\)?\s*(?:%|pts?\.?|bps|x)?\s*\)?|\)\s*\*?", re.IGNORECASE)
MARK = re.compile(r"(?:\(\s*(?:\d{1,2}|[a-z])\s*\)|[*\u2020\u2021\u00a7]+)+", re.IGNORECASE)
LEAD = re.compile(
    r"(?:up|down|increased?|decreased?|approximately|approx\.?|about|around|~|<|>|\u2248)\s*(?:of|by)?\s*",
    re.IGNORECASE,
)
"""Words before a figure that say its sign or that it is rough."""
RAISED_MARK = re.compile(
    r"(?:\(?[a-z\d]{1,2}\)?|[*\u2020\u2021\u00a7])(?:[,\s]*(?:\(?[a-z\d]{1,2}\)?|\*))*", re.IGNORECASE
)
PLAIN_YEAR = re.compile(r"(?:19|20)\d\d\s*[EAP]?")
FIGURE_SHARE = 0.2
"""Of the rows of a table, at least so many have figures."""
LONG = 120
"""Text longer than this beside figures is prose set in a table."""


@dataclass(frozen=True, slots=True)
class Band:
    """A figure column: the interval in which its figures stand."""

    start: float
    end: float

    def overlap(self, start: float, end: float) -> float:
        """Length shared with an interval."""
        return min(self.end, end) - max(self.start, start)


@lru_cache(maxsize=1 << 16)
def is_figure(text: str) -> bool:
    """Whether a cell is a figure of the table's body: '$ (1,963)', 'up 19%', '~$1.7 billion', '$2 to $3'; no date."""
    bare = text[lead.end() :] if (lead := LEAD.match(text)) else text
    return figures.is_figure(bare) and not figures.is_date(text)


@lru_cache(maxsize=1 << 14)
def is_header_figure(text: str) -> bool:
    """Whether it is a figure that heads columns as well as it fills them: a year."""
    return PLAIN_YEAR.fullmatch(text) is not None or figures.is_year(text) or figures.is_date(text)


@lru_cache(maxsize=1 << 14)
def _figure_text(text: str) -> str:
    """A figure's text, its ')' put back where it stands in a cell of its own; '' where it is no figure."""
    return next((whole for whole in (text, f"{text})") if is_figure(whole)), "")


def join_affixes(row: GridRow) -> GridRow:
    """'$' and ')' and '%' that stand in cells of their own, joined to the figure beside them."""
    cells: list[GridCell] = []
    pending: GridCell | None = None
    for cell in row.cells:
        if pending and _figure_text(cell.text.removesuffix(")") if pending.text.endswith("(") else cell.text):
            gap = "" if pending.text.endswith("(") else " "
            cells.append(replace(cell, text=f"{pending.text}{gap}{cell.text}", start=pending.start))
            pending = None
        elif pending and PREFIX.fullmatch(pending.text + cell.text):
            pending = replace(pending, text=pending.text + cell.text, end=cell.end)
        elif PREFIX.fullmatch(cell.text):
            cells += [pending] if pending else []
            pending = cell
        else:
            cells += [pending] if pending else []
            pending = None
            if cells and _closes(cells[-1], cell):
                cells[-1] = _closed(cells[-1], cell)
            else:
                cells.append(cell)
    cells += [pending] if pending else []
    return replace(row, cells=tuple(_balanced(cell) for cell in cells))


def _mark(cell: GridCell) -> bool:
    """Whether a cell is a footnote mark by its small letters."""
    return cell.raised and RAISED_MARK.fullmatch(cell.text) is not None


def _closes(figure: GridCell, cell: GridCell) -> bool:
    """Whether a cell is the rest of the figure before it, or a footnote mark on it."""
    if not _figure_text(figure.text):
        return False
    if SUFFIX.fullmatch(cell.text):
        return not is_header_figure(figure.text)
    if _mark(cell):
        return True
    return MARK.fullmatch(cell.text) is not None and (cell.raised or "(" not in cell.text)


def _closed(figure: GridCell, cell: GridCell) -> GridCell:
    mark = _mark(cell) or MARK.fullmatch(cell.text)
    text = figure.text if mark else figure.text + cell.text
    return replace(figure, text=text, end=cell.end)


def _balanced(cell: GridCell) -> GridCell:
    """A figure whose ')' was left out of the table gets it back."""
    whole = _figure_text(cell.text)
    return replace(cell, text=whole) if whole and whole != cell.text else cell


@dataclass(slots=True)
class _Cluster:
    """A figure column while it is found: its interval and the rows that have a figure in it."""

    start: float
    end: float
    rows: set[int]


def bands_of(rows: tuple[GridRow, ...]) -> tuple[Band, ...]:
    """The figure columns of rows whose affixes are joined, left to right."""
    places: dict[tuple[float, float], set[int]] = {}
    for number, row in enumerate(rows):
        for cell in row.cells:
            if is_figure(cell.text) and not is_header_figure(cell.text) and not _mark(cell):
                places.setdefault((cell.core_start, cell.core_end), set()).add(number)
    clusters: list[_Cluster] = []
    for start, end in sorted(places, key=lambda place: (place[1] - place[0], place)):
        _add(clusters, _Cluster(start, end, places[start, end]))
    clusters.sort(key=lambda cluster: cluster.start)
    while len(clusters) > 1 and not _labelled(clusters[0], rows):
        del clusters[0]
    if clusters and not _labelled(clusters[0], rows):
        return ()
    return tuple(Band(cluster.start, cluster.end) for cluster in clusters)


def _add(clusters: list[_Cluster], new: _Cluster) -> None:
    """Let a place join the clusters it overlaps, unless some row has a figure in two of them."""
    hits = [cluster for cluster in clusters if cluster.start < new.end and new.start < cluster.end]
    rows = [*(row for cluster in hits for row in cluster.rows), *new.rows]
    if len(hits) > 1 and len(rows) > len(set(rows)):
        return
    for cluster in hits:
        clusters.remove(cluster)
    everything = [*hits, new]
    clusters.append(
        _Cluster(
            min(c.start for c in everything), max(c.end for c in everything), {r for c in everything for r in c.rows}
        )
    )


def _labelled(cluster: _Cluster, rows: tuple[GridRow, ...]) -> bool:
    """Whether some row of a cluster has a label left of its figure: if none has, it is itself the label."""
    return any(
        cell.start < cluster.start and not is_figure(cell.text) and any(c.isalpha() for c in cell.text)
        for number in cluster.rows
        for cell in rows[number].cells
    )


def looks_financial(grid: Grid) -> bool:
    """Whether figures stand in columns beside labels, so that it is a table and not lay-out."""
    rows = grid.rows
    bands = bands_of(rows)
    if not bands:
        return False
    left = bands[0].start
    with_figures = [row for row in rows if any(_digits(cell) and cell.core_end > left for cell in row.cells)]
    prose = sum(len(cell.text) > LONG and cell.start >= left for row in rows for cell in row.cells)
    headed = any(cell.start >= left and not is_figure(cell.text) for cell in rows[0].cells)
    enough = len(with_figures) > 1 or (bool(with_figures) and headed)
    return enough and len(with_figures) >= FIGURE_SHARE * len(rows) and prose <= len(with_figures) // 4


def _digits(cell: GridCell) -> bool:
    return is_figure(cell.text) and not is_header_figure(cell.text) and any(c.isdigit() for c in cell.text)
