"""The last days of months; the standard library's calendar would load how each language names them."""

from __future__ import annotations

from datetime import date

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def last_day(year: int, month: int) -> int:
    """How many days a month has, the first month being 1."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else DAYS[month - 1]


def is_month_end(day: date) -> bool:
    """Whether a date is the last of its month."""
    return day.day == last_day(day.year, day.month)
