"""Calendar: which columns of the tables a period of the prose means, seen from the release's own period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from xlsx_builder.claims.periods import Reference
from xlsx_builder.model.months import is_month_end, last_day
from xlsx_builder.model.statement import Period, Statement, StatementKind, Statements

SLACK = 16
"""Days by which the ends of comparable periods may miss: a 53rd week, and a month-end beside a nearest Saturday."""
FLOWS = (StatementKind.INCOME, StatementKind.SEGMENTS, StatementKind.RECONCILIATION, StatementKind.OTHER)


class Want(Struct, frozen=True):
    """A period looked for."""

    months: int | None
    """None where any length will do."""
    end: date
    instant: bool = False
    """Whether the words speak of a day."""

    def fits(self, period: Period) -> bool:
        """Whether a column of that period is meant; a day also stands for a period that ends on it."""
        if period.end is None or abs((period.end - self.end).days) > SLACK:
            return False
        return period.instant or self.months is None or self.instant or period.months == self.months


class Calendar(Struct, frozen=True):
    """What the release calls its periods."""

    end: date
    """Last day of the period it reports."""
    months: int
    """Length of that period."""
    year: int
    """The fiscal year that it is called by."""
    quarter: int | None
    """Its number in that year, where the prose tells."""
    lengths: tuple[int, ...]
    """Lengths of the periods that end with it."""
    instants: tuple[date, ...]
    """Days of balance sheets, latest first."""
    years: tuple[date, ...]
    """Ends of whole years, latest first."""

    @property
    def current(self) -> Want:
        """The period that is meant where nothing is said."""
        return Want(self.months, self.end)

    def called(self, end: date) -> int:
        """The fiscal year of a period by its last day."""
        return self.year + round((end - self.end).days / 365.25)

    def means(self, reference: Reference, base: Want) -> tuple[Want, ...]:
        """The periods that an expression may mean, likeliest first.

        Args:
            reference: the expression.
            base: the period spoken of before it, from which 'a year ago' counts.
        """
        months = max(self.lengths) if reference.months == 0 else reference.months or base.months
        if reference.relation == "trailing":
            return tuple(Want(12, end) for end in self.years if end == self.end)
        if reference.day is not None:
            return (Want(reference.months if reference.months != 0 else months, reference.day, reference.instant),)
        if reference.relation == "yearend":
            return tuple(Want(None, day, instant=True) for day in self.instants if day != self.end) or (self.current,)
        return tuple(Want(months, end, reference.instant) for end in self._ends(reference, base, months))

    def _ends(self, reference: Reference, base: Want, months: int | None) -> tuple[date, ...]:
        if reference.year is not None and reference.quarter is None and months == 12:
            return tuple(end for end in self.years if self.called(end) == reference.year)
        shift = -12 if reference.relation == "prior" else -3 if reference.relation == "previous" else 0
        start = base.end
        if reference.quarter is not None and self.quarter is not None:
            start = shifted(self.end, 3 * (reference.quarter - self.quarter))
            start = shifted(start, -12) if reference.year is None and start > self.end else start
            if reference.year is not None:
                start = shifted(start, 12 * (reference.year - self.year))
        elif reference.year is not None:
            start = shifted(base.end, 12 * (reference.year - self.called(base.end)))
        elif reference.months == 12 and base.months != 12:
            return self.years[:1] if not shift else tuple(shifted(end, shift) for end in self.years[:1])
        return (shifted(start, shift),)

    def before(self, base: Want) -> tuple[Want, ...]:
        """What a period is compared with where nothing is said: a year before; for days also the last balance sheet."""
        year = Want(base.months, shifted(base.end, -12), base.instant)
        return (year, *(Want(None, day, instant=True) for day in self.instants if day < base.end))


def shifted(day: date, months: int) -> date:
    """The same day some months later or earlier, the last of a month staying the last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = last_day(year, month + 1)
    return date(year, month + 1, last if is_month_end(day) else min(day.day, last))


def _durations(statements: Iterable[Statement], kinds: Iterable[StatementKind]) -> list[Period]:
    wanted = tuple(kinds)
    return [
        column.period
        for statement in statements
        if statement.kind in wanted
        for column in statement.columns
        if column.period is not None and column.period.end is not None and not column.period.instant
    ]


def calendar(release: Statements, named: Iterable[Reference]) -> Calendar | None:
    """The release's calendar from its columns and from what the prose calls them; None where no column has a period."""
    statements = release.statements
    periods = (
        _durations(statements, (StatementKind.INCOME,))
        or _durations(statements, FLOWS)
        or _durations(statements, StatementKind)
    )
    if release.released is not None:  # those that end later are its outlook
        periods = [p for p in periods if p.end is not None and p.end <= release.released] or periods
    names = list(named)
    days = [name.day for name in names if name.day is not None and not name.instant]
    if not periods and not days:
        return None
    end = max((period.end for period in periods if period.end is not None), default=None) or max(days)
    everything = _durations(statements, StatementKind)
    lengths = sorted({p.months for p in periods if p.end == end and p.months}) or [3]
    day = {
        column.period.end
        for statement in statements
        for column in statement.columns
        if column.period is not None and column.period.instant and column.period.end is not None
    }
    years = {p.end for p in everything if p.months == 12 and p.end is not None}
    quarter = _quarter(names, end, lengths[0])
    return Calendar(
        end,
        lengths[0],
        end.year + _offset(names, end, quarter),
        quarter,
        tuple(lengths),
        tuple(sorted(day, reverse=True)),
        tuple(sorted(years, reverse=True)),
    )


def _offset(names: list[Reference], end: date, quarter: int | None) -> int:
    """By how much the fiscal year runs ahead of the calendar's."""
    for name in names:
        if name.year is not None and name.day is not None and abs((name.day - end).days) <= SLACK:
            return name.year - end.year
    told = [n for n in names if n.year is not None and (n.months in {3, 6, 9} or n.quarter is not None)]
    own = [n.year - end.year for n in told if n.year is not None and n.quarter in {None, quarter}]
    usual = _usual(end, quarter)
    votes = Counter(offset for offset in own if offset in usual)
    often = [offset for offset, count in votes.items() if 2 * count >= max(votes.values())]
    return max(often, default=0)


def _usual(end: date, quarter: int | None) -> tuple[int, ...]:
    """The offsets there may be: a fiscal year is called as that of its last day, early in the year also as the last."""
    if quarter is None:
        return (-1, 0, 1) if end.month <= 3 else (0, 1)
    last = shifted(end, 3 * (4 - quarter))
    return (last.year - end.year - 1, last.year - end.year) if last.month <= 3 else (last.year - end.year,)


def _quarter(names: list[Reference], end: date, months: int) -> int | None:
    if months == 12:
        return 4
    for name in names:
        if name.quarter is not None and name.day is not None and abs((name.day - end).days) <= SLACK:
            return name.quarter
    return next((name.quarter for name in names if name.quarter is not None), None)
