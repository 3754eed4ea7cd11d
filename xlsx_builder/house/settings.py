"""What a template's sheets say: number formats, tab colours and pages; and that no style is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.chartsheet import Chartsheet
from openpyxl.workbook import Workbook as Book

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import (
    FLAG_BAD,
    FLAG_OK,
    NEEDED,
    VERBATIM,
    Choices,
    HouseStyle,
    Option,
    Page,
    Part,
)
from xlsx_builder.model.workbook import NumberKind, Role, Tab

FORMATS, SETTINGS = "Formats", "Settings"
"""Sheets of a template."""
LAST_COLUMN, LAST_ROW = 6, 1_000
"""What stands to the right of it explains and is not read; rows so far down are nobody's settings."""
STYLES = (*(role.value for role in Role), VERBATIM, FLAG_OK, FLAG_BAD)
"""Named cell styles that a template must have."""
PAPERS = ("A4", "Letter", "printer")
ZOOM = range(10, 401)
"""What Excel takes."""
FOOTER_FIELDS = {"source", "sheet", "page", "pages"}
COLOUR = regex(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def house_style(book: Book, name: str, content: bytes) -> HouseStyle:
    """The house style of a template.

    Raises:
        ReleaseError: a style or setting is missing or means nothing.
    """
    present = set(book.named_styles)
    for style in STYLES:
        if style not in present:
            raise ReleaseError(f"{name}: the template has no cell style named '{style}'.")
    settings = _rows(book, SETTINGS, name)
    return HouseStyle(
        source=PurePath(name).name,
        content=content,
        formats=_formats(_rows(book, FORMATS, name), name),
        tabs={tab: _colour(settings, f"tab {tab.value}", name) for tab in Tab},
        page=_page(settings, name),
        choices=_choices(settings, name),
    )


Cell = ReadOnlyCell | EmptyCell
Rows = Mapping[str, tuple[Cell, ...]]
"""First cell's text -> the cells beside it."""


def _rows(book: Book, title: str, name: str) -> Rows:
    if title not in book.sheetnames or isinstance(book[title], Chartsheet):
        raise ReleaseError(f"{name}: the template has no sheet '{title}'.")
    sheet: Any = book[title]  # one that is read as it is asked for, row by row
    sheet.reset_dimensions()  # which a file may state as it likes
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN)
    return {str(row[0].value).strip().lower(): row[1:] for row in rows if row and row[0].value is not None}


def _formats(rows: Rows, name: str) -> Mapping[NumberKind, tuple[str, ...]]:
    """The number formats of the sample figures in each kind's row, which stand in the order of their digits."""
    found: dict[NumberKind, tuple[str, ...]] = {}
    for kind in NumberKind:
        cells = rows.get(kind.value, ())
        found[kind] = tuple(str(cell.number_format) for cell in cells if cell.value is not None)
        if not found[kind]:
            raise ReleaseError(f"{name}: the sheet '{FORMATS}' has no sample figure in a row '{kind.value}'.")
    return found


def _setting(rows: Rows, key: str, name: str) -> Cell:
    found = rows.get(key.lower())
    if not found:
        raise ReleaseError(f"{name}: the sheet '{SETTINGS}' has no setting '{key}'.")
    return found[0]


def _text(rows: Rows, key: str, name: str) -> str:
    value = _setting(rows, key, name).value
    return "" if value is None else str(value).strip()


def _colour(rows: Rows, key: str, name: str) -> str:
    fill: Any = _setting(rows, key, name).fill
    found = COLOUR.fullmatch(str(fill.fgColor.rgb)) if fill and fill.fill_type == "solid" else None
    if found is None:
        raise ReleaseError(
            f"{name}: the setting '{key}' needs a cell that is filled with a colour (not a theme colour)."
        )
    return found[1]


def _yes(rows: Rows, key: str, name: str) -> bool:
    value = _text(rows, key, name).lower()
    if value not in ("yes", "no"):
        raise ReleaseError(f"{name}: the setting '{key}' is '{value}', which is neither yes nor no.")
    return value == "yes"


def _choices(rows: Rows, name: str) -> Choices:
    """The parts in the order of their places, and the analyses that are wanted."""
    places: dict[int, Part] = {}
    for part in Part:
        key = f"sheet {part.value}"
        place = _text(rows, key, name).lower()
        if place == "no" and part in NEEDED:
            raise ReleaseError(f"{name}: the setting '{key}' is 'no', but no workbook goes without it.")
        if place == "no":
            continue
        if not place.isdecimal():
            raise ReleaseError(f"{name}: the setting '{key}' is '{place}', which is neither a place (1, 2 ...) nor no.")
        if int(place) in places:
            other = places[int(place)].value
            raise ReleaseError(f"{name}: the settings 'sheet {other}' and '{key}' have the same place, {place}.")
        places[int(place)] = part
    wanted = (option for option in Option if _yes(rows, f"analysis {option.value}", name))
    return Choices(tuple(places[place] for place in sorted(places)), frozenset(wanted))


def _page(rows: Rows, name: str) -> Page:
    paper, zoom = (_text(rows, key, name) for key in ("paper", "zoom"))
    if paper not in PAPERS:
        raise ReleaseError(f"{name}: the setting 'paper' is '{paper}', which is none of {', '.join(PAPERS)}.")
    if not zoom.isdecimal() or int(zoom) not in ZOOM:
        raise ReleaseError(f"{name}: the setting 'zoom' is '{zoom}', which is no whole number from 10 to 400.")
    lines = _yes(rows, "gridlines", name)
    left, middle, right = (_text(rows, f"footer {part}", name) for part in ("left", "middle", "right"))
    for field in re.findall(r"\{(.*?)\}", left + middle + right):
        if field not in FOOTER_FIELDS:
            raise ReleaseError(
                f"{name}: a footer names '{{{field}}}', which is none of {', '.join(sorted(FOOTER_FIELDS))}."
            )
    return Page("" if paper == "printer" else paper, int(zoom), lines, (left, middle, right))
