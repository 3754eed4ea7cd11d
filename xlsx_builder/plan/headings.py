"""What stands over a column of figures: one text for each, the same on every sheet that has the same period."""

from __future__ import annotations

from collections import Counter
from datetime import date

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Column, ColumnRole, Period, Unit

BASES = {"gaap": "GAAP", "non_gaap": "Non-GAAP", "adjustment": "Adjustments"}

OWN_UNITS = {
    Unit.PER_SHARE: "per share",
    Unit.SHARES: "shares",
    Unit.COUNT: "number",
    Unit.PERCENT: "%",
    Unit.RATIO: "ratio",
}
"""Said over columns that have a unit of their own; money needs no word."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


TIME = regex(
    r"\d+|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:\w*)|for|the|and|of|as|at|in|"
    r"ended|ending|(?:three|six|nine|twelve|first|second|third|fourth|fiscal)|(?:weeks?|months?|quarters?|years?|days?)|"
    r"q[1-4]|fy\d*|\d\d?/\d\d?/\d+"
)
"""Words of a printed heading that only tell its period."""


def day_text(day: date) -> str:
    """Sep 30, 2003."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def period_text(period: Period) -> str:
    """3 months ended / Sep 30, 2003; a date alone is 'As of' it."""
    first = "As of" if period.instant else f"{period.months} month{'' if period.months == 1 else 's'} ended"
    return f"{first}\n{day_text(period.end)}" if period.end else ""


def column_headings(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """A heading for each column, no two alike."""
    plain = [_heading(column) for column in columns]
    times = Counter(plain)
    printed = [_printed(column) for column in columns]
    told = [
        text if times[text] == 1 and text else _told_apart(text, own) for text, own in zip(plain, printed, strict=True)
    ]
    return _numbered(told)


def _told_apart(text: str, printed: str) -> str:
    """A heading that comes again, with what is printed over the column besides its period."""
    if not text or text == printed:
        return printed
    own = " ".join(word for word in printed.split() if not TIME.fullmatch(word.strip(".,:;()").lower()))
    return f"{own}\n{text}" if own else f"{text}\n{printed}"


def _heading(column: Column) -> str:
    if column.role in (ColumnRole.CHANGE, ColumnRole.PERCENT_CHANGE, ColumnRole.OTHER) or column.period is None:
        return _printed(column)
    period = period_text(column.period)
    if not period:
        return _printed(column)
    unit = "% of total" if column.role is ColumnRole.PERCENT_OF else OWN_UNITS.get(column.unit or Unit.MONEY, "")
    return "\n".join(part for part in (column.segment, BASES.get(column.basis, ""), period, unit) if part)


def _printed(column: Column) -> str:
    return " ".join(column.header.split())


def _numbered(texts: list[str]) -> tuple[str, ...]:
    """The texts, with numbers behind those that come again or say nothing."""
    seen: Counter[str] = Counter()
    numbered = []
    for number, text in enumerate(texts, start=1):
        shown = text or f"Column {number}"
        seen[shown] += 1
        numbered.append(shown if seen[shown] == 1 else f"{shown} ({seen[shown]})")
    return tuple(numbered)
