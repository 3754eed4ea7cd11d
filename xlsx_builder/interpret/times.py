"""What a text says of time, word by word: lengths, dates, years, quarters; nothing is resolved here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from xlsx_builder.interpret.short_times import century, spelt_out
from xlsx_builder.interpret.time_words import COUNT, MONTH, MONTHS, ONES, ORDINAL, ORDINALS, WORDS, YEAR
from xlsx_builder.model.months import is_month_end, last_day
from xlsx_builder.model.patterns import regex


class Day(Struct, frozen=True):
    """A date as printed, perhaps without its year, perhaps only a month."""

    year: int | None
    month: int
    day: int | None
    """None where only the month is named: its last day is meant."""

    def on(self, year: int | None = None) -> date | None:
        """The date, in the year given where it names none; None where there is no such day."""
        within = self.year or year
        if within is None:
            return None
        last = last_day(within, self.month)
        # A leap day named for two years ('February 29, 2004 and 2003') is the last of February in the other.
        return date(within, self.month, min(self.day or last, last))


class Times(Struct, frozen=True):
    """The time words of a text."""

    months: int | None = None
    """The length that is named first."""
    lengths: tuple[int, ...] = ()
    """All lengths in months, in order."""
    days: tuple[Day, ...] = ()
    years: tuple[int, ...] = ()
    """Years that stand alone."""
    quarter: int | None = None
    fiscal: bool = False
    """Whether a year is called a fiscal one."""
    to_date: bool = False
    """Whether it is 'year to date'."""
    trailing: bool = False
    """Whether the first length runs up to each day or quarter named, whatever its number: 'Trailing Four Quarters'."""
    compared: bool = False
    """Whether the text compares two times; the first is then what it is about."""

    def __bool__(self) -> bool:
        """Whether anything is said of time."""
        return bool(self.lengths or self.days or self.years or self.quarter or self.to_date)

    @property
    def placed(self) -> bool:
        """Whether that may be a period of its own, rather than how a figure is reckoned: 'LTM earnings'."""
        return bool(self) and (not self.trailing or bool(self.days or self.years or self.quarter))


DATES = (
    regex(rf"(?P<year>{YEAR})[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?!\d)", re.IGNORECASE),
    regex(r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?![\d/])", re.IGNORECASE),
    regex(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)"),
    regex(rf"(?<!\d)(?P<day>\d{{1,2}})[-\s](?P<month>{MONTH})[-\s,]*(?P<year>{YEAR}|\d\d)(?!\d)", re.IGNORECASE),
    regex(
        rf"\b(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?:\s*,?\s*(?P<year>{YEAR}|['\u2019]\d\d))?",
        re.IGNORECASE,
    ),
    regex(rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{MONTH})(?!\w)", re.IGNORECASE),
    regex(rf"\b(?P<month>{MONTH})[\s,'\u2019-]*(?P<year>{YEAR})", re.IGNORECASE),
    regex(rf"(?:ended|ending|at|of)\s+(?P<month>{MONTH})(?!\w)", re.IGNORECASE),
    regex(r"(?:ended|ending|at|of)\s+(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])", re.IGNORECASE),
)
QUARTERS = (
    regex(rf"\b(?P<quarter>{ORDINAL})[-\s]+(?:fiscal\s+)?(?:quarter|qtr)s?\b", re.IGNORECASE),
    regex(r"\bQ(?P<quarter>[1-4])(?![\d.,])(?:\s?['\u2019]?(?P<year>\d\d)\b(?!\d))?", re.IGNORECASE),
    regex(r"\b(?P<quarter>[1-4])Q(?:\s?['\u2019]?(?P<year>\d\d)\b)?", re.IGNORECASE),
    regex(rf"\b(?:fiscal\s+)?quarter\s+(?P<quarter>{ORDINAL}|{'|'.join(ONES[:4])}|[1-4])\b", re.IGNORECASE),
)
COUNTED = regex(
    rf"\b(?P<trailing>(?:trailing|rolling|last|latest|past)[-\s]+)?(?P<count>{COUNT})[-\s]*(?:fiscal\s+)?"
    r"(?P<unit>months?|mos?|weeks?|wks?|quarters?)\b\.?",
    re.IGNORECASE,
)
A_YEAR = {"m": 12, "w": 52, "q": 4}
"""How many of a unit, by its first letter, are a year."""
TRAILING_YEAR = regex(r"\b(?:LTM|TTM)\b|\btrailing\s+(?:fiscal\s+)?year\b", re.IGNORECASE)
LENGTHS = (
    (TRAILING_YEAR, 12),
    (regex(r"\bmonth\s+(?:ended|ending|of)\b", re.IGNORECASE), 1),
    (regex(r"\b(?:quarters?|qtr\.?|three-month)\s+(?:period\s+)?(?:ended|ending)\b", re.IGNORECASE), 3),
    (regex(rf"\b(?:{ORDINAL}\s+half|half[-\s]year|six-month|[12]H|H[12])\b", re.IGNORECASE), 6),
    (
        regex(
            r"\b(?:fiscal\s+)?years?\s+(?:ended|ending|to(?!\s+date))\b|\bfull[-\s](?:fiscal\s+)?year\b|\btwelve-month",
            re.IGNORECASE,
        ),
        12,
    ),
    (regex(rf"\bfiscal\s+years?\s+(?={YEAR})|\bFY\s?['\u2019]?(?=\d\d)|\bannual\b", re.IGNORECASE), 12),
    (regex(r"\b(?:the\s+)?quarter\b", re.IGNORECASE), 3),
    (regex(rf"^\W*(?:fiscal\s+)?years?(?=\W*(?:{YEAR}\W*)*$)", re.IGNORECASE), 12),
    (regex(r"(?<=(?:19|20)\d\d )(?:(?:fiscal\s+|total\s+)?years?|FY)\W*$", re.IGNORECASE), 12),
)
FISCAL_YEAR = regex(
    rf"\b(?:FY\s?['\u2019]?(?P<short>(?:19|20)?\d\d)\b|fiscal(?:\s+years?)?\s+(?P<long>{YEAR}))", re.IGNORECASE
)
LONE_YEAR = regex(rf"(?<![\d/.,$'-])(?P<year>{YEAR})[EAP]?(?![\d/%]|,\d|\.\d)")
SHORT_YEAR = regex(r"(?<!\w)['\u2019](?P<year>\d\d)\b")
TO_DATE = regex(r"\byear[-\s]to[-\s]date\b|\bYTD\b", re.IGNORECASE)
MONTH_SPAN = regex(
    rf"\b(?P<first>{MONTH})\s?(?:[^\w\s,.;/&]|to|through|thru|until)\s?(?P<last>{MONTH})(?!\w|\s\d{{1,2}}\b)",
    re.IGNORECASE,
)
"""'Jan-Sep', not followed by a day."""
TIMELY = regex(
    rf"\d|\b{MONTH}|\bmos?\b|month|week|wk|quarter|qtr|year|half|annual|ltm|ttm|ytd|fiscal",
    re.IGNORECASE,
)
"""What every text has that says something of time; most labels have none of it."""
YEAR_ENDED = regex(r"\b(?:years?|52 weeks|53 weeks) (?:ended|ending)\b", re.IGNORECASE)
COMPARED = regex(r"\b(?:compared (?:to|with)|versus|vs\.?|over)\b", re.IGNORECASE)


CACHED = 8192
"""Texts remembered: the cells and headings of a large release, which are asked for again and again."""


@lru_cache(maxsize=CACHED)
def times(text: str) -> Times:
    """What a text says of time."""
    text = spelt_out(" ".join(text.replace("\u00a0", " ").split()))
    if not TIMELY.search(text):
        return Times()
    compared = COMPARED.search(text)
    if compared and times(text[: compared.start()]):
        about = times(text[: compared.start()])
        return Times(
            about.months,
            about.lengths,
            about.days,
            about.years,
            about.quarter,
            about.fiscal,
            about.to_date,
            trailing=about.trailing,
            compared=True,
        )
    to_date = bool(TO_DATE.search(text))
    rest = TO_DATE.sub(" ", text)
    months = MONTH_SPAN.search(rest)
    days, rest = without_days(MONTH_SPAN.sub(r"\g<last>", rest))
    between = months_between(months["first"], months["last"]) if months else span_of(text, days)
    days = days[-1:] if between else days
    fiscal_years, fiscal_rest = without_fiscal_years(rest)
    quarter, quarter_years, fiscal_rest = without_quarter(fiscal_rest)
    lengths, fiscal_rest = without_lengths(fiscal_rest)
    lengths = (between,) if between else lengths
    if not lengths and not quarter and fiscal_years and re.search(r"\bFY|fiscal\s+years?\s", rest, re.IGNORECASE):
        lengths = (12,)
    trailing = bool(lengths) and trailing_length(text) is not None
    if quarter and not trailing:
        lengths = (3, *(length for length in lengths if length not in (3, 12)))
    lone = [int(found["year"]) for found in LONE_YEAR.finditer(fiscal_rest)]
    short = [century(int(found["year"])) for found in SHORT_YEAR.finditer(fiscal_rest)]
    years = (*fiscal_years, *quarter_years, *lone, *short)
    if quarter and len(days) == 1 and YEAR_ENDED.search(text):
        days = (in_quarter(days[0], quarter, years),)
    fiscal = bool(fiscal_years) or bool(re.search(r"\bfiscal\b", text, re.IGNORECASE))
    return Times(lengths[0] if lengths else None, lengths, days, years, quarter, fiscal, to_date, trailing)


def in_quarter(year_end: Day, quarter: int, years: tuple[int, ...]) -> Day:
    """The month in which a quarter ends, of a year told by its last day; the day itself in a year of 52 weeks."""
    if quarter == 4:
        return year_end
    end = year_end.on(years[0] if len(set(years)) == 1 else None)
    if end and not is_month_end(end):
        day = end - timedelta(weeks=13 * (4 - quarter))
        return Day(day.year, day.month, day.day)
    over, month = divmod(year_end.month - 1 - 3 * (4 - quarter), 12)
    year = year_end.year or (years[0] if len(set(years)) == 1 else None)
    return Day(year and year + over, month + 1, None)


def months_between(first: str, last: str) -> int:
    """The months from the first named to the last, both counted."""
    return (MONTHS[last.lower().rstrip(".")] - MONTHS[first.lower().rstrip(".")]) % 12 + 1


def span_of(text: str, days: tuple[Day, ...]) -> int | None:
    """The months of a period told by its first and last day, 'from April 2 to December 31, 2019'; None for others."""
    if len(days) != 2 or not FROM_TO.search(text) or "inception" in text.lower():
        return None
    first, last = days[0].on(days[1].year), days[1].on()
    if first is None or last is None or not first < last:
        return None
    return max(1, round((last - first).days / MONTH_DAYS))


FROM_TO = regex(r"\b(?:from|period|commencing|beginning)\b.*\b(?:to|through|thru|until|and ending)\b", re.IGNORECASE)
MONTH_DAYS = 30.44


def without_days(text: str) -> tuple[tuple[Day, ...], str]:
    """The dates of a text in the order of their places, and the text with blanks in place of them."""
    found: list[tuple[int, Day]] = []
    for pattern in DATES:
        for match in pattern.finditer(text):
            day = day_of(match.groupdict())
            if day is not None:
                found.append((match.start(), day))
                text = blanked(text, match)
    return tuple(day for _, day in sorted(found, key=lambda pair: pair[0])), text


def day_of(parts: dict[str, str | None]) -> Day | None:
    """A date from the parts that a pattern named; None where no calendar has it."""
    name = (parts["month"] or "").lower().rstrip(".")
    month = MONTHS.get(name) or int(name)
    printed = parts.get("day")
    day = int(printed) if printed else None
    if day is not None and month > 12 >= day:
        day, month = month, day
    year = parts.get("year")
    full = century(int(year.strip("'\u2019"))) if year else None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= last_day(full or 2000, month)):
        return None
    return Day(full, month, day)


def without_fiscal_years(text: str) -> tuple[tuple[int, ...], str]:
    """Years that are called fiscal, and the text without them."""
    years = tuple(century(int(found["short"] or found["long"])) for found in FISCAL_YEAR.finditer(text))
    return years, FISCAL_YEAR.sub(" ", text)


def without_quarter(text: str) -> tuple[int | None, tuple[int, ...], str]:
    """The first quarter that a text numbers, years glued to it ('4Q05'), and the text without quarters."""
    quarter, years = None, []
    for pattern in QUARTERS:
        for found in pattern.finditer(text):
            name = found["quarter"].lower()
            number = ORDINALS.get(name) or WORDS.get(name) or int(name)
            quarter = quarter or number
            if found.groupdict().get("year"):
                years.append(century(int(found["year"])))
        text = pattern.sub(" ", text)
    return quarter, tuple(years), text


def trailing_length(text: str) -> re.Match[str] | None:
    """Where a text names a length that runs up to each of its periods: 'last twelve months'."""
    return next((found for found in COUNTED.finditer(text) if found["trailing"]), TRAILING_YEAR.search(text))


def without_lengths(text: str) -> tuple[tuple[int, ...], str]:
    """The lengths of a text in months in the order of their places, and the text without them."""
    found: list[tuple[int, int]] = []
    for match in COUNTED.finditer(text):
        text = blanked(text, match)
        word = match["count"].lower()
        length = round((WORDS.get(word) or int(word)) * 12 / A_YEAR[match["unit"][0].lower()])
        if length:
            found.append((match.start(), length))
    for pattern, months in LENGTHS:
        for match in pattern.finditer(text):
            text = blanked(text, match)
            found.append((match.start(), months))
    return tuple(length for _, length in sorted(found)), text


def blanked(text: str, found: re.Match[str]) -> str:
    """The text with blanks in the place of what was found."""
    return text[: found.start()] + " " * len(found[0]) + text[found.end() :]
