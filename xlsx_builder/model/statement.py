"""Statements: line items with facts in columns of periods, in the terms of XBRL and accounting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from msgspec import Struct

from xlsx_builder.model.document import Paragraph, Rule


class StatementKind(Enum):
    """What a printed table reports."""

    INCOME = "income_statement"
    BALANCE = "balance_sheet"
    CASH_FLOW = "cash_flow"
    EQUITY = "equity"
    SEGMENTS = "segments"
    RECONCILIATION = "reconciliation"
    PER_SHARE = "per_share"
    OTHER = "other"


class Unit(Enum):
    """What a figure counts."""

    MONEY = "money"
    PER_SHARE = "per_share"
    SHARES = "shares"
    PERCENT = "percent"
    """12.3% is held as 12.3."""
    RATIO = "ratio"
    COUNT = "count"


class ColumnRole(Enum):
    """How a column of figures stands to the others."""

    PERIOD = "period"
    """Figures of one period or date."""
    CHANGE = "change"
    """The difference of two columns."""
    PERCENT_CHANGE = "percent_change"
    PERCENT_OF = "percent_of"
    """Per cent of another line, of sales say."""
    OTHER = "other"


class Period(Struct, frozen=True):
    """The time a fact is about: a duration that ends on a day, or that day itself."""

    months: int | None
    """Length of a duration in months (13 weeks are 3); None for an instant."""
    end: date | None
    """Last day; None where the release does not tell."""

    @property
    def instant(self) -> bool:
        """Whether this is a date, as on a balance sheet."""
        return self.months is None


class Column(Struct, frozen=True):
    """A column of figures."""

    role: ColumnRole
    period: Period | None
    """None where the column is of no period (a change, or a column of another kind)."""
    header: str
    """All that stands over it, joined from top to bottom."""
    segment: str = ""
    """The part of the company it is about ('Sears Canada', 'Consolidated'); '' where the header names none."""
    basis: str = ""
    """'gaap', 'non_gaap' or 'adjustment' where columns of one period differ so; '' otherwise."""
    unit: Unit | None = None
    """Where the column has a unit of its own; it stands before the line's."""
    scale: int | None = None
    """Power of ten, where the column has a scale of its own; it stands before the line's."""

    @property
    def judged(self) -> bool:
        """Whether a change in it that is for the worse is printed as negative: 'Favorable (Unfavorable)'."""
        head = self.header.lower()
        return any(word in head for word in ("fav", "better", "b/(w)"))

    @property
    def context(self) -> tuple[object, ...] | None:
        """What its figures are about; None where columns of different statements cannot be matched by it."""
        if self.role is not ColumnRole.PERIOD or self.period is None or self.period.end is None:
            return None
        return (self.period, self.segment, self.basis, self.unit)


class Fact(Struct, frozen=True):
    """One printed figure, or the empty place of one."""

    value: Decimal | None
    """In printed units, parentheses negative, a dash 0; None where the place is empty or says 'n/m'."""
    decimals: int = 0
    """Digits printed after the decimal point."""
    line: int | None = None
    """Number of its source line; None where the place is empty."""
    text: str = ""
    """As printed; '' where the place is empty."""


class LineItem(Struct, frozen=True):
    """A line of figures."""

    id: str
    """Unique in the release."""
    label: str
    """As printed, a wrapped one joined by spaces, footnote marks left out; '' where there is none."""
    section: tuple[str, ...]
    """The headings it stands under, outermost first."""
    depth: int
    """Levels of indentation, from 0."""
    unit: Unit
    scale: int
    """Power of ten of one printed unit: 3 under 'in thousands'; 0 for per-share figures and per cents."""
    facts: tuple[Fact, ...]
    """One for each column of the statement."""
    rule_above: Rule = Rule.NONE
    rule_below: Rule = Rule.NONE
    gap_above: bool = False

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """The figures in printed units, one for each column."""
        return tuple(fact.value for fact in self.facts)

    @property
    def line(self) -> int | None:
        """Number of the source line of its first figure."""
        return next((fact.line for fact in self.facts if fact.line is not None), None)


class Heading(Struct, frozen=True):
    """A line without figures that names the lines below it."""

    label: str
    depth: int
    line: int
    """Number of its source line."""


class Statement(Struct, frozen=True):
    """One printed table of figures, over page breaks."""

    id: str
    """Unique in the release; the ids of its lines begin with it."""
    kind: StatementKind
    title: str
    scale: int
    """Power of ten of the money lines."""
    currency: str
    """'USD', 'EUR' …; '' where the release names none."""
    columns: tuple[Column, ...]
    lines: tuple[LineItem | Heading, ...]
    """In printed order."""
    line: int
    """Number of the first source line of its table."""

    @property
    def items(self) -> Iterator[LineItem]:
        """The lines that hold figures, top to bottom."""
        return (line for line in self.lines if isinstance(line, LineItem))

    def counterpart(self, index: int, other: Statement) -> int | None:
        """The column of another statement that has the context of this one's; None where there is not just one."""
        if self is other:
            return index
        context = self.columns[index].context
        if context is None:
            return None
        own = [at for at, column in enumerate(self.columns) if column.context == context]
        same = [at for at, column in enumerate(other.columns) if column.context == context]
        return same[own.index(index)] if len(own) == len(same) else None

    def to_frame(self) -> Any:  # noqa: ANN401  (naming the type would import pandas)
        """The figures as a pandas.DataFrame: a row a line item, a column a printed column.

        The index has the levels id, section, label, unit and scale; figures are floats in printed units, NaN where
        the place is empty.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas  # noqa: ICN001, PLC0415  (a quarter of a second that nothing else needs)

        items = list(self.items)
        frame = pandas.DataFrame(
            [[None if value is None else float(value) for value in item.values] for item in items],
            columns=[column.header for column in self.columns],
            dtype="float64",
        )
        names = ("id", "section", "label", "unit", "scale")
        stub = [(i.id, " > ".join(i.section), i.label, i.unit.value, 10**i.scale) for i in items]
        frame.index = pandas.MultiIndex.from_tuples(stub, names=names)
        return frame


class Coverage(Struct, frozen=True):
    """What became of the figures in the release's tables."""

    seen: int
    placed: int
    """Figures that are facts of some statement."""

    @property
    def left(self) -> int:
        """Figures that no statement holds; each has a problem that names its line."""
        return self.seen - self.placed


class Statements(Struct, frozen=True):
    """A release as understood."""

    company: str
    """'' where the release does not tell."""
    released: date | None
    """Day of the release."""
    statements: tuple[Statement, ...]
    prose: tuple[Paragraph, ...]
    """What is written around the tables, in reading order."""
    coverage: Coverage

    @property
    def items(self) -> dict[str, LineItem]:
        """Every line of figures by its id, in document order."""
        return {item.id: item for statement in self.statements for item in statement.items}
