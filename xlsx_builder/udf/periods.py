"""Which column of a statement a cell means: '2003-09-30', '9 months ended Sep 30, 2003', 2003, or its number."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Column, ColumnRole, LineItem, Statement
from xlsx_builder.udf.values import Argument, NotFoundError, Value, single

MOST_COLUMNS = 99
"""Numbers up to here count columns; larger ones are years or days."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
DAY_ZERO = date(1899, 12, 30)
"""What spreadsheets count days from."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
ISO = regex(r"\b(\d{4})-(\d\d?)-(\d\d?)\b")
AMERICAN = regex(NAME + r"\s+(\d\d?)\s*,?\s+(\d{4})\b")
EUROPEAN = regex(r"\b(\d\d?)\.?\s+" + NAME + r"\s+(\d{4})\b")
YEAR = regex(r"\b(19|20|21)\d\d\b")
LENGTH = regex(r"\b(\d+)\s*(?:months?|mo?)\b")
QUARTER, WHOLE_YEAR = regex(r"\bquarter\b"), regex(r"\b(?:fiscal )?year\b")
FILLING = regex(r"\b(?:ended|ending|as|of|at|the|for)\b|[^\w%&/.-]+")
"""Words and marks of a heading that tell no two columns apart."""


class Wanted(Struct, frozen=True):
    """A column as asked for."""

    place: int | None = None
    """Number from the left among the columns of figures, from 1."""
    end: date | None = None
    year: int | None = None
    months: int | None = None
    words: tuple[str, ...] = ()
    """What else must stand over it."""
    said: tuple[str, ...] = ()
    """All words asked for; what must stand over a column whose period nobody knows."""

    def fits(self, column: Column) -> bool:
        """Whether a column can be the one; its place is not looked at."""
        period = column.period
        over = _plain(f"{column.header} {column.segment} {column.basis.replace('_', '-')}")
        if period is None or period.end is None:
            return all(word in over for word in self.said) and bool(self.said)
        if self.end is not None and period.end != self.end:
            return False
        if self.year is not None and period.end.year != self.year:
            return False
        if self.months is not None and period.months != self.months:
            return False
        return all(word in over for word in self.words)


def column_of(statement: Statement, item: LineItem, wanted: Wanted | None) -> int | None:
    """The first printed column that fits and holds a figure of the line; None where there is none."""
    filled = [index for index, fact in enumerate(item.facts) if fact.value is not None]
    if wanted is None:
        periods = [index for index in filled if statement.columns[index].role is ColumnRole.PERIOD]
        return next(iter(periods or filled), None)
    if wanted.place is not None:
        return wanted.place - 1 if wanted.place - 1 in filled else None
    return next((index for index in filled if wanted.fits(statement.columns[index])), None)


def wanted_of(period: Argument) -> Wanted | None:
    """What a cell asks for; None where it is empty.

    Raises:
        NotFoundError: nobody can tell.
    """
    cell = single(period, "period")
    if isinstance(cell, datetime):
        return Wanted(end=cell.date())
    if isinstance(cell, date):
        return Wanted(end=cell)
    if isinstance(cell, str):
        return _of_text(cell) if cell.strip() else None
    return None if cell is None else _of_number(cell)


def _of_number(cell: Value) -> Wanted:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        count = int(cell)
        if 1 <= count <= MOST_COLUMNS:
            return Wanted(place=count)
        if FIRST_YEAR <= count <= LAST_YEAR:
            return Wanted(year=count)
        if LAST_YEAR < count <= (date.max - DAY_ZERO).days:
            return Wanted(end=DAY_ZERO + timedelta(days=count))
    raise NotFoundError(f"no period is called {cell}.")


def _of_text(written: str) -> Wanted:
    rest = _plain(written)
    end, rest = _day(rest)
    year = None
    if end is None and (found := YEAR.search(rest)):
        year, rest = int(found[0]), YEAR.sub(" ", rest, count=1)
    months = None
    for pattern, length in ((LENGTH, None), (QUARTER, 3), (WHOLE_YEAR, 12)):
        if (found := pattern.search(rest)) and (end or year or pattern is LENGTH):
            months, rest = length or int(found[1]), pattern.sub(" ", rest, count=1)
            break
    words, said = (tuple(FILLING.sub(" ", each).split()) for each in (rest, _plain(written)))
    return Wanted(end=end, year=year, months=months, words=words, said=said)


def _day(rest: str) -> tuple[date | None, str]:
    """The first day that a text names, and the text without it."""
    for pattern, order in ((ISO, (1, 2, 3)), (AMERICAN, (3, 1, 2)), (EUROPEAN, (3, 2, 1))):
        if found := pattern.search(rest):
            year, month, day = (found[group] for group in order)
            number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
            try:
                return date(int(year), number, int(day)), pattern.sub(" ", rest, count=1)
            except ValueError:
                return None, rest
    return None, rest


def _plain(written: str) -> str:
    return " ".join(written.casefold().split())
