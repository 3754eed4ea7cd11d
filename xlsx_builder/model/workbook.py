"""A workbook as planned: what each cell holds and is for, before a file format is thought of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell by sheet name, row and column, both from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class CellRange:
    """A block of cells of one sheet, both corners included."""

    first: CellRef
    last: CellRef


# --- formulas: values over cell references, rendered to text by the stage that writes -------------------------------


@dataclass(frozen=True, slots=True)
class SignedSum:
    """The sum of cells with weights 1 and -1: `=B5-B6`, `=SUM(B5:B9)`."""

    terms: tuple[tuple[int, CellRef], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The value of another cell, the sign turned where `weight` is -1: `='Income Statement'!B5`."""

    source: CellRef
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """`new - old`."""

    new: CellRef
    old: CellRef


@dataclass(frozen=True, slots=True)
class Change:
    """The relative change `new / old - 1`; 'n.m.' where the base is not positive."""

    new: CellRef
    old: CellRef


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part / whole`; 'n.m.' where the whole is zero."""

    part: CellRef
    whole: CellRef


@dataclass(frozen=True, slots=True)
class Product:
    """The product of two cells: a value and its switch, or a difference of margins and 10,000."""

    left: CellRef
    right: CellRef


@dataclass(frozen=True, slots=True)
class Lookup:
    """The value of another sheet's row in the column that has the same heading, where a link would change its course.

    `=INDEX('Income Statement'!$C9:$F9,MATCH(D$4,'Income Statement'!$C$4:$F$4,0))`
    """

    source: CellRef
    """The cell that is found as long as nobody edits a heading."""
    key: CellRef
    """The heading looked for, on the formula's own sheet."""
    keys: CellRange
    """The headings of the other sheet."""
    values: CellRange
    """The other sheet's row, as wide as `keys`."""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class ScaledDifference:
    """`(new - old) * factor`, the change of a margin in basis points; 'n.m.' where a margin has no value."""

    new: CellRef
    old: CellRef
    factor: CellRef


@dataclass(frozen=True, slots=True)
class SwitchedSum:
    """`base` and those of the `values` whose switch is 1: `=D7+SUMPRODUCT($C$8:$C$11,D8:D11)`."""

    base: CellRef
    switches: CellRange
    values: CellRange


@dataclass(frozen=True, slots=True)
class RoundedDifference:
    """`left - right` without the dust of binary fractions: rounded to as many digits as a parameter cell says."""

    left: CellRef
    right: CellRef
    digits: CellRef


@dataclass(frozen=True, slots=True)
class Within:
    """'OK' where a difference is no larger than the tolerance, whatever its sign, else 'differs'."""

    difference: CellRef
    tolerance: CellRef


class Bar(Enum):
    """The four stacked parts that draw one step of a waterfall, also across zero."""

    LIFT = "lift"
    """Nothing to see, from zero up to the step."""
    SINK = "sink"
    """Nothing to see, from zero down to the step."""
    ABOVE = "above"
    """The step's part above zero."""
    BELOW = "below"
    """The step's part below zero."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a waterfall's step from one running total to the next."""

    start: CellRef
    end: CellRef
    bar: Bar


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells of the range hold the text."""

    cells: CellRange
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """'OK' where the sum of the counting cells is zero, else 'CHECK'."""

    counts: tuple[CellRef, ...]


Formula = (
    SignedSum
    | Link
    | Lookup
    | Difference
    | RoundedDifference
    | ScaledDifference
    | Change
    | Ratio
    | Product
    | SwitchedSum
    | Step
    | Within
    | Tally
    | Verdict
)


# --- cells ----------------------------------------------------------------------------------------------------------


class Role(Enum):
    """What a cell is for; one named cell style of the template each, of the same name."""

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


class NumberKind(Enum):
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


@dataclass(frozen=True, slots=True)
class PlannedCell:
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


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart."""

    name: CellRef
    categories: CellRange
    values: CellRange
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over cells of the workbook."""

    kind: ChartKind
    title: str
    alt: str
    """What a reader who cannot see the chart should know."""
    anchor: CellRef
    """Its upper left corner."""
    series: tuple[Series, ...]
    number: NumberKind = NumberKind.MONEY
    columns: int = 6
    """Width in sheet columns."""
    rows: int = 16


@dataclass(frozen=True, slots=True)
class Choice:
    """Cells that accept only the listed values."""

    cells: CellRange
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the checks stand before anybody changes an input."""

    passed: int
    printed: int
    """Differences that the release itself prints; they do not fail the master check."""
    failed: int


@dataclass(frozen=True, slots=True)
class Workbook:
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
