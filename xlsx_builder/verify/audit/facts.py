"""A workbook as the rules see it: its cells with what they hold, how they look and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.formula import Area, Formula
from xlsx_builder.verify.audit.report import Fault, Place

Spot = tuple[int, int]
"""Row and column."""
Value = str | bool | int | float | date | datetime | time | timedelta | None

ROLES = {role.value: role for role in Role}
"""Named style -> role."""

TYPED = frozenset({Role.INPUT, Role.REPORTED, Role.SWITCH, Role.PARAMETER, Role.CLAIM, Role.SOURCE})
"""Roles of cells that hold what somebody typed in."""


class Kind(Enum):
    """What a cell holds."""

    FORMULA = "formula"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"


class Look(Struct, frozen=True):
    """What a cell's style says; shared by all cells that look so."""

    style: str
    """Name of the named style."""
    number_format: str
    colour: str
    """Of the letters, as RRGGBB; '' where it cannot be told."""
    fill: str
    """Of the cell, as RRGGBB; '' where there is none."""
    locked: bool
    size: float
    bold: bool
    wrap: bool

    @property
    def role(self) -> Role | None:
        """The role that the named style stands for."""
        return ROLES.get(self.style)


class CellFact(Struct, frozen=True):
    """One cell that is not empty."""

    place: Place
    kind: Kind
    content: Value
    """What is typed in; the text of a formula."""
    look: Look
    formula: Formula | None = None
    link: str | None = None
    """Where a click leads in this workbook; '' where it leads out of it."""

    @property
    def spot(self) -> Spot:
        """Row and column."""
        return self.place.row, self.place.column

    def fault(self, message: str) -> Fault:
        """What is wrong with the cell."""
        return Fault(self.place, message)


class SheetFact(Struct, frozen=True, eq=False, dict=True):
    """One sheet and its cells."""

    name: str
    cells: Mapping[Spot, CellFact]
    """In reading order."""
    raw: Any
    """openpyxl's sheet, for what only one rule asks."""
    drawings: tuple[tuple[str, str], ...] = ()
    """Name and alternative text of each chart and picture."""

    @property
    def place(self) -> Place:
        """The sheet as a whole."""
        return Place(self.name)

    def fault(self, message: str) -> Fault:
        """What is wrong with the sheet."""
        return Fault(self.place, message)

    @cached_property
    def rows(self) -> Mapping[int, tuple[CellFact, ...]]:
        """Cells by row."""
        found: dict[int, list[CellFact]] = {}
        for (row, _), cell in self.cells.items():
            found.setdefault(row, []).append(cell)
        return {row: tuple(cells) for row, cells in found.items()}

    @cached_property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return max((column for _, column in self.cells), default=0)

    @cached_property
    def formulas(self) -> tuple[CellFact, ...]:
        """The cells with formulas."""
        return tuple(cell for cell in self.cells.values() if cell.formula is not None)

    def width(self, column: int) -> float:
        """Characters that a column takes."""
        return self._widths.get(column, self._default_width)

    @cached_property
    def _default_width(self) -> float:
        given = self.raw.sheet_format.defaultColWidth or self.raw.sheet_format.baseColWidth
        return float(given or 8.43)

    @cached_property
    def _widths(self) -> Mapping[int, float]:
        found: dict[int, float] = {}
        for dimension in self.raw.column_dimensions.values():
            if dimension.width and dimension.min:
                for column in range(dimension.min, min(dimension.max or dimension.min, self.last_column) + 1):
                    found[column] = float(dimension.width)
        return found


class Facts(Struct, frozen=True, eq=False, dict=True):
    """A whole workbook."""

    book: Any
    """openpyxl's workbook, for what only one rule asks."""
    sheets: tuple[SheetFact, ...]
    stored: Mapping[Place, Value]
    """What the file says that each formula comes to."""
    computed: Mapping[Place, Value] | None
    """What it comes to when it is calculated anew; None where that cannot be done."""
    engine: Any = None
    """The calculated workbook, for rules that try out changes."""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    """The parts of the file."""

    @cached_property
    def by_name(self) -> Mapping[str, SheetFact]:
        """Sheets by their names in small letters, as formulas and links find them."""
        return {sheet.name.lower(): sheet for sheet in self.sheets}

    @cached_property
    def has_roles(self) -> bool:
        """Whether the cells' named styles tell what they are for."""
        return any(cell.look.role is not None for cell in self.formulas)

    @property
    def cells(self) -> Iterator[CellFact]:
        """All cells."""
        return (cell for sheet in self.sheets for cell in sheet.cells.values())

    @property
    def formulas(self) -> Iterator[CellFact]:
        """All cells with formulas."""
        return (cell for sheet in self.sheets for cell in sheet.formulas)

    @cached_property
    def is_model(self) -> bool:
        """Whether anything is calculated in it."""
        return any(sheet.formulas for sheet in self.sheets)

    def cell(self, place: Place) -> CellFact | None:
        """The cell at a place, if there is anything in it."""
        sheet = self.by_name.get(place.sheet.lower())
        return sheet.cells.get((place.row, place.column)) if sheet else None

    def named(self, name: str) -> list[tuple[str, str]]:
        """Sheet and cells of each place that a defined name leads to."""
        given = self.book.defined_names.get(name)
        try:
            return list(given.destinations) if given is not None else []
        except (AttributeError, TypeError, ValueError):  # what openpyxl makes of a damaged name
            return []

    def inside(self, area: Area) -> Iterator[CellFact]:
        """The cells in an area that are not empty."""
        sheet = self.by_name.get(area.sheet.lower())
        if sheet is None:
            return
        rows = range(area.first_row, min(area.last_row, sheet.last_row) + 1)
        columns = range(area.first_column, min(area.last_column, sheet.last_column) + 1)
        if len(rows) * len(columns) <= len(sheet.cells):
            found = (sheet.cells.get((row, column)) for row in rows for column in columns)
            yield from (cell for cell in found if cell is not None)
        else:
            yield from (cell for (row, column), cell in sheet.cells.items() if row in rows and column in columns)

    def value(self, cell: CellFact) -> Value:
        """What the cell shows: what it comes to, else what the file says, else what is typed in."""
        if cell.formula is None:
            return cell.content
        known = self.computed if self.computed is not None else self.stored
        return known.get(cell.place)


def is_number(value: object) -> bool:
    """Whether a value is a figure; truth values are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
