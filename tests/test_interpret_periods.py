"""What stands over a column becomes its period."""

from __future__ import annotations

from datetime import date

import pytest

from cases import Case, read_cases
from interpret_tables import document, table
from xlsx_builder.interpret.fiscal import Calendar, calendar_of
from xlsx_builder.interpret.periods import period_of
from xlsx_builder.interpret.times import Day, times
from xlsx_builder.model.document import Paragraph
from xlsx_builder.model.statement import Period

ENDS = (date(2019, 6, 29), date(2018, 12, 29), date(2018, 6, 30))
CALENDAR = Calendar(ends=ENDS, year_end=12, shift=0, latest=date(2019, 6, 29), quarter=2)


def shown(period: Period | None) -> str:
    if period is None:
        return "none"
    return f"{period.months or '-'} {period.end or '?'}"


@pytest.mark.parametrize("case", read_cases("periods"))
def test_a_heading_is_a_period(case: Case) -> None:
    over, _, above = case.given.partition("@")
    found = period_of(times(over.replace("|", " ")), times(above), CALENDAR)
    assert shown(found) == case.expected, case.place


def test_what_is_compared_tells_no_time_but_where_nothing_else_does() -> None:
    assert times("June 30, 2014 versus June 30, 2013").days == (Day(2014, 6, 30),)
    assert times("Versus June 30, 2013").days == (Day(2013, 6, 30),)


def test_a_balance_under_a_bare_year_is_of_a_day() -> None:
    assert period_of(times("2018"), times("December 31,"), CALENDAR, balances=True) == Period(None, date(2018, 12, 31))


def test_words_that_only_look_like_months_are_no_dates() -> None:
    assert not times("Totals may not add")
    assert times("May 3, 2019").days == (Day(2019, 5, 3),)


def test_an_amount_is_no_year() -> None:
    assert not times("$1,995")
    assert not times("12.1998")


def test_the_calendar_is_learnt_from_the_prose_and_the_tables() -> None:
    release = document(
        Paragraph(
            1, ("Fennimore Tools announced results for its third quarter of fiscal 2012 ended January 28, 2012.",)
        ),
        table(
            """
  |^Three Months Ended
  |January 28, 2012  January 29, 2011
Net sales  10  9
""",
            header=2,
        ),
    )
    found = calendar_of(release)
    assert (found.latest, found.quarter, found.year_end, found.shift) == (date(2012, 1, 28), 3, 4, 0)
    assert found.quarter_end(3, 2011) == date(2011, 1, 29)
    assert found.quarter_end(2, 2012) is None, "no 52-week quarter is guessed"


def test_ends_of_months_are_known_where_every_period_ends_so() -> None:
    found = Calendar((date(2019, 6, 30), date(2018, 6, 30)), 12, 0, date(2019, 6, 30), 2)
    assert found.quarter_end(3, 2019) == date(2019, 9, 30)
    assert found.year_end_of(2019) == date(2019, 12, 31)


def test_a_fiscal_year_may_be_called_by_the_year_in_which_it_begins() -> None:
    release = document(
        Paragraph(1, ("Results for the first quarter of fiscal 2022 ended April 30, 2022 were strong.",)),
        table(
            """
  |^13 Weeks Ended
  |April 30, 2022  May 1, 2021
Net sales  10  9
""",
            header=2,
        ),
    )
    assert calendar_of(release).shift == 1
