"""Sums across the columns of a statement."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from infer_statements import formulas, release
from xlsx_builder.infer import infer
from xlsx_builder.model.statement import Column, ColumnRole, Period

QUARTER = Period(3, date(2020, 3, 31))
TEXT = "Sales  7,673  1,027  8,700\nCosts  7,631  997  8,628\nInterest  41  27  68"


def columns(*headers: str) -> tuple[Column, ...]:
    return tuple(Column(ColumnRole.PERIOD, QUARTER, header) for header in headers)


def test_segments_add_up_to_the_company() -> None:
    (found,) = infer(release(TEXT, columns("Inland", "Abroad", "Consolidated")))[0].columns
    assert (found.total, found.terms) == (2, ((0, 1), (1, 1)))
    assert (found.evidence.columns_held, found.evidence.columns_tested) == (3, 3)


def test_the_company_may_stand_before_its_segments() -> None:
    text = "Sales  8,700  7,673  1,027\nCosts  8,628  7,631  997\nInterest  68  41  27"
    (found,) = infer(release(text, columns("Consolidated", "Inland", "Abroad")))[0].columns
    assert (found.total, found.terms) == (0, ((1, 1), (2, 1)))


def test_what_is_better_or_worse_of_each_line_does_not_add_up_as_they_do() -> None:
    judged = Column(ColumnRole.CHANGE, None, "Favorable (unfavorable)")
    text = (
        "Net sales  28,294  32,342  (4,048)\nCost of sales  26,278  28,130  1,852\nGross profit  2,016  4,212  (2,196)"
    )
    statements = release(text, (*columns("Inland", "Abroad"), judged))
    assert formulas(statements, infer(statements)[0]) == ["Gross profit = Net sales - Cost of sales"]


def test_columns_of_different_periods_do_not_add_up() -> None:
    assert infer(release(TEXT))[0].columns == ()


def test_rates_do_not_count_against_a_sum_of_columns() -> None:
    (found,) = infer(release(TEXT + "\nMargin  0.5%  2.9%  0.8%", columns("Inland", "Abroad", "Consolidated")))[
        0
    ].columns
    assert found.evidence.columns_tested == 3


def test_what_adjustments_start_from_is_the_figure_that_other_statements_show() -> None:
    text = "Revenue  8,700  8,120\nOperating income  4,503  4,541\n\n"
    text += "Revenue  8,700  0  8,700\nOperating income  4,503  1,087  5,590\nNet income  3,189  1,046  4,235"
    statements = release(text)
    income, bridge = statements.statements
    bases = [Column(ColumnRole.PERIOD, QUARTER, basis, basis=basis) for basis in ("gaap", "adjustment", "non_gaap")]
    found = infer(replace(statements, statements=(income, replace(bridge, columns=tuple(bases)))))[0]
    assert [(one.line, one.source) for one in found.ties] == [("t1.1", "t0.1"), ("t1.2", "t0.2")]


def periods(*spans: tuple[int, date | None]) -> tuple[Column, ...]:
    return tuple(Column(ColumnRole.PERIOD, Period(months, end), f"{months} months to {end}") for months, end in spans)


MARCH, JUNE, SEPTEMBER, DECEMBER = (date(2023, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)))
QUARTERS = periods((3, MARCH), (3, JUNE), (3, SEPTEMBER), (3, DECEMBER), (12, DECEMBER))
FLOWS = """Net sales  1,200  1,310  1,405  1,533  5,448
Cost of sales  700  742  801  873  3,116
Plant closure  -  -  -  44  44
Backlog at end of period  5,100  5,322  5,290  5,871  5,871"""


def over_time(text: str, spans: tuple[Column, ...]) -> list[tuple[int, tuple[tuple[int, int], ...], tuple[str, ...]]]:
    return [(one.total, one.terms, one.lines) for one in infer(release(text, spans))[0].columns]


def test_a_year_is_the_sum_of_its_quarters_where_lines_are_flows_and_not_levels() -> None:
    quarters = ((0, 1), (1, 1), (2, 1), (3, 1))
    assert over_time(FLOWS, QUARTERS) == [(4, quarters, ("t0.1", "t0.2", "t0.3"))]


def test_quarters_without_dates_stand_beside_their_year() -> None:
    undated = periods((3, None), (3, None), (3, None), (3, None), (12, None))
    assert over_time(FLOWS, undated) == over_time(FLOWS, QUARTERS)


def test_half_years_and_nine_months_nest() -> None:
    text = "Net sales  1,200  1,310  2,510  1,405  3,915  1,533  5,448\nCosts  700  742  1,442  801  2,243  873  3,116"
    spans = ((3, MARCH), (3, JUNE), (6, JUNE), (3, SEPTEMBER), (9, SEPTEMBER), (3, DECEMBER), (12, DECEMBER))
    found = [(total, terms) for total, terms, _ in over_time(text, periods(*spans))]
    assert found == [(2, ((0, 1), (1, 1))), (4, ((2, 1), (3, 1))), (6, ((4, 1), (5, 1)))]


def test_the_last_twelve_months_are_the_year_and_what_came_after_less_what_came_a_year_before() -> None:
    text = "Net income  155  140  612  627\nInterest  20  23  88  85\nDepreciation  90  81  333  342"
    spans = periods((3, date(2024, 3, 31)), (3, MARCH), (12, DECEMBER), (12, date(2024, 3, 31)))
    assert [one[:2] for one in over_time(text, spans)] == [(3, ((0, 1), (1, -1), (2, 1)))]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (FLOWS.splitlines()[0], QUARTERS),
        ("kind: balance_sheet\n" + FLOWS, QUARTERS),
        (FLOWS.replace("5,448", "5,848"), QUARTERS),
        (FLOWS, (*QUARTERS[:3], QUARTERS[2], QUARTERS[4])),
    ],
    ids=["one line", "a balance sheet", "one of two lines fails", "two columns of one quarter"],
)
def test_columns_of_which_too_little_says_that_they_add_up_stay_inputs(text: str, spans: tuple[Column, ...]) -> None:
    assert over_time(text, spans) == []


def test_the_ends_of_ranges_add_up_each_by_itself() -> None:
    text = "Sales  7,673  7,800  1,027  1,100  8,700  8,900\nCosts  7,631  7,740  997  1,013  8,628  8,753"
    text += "\nInterest  41  47  27  29  68  76"
    found = infer(release(text, columns("Inland", "Inland", "Abroad", "Abroad", "Total", "Total")))[0].columns
    assert [(one.total, one.terms) for one in found] == [(4, ((0, 1), (2, 1))), (5, ((1, 1), (3, 1)))]


def test_no_column_is_the_sum_of_others_that_is_a_sum_of_it() -> None:
    text = "Balance  206  1,962  7,429  (16)  16  9,597\nIncome  0  0  223  0  0  223\nOptions  0  68  0  0  0  68"
    text += "\nAt the end  206  2,030  7,652  (16)  16  9,888"
    headers = ("Stock", "Paid in", "Retained", "Trust", "Liability", "Total")
    found = infer(release(text, columns(*headers)))[0].columns
    assert [one.total for one in found] == [5]
