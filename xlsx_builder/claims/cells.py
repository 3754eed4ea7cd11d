"""Cells: every figure of the tables with the words, the period and the unit by which prose may speak of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import count

from msgspec import Struct

from xlsx_builder.claims.calendar import Calendar
from xlsx_builder.claims.periods import references
from xlsx_builder.claims.vocabulary import WEAK, is_adjusted, words
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import (
    Column,
    ColumnRole,
    LineItem,
    Period,
    Statement,
    StatementKind,
    Statements,
    Unit,
)
from xlsx_builder.model.structure import Structure

Names = frozenset[str]

MEASURES = frozenset(
    (
        "adjusted",
        "non-gaap",
        "margin",
        "rate",
        "expense",
        "share",
        "stock",
        "debt",
        "asset",
        "adjustment",
        "tax",
        "unaudited",
    )
)
"""Words of measures, which no segment is called by."""
_ADDED = regex(r"\s\(including[^()]*\)|,?\s(?:net of|less)\s.*$", re.IGNORECASE)
"""What a label adds that prose does not say: ', net of returns and allowances'."""
_GAIN = regex(r"\b(?:income|earnings|profit|ebitda)\b(?!\))", re.IGNORECASE)


class Spot(Struct, frozen=True):
    """One figure of a table."""

    line: str
    """Id of its line."""
    root: str
    """Id of the line that it repeats, or its own."""
    column: int
    value: Decimal
    """In whole units; 12.3% is 12.3."""
    half: Decimal
    """Half a unit of its last digit, in whole units."""
    unit: Unit
    period: Period
    label: Names
    section: Names
    title: Names
    head: Names
    """Words over the column that are no period."""
    names: Names
    """The words of all these places."""
    apart: bool
    """Whether the words tell the column from others of its period."""
    adjusted: bool
    share: bool
    """A per cent of another line or of another period, which the label does not say."""
    growth: bool
    """A relative change."""
    gain: bool
    """Whether the label calls it a gain, so that a loss is negative."""
    order: int
    kind: StatementKind

    @property
    def key(self) -> tuple[str, int]:
        """Line and column."""
        return self.line, self.column


class Index(Struct, frozen=True):
    """All spots in their orders, and the words that the tables know."""

    vocabulary: Names
    """Every word of a label, a section, a title or a column."""
    segments: frozenset[Names]
    """The names of parts of the company, as words."""
    lines: Mapping[str, Sequence[Spot]]
    """The spots of each line."""
    kinds: Mapping[tuple[Unit, bool], Sequence[Spot]]
    """The spots of each unit, as reported and adjusted apart."""
    own: Names
    """Words of the company's name, which tell no line."""


@lru_cache(maxsize=4096)
def without_periods(text: str) -> str:
    """A text with blanks for its periods."""
    for reference in reversed(tuple(references(text))):
        text = f"{text[: reference.start]} {text[reference.end :]}"
    return text


def _named_period(texts: tuple[str, ...], calendar: Calendar) -> Period | None:
    for text in texts:
        for reference in references(text):
            wants = calendar.means(reference, calendar.current)
            if wants:
                return Period(None if reference.instant else wants[0].months, wants[0].end)
    return None


def _period(statement: Statement, index: int, item: LineItem, calendar: Calendar) -> Period | None:
    column = statement.columns[index]
    if column.period is not None and column.period.end is not None:
        return column.period
    if column.role is ColumnRole.PERIOD and column.period is not None and column.period.months is not None:
        return None
    if column.role in (ColumnRole.PERCENT_CHANGE, ColumnRole.CHANGE):
        left = [
            c.period for c in statement.columns[:index] if c.role is ColumnRole.PERIOD and c.period and c.period.end
        ]
        return max(left, key=lambda period: period.end or calendar.end, default=None)
    return _named_period((column.header, item.label, *reversed(item.section)), calendar)


def _is_adjusted(item: LineItem, column: Column, statement: Statement) -> bool:
    if column.basis or statement.kind is StatementKind.RECONCILIATION:
        texts: tuple[str, ...] = (item.label, column.header)
    else:
        texts = (item.label, column.header, *item.section, statement.title)
    return column.basis == "non_gaap" or any(is_adjusted(text) for text in texts)


def _is_apart(statement: Statement, index: int) -> bool:
    column = statement.columns[index]
    alike = sum(other.period == column.period and other.role is column.role for other in statement.columns)
    return column.period is None or column.period.end is None or bool(column.segment) or alike > 1


class _Line(Struct, frozen=True):
    """A line of a statement, its words found once for all its figures."""

    statement: Statement
    item: LineItem
    order: int
    root: str
    label: Names
    section: Names
    title: Names


def _lines(statements: tuple[Statement, ...], sources: Mapping[str, str], own: Names) -> Iterator[_Line]:
    numbers = count()
    for statement in statements:
        title = frozenset(words(without_periods(statement.title))) - own
        for item, order in zip(statement.items, numbers, strict=False):
            label = frozenset(words(without_periods(_ADDED.sub("", item.label)) or item.label)) - own
            section = frozenset(word for part in item.section for word in words(without_periods(part))) - own
            yield _Line(statement, item, order, _root(item.id, sources), label, section, title)


def _spots(line: _Line, calendar: Calendar, own: Names) -> Iterator[Spot]:
    item, statement = line.item, line.statement
    for index, (column, fact) in enumerate(zip(statement.columns, item.facts, strict=False)):
        if fact.value is None or column.role is ColumnRole.CHANGE:
            continue
        period = _period(statement, index, item, calendar)
        if period is None or period.end is None:
            continue
        growth, share = column.role is ColumnRole.PERCENT_CHANGE, column.role is ColumnRole.PERCENT_OF
        unit = Unit.PERCENT if growth or share else column.unit or item.unit
        scale = column.scale if column.scale is not None else item.scale
        scale = 0 if unit in (Unit.PERCENT, Unit.PER_SHARE, Unit.RATIO) else scale
        head = frozenset((*words(without_periods(column.header)), *words(column.segment))) - own
        yield Spot(
            line=item.id,
            root=line.root,
            column=index,
            value=fact.value.scaleb(scale),
            half=Decimal(5).scaleb(scale - fact.decimals - 1),
            unit=unit,
            period=period,
            label=line.label,
            section=line.section,
            title=line.title,
            head=head,
            names=line.label | line.section | line.title | head,
            apart=_is_apart(statement, index),
            adjusted=_is_adjusted(item, column, statement),
            share=share or growth,
            growth=growth,
            gain=_GAIN.search(item.label) is not None,
            order=line.order,
            kind=statement.kind,
        )


def _parts(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The names that may be a segment's: labels, sections and titles of segment tables, and heads of columns."""
    for statement in statements:
        for column in statement.columns:
            if column.role is ColumnRole.PERIOD or column.segment:
                yield column.segment or column.header
        if statement.kind is StatementKind.SEGMENTS:
            yield from re.split(r"\s[-\u2013\u2014]\s|:", statement.title)
            for item in statement.items:
                yield item.label
                yield from item.section


def _segments(statements: tuple[Statement, ...], own: Names) -> frozenset[Names]:
    """Names without a word that says what is measured."""
    names = (frozenset(words(without_periods(part))) - own - WEAK for part in _parts(statements))
    return frozenset(
        name for name in names if name and not any(word.isupper() for word in name) and not name & MEASURES
    )


def named_parts(said: Names, index: Index) -> tuple[str, ...]:
    """The words of those segment names that are said in full."""
    return tuple(sorted({word for name in index.segments if name <= said for word in name}))


def _root(line: str, sources: Mapping[str, str]) -> str:
    seen = {line}
    while line in sources and sources[line] not in seen:
        line = sources[line]
        seen.add(line)
    return line


def index(statements: Statements, structure: Structure, calendar: Calendar) -> Index:
    """The spots of all statements.

    Args:
        statements: the tables.
        structure: tells which lines repeat others.
        calendar: by which periods that only words tell are resolved.
    """
    own = frozenset(words(statements.company))
    sources = {tie.line: tie.source for tie in structure.ties}
    spots = tuple(spot for line in _lines(statements.statements, sources, own) for spot in _spots(line, calendar, own))
    vocabulary = frozenset(word for names in {spot.names for spot in spots} for word in names)
    lines: dict[str, list[Spot]] = defaultdict(list)
    kinds: dict[tuple[Unit, bool], list[Spot]] = defaultdict(list)
    for spot in spots:
        lines[spot.line].append(spot)
        kinds[spot.unit, spot.adjusted].append(spot)
    return Index(vocabulary, _segments(statements.statements, own), lines, kinds, own)
