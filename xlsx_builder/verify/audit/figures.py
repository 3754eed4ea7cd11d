"""Which cells of a sheet are figures, which row heads them, and which columns are copies of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.facts import CellFact, Facts, Kind, SheetFact, is_number

YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:FY|Q[1-4]|H[12])\s?'?\d\d\b", re.IGNORECASE)
"""What the heading of a period holds."""
YEARS = range(1900, 2101)
HEADER_ROWS = 40
"""Rows in which a heading is looked for."""
NO_FIGURES = frozenset({Role.SOURCE, Role.PERIOD})
"""Roles whose numbers count nothing: citations and headings."""
SHEETS_KEPT = 64
"""Sheets whose answers are remembered: several rules ask the same."""
DATE_CODES = regex(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What a number format says literally."""


@lru_cache
def shows_date(number_format: str) -> bool:
    """Whether a number format shows days or times."""
    return bool(re.search(r"[ymdhs]", DATE_CODES.sub("", number_format), re.IGNORECASE)) and number_format != "General"


def is_year(cell: CellFact) -> bool:
    """Whether a typed number looks like a year, which heads figures and counts nothing."""
    plain = cell.look.number_format in ("General", "0")
    return cell.kind is Kind.NUMBER and plain and isinstance(cell.content, int) and cell.content in YEARS


def heads_period(cell: CellFact) -> bool:
    """Whether a cell may be the heading of a period's column."""
    if cell.kind is Kind.TEXT:
        return len(str(cell.content)) <= 120 and bool(YEAR.search(str(cell.content)))
    return is_year(cell) or isinstance(cell.content, date)


@lru_cache(maxsize=SHEETS_KEPT)
def header_row(sheet: SheetFact) -> int:
    """The row with the headings of periods, above columns of figures; 0 where there is none."""
    best, most = 0, 1
    lowest = {c.place.column: c.place.row for c in sheet.cells.values() if c.kind in (Kind.NUMBER, Kind.FORMULA)}
    for row, cells in sheet.rows.items():
        if row > HEADER_ROWS:
            break
        periods = sum(heads_period(cell) and lowest.get(cell.place.column, 0) > row for cell in cells)
        if periods > most and periods * 2 >= sum(cell.kind is not Kind.TEXT for cell in cells):
            best, most = row, periods
    return best


@lru_cache(maxsize=SHEETS_KEPT)
def figures(facts: Facts, sheet: SheetFact) -> tuple[CellFact, ...]:
    """The cells of a sheet that count something: typed numbers and formulas that come to one."""
    return tuple(_figures(facts, sheet))


def _figures(facts: Facts, sheet: SheetFact) -> Iterator[CellFact]:
    head = header_row(sheet)
    for cell in sheet.cells.values():
        if cell.look.role in NO_FIGURES or cell.place.row == head or shows_date(cell.look.number_format):
            continue
        if (cell.kind is Kind.NUMBER and not is_year(cell)) or (
            cell.kind is Kind.FORMULA and is_number(facts.value(cell))
        ):
            yield cell


SIMILAR = 0.6
"""Share of the rows in which two columns must have the same formula to be copies of each other."""
SAME_ROWS = 2
"""Rows that show it at least; one may be chance."""
MOST_COLUMNS = 80
"""Beyond them, columns are compared with their neighbours only."""
NEIGHBOURS = 6


def blocks(sheet: SheetFact) -> list[range]:
    """The rows of each table of a sheet: a table begins at a row of headings, words only in several columns."""
    heads = [
        row
        for row, cells in sheet.rows.items()
        if len(cells) > SAME_ROWS - 1 and all(cell.kind is Kind.TEXT or is_year(cell) for cell in cells)
    ]
    starts = [0, *heads]
    return [range(one, other) for one, other in pairwise([*starts, sheet.last_row + 1]) if other > one]


def families(sheet: SheetFact, rows: range) -> tuple[frozenset[int], ...]:
    """Columns whose formulas run along the rows of a table: those with the same formulas in most rows."""
    columns: dict[int, dict[int, str]] = {}
    for row in rows:
        for cell in sheet.rows.get(row, ()):
            if cell.formula is not None:
                columns.setdefault(cell.place.column, {})[row] = cell.formula.relative
    kin = {column: {column} for column in columns}
    order = sorted(columns)
    reach = len(order) if len(order) <= MOST_COLUMNS else NEIGHBOURS
    for at, one in enumerate(order):
        for other in order[at + 1 : at + 1 + reach]:
            if kin[one] is not kin[other] and _alike(columns[one], columns[other]):
                kin[one] |= kin[other]
                for each in kin[other]:
                    kin[each] = kin[one]
    return tuple({min(family): frozenset(family) for family in kin.values() if len(family) > 1}.values())


def _alike(one: Mapping[int, str], other: Mapping[int, str]) -> bool:
    common = one.keys() & other.keys()
    same = sum(one[row] == other[row] for row in common)
    return same >= SAME_ROWS and same >= SIMILAR * len(common)
