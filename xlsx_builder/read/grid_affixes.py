"""Figures in cells of a grid: what is one, and the signs of their own cells that belong to it."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.read import figures
from xlsx_builder.read.flow import GridCell, GridRow

PREFIX = regex(rf"\(?\s*(?:{figures.CURRENCY}|[€£¥]|[A-Z]{{2,3}}\$)?\s*\(?", re.IGNORECASE)
SUFFIX = regex(r"\)?\s*(?:%|pts?\.?|bps|x)?\s*\)?|\)\s*\*?", re.IGNORECASE)
MARK = regex(r"(?:\(\s*(?:\d{1,2}|[a-z])\s*\)|[*\u2020\u2021\u00a7])+", re.IGNORECASE)
LEAD = regex(
    rf"(?:up|down|increased?|decreased?|approximately|approx\.?|about|around|~|<|>|\u2248|[{figures.DASHES}]\s)"
    r"\s*(?:of|by)?\s*(?=\S)",
    re.IGNORECASE,
)
"""Words before a figure that say its sign or that it is rough."""
TRAIL = regex(r"(?<=[\d)])\s*(?:bps?\.?|basis points|pp|p\.p\.|\(\w\))$", re.IGNORECASE)
"""Units and footnote marks after a figure."""
WORDS = regex(r"unchanged|unch\.?|no change|flat|not (?:meaningful|applicable|available)|nmf?", re.IGNORECASE)
"""Words in the place of a figure."""
RAISED_MARK = regex(
    r"(?>\(?[a-z\d]{1,2}\)?|[*\u2020\u2021\u00a7])(?>[,\s]+\(?[a-z\d]{1,2}\)?|\([a-z\d]{1,2}\)|[,\s]*\*)*",
    re.IGNORECASE,
)
PLAIN_YEAR = regex(r"(?:19|20)\d\d\s*[EAP]?")


@lru_cache(maxsize=1 << 16)
def is_figure(text: str) -> bool:
    """Whether a cell is a figure of the table's body: '$ (1,963)', 'up 19%', '~$1.7 billion', '$2 to $3'; no date."""
    bare = text[lead.end() :] if (lead := LEAD.match(text)) else text
    bare = TRAIL.sub("", bare)
    return (figures.is_figure(bare) or WORDS.fullmatch(text) is not None) and not figures.is_date(text)


@lru_cache(maxsize=1 << 14)
def is_header_figure(text: str) -> bool:
    """Whether it is a figure that heads columns as well as it fills them: a year."""
    return PLAIN_YEAR.fullmatch(text) is not None or figures.is_year(text) or figures.is_date(text)


@lru_cache(maxsize=1 << 16)
def is_body_figure(text: str) -> bool:
    """Whether it is a figure that fills columns: a figure, and no year or date."""
    return is_figure(text) and not is_header_figure(text)


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


def is_small_mark(cell: GridCell) -> bool:
    """Whether a cell is a footnote mark by its small letters; a year over a column is none."""
    return cell.raised and RAISED_MARK.fullmatch(cell.text) is not None and not is_header_figure(cell.text)


def _closes(figure: GridCell, cell: GridCell) -> bool:
    """Whether a cell is the rest of the figure before it, or a footnote mark on it."""
    if not _figure_text(figure.text):
        return False
    if SUFFIX.fullmatch(cell.text):
        return not is_header_figure(figure.text)
    if is_small_mark(cell):
        return True
    return MARK.fullmatch(cell.text) is not None and (cell.raised or "(" not in cell.text)


def _closed(figure: GridCell, cell: GridCell) -> GridCell:
    mark = is_small_mark(cell) or MARK.fullmatch(cell.text)
    text = figure.text if mark else figure.text + cell.text
    return replace(figure, text=text, end=cell.end)


def _balanced(cell: GridCell) -> GridCell:
    """A figure whose ')' was left out of the table gets it back."""
    whole = _figure_text(cell.text)
    return replace(cell, text=whole) if whole and whole != cell.text else cell
