"""A file -> Facts: opened once for what it holds and once for what it stores, and calculated anew."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.xml.functions import fromstring

from xlsx_builder.model.files import content_of
from xlsx_builder.model.limits import LIMITS
from xlsx_builder.model.package import opening, parts
from xlsx_builder.verify.audit.facts import CellFact, Facts, Kind, Look, SheetFact, Value
from xlsx_builder.verify.audit.formula import parsed
from xlsx_builder.verify.audit.report import Place

ERRORS = {
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
"""How the engine calls errors, and how Excel shows them."""
FONTS = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""Colours of a theme in the order in which cells count them."""
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def load(path: Path, most: int = LIMITS.bytes) -> Facts:
    """Read a workbook of so many bytes at most.

    Raises:
        ReleaseError: there is no such file, or it is no workbook.
    """
    content = content_of(path, most)
    found = parts(content, str(path))
    with opening(str(path)):
        book: Any = load_workbook(io.BytesIO(content))
        kept: Any = load_workbook(io.BytesIO(content), data_only=True)
        drawings = _drawings(found)
        looks = _Looks(_theme(found))
        sheets = tuple(_sheet(raw, looks, drawings.get(raw.title, ())) for raw in book.worksheets)
    formulas = [cell.place for sheet in sheets for cell in sheet.formulas]
    stored = {place: _stored(vars(kept[place.sheet])["_cells"].get((place.row, place.column))) for place in formulas}
    engine = _engine(content)
    computed = None
    if engine is not None:
        computed = {p: plain(engine.get_value(p.sheet, p.row, p.column)) for p in formulas}
    return Facts(book, sheets, stored, computed, engine, found)


def _stored(cell: Any) -> Value:  # noqa: ANN401  (openpyxl's cells are loosely typed)
    """The stored value of a cell, if there is one; openpyxl fills an empty one with the link that it carries."""
    if cell is None:
        return None
    value: Value = cell.value
    return None if cell.hyperlink is not None and value == cell.hyperlink.location else value


def _engine(content: bytes) -> Any:  # noqa: ANN401  (another language's object)
    """The workbook calculated; None where the engine cannot take it."""
    from formualizer import ExcelEvaluationError, Workbook  # noqa: PLC0415

    try:
        engine = Workbook.from_bytes(content)
        engine.evaluate_all()
    except (OSError, ValueError, RuntimeError, ExcelEvaluationError):
        return None
    return engine


def plain(value: object) -> Value:
    """A value of the engine, errors as Excel shows them; an array by its first value."""
    while isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        return ERRORS.get(str(value.get("kind")), f"#{value.get('kind')}")
    return value if isinstance(value, str | bool | int | float | date | datetime | time | timedelta) else None


class _Looks:
    """Styles by their number in the file, each read once."""

    def __init__(self, theme: tuple[str, ...]) -> None:
        self._theme = theme
        self._made: dict[int, Look] = {}

    def of(self, cell: Any) -> Look:  # noqa: ANN401  (openpyxl's cells are loosely typed)
        made = self._made.get(cell.style_id)
        if made is None:
            made = self._made[cell.style_id] = self._look(cell)
        return made

    def _look(self, cell: Any) -> Look:  # noqa: ANN401
        font, fill = cell.font, cell.fill
        return Look(
            style=str(cell.style),
            number_format=str(cell.number_format),
            colour=self._colour(font.color, "000000"),
            fill=self._colour(fill.fgColor, "") if fill.fill_type == "solid" else "",
            locked=bool(cell.protection.locked),
            size=float(font.sz or 11),
            bold=bool(font.b),
            wrap=bool(cell.alignment.wrap_text),
        )

    def _colour(self, colour: Any, otherwise: str) -> str:  # noqa: ANN401
        if colour is None:
            return otherwise
        if colour.type == "rgb":
            return str(colour.rgb)[-6:].upper()
        if colour.type == "theme" and colour.theme < len(self._theme):
            return str(self._theme[colour.theme])
        if colour.type == "indexed":
            return str(COLOR_INDEX[colour.indexed])[-6:].upper() if colour.indexed < len(COLOR_INDEX) else otherwise
        return otherwise


def _theme(found: Mapping[str, bytes]) -> tuple[str, ...]:
    text = next((data.decode("utf-8", "replace") for name, data in found.items() if "/theme/" in name), "")
    colours = {}
    for name in FONTS:
        at = re.search(rf'<a:{name}>\s*<a:\w+ (?:val="\w+" lastClr|val)="([0-9A-Fa-f]{{6}})"', text)
        colours[name] = at[1].upper() if at else {"dk1": "000000", "lt1": "FFFFFF"}.get(name, "")
    return tuple(colours[name] for name in FONTS)


def _sheet(raw: Any, looks: _Looks, drawings: tuple[tuple[str, str], ...]) -> SheetFact:  # noqa: ANN401
    cells = {}
    for spot, cell in sorted(vars(raw)["_cells"].items()):  # `iter_rows` makes cells that are not there
        if cell.value is not None and cell.value != "":
            cells[spot] = _cell(raw.title, cell, looks.of(cell))
    return SheetFact(raw.title, cells, raw, drawings)


def _cell(sheet: str, cell: Any, look: Look) -> CellFact:  # noqa: ANN401
    place = Place(sheet, cell.row, cell.column)
    link = None
    if cell.hyperlink is not None:
        target = cell.hyperlink.target or ""
        link = target[1:] if target.startswith("#") else (cell.hyperlink.location or "")
    content = cell.value
    if isinstance(content, ArrayFormula):
        content = content.text or "="
    if isinstance(content, DataTableFormula):
        content = "="
    if cell.data_type == "f":
        text = str(content)
        return CellFact(place, Kind.FORMULA, text, look, parsed(text, sheet, cell.row, cell.column), link)
    kinds = {"n": Kind.NUMBER, "b": Kind.TRUTH, "d": Kind.DATE, "e": Kind.ERROR}
    kind = kinds.get(cell.data_type, Kind.TEXT)
    return CellFact(place, kind, content if kind is not Kind.TEXT else str(content), look, None, link)


def _drawings(found: Mapping[str, bytes]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Sheet -> name and alternative text of its charts and pictures."""
    workbook = fromstring(found["xl/workbook.xml"]) if "xl/workbook.xml" in found else ()
    targets = _relations(found, "xl/workbook.xml")
    described: dict[str, tuple[tuple[str, str], ...]] = {}
    for element in (each for each in workbook for each in each if each.tag.endswith("}sheet")):
        part = targets.get(element.get(LINKED, ""), "")
        drawn = [target for target in _relations(found, part).values() if "/drawings/drawing" in target]
        described[element.get("name", "")] = tuple(text for name in drawn for text in _texts(found.get(name)))
    return described


def _relations(found: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Id -> part of the file that a part refers to."""
    folder, name = posixpath.split(part)
    data = found.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    inner = (element for element in fromstring(data).iter(RELATION) if element.get("TargetMode") != "External")
    return {
        element.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        for element in inner
    }


def _texts(drawing: bytes | None) -> list[tuple[str, str]]:
    """Name and alternative text of everything that a drawing shows; shapes may be mere ornament."""
    if drawing is None:
        return []
    found = []
    for frame in fromstring(drawing).iter():
        if str(frame.tag).endswith(("}graphicFrame", "}pic")):
            about = next((e for e in frame.iter() if str(e.tag).endswith("}cNvPr")), None)
            found.append((about.get("name", ""), about.get("descr", "")) if about is not None else ("", ""))
    return found
