"""A table as printed holds one statement or several: it is parted where column headings come again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.interpret.kinds import kind_of
from xlsx_builder.interpret.numbers import CACHED, FOOTNOTE, TYPEWRITTEN, approximate, figure, figure_range
from xlsx_builder.interpret.scales import Scales, scales
from xlsx_builder.interpret.times import LONE_YEAR, Times, times
from xlsx_builder.interpret.titles import ASIDE, SCALE_LINE, TIME_LINE
from xlsx_builder.model.document import Row, Rule, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import StatementKind


class Panel(Struct, frozen=True):
    """Rows under one set of column headings."""

    titles: tuple[Row, ...]
    """Rows inside the table that stand over everything, right above the column headings."""
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    stub: Row | None = None
    """Words beside the column headings that head the rows below: 'ASSETS'."""
    tail: tuple[Row, ...] = ()
    """Words behind its last line of figures, which may title the next table."""
    again: bool = False
    """Whether its column headings are those of the panel before it, printed again."""


@lru_cache(maxsize=CACHED)
def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure or a range of figures, years and dates not counted."""
    return not is_year(text) and (
        figure(text) is not None or figure_range(text) is not None or approximate(text) is not None
    )


@lru_cache(maxsize=CACHED)
def is_year(text: str) -> bool:
    """Whether a cell's text is a year, perhaps with a footnote mark."""
    return LONE_YEAR.fullmatch(FOOTNOTE.sub("", text.strip().translate(TYPEWRITTEN))) is not None


def holds_figures(row: Row) -> bool:
    """Whether a row is a line of figures."""
    if any(is_figure(cell.text) for cell in row.cells):
        return not numbers_columns(row)
    # A count of stores may look like a year; a column heading has no label beside it, or one that speaks of time.
    years = [cell for cell in row.cells if is_year(cell.text)]
    return bool(years) and len(years) == len(row.cells) and bool(row.label) and not heads_columns(row)


def heads_columns(row: Row) -> bool:
    """Whether a row names columns: it has cells, and none of them is a figure, unless they are numbered."""
    if not row.cells or any(is_figure(cell.text) for cell in row.cells):
        return numbers_columns(row)
    if all(is_year(cell.text) for cell in row.cells):
        return not row.label or bool(times(row.label)) or row.label.startswith("(") or row.label.endswith(":")
    return True


def numbers_columns(row: Row) -> bool:
    """Whether a row without a label counts columns from one: '1 2 3 4' under 'Quarter', 'Year' beside them."""
    numbers = [cell.text.strip("() ") for cell in row.cells if is_figure(cell.text)]
    return not row.label and len(numbers) > 1 and numbers == [str(one) for one in range(1, len(numbers) + 1)]


NOTE = regex(r"(?:see )?note \d{1,2}", re.IGNORECASE)
"""What stands in the place of figures that a note below the table tells."""
WIDE = 40
"""Characters of a lone heading over columns from which on it titles the table rather than columns."""
HEADS_ROWS = regex(r"[A-Z][^().]{2,60}(?:\([A-Z&]{1,8}\))?:?$")


def panels(table: Table) -> tuple[Panel, ...]:
    """The parts of a table, each with its own column headings."""
    return tuple(with_stubs(with_titles(panel, table.columns)) for panel in parted(table))


def with_titles(panel: Panel, columns: int) -> Panel:
    """A panel, its headings that stand alone over everything moved to its titles."""
    rows = list(panel.header)
    titles = list(panel.titles)
    while rows and (not rows[0].cells or stands_over_all(rows[0], columns, alone=len(rows) == 1)):
        row = rows.pop(0)
        titles.append(replace(row, label=row.cells[0].text.lstrip("* ") if row.cells else row.label, cells=()))
    below: list[Row] = []
    while rows and stands_over_all(rows[-1], columns, alone=True):
        row = rows.pop()
        below.insert(0, replace(row, label=row.cells[0].text, cells=(), indent=left_of(panel)))
    return replace(panel, titles=tuple(titles), header=tuple(rows), body=(*below, *panel.body))


def stands_over_all(row: Row, columns: int, *, alone: bool) -> bool:
    """Whether a row of column headings is one text over the whole table, or too long to head a column."""
    if row.label or len(row.cells) != 1:
        return False
    cell = row.cells[0]
    return cell.first == 0 or (len(cell.text) >= WIDE and columns > 1 and not alone)


def left_of(panel: Panel) -> int:
    """How far in the outermost labels of a panel stand."""
    return min((row.indent for row in panel.body), default=0)


def with_stubs(panel: Panel) -> Panel:
    """A panel with the words beside its column headings that head the rows below."""
    heads = [
        (text, row)
        for text, row in stub_words(panel)
        if HEADS_ROWS.match(text) and not SCALE_LINE.search(text) and not ASIDE.match(text)
        if not (times(text) or TIME_LINE.match(text)) or dates_rows(panel)
    ]
    if not heads:
        return panel
    text, row = heads[-1]
    if kind_of(text, "", ()) in (StatementKind.BALANCE, StatementKind.CASH_FLOW):
        return replace(panel, titles=(*panel.titles, replace(row, label=text, cells=())))  # it begins a statement
    first = replace(row, label=text, cells=(), indent=left_of(panel), rule_above=Rule.NONE, rule_below=Rule.NONE)
    return replace(panel, stub=first)


def dates_rows(panel: Panel) -> bool:
    """Whether the lines of a panel are periods, so that words of time beside the column headings head them."""
    said = any(times(cell.text).days or times(cell.text).years for row in panel.header for cell in row.cells)
    labels = [row.label for row in panel.body if holds_figures(row)]
    return not said and bool(labels) and all(times(label) for label in labels)


def stub_words(panel: Panel) -> tuple[tuple[str, Row], ...]:
    """What stands beside column headings in the column of labels, lines that wrap inside parentheses joined."""
    found: list[tuple[str, Row]] = []
    for row in panel.header:
        if not row.label:
            continue
        if found and found[-1][0].count("(") > found[-1][0].count(")"):
            found[-1] = (f"{found[-1][0]} {row.label}", found[-1][1])
        else:
            found.append((row.label, row))
    return tuple(found)


def parted(table: Table) -> tuple[Panel, ...]:
    """A table parted where column headings come again."""
    found: list[Panel] = []
    header, body, rows = list(table.header), list[Row](), list(table.body)
    titles: list[Row] = []
    position = 0
    while position < len(rows):
        row = rows[position]
        if row.label and row.cells and all(NOTE.fullmatch(cell.text) for cell in row.cells):
            pass
        elif heads_columns(row) and any(map(holds_figures, body)) and starts_headings(rows[position:]):
            body, moved = without_tail(body)
            found.append(Panel(tuple(titles), tuple(header), tuple(body)))
            fresh = [row]
            while position + 1 < len(rows) and (heads_columns(rows[position + 1]) or tells_scale(rows[position + 1])):
                position += 1
                fresh.append(rows[position])
            header, body, titles = fresh, [], moved
        elif titles_rest(row) and any(map(holds_figures, body)):
            found.append(Panel(tuple(titles), tuple(header), tuple(body)))
            body, titles = [], [replace(row, label=row.cells[0].text, cells=())]
        elif heads_columns(row) and not any(map(holds_figures, body)):
            header, titles, body = (
                [*header, *(r for r in body if r.cells), row],
                [*titles, *(r for r in body if not r.cells)],
                [],
            )
        else:
            body.append(row)
        position += 1
    if not any(map(holds_figures, body)):
        return completed(found)
    found.append(Panel(tuple(titles), tuple(header), tuple(body), tail=tuple(without_tail(body)[1])))
    return completed(found)


def tells_scale(row: Row) -> bool:
    """Whether a row beneath column headings is nothing but a scale in parentheses."""
    return not row.cells and row.label.startswith("(") and scales(row.label) != Scales()


def titles_rest(row: Row) -> bool:
    """Whether words in the middle of a table, over several columns and nothing beside them, title what follows."""
    if row.label or len(row.cells) != 1 or not row.gap_above:
        return False
    cell = row.cells[0]
    return cell.last > cell.first and len(re.findall(r"[A-Za-z]{3,}", cell.text)) > 1 and not times(cell.text)


def starts_headings(rows: list[Row]) -> bool:
    """Whether rows that begin with a row of words go on to figures under it, and the words name columns."""
    run = []
    for row in rows:
        if not heads_columns(row):
            break
        run.append(row)
    texts = [cell.text for row in run for cell in row.cells]
    named = len(texts) > 1 or any(times(text) for text in texts)
    return named and any(map(holds_figures, rows[len(run) :]))


def without_tail(body: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows up to the last line of figures, and the words behind it, which title what comes next."""
    last = max(index for index, row in enumerate(body) if holds_figures(row))
    return body[: last + 1], body[last + 1 :]


def completed(found: list[Panel]) -> tuple[Panel, ...]:
    """The panels, later ones marked as repeating their headings, or given those upper headings that they lack."""
    made: list[Panel] = []
    for panel in found:
        if not made:
            made.append(panel)
            continue
        before, rows = made[-1].header, len(panel.header)
        timed = speaks_of_time(panel.header) or speaks_of_time(panel.titles)
        lowest = bool(wording(panel.header)) and wording(panel.header) == wording(before[-rows:])
        if wording(panel.header) == wording(before) and beside(panel) in (beside(made[-1]), ()):
            made.append(replace(panel, again=True))
        elif lowest or not timed:
            above = [row for row in before[:-rows] if row.cells] if lowest else before
            upper = tuple(row for row in above if speaks_of_time((row,)))
            made.append(replace(panel, header=(*upper, *panel.header)))
        else:
            made.append(panel)
    return tuple(panel for panel in made if any(map(holds_figures, panel.body)))


def wording(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """What column headings say and where, to tell whether they come again."""
    return tuple((re.sub(r"\W+", "", cell.text).lower(), cell.first) for row in rows for cell in row.cells)


def beside(panel: Panel) -> tuple[Times, ...]:
    """What the words above column headings and beside them say of time."""
    return tuple(found for row in (*panel.titles, *panel.header) if (found := times(row.label)))


def speaks_of_time(rows: Iterable[Row]) -> bool:
    """Whether rows name a period anywhere."""
    return any(times(text) for row in rows for text in (row.label, *(cell.text for cell in row.cells)))
