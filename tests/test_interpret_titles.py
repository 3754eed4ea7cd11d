"""The lines above a table: company, title, scale."""

from __future__ import annotations

import pytest

from cases import Case, read_cases
from interpret_tables import document, table
from xlsx_builder.interpret.company import company_of, released_on
from xlsx_builder.interpret.fiscal import calendar_of
from xlsx_builder.interpret.kinds import kind_of
from xlsx_builder.interpret.scales import scales
from xlsx_builder.interpret.titles import titles_of
from xlsx_builder.model.document import Paragraph
from xlsx_builder.model.statement import StatementKind


@pytest.mark.parametrize("case", read_cases("titles"))
def test_a_caption_is_told_apart(case: Case) -> None:
    found = titles_of(case.given.split("\n"), "Granby Valve Corporation")
    parts = (found.title, found.told.money, found.told.shares, found.entity or None)
    assert " | ".join("-" if part is None else str(part) for part in parts) == case.expected, case.place


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("(in millions of euros)", "EUR"),
        ("(dollars in thousands)", "USD"),
        ("(£ million)", "GBP"),
        ("(in thousands)", ""),
    ],
)
def test_a_currency_is_told_by_its_sign_or_name(text: str, currency: str) -> None:
    assert scales(text).currency == currency


COSTS = ["Cost of sales", "Research", "Selling expenses", "Freight", "Interest"]
"""Lines that make an income statement of those around them, where there are eight in all."""


@pytest.mark.parametrize(
    ("title", "labels", "kind"),
    [
        ("Condensed Consolidated Statements of Operations", [], StatementKind.INCOME),
        ("Consolidated Statement of Financial Position", [], StatementKind.BALANCE),
        ("Statements of Cash Flows", [], StatementKind.CASH_FLOW),
        ("Consolidated Statements of Shareholders' Equity", [], StatementKind.EQUITY),
        ("Net Sales by Geographic Region", [], StatementKind.SEGMENTS),
        ("Segment Income Statements", [], StatementKind.SEGMENTS),
        ("Reconciliation of Net Income to EBITDA", ["Net income", "Add: interest"], StatementKind.RECONCILIATION),
        ("Non-GAAP Summary", ["Revenue", "Net income"], StatementKind.OTHER),
        ("Third Quarter Guidance", ["GAAP margin", "Non-GAAP margin"], StatementKind.OTHER),
        ("", ["GAAP net income", "Amortization", "Non-GAAP net income"], StatementKind.RECONCILIATION),
        ("", ["Cash", "Total assets", "Total current liabilities"], StatementKind.BALANCE),
        ("", ["Net sales", *COSTS, "Income taxes", "Net income"], StatementKind.INCOME),
        ("", ["Net sales", *COSTS[1:], "Income taxes", "Net income"], StatementKind.OTHER),
        ("Computation of Net Income per Share", [], StatementKind.PER_SHARE),
        ("Employees", ["Full time"], StatementKind.OTHER),
    ],
)
def test_a_statement_has_a_kind(title: str, labels: list[str], kind: StatementKind) -> None:
    assert kind_of(title, "", labels) is kind


def test_the_company_is_named_as_its_prose_names_it() -> None:
    release = document(
        Paragraph(1, ("TOLEDO, Ohio, April 27, 2011 -- Granby Valve Corporation today reported its results.",)),
        table("Net sales  10  9", caption=("GRANBY VALVE CORPORATION", "STATEMENTS OF INCOME")),
    )
    assert company_of(release) == "Granby Valve Corporation"
    assert str(released_on(release, calendar_of(release))) == "2011-04-27"


def test_small_capitals_that_part_a_name_are_joined_as_the_prose_writes_it() -> None:
    release = document(
        Paragraph(1, ("TOLEDO, Ohio -- Grantco Valve Corporation today reported its results.",)),
        table("Net sales  10  9", caption=("GRA NTCO VALVE CORPORATION", "STATEMENTS OF INCOME")),
    )
    assert company_of(release) == "Grantco Valve Corporation"


@pytest.mark.parametrize(
    ("day", "released"),
    [
        ("April 28, 2022", "2022-04-28"),
        ("March 31, 2022", "None"),  # the period's own end
    ],
)
def test_a_day_among_the_first_titles_is_that_of_the_release(day: str, released: str) -> None:
    caption = ("Granby Valve Corporation", day, "Three Months Ended March 31, 2022")
    release = document(table("Net sales  10  9", caption=caption))
    assert str(released_on(release, calendar_of(release))) == released


@pytest.mark.parametrize(
    ("said", "company"),
    [
        ("GRANBY VALVE INC. REPORTS FOURTH QUARTER RESULTS", "Granby Valve Inc."),
        ("Granby Valve Announces Record Sales", "Granby Valve"),
        ("TOLEDO, Ohio -- Granby Valve Inc. today announced a dividend.", "Granby Valve Inc."),
        ("TOLEDO, Ohio -- The company today announced a dividend.", ""),
        ("Granby's own analysts posted lower targets.", ""),
        ("Fourth Quarter 2011 Reports", ""),
    ],
)
def test_a_company_is_who_reports_where_nothing_else_names_it(said: str, company: str) -> None:
    assert company_of(document(Paragraph(1, (said,)))) == company


def test_a_listed_company_is_named_before_its_symbol() -> None:
    release = document(
        Paragraph(1, ("TOLEDO, Ohio, April 27, 2011 -- Granby Valve Corporation (NYSE: GVC) reported.",))
    )
    assert company_of(release) == "Granby Valve Corporation"
