"""The period of a column, from what stands over it, above the table, and from the company's calendar."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from xlsx_builder.interpret.fiscal import DRIFT, Calendar
from xlsx_builder.interpret.times import MONTH_DAYS, Day, Times, in_quarter
from xlsx_builder.model.statement import Period


def period_of(over: Times, above: Times, calendar: Calendar, *, balances: bool = False) -> Period | None:
    """The period that a column of figures is about.

    Args:
        over: What the texts over the column say of time, from top to bottom.
        above: What the table's title says of time.
        calendar: The company's calendar.
        balances: Whether the table reports balances, so that a bare date or year is an instant.

    Returns:
        The period, its `end` None where the release does not tell it; None where nothing is said of time.
    """
    if not over:
        if not above or not single(above):
            return None
        over, above = above, Times()
    months = months_of(over, above, calendar)
    if over.years and not over.days and not over.quarter and months is None and not balances and not above.days:
        months = 12
    if balances and not over.months:
        months = None
    return Period(months, end_of(replace(over, months=months), above, calendar))


def since_inception(over: Times) -> Period:
    """The period from the day on which a company began, if the column's heading tells it, to the last day named."""
    days = sorted(end for day in over.days if (end := day.on(over.years[-1] if over.years else None)))
    if not days:
        return Period(None, None)
    months = round((days[-1] - days[0]).days / MONTH_DAYS) if len(days) > 1 else None
    return Period(months, days[-1])


def single(found: Times) -> bool:
    """Whether a text names one period, not several."""
    return len(found.days) <= 1 and len(set(found.lengths)) <= 1 and len(set(found.years)) <= 1


def months_of(over: Times, above: Times, calendar: Calendar) -> int | None:
    """The length of a column's period in months; None for a date."""
    if above.trailing and (over.quarter or (over.days and not over.lengths)):
        return above.months
    if over.to_date:
        return 3 * calendar.quarter if calendar.quarter else over.months
    if over.months:
        return over.months
    lengths = set(above.lengths)
    return above.months if len(lengths) == 1 else None


def end_of(over: Times, above: Times, calendar: Calendar) -> date | None:
    """The last day of a column's period; None where it cannot be known."""
    if over.days:
        return end_by_days(over, above, calendar)
    if over.years:
        return end_by_year(over, above, calendar)
    if over.quarter and len(set(above.years)) == 1 and not above.days:
        return calendar.quarter_end(over.quarter, above.years[0])
    if over.quarter:
        return quarter_beside(over.quarter, above, calendar)
    if (above.quarter or above.years) and not above.days and single(above):
        return end_of(replace(above, months=over.months), Times(), calendar)
    if len(above.days) == 1:
        return above.days[0].on(above.years[0] if above.years else None)
    if above.days or above.years:
        return None
    return calendar.latest


def quarter_beside(quarter: int, above: Times, calendar: Calendar) -> date | None:
    """The end of a quarter of no year under a title that names a day: it is the last such before that day."""
    if len(above.days) == 1 and 12 in above.lengths:
        return settled(in_quarter(above.days[0], quarter, above.years), None, calendar)
    if quarter == calendar.quarter:
        return calendar.latest
    day = above.days[0].on() if len(above.days) == 1 else None
    ends = [calendar.quarter_end(quarter, day.year + more) for more in (-1, 0, 1)] if day else []
    return max((end for end in ends if end and day and end <= day), default=None)


def end_by_days(over: Times, above: Times, calendar: Calendar) -> date | None:
    """The date over a column; of several dates the one in the year that stands alone below them."""
    year = over.years[-1] if over.years else None
    full = [day for day in over.days if day.year]
    if full and year is not None:
        exact = [day for day in full if day.year == year]
        day = exact[0] if exact else Day(year, full[0].month, full[0].day)
        return settled(day, None, calendar)
    if full:
        return settled(full[0], None, calendar) if len(full) == 1 or over.compared else None
    if len({(day.month, day.day) for day in over.days}) != 1:
        return None
    if year is None and not above.years and len(above.days) == 1 and above.days[0].year:
        return last_before(over.days[0], above.days[0], calendar)
    years = {year} if year is not None else set(above.years) | {day.year for day in above.days if day.year}
    return settled(over.days[0], years.pop(), calendar) if len(years) == 1 else None


def last_before(day: Day, last: Day, calendar: Calendar) -> date | None:
    """The date of a day of no year under a title that names a later one: 'May 1' of the year ended January 29, 2005."""
    end, limit = settled(day, last.year, calendar), last.on()
    return settled(day, limit.year - 1, calendar) if end and limit and end > limit else end


def settled(day: Day, year: int | None, calendar: Calendar) -> date | None:
    """The date of a day; where only its month is printed, the known period end in or beside that month."""
    end = day.on(year)
    if end is None or day.day is not None:
        return end
    return calendar.end_near(end.year, end.month) or end


def year_before(period: Period, calendar: Calendar) -> Period:
    """The same period a year earlier, its end where it is not printed the same day of the year."""
    if period.end is None:
        return period
    wanted = Day(period.end.year - 1, period.end.month, period.end.day).on()
    near = [end for end in calendar.ends if wanted and abs(end - wanted) <= DRIFT]
    return Period(period.months, near[0] if near else wanted)


def end_by_year(over: Times, above: Times, calendar: Calendar) -> date | None:
    """The end of a column's period where only its year stands over it."""
    year = over.years[-1]
    timed = over.months in above.lengths if above.lengths else not over.quarter
    other = over.quarter and above.quarter and over.quarter != above.quarter
    if above.days and not other and (not over.months or timed):
        exact = [day for day in above.days if day.year == year]
        if exact:
            return settled(exact[0], None, calendar)
        if not all(day.year for day in above.days) or year in above.years:
            return settled(Day(None, above.days[0].month, above.days[0].day), year, calendar)
    if over.quarter:
        return calendar.quarter_end(over.quarter, year)
    if over.to_date:
        return calendar.quarter_end(calendar.quarter, year) if calendar.quarter else None
    if over.months == 12:
        return calendar.year_end_of(year)
    return same_day(year, calendar)


def same_day(year: int, calendar: Calendar) -> date | None:
    """The day of another year on which the same quarter ended as the release's own."""
    if calendar.latest is None:
        return None
    wanted = Day(year, calendar.latest.month, calendar.latest.day).on()
    near = [end for end in calendar.ends if wanted and abs(end - wanted) <= DRIFT]
    return near[0] if near else calendar.end_near(year, calendar.latest.month)
