"""One part of a table becomes one statement: columns, lines, units, sections, facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsx_builder.interpret.columns import Above, columns_of
from xlsx_builder.interpret.fiscal import Calendar
from xlsx_builder.interpret.kinds import kind_of
from xlsx_builder.interpret.lines import Entry, entries
from xlsx_builder.interpret.numbers import Figure, approximate, figure, figure_range, looks_european
from xlsx_builder.interpret.panels import Panel, stub_words
from xlsx_builder.interpret.scales import Scales, merged, scales
from xlsx_builder.interpret.sections import bare, is_heading, section_paths
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import Titles
from xlsx_builder.interpret.units import PER_SHARE, Measure, line_measure
from xlsx_builder.model.document import Row, Table
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import Column, ColumnRole, Fact, Heading, LineItem, Statement, StatementKind, Unit


WHOLE = (StatementKind.INCOME, StatementKind.BALANCE, StatementKind.CASH_FLOW, StatementKind.EQUITY)
"""Kinds whose title names a whole statement, never a section of one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table with what stands above it."""

    table: Table
    panel: Panel
    titles: Titles
    calendar: Calendar
    more: tuple[Panel, ...] = ()
    """Its rest on later pages."""
    follows: bool = False
    """Whether nothing but its caption stands between it and the table before it."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows below the column headings."""
        return (*self.lead, *self.panel.body, *(row for panel in self.more for row in panel.body))

    @property
    def lead(self) -> tuple[Row, ...]:
        """A title inside the table as a heading, where another title stands above the table."""
        inside = bare(self.titles.inside)
        rows = [row for row in self.panel.titles if bare(row.label) and bare(row.label) in inside]
        if not rows or not self.titles.title or inside in self.titles.title or kind_of(inside, "", ()) in WHOLE:
            return ()
        left = min((row.indent for row in self.panel.body), default=0)
        return (replace(rows[-1], indent=left, cells=()),)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the figures of a statement's column come from."""

    column: int
    """Figure column of the table, from 1."""
    end: str = ""
    """'low' or 'high' where the table prints ranges; '' for plain figures."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with its place in the source."""

    figure: Figure
    line: int
    text: str


def statement_of(part: Part, name: str) -> tuple[Statement, tuple[Problem, ...]]:
    """The statement in a part of a table, and what is not sure about it."""
    found = entries(part.rows)
    european = looks_european(tuple(cell.text for entry in found for cell, _ in entry.cells))
    ranged = {cell.first for entry in found for cell, _ in entry.cells if figure_range(cell.text)}
    filled = {cell.first for entry in found for cell, _ in entry.cells if read(cell.text, european=european)}
    places = tuple(
        Place(column, end)
        for column in sorted(filled | ranged)
        for end in (("low", "high") if column in ranged else ("",))
    )
    lines = [tuple(printed(entry, place, european=european) for place in places) for entry in found]
    told = merged([part.titles.told, *(scales(text) for text in header_words(part.panel))])
    labels = [entry.label for entry in found if entry.label]
    heads = " ".join(cell.text for row in part.panel.header for cell in row.cells)
    title = title_of(part, found)
    first = bare(found[0].label) if is_heading(found[0]) and found[0].label not in title else ""
    kind = kind_of(f"{title}: {first}", heads, labels)
    columns = statement_columns(part, places, lines, kind, found)
    counted = title.rpartition(": ")[2] if kind is StatementKind.OTHER or PER_SHARE.search(title) else ""
    made = statement_lines(found, lines, columns, told, counted)
    statement = Statement(name, kind, title, told.money or 0, told.currency, columns, made, part.table.line)
    return statement, unsure(statement)


def header_words(panel: Panel) -> tuple[str, ...]:
    """Words of the column headings and above them that may tell a scale for the whole table."""
    stubs = [*(row.label for row in panel.titles), *(text for text, _ in stub_words(panel))]
    wide = [cell.text for row in panel.header for cell in row.cells if len(row.cells) == 1 or cell.text.startswith("(")]
    return (*stubs, *wide)


def title_of(part: Part, found: Sequence[Entry]) -> str:
    """The title of a statement; the first heading inside it where nothing stands above."""
    if part.titles.full:
        return part.titles.full
    first = next((entry for entry in found if is_heading(entry)), None)
    return bare(first.label) if first else ""


def read(text: str, *, european: bool) -> Figure | None:
    """The figure in a cell, also one told with a word of doubt."""
    return figure(text, european=european) or (approximate(text) if figure_range(text) is None else None)


def printed(entry: Entry, place: Place, *, european: bool) -> Printed | None:
    """The figure of a line in a column; None where the place is empty."""
    for cell, line in entry.cells:
        if cell.first != place.column:
            continue
        if place.end:
            both = figure_range(cell.text)
            if both:
                return Printed(both[place.end == "high"], line, cell.text)
            if place.end == "high":
                return None
        found = read(cell.text, european=european)
        return Printed(found, line, cell.text) if found else None
    return None


def statement_columns(
    part: Part,
    places: Sequence[Place],
    lines: Sequence[tuple[Printed | None, ...]],
    kind: StatementKind,
    found: Sequence[Entry],
) -> tuple[Column, ...]:
    """The columns of a statement, those of ranges in two."""
    by_column: dict[int, list[Figure]] = {}
    for line in lines:
        for place, fact in zip(places, line, strict=True):
            if fact:
                by_column.setdefault(place.column, []).append(fact.figure)
    figures = [by_column.get(number, []) for number in range(1, part.table.columns + 1)]
    dated = sum(bool(times(entry.label)) for entry in found if is_heading(entry) or len(found) < 12)
    above = Above(
        part.titles.full,
        part.titles.when,
        part.calendar,
        balances=kind is StatementKind.BALANCE,
        dated_rows=dated > 1,
    )
    whole = columns_of(part.panel.header, figures, above)
    return tuple(
        whole[place.column - 1]
        if not place.end
        else Column(
            role=whole[place.column - 1].role,
            period=whole[place.column - 1].period,
            header=f"{whole[place.column - 1].header} ({place.end})".strip(),
            segment=whole[place.column - 1].segment,
            basis=whole[place.column - 1].basis,
        )
        for place in places
    )


def statement_lines(
    found: Sequence[Entry],
    lines: Sequence[tuple[Printed | None, ...]],
    columns: Sequence[Column],
    told: Scales,
    title: str,
) -> tuple[LineItem | Heading, ...]:
    """The lines and headings of a statement, in printed order."""
    values = [
        tuple(p.figure.value if p else None for p in line) if entry.cells else ()
        for entry, line in zip(found, lines, strict=True)
    ]
    paths = section_paths(found, values)
    levels = {indent: level for level, indent in enumerate(sorted({entry.indent for entry in found}))}
    own = [
        column.unit is None and column.role in (ColumnRole.PERIOD, ColumnRole.OTHER, ColumnRole.CHANGE)
        for column in columns
    ]
    per_cents = all(column.unit is Unit.PERCENT for column in columns)
    made: list[LineItem | Heading] = []
    for entry, line, path in zip(found, lines, paths, strict=True):
        if not entry.cells:
            made.append(Heading(bare(entry.label), levels[entry.indent], entry.line))
            continue
        plain = [p.figure for p, plain in zip(line, own, strict=True) if p and plain]
        rest = [p.figure for p in line if p]
        measure = (
            Measure(Unit.PERCENT, 0) if per_cents else line_measure(entry.label, (title, *path), plain or rest, told)
        )
        made.append(
            LineItem(
                "",
                re.sub(r"\s*:$", "", entry.label),
                path,
                levels[entry.indent],
                measure.unit,
                measure.scale,
                tuple(fact_of(p, measure.scale) for p in line),
                entry.rule_above,
                entry.rule_below,
                entry.gap_above,
                entry.bold,
            )
        )
    while made and isinstance(made[-1], Heading):
        made.pop()
    return tuple(made)


def fact_of(found: Printed | None, scale: int) -> Fact:
    """A figure as a fact of a line with a scale; one that is printed in another scale is turned into it."""
    if found is None:
        return Fact(None)
    value, decimals = found.figure.value, found.figure.decimals
    if value is not None and found.figure.scale is not None and found.figure.scale != scale:
        shift = found.figure.scale - scale
        value, decimals = value * Decimal(10) ** shift, max(0, decimals - shift)
    return Fact(value, decimals, found.line, found.text)


def unsure(statement: Statement) -> tuple[Problem, ...]:
    """What the reader of a statement should know: periods whose end is not told."""
    return tuple(
        Problem(
            Severity.WARNING,
            f"The release does not tell on which day the period '{column.header}' of '{statement.title}' ends.",
            statement.line,
        )
        for column in statement.columns
        if column.role is ColumnRole.PERIOD and (column.period is None or column.period.end is None)
    )
