"""One part of a table becomes one statement: columns, lines, units, sections, facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.interpret.between import with_steps
from xlsx_builder.interpret.carried import with_carried
from xlsx_builder.interpret.columns import Above, any_money, columns_of
from xlsx_builder.interpret.counted import with_counted_steps, with_scaled_counts, with_statistics
from xlsx_builder.interpret.facts import Place, Printed, column_figures, fact_of, printed, read
from xlsx_builder.interpret.fiscal import Calendar
from xlsx_builder.interpret.headings import is_heading
from xlsx_builder.interpret.kinds import kind_of
from xlsx_builder.interpret.labels import bare
from xlsx_builder.interpret.lines import Entry, entries
from xlsx_builder.interpret.numbers import figure_range, looks_european
from xlsx_builder.interpret.panels import Panel, stub_words
from xlsx_builder.interpret.quantities import is_physical
from xlsx_builder.interpret.remainders import with_remainders
from xlsx_builder.interpret.scales import LETTER, Scales, merged, scales
from xlsx_builder.interpret.sections import section_paths
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import SCALE_LINE, Titles
from xlsx_builder.interpret.units import PER_SHARE, SHARES, Measure, line_measure, percent_sized, small
from xlsx_builder.model.document import Cell, Row, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import Column, ColumnRole, Heading, LineItem, Statement, StatementKind, Unit

WHOLE = (StatementKind.INCOME, StatementKind.BALANCE, StatementKind.CASH_FLOW, StatementKind.EQUITY)
"""Kinds whose title names a whole statement, never a section of one."""

IN_SCALE = regex(r"\w.*\(\s*[$\u20ac\u00a3]?\s*in (?:thousand|million|billion)s\s*\)", re.IGNORECASE)
"""'Net Sales (in millions)' over a group of columns."""


class Part(Struct, frozen=True):
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
        """Titles inside the table as headings, where another title stands above the table."""
        inside = bare(self.titles.inside)
        rows = [row for row in self.panel.titles if bare(row.label) and bare(row.label) in inside]
        if rows and (times(rows[-1].label) or inside in self.titles.title or kind_of(inside, "", ()) in WHOLE):
            rows = []
        left = min((row.indent for row in self.panel.body), default=0)
        titles = [replace(row, indent=left, cells=()) for row in rows[-1:]] if self.titles.title else []
        return (*titles, *((self.panel.stub,) if self.panel.stub and self.titles.full else ()))


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
    kind = kind_of(": ".join(text for text in (title, first) if text), heads, labels)
    if kind is StatementKind.OTHER and kind_of(part.titles.said, "", ()) is StatementKind.SEGMENTS:
        kind = StatementKind.SEGMENTS
    columns = with_counts(statement_columns(part, places, lines, kind, found), told)
    plain = kind is StatementKind.OTHER or bool(part.titles.inside)
    counted = title.rpartition(": ")[2] if plain or amounts_per_share(title, found, lines) else ""
    made = statement_lines(found, lines, columns, told, " ".join((counted, *counting(part.titles.said))))
    made = with_statistics(with_counted_steps(made), title, part.titles.said)
    made = with_scaled_counts(made, part.titles.said)
    statement = Statement(name, kind, title, told.money or 0, told.currency, columns, made, part.table.line)
    return statement, unsure(statement)


def with_counts(columns: tuple[Column, ...], told: Scales) -> tuple[Column, ...]:
    """The columns, those that count things or shares and tell no scale themselves with the one told above them."""
    scale = {Unit.COUNT: told.units or 0, Unit.SHARES: (told.money if told.shares is None else told.shares) or 0}
    return tuple(
        replace(column, scale=scale[column.unit]) if column.unit in scale and not column.scale else column
        for column in columns
    )


def counting(said: str) -> tuple[str, ...]:
    """The lines above a table that tell its scale in a unit that is no money: '(In Millions of KWHs)'."""
    return tuple(line for line in said.splitlines() if SCALE_LINE.search(line) and is_physical(line))


def amounts_per_share(title: str, found: Sequence[Entry], lines: Sequence[tuple[Printed | None, ...]]) -> bool:
    """Whether a title speaks of amounts per share and all figures but numbers of shares are such."""
    figures = [
        p.figure
        for entry, line in zip(found, lines, strict=True)
        for p in line
        if p and p.figure.value and not SHARES.search(entry.label)
    ]
    return bool(PER_SHARE.search(title)) and small(figures)


def header_words(panel: Panel) -> tuple[str, ...]:
    """Words of the column headings and above them that may tell a scale for the whole table."""
    stubs = [*(row.label for row in panel.titles), *(text for text, _ in stub_words(panel))]
    wide = [cell.text for row in panel.header for cell in row.cells if len(row.cells) == 1 or is_aside(cell, row)]
    inside = [cell.text for row in panel.header for cell in row.cells if IN_SCALE.search(cell.text)]
    agreed = len({scales(text).money for text in inside}) == 1 and not any(map(is_physical, inside))
    return (*stubs, *wide, *(inside if agreed else ()), *(text for row in panel.header for text in shared_scale(row)))


def is_aside(cell: Cell, row: Row) -> bool:
    """Whether words over columns stand in parentheses, and are no part of the heading of a single one."""
    alike = all(other.text.startswith("(") for other in row.cells)
    return cell.text.startswith("(") and (cell.first != cell.last or alike)


def shared_scale(row: Row) -> tuple[str, ...]:
    """What stands over the first column of amounts where all such columns tell a scale with a sign: '2019 £m'."""
    amounts = [cell.text for cell in row.cells if "%" not in cell.text]
    told = {LETTER.findall(text)[-1] if LETTER.search(text) else "" for text in amounts}
    return tuple(amounts[:1]) if len(told) == 1 and "" not in told else ()


def title_of(part: Part, found: Sequence[Entry]) -> str:
    """The title of a statement; the first heading inside it where nothing stands above."""
    if part.titles.full:
        return part.titles.full
    if part.panel.stub:
        return bare(part.panel.stub.label)
    return bare(found[0].label) if found and is_heading(found[0]) else ""


def statement_columns(
    part: Part,
    places: Sequence[Place],
    lines: Sequence[tuple[Printed | None, ...]],
    kind: StatementKind,
    found: Sequence[Entry],
) -> tuple[Column, ...]:
    """The columns of a statement, those of ranges in two."""
    figures = column_figures(places, lines, part.table.columns)
    dated = sum(times(entry.label).placed for entry in found if is_heading(entry) or len(found) < 12)
    every = all(times(entry.label).placed for entry in found if entry.cells)
    above = Above(
        part.titles.full,
        part.titles.when,
        part.calendar,
        balances=kind is StatementKind.BALANCE,
        dated_rows=dated > 1 or every,
    )
    whole = columns_of(part.panel.header, figures, above)
    own = [(whole[place.column - 1], place.end) for place in places]
    return tuple(
        replace(column, header=f"{column.header} ({end})".strip(), unit=None, scale=None) if end else column
        for column, end in own
    )


def statement_lines(
    found: Sequence[Entry],
    lines: Sequence[tuple[Printed | None, ...]],
    columns: Sequence[Column],
    told: Scales,
    title: str,
) -> tuple[LineItem | Heading, ...]:
    """The lines and headings of a statement, in printed order."""
    additive = [column.unit is not Unit.PERCENT for column in columns]
    values = [
        tuple(p.figure.value if p else None for p, adds in zip(line, additive, strict=True) if adds)
        if entry.cells
        else ()
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
        level = levels[entry.indent]
        if not entry.cells:
            made.append(Heading(bare(entry.label), level, entry.line))
            continue
        plain = [p.figure for p, counted in zip(line, own, strict=True) if p and counted]
        figures = plain or [p.figure for p in line if p]
        measure = Measure(Unit.PERCENT, 0) if per_cents else line_measure(entry.label, (title, *path), figures, told)
        made.append(item_of(entry, line, path, measure, level))
    while made and isinstance(made[-1], Heading):
        made.pop()
    made = list(with_remainders(made))
    return all_per_cents(made) if only_per_cents(made, lines) else with_steps(with_carried(made))


def item_of(
    entry: Entry, line: tuple[Printed | None, ...], path: tuple[str, ...], measure: Measure, depth: int
) -> LineItem:
    """A line of figures as a line item, its id still to be given."""
    return LineItem(
        id="",
        label=re.sub(r"\s*:$", "", entry.label),
        section=path,
        depth=depth,
        unit=measure.unit,
        scale=measure.scale,
        facts=tuple(fact_of(printed, measure.scale) for printed in line),
        rule_above=entry.rule_above,
        rule_below=entry.rule_below,
        gap_above=entry.gap_above,
    )


def only_per_cents(made: Sequence[LineItem | Heading], lines: Sequence[tuple[Printed | None, ...]]) -> bool:
    """Whether a statement of which only some lines carry the per cent sign is one of per cents throughout."""
    items = [line for line in made if isinstance(line, LineItem)]
    figures = [printed.figure for line in lines for printed in line if printed]
    return (
        percent_sized(figures)
        and not any_money(figures)
        and bool(items)
        and items[0].unit is Unit.PERCENT
        and all(item.unit in (Unit.PERCENT, Unit.MONEY) for item in items)
    )


def all_per_cents(made: Sequence[LineItem | Heading]) -> tuple[LineItem | Heading, ...]:
    """The lines, all of them in per cent."""
    return tuple(replace(line, unit=Unit.PERCENT, scale=0) if isinstance(line, LineItem) else line for line in made)


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
