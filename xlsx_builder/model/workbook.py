"""A workbook as planned: what each cell holds and is for, before a file format is thought of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, StrEnum

from msgspec import Struct, field

from xlsx_builder.model.formula import (
    Bar,
    CellRange,
    CellRef,
    Change,
    Difference,
    Formula,
    Link,
    Lookup,
    Mean,
    Moved,
    Others,
    Product,
    Ratio,
    RoundedDifference,
    ScaledDifference,
    SignedSum,
    Step,
    SwitchedSum,
    Tally,
    Verdict,
    Within,
)

__all__ = [
    "OPEN",
    "Bar",
    "CellRange",
    "CellRef",
    "Change",
    "Chart",
    "ChartKind",
    "Choice",
    "Content",
    "Difference",
    "Formula",
    "Link",
    "Lookup",
    "Mean",
    "Moved",
    "NumberKind",
    "Others",
    "Outcome",
    "PlannedCell",
    "Product",
    "Ratio",
    "Role",
    "RoundedDifference",
    "ScaledDifference",
    "Series",
    "Sheet",
    "SignedSum",
    "Step",
    "SwitchedSum",
    "Tab",
    "Tally",
    "Verdict",
    "Within",
    "Workbook",
]


class Role(StrEnum):
    """What a cell is for; one named cell style of the template each, of the same name.

    It is a string, as its kind of number is, because each cell is looked up by it several times.
    """

    TITLE = "xb title"
    SUBTITLE = "xb subtitle"
    PERIOD = "xb period"
    LABEL = "xb label"
    HEADING = "xb heading"
    TEXT = "xb text"
    """Sentences: notes, the release's own lines."""
    UNIT = "xb unit"
    INPUT = "xb input"
    """A figure of the release that no formula gives."""
    SUBTOTAL = "xb subtotal"
    TOTAL = "xb total"
    CALCULATION = "xb calculation"
    """A formula that is neither total nor link."""
    LINK = "xb link"
    """A formula that only repeats another cell."""
    CHANGE = "xb change"
    RATIO = "xb ratio"
    REPORTED = "xb reported"
    """What was printed for a cell that a formula gives."""
    SWITCH = "xb switch"
    PARAMETER = "xb parameter"
    CLAIM = "xb claim"
    CHECK = "xb check"
    SOURCE = "xb source"
    """A citation: the number of a source line, linked to the sheet Release."""


OPEN = frozenset({Role.INPUT, Role.SWITCH, Role.PARAMETER})
"""Roles of cells that an analyst may change while the sheet is protected."""


class NumberKind(StrEnum):
    """Which of the template's number formats a cell takes."""

    GENERAL = "general"
    MONEY = "money"
    """Parentheses for negatives, a dash for zero, as many decimals as printed."""
    PER_SHARE = "per share"
    SHARES = "shares"
    PERCENT = "percent"
    RATIO = "ratio"
    COUNT = "count"
    BASIS_POINTS = "basis points"
    DATE = "date"
    TEXT = "text"


Content = str | int | Decimal | Formula | None


class PlannedCell(Struct, frozen=True):
    """One cell."""

    row: int
    column: int
    content: Content
    """A string is always text, never a formula."""
    role: Role
    number: NumberKind = NumberKind.GENERAL
    decimals: int = 0
    """Digits after the decimal point; per cents are held as fractions (0.123) and shown with this many digits."""
    indent: int = 0
    note: str = ""
    """Text of a comment: source and evidence."""
    link: CellRef | None = None
    """Where a click on the cell leads."""


class Tab(Enum):
    """What a sheet is for; the template gives each a tab colour."""

    SUMMARY = "summary"
    STATEMENT = "statement"
    ANALYSIS = "analysis"
    CHECK = "check"
    SOURCE = "source"
    ABOUT = "about"


class ChartKind(Enum):
    """The charts a sheet may hold."""

    COLUMNS = "columns"
    STACKED = "stacked"
    """Stacked columns; a waterfall when the first series is invisible."""
    LINES = "lines"


class Series(Struct, frozen=True):
    """One series of a chart."""

    name: CellRef
    categories: CellRange
    values: CellRange
    invisible: bool = False


class Chart(Struct, frozen=True):
    """A chart over cells of the workbook."""

    kind: ChartKind
    title: str
    alt: str
    """What a reader who cannot see the chart should know."""
    anchor: CellRef
    """Its upper left corner."""
    series: tuple[Series, ...]
    number: NumberKind = NumberKind.MONEY
    unit: str = ""
    """What stands beside the axis of the figures: 'USD million'."""
    columns: int = 6
    """Width in sheet columns."""
    rows: int = 16


class Choice(Struct, frozen=True):
    """Cells that accept only the listed values."""

    cells: CellRange
    allowed: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """One sheet."""

    name: str
    """At most 31 characters, none of []:*?/\\, no apostrophe at either end; unique without regard to case."""
    tab: Tab
    cells: tuple[PlannedCell, ...]
    widths: Mapping[int, float] = field(default_factory=dict)
    """Column -> width in characters."""
    freeze: tuple[int, int] | None = None
    """First row and column that scroll."""
    title_rows: tuple[int, int] | None = None
    """Rows repeated on each printed page."""
    charts: tuple[Chart, ...] = ()
    choices: tuple[Choice, ...] = ()
    flags: tuple[CellRange, ...] = ()
    """Cells coloured by their word: OK, differs, CHECK."""
    heights: Mapping[int, float] = field(default_factory=dict)
    """Row -> height in points, where the text wraps; programs find the others themselves."""


class Outcome(Struct, frozen=True):
    """How the checks stand before anybody changes an input."""

    passed: int
    printed: int
    """Differences that the release itself prints; they do not fail the master check."""
    failed: int


class Workbook(Struct, frozen=True):
    """All sheets in order, and where the figures of the statements stand."""

    title: str
    sheets: tuple[Sheet, ...]
    places: Mapping[str, tuple[CellRef | None, ...]] = field(default_factory=dict)
    """Line id -> the cell of each of its figures on its own statement's sheet; None where the place is empty."""
    footer: str = ""
    """Source name, for the foot of each printed page."""
    master: CellRef | None = None
    """The cell that says OK or CHECK for the whole workbook."""
    outcome: Outcome = Outcome(0, 0, 0)
