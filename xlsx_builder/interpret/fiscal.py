"""The company's calendar, learnt from the dates that a release prints: when its quarters and years end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from xlsx_builder.interpret.times import YEAR_ENDED, Day, Times, times
from xlsx_builder.model.document import Document, Paragraph
from xlsx_builder.model.months import is_month_end, last_day
from xlsx_builder.model.patterns import regex

DRIFT = timedelta(days=12)
"""How far the end of a 52-week year's quarter may stand from the end of its month."""
YEAR = timedelta(days=365)
NEAR = 90
"""Characters between a quarter and the date that is told beside it."""
ENDED = regex(r"\b(?:ended|ending|ends|end)\b", re.IGNORECASE)
ENDED_BEFORE = regex(r"\bended\b", re.IGNORECASE)
"""A quarter that is over; one of the outlook is 'ending'."""
DATE = 45
"""Characters behind 'ended' in which its date stands, and that of the year before."""


class Calendar(Struct, frozen=True):
    """Known period ends, and how the company numbers its quarters and years."""

    ends: tuple[date, ...] = ()
    """Dates at which periods of the release end, latest first."""
    year_end: int | None = None
    """Month in which the fiscal year ends; None where the release does not tell."""
    shift: int = 0
    """Year in which a fiscal year ends, less the year it is called by."""
    latest: date | None = None
    """End of the quarter that the release is about."""
    quarter: int | None = None
    """Number of that quarter."""

    def quarter_end(self, quarter: int, year: int) -> date | None:
        """The last day of a quarter of a year as the company names it; None where it cannot be known."""
        if self.year_end is None:
            return None
        months = (year + self.shift) * 12 + self.year_end - 1 - 3 * (4 - quarter)
        return self.end_near(months // 12, months % 12 + 1)

    def year_end_of(self, year: int) -> date | None:
        """The last day of a fiscal year; None where it cannot be known."""
        return self.quarter_end(4, year)

    def end_near(self, year: int, month: int) -> date | None:
        """The period end in or beside a month: one that is printed, or its last day where all are last days."""
        last = date(year, month, last_day(year, month))
        printed = [end for end in self.ends if abs(end - last) <= DRIFT]
        if printed:
            return min(printed, key=lambda end: abs(end - last))
        return last if self.ends and all(is_month_end(end) for end in self.ends) else None


def nearest_month(day: date) -> tuple[int, int]:
    """Year and month whose last day is nearest to a date."""
    if day.day > 15:
        return day.year, day.month
    before = day.replace(day=1) - timedelta(days=1)
    return before.year, before.month


def calendar_of(document: Document) -> Calendar:
    """What a release tells about the company's calendar, from its tables first and its prose second."""
    heads = [times(text) for text in header_texts(document)]
    captions = [p.text for block in document.blocks if not isinstance(block, Paragraph) for p in block.caption]
    prose = [*(block.text for block in document.blocks if isinstance(block, Paragraph)), *captions]
    ends = Counter(end for found in (*heads, *map(times, captions)) for end in dates_of(found))
    durations = [end for found in (*heads, *map(times, captions)) if found.months == 3 for end in dates_of(found)]
    stated = list(stated_quarters([" ".join(line.text for line in document.lines)]))
    later = {end for end in ends if end > max(durations, default=end)}
    ends.update(end for _, _, end in stated)
    past = list(stated_quarters([" ".join(line.text for line in document.lines)], ENDED_BEFORE))
    told = {end for _, _, end in past} & set(durations) or {end for _, _, end in stated}
    repeated = [end for end, times_printed in Counter(durations).items() if times_printed > 1]
    latest = max(told & set(durations) or told & later or repeated or durations or told or ends, default=None)
    quarter, called = headline(prose, [times(text) for text in header_texts(document)])
    year_end = called_year_end((*header_texts(document), *captions), latest)
    if stated:
        number, called_too, end = stated[0]
        year_end = (nearest_month(end)[1] - 1 + 3 * (4 - number)) % 12 + 1
        quarter = quarter if latest != end else number
        called = called_too or called
    elif latest and quarter and not year_end:
        year_end = (nearest_month(latest)[1] - 1 + 3 * (4 - quarter)) % 12 + 1
    elif latest and nearest_month(latest)[1] % 3 == 0 and not quarter and not year_end:
        year_end = 12
    if quarter is None and latest and year_end:
        quarter = (nearest_month(latest)[1] - year_end - 1) % 12 // 3 + 1
    shift = 0
    if latest and year_end and called:
        year, month = nearest_month(latest)
        shift = year + (month > year_end) - called
    return Calendar(tuple(sorted(ends, reverse=True)), year_end, shift if abs(shift) <= 1 else 0, latest, quarter)


def called_year_end(texts: Iterable[str], latest: date | None) -> int | None:
    """Month in which the year ends, by tables of 'years ended' on the last day that the release is about."""
    for text in texts:
        found = times(text)
        if YEAR_ENDED.search(text) and 12 in found.lengths and latest in dates_of(found):
            return nearest_month(latest)[1] if latest else None
    return None


def header_texts(document: Document) -> Iterable[str]:
    """The texts that stand over each column of each table, joined from top to bottom."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            continue
        parts = [row.label for row in block.body if not row.cells and dated(times(row.label))]
        for column in range(1, block.columns + 1):
            stack = " ".join(c.text for row in block.header for c in row.cells if c.first <= column <= c.last)
            yield stack
            if (said := times(stack)).years and not said.days:
                yield from (f"{label} {stack}" for label in parts)
        yield from (row.label for row in block.header if row.label)


def dated(found: Times) -> bool:
    """Whether a heading among the lines of a table names a length and a day, whose year stands over the columns."""
    return bool(found.lengths and found.days) and not found.years and not any(day.year for day in found.days)


def dates_of(found: Times) -> list[date]:
    """The full dates of a text, and those that a lone year completes."""
    made = []
    for day in found.days:
        if day.year:
            made.append(day.on())
        else:
            made.extend(day.on(year) for year in found.years)
    if found.days and found.days[0].year:
        made.extend(Day(None, found.days[0].month, found.days[0].day).on(year) for year in found.years)
    return [end for end in made if end is not None]


def stated_quarters(prose: Iterable[str], ended: re.Pattern[str] = ENDED) -> Iterable[tuple[int, int | None, date]]:
    """Quarter, fiscal year (where told) and end of each 'second quarter ended July 3, 2004' in the prose."""
    for text in prose:
        done = 0
        for found in ended.finditer(text):
            after = times(text[found.end() : found.end() + DATE])
            before = times(text[max(done, found.start() - NEAR) : found.start()])
            done = found.end() + DATE
            near = after.days[0].on() if after.days else None
            if near is None or before.compared:
                continue
            tail = times(text[found.end() : found.end() + NEAR].split(". ")[0])
            told = before if before.quarter else tail
            if before.quarter or (tail.quarter and before.months == 3):
                yield told.quarter or 0, told.years[0] if told.years and told.fiscal else None, near
                ends = (day.on() for day in after.days[1:])
                yield from ((told.quarter or 0, None, end) for end in ends if end and abs(near - end - YEAR) <= DRIFT)


def headline(prose: list[str], heads: list[Times]) -> tuple[int | None, int | None]:
    """Number and fiscal year of the quarter that a release is about: named first where a year stands with it."""
    named: Counter[int] = Counter()
    called: dict[int, Counter[int]] = {}
    for found in (*map(times, prose[:40]), *heads):
        if found.quarter:
            named[found.quarter] += 1
            if found.years:
                called.setdefault(found.quarter, Counter())[max(found.years)] += 1
    if not named:
        return None, None
    quarter = named.most_common(1)[0][0]
    years = called.get(quarter)
    return quarter, max(years) if years else None
