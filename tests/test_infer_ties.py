"""When figures in two places are the same fact, and when they only look alike."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from infer_statements import links, release
from xlsx_builder.infer import infer
from xlsx_builder.model.statement import Column, ColumnRole, Period, Statements

QUARTER = Column(ColumnRole.PERIOD, Period(3, date(2020, 3, 31)), "Quarter ended March 31, 2020")
BEFORE = Column(ColumnRole.PERIOD, Period(3, date(2019, 3, 31)), "Quarter ended March 31, 2019")
CHANGE = Column(ColumnRole.CHANGE, None, "Change")
OUTLOOK = Column(ColumnRole.PERIOD, Period(3, None), "Second quarter")


def both(first: str, columns: tuple[Column, ...], second: str, others: tuple[Column, ...]) -> list[str]:
    """The ties between two statements with columns of their own."""
    statements = release(f"{first}\n\n{second}")
    one, other = statements.statements
    made = (replace(one, columns=columns), replace(other, columns=others))
    told = Statements(statements.company, None, made, (), statements.coverage)
    return links(told, infer(told)[0])


def test_a_quarter_that_is_not_told_is_no_quarter_that_is() -> None:
    line = "Adjusted earnings per share  3.80"
    assert both(line, (QUARTER,), line, (OUTLOOK,)) == []
    assert both(line, (OUTLOOK,), line, (OUTLOOK,)) == ["Adjusted earnings per share ~ Adjusted earnings per share"]


def test_changes_are_facts_where_a_line_shows_nothing_else() -> None:
    columns = (QUARTER, BEFORE, CHANGE)
    first, second = "Rents  5,212  4,871  341\nWind farms  n/a  n/a  (918)", "Less: Wind farms  n/a  n/a  918"
    assert both(first, columns, second, columns) == ["Less: Wind farms ~ -Wind farms"]
    assert both("Rents  5,212  4,871  341", columns, "Leases  n/a  n/a  341", columns) == []


def test_a_line_that_shows_two_figures_of_a_period_is_no_repeat_of_either() -> None:
    basic, diluted = (replace(QUARTER, segment=name) for name in ("Basic", "Diluted"))
    shares = "Net income  19,442"
    assert both(shares, (QUARTER,), "Adjusted net income  19,442  20,923", (basic, diluted)) == []
    assert both(shares, (QUARTER,), "Net income  19,442  19,442", (basic, diluted)) == ["Net income ~ Net income"]


def test_a_column_that_adjusts_may_differ() -> None:
    reported, adjusted = replace(QUARTER, basis="gaap"), replace(QUARTER, basis="non_gaap")
    found = both("Net income  19,442", (QUARTER,), "Net income  19,442  20,923", (reported, adjusted))
    assert found == ["Net income ~ Net income"]


def test_figures_under_one_heading_are_compared_like_those_of_one_period() -> None:
    reported, targeted, adjusted = (
        Column(ColumnRole.OTHER, None, name) for name in ("Reported", "Targeted", "Adjusted")
    )
    first, second = "Growth of the year  14.3  13.0", "Growth of the year  13.0  12.6"
    assert both(first, (reported, targeted), second, (reported, adjusted)) == []
    assert both(first, (reported, targeted), second, (targeted, adjusted)) != []


def test_a_total_without_a_label_is_called_as_its_block() -> None:
    first = "Revenues:\n  Pumps  5,156\n  Valves  5,637\n----\n  10,793"
    found = both(first, (QUARTER,), "Total revenues  10,793", (QUARTER,))
    assert found == ["Total revenues ~ Revenues: "]


def test_equal_adjustments_of_two_lines_are_no_repeat() -> None:
    columns = tuple(replace(QUARTER, header=basis, basis=basis) for basis in ("", "adjustment", "non_gaap"))
    statements = release("Revenue  26,530  (210)  26,320\nCost of revenue  15,832  (210)  15,622", columns)
    assert links(statements, infer(statements)[0]) == []
