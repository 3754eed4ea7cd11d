"""Whole releases, drawn in the tests and real, as statements."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from interpret_tables import document, table
from truths import RELEASES, STEMS, statements_of, truth
from xlsx_builder.interpret import interpret
from xlsx_builder.model.document import Block, Paragraph
from xlsx_builder.model.statement import (
    ColumnRole,
    Heading,
    Period,
    Statement,
    StatementKind,
    Statements,
    Unit,
)

HALF = "Period of six months ended June 30, 2014 and 2013 of Harlan Mills Inc., in thousands except per share data"


def only(*blocks: Block) -> Statement:
    statements, _ = interpret(document(*blocks))
    assert len(statements.statements) == 1
    return statements.statements[0]


def income(drawing: str, *, columns: int = 2, header: int = 2) -> Statement:
    caption = ("HARLAN MILLS INC.", "CONSOLIDATED STATEMENTS OF INCOME", "(In thousands, except per share data)")
    return only(table(drawing, caption=caption, columns=columns, header=header))


def test_columns_lines_and_facts_are_as_printed() -> None:
    found = income("""
  |^Six Months Ended June 30
  |2014  2013
Net sales  $ 1,250  $ 1,100
Cost of sales  (800)  (720)
Net income per share  $ .45  ---
""")
    assert (found.title, found.kind, found.scale) == ("Consolidated Statements of Income", StatementKind.INCOME, 3)
    assert [c.period for c in found.columns] == [Period(6, date(2014, 6, 30)), Period(6, date(2013, 6, 30))]
    sales, cost, per_share = found.items
    assert sales.values == (Decimal(1250), Decimal(1100))
    assert cost.values == (Decimal(-800), Decimal(-720))
    assert (per_share.unit, per_share.scale, per_share.values) == (Unit.PER_SHARE, 0, (Decimal("0.45"), Decimal(0)))
    assert per_share.facts[0].decimals == 2
    assert [item.line for item in found.items] == [3, 4, 5]


def test_ids_are_numbered_in_printed_order() -> None:
    found = income("""
  |^Six Months Ended June 30
  |2014  2013
Revenues:
  Net sales  1,250  1,100
  Other  10  11
""")
    assert found.id == "s1"
    assert [line.id for line in found.items] == ["s1.1", "s1.2"]
    assert found.lines[0] == Heading("Revenues", 0, 3)


def test_changes_and_per_cents_are_no_periods() -> None:
    found = income(
        """
  |^Six Months Ended June 30
  |2014  % of sales  2013  % Change
Net sales  $ 1,250  100.0%  $ 1,100  13.6%
Gross profit  450  36.0  380  18.4
""",
        columns=4,
    )
    roles = [column.role for column in found.columns]
    assert roles == [ColumnRole.PERIOD, ColumnRole.PERCENT_OF, ColumnRole.PERIOD, ColumnRole.PERCENT_CHANGE]
    assert found.columns[2].period == Period(6, date(2013, 6, 30))


def test_a_column_of_dollars_is_a_change_and_one_of_cents_has_its_own_unit() -> None:
    found = only(
        table(
            """
  |June 30, 2014  Change  Per Share
Special items  $ 41  $ (3)  $ 0.12
Divested mills  (264)  12  (0.56)
""",
            caption=("Harlan Mills Inc.", "Certain Items", "(in millions)"),
            columns=3,
            header=1,
        )
    )
    assert [column.role for column in found.columns][1] is ColumnRole.CHANGE
    assert (found.columns[2].unit, found.columns[2].scale) == (Unit.PER_SHARE, 0)
    assert all(item.unit is Unit.MONEY for item in found.items)


def test_a_column_of_things_beside_one_of_their_value_counts_them() -> None:
    found = only(
        table(
            """
  |Homes  $
West  412  148
South  655  131
""",
            caption=("Prairie Homes Inc.", "New Orders", "(in millions)"),
            columns=2,
            header=1,
        )
    )
    assert [(column.unit, column.scale) for column in found.columns] == [(Unit.COUNT, 0), (None, None)]


def test_a_column_of_per_cents_among_columns_of_money_has_its_own_unit() -> None:
    found = only(
        table(
            """
  |Operating Profit  Operating Margin  Profit
As reported  $ 1,855  13.7%  $ 1,537
Restructuring  13  0.1%  11
Adjusted  $ 1,868  13.8%  $ 1,548
""",
            caption=("Harlan Mills Inc.", "Adjusted Results", "(in millions)"),
            columns=3,
            header=1,
        )
    )
    assert [column.unit for column in found.columns] == [None, Unit.PERCENT, None]
    assert all(item.unit is Unit.MONEY for item in found.items)


def test_whole_figures_in_the_hundreds_are_no_amounts_per_share() -> None:
    found = income("""
  |^Six Months Ended June 30
  |2014  2013
Dividends under the per share plan  $ 1,250  $ 1,100
Dividends per share  .45  .40
""")
    assert [item.unit for item in found.items] == [Unit.MONEY, Unit.PER_SHARE]


def test_a_column_with_some_figures_in_cents_is_none_of_per_share_figures() -> None:
    drawing = "  |2014  Per share\nSales  100  1.25\nCosts  70  700\nIncome  30  300"
    found = only(table(drawing, caption=("Harlan Mills Inc.", "Results"), header=1))
    assert [column.unit for column in found.columns] == [None, None]


def test_words_of_time_beside_column_headings_head_lines_only_where_the_columns_are_no_times() -> None:
    caption = ("Harlan Mills Inc.", "Results by Quarter", "(in thousands)")
    years = only(table("Quarter ended  2014  2013\nMarch 31  10  9\nJune 30  12  11", caption=caption, header=1))
    drawing = "Quarter ended  Sales  Income\nMarch 31, 2014  10  9\nJune 30, 2014  12  11"
    measures = only(table(drawing, caption=caption, header=1))
    assert [item.section for item in years.items] == [(), ()]
    assert [item.section for item in measures.items] == [("Quarter ended",)] * 2


def test_what_announces_a_table_leads_up_to_it_over_another_paragraph() -> None:
    found = only(
        Paragraph(1, ("Selected figures (dollars in thousands):",)),
        Paragraph(2, ("All mills grew.",)),
        table("  |2014  2013\nNet sales  10  9\nCosts  12  11", header=1, start=3),
    )
    assert (found.title, found.scale) == ("Selected figures", 3)


def test_ranges_have_a_low_and_a_high_column() -> None:
    found = only(
        Paragraph(1, ("Outlook for the year",)),
        table(
            """
  |Fiscal 2015
Revenue  $1.20 - $1.25 billion
Tax rate  approximately 24.5%
New mills  3 to 4
""",
            caption=("Harlan Mills Inc.", "Outlook"),
            columns=1,
            header=1,
            start=2,
        ),
    )
    assert [column.header for column in found.columns] == ["Fiscal 2015 (low)", "Fiscal 2015 (high)"]
    revenue, rate, mills = found.items
    assert (revenue.values, revenue.scale) == ((Decimal("1.20"), Decimal("1.25")), 9)
    assert (rate.values, rate.unit) == ((Decimal("24.5"), None), Unit.PERCENT)
    assert mills.values == (Decimal(3), Decimal(4))
    assert found.kind is StatementKind.OTHER


def test_column_headings_that_come_again_part_a_table() -> None:
    statements, _ = interpret(
        document(
            table(
                """
  |^Six Months Ended June 30
  |2014  2013
Net sales  1,250  1,100
Balance Sheets
  |June 30, 2014  December 31, 2013
Cash  90  80
""",
                caption=("Harlan Mills Inc.", "Statements of Income", "(in thousands)"),
                header=2,
            )
        )
    )
    first, second = statements.statements
    assert [item.label for item in first.items] == ["Net sales"]
    assert second.kind is StatementKind.BALANCE
    assert second.columns[1].period == Period(None, date(2013, 12, 31))
    assert second.scale == 3, "the scale above the table goes for all of it"


def test_a_table_without_headings_goes_on_with_the_one_above() -> None:
    found = only(
        table(
            """
  |June 30, 2014  December 31, 2013
Current assets:
  Cash  90  80
Total assets  90  80
""",
            caption=("Harlan Mills Inc.", "Balance Sheets", "(in thousands)"),
            header=1,
        ),
        table(
            """
Debt  50  40
Total liabilities and equity  90  80
""",
            caption=("LIABILITIES AND EQUITY:",),
            start=9,
        ),
    )
    assert [item.section for item in found.items][-1] == ("LIABILITIES AND EQUITY",)


def test_one_statement_over_a_page_break_is_one() -> None:
    caption = ("HARLAN MILLS INC.", "STATEMENTS OF CASH FLOWS", "(in thousands)")
    again = ("HARLAN MILLS INC.", "STATEMENTS OF CASH FLOWS (continued)", "(in thousands)")
    heads = "  |^Six Months Ended June 30\n  |2014  2013\n"
    found = only(
        table(heads + "Operating activities\n  Net income  65  83", caption=caption, header=2),
        table(heads + "Investing activities\n  Purchases  (5)  (6)", caption=again, header=2, start=9),
    )
    assert [item.section for item in found.items] == [("Operating activities",), ("Investing activities",)]


def test_units_are_told_by_words_marks_and_headings() -> None:
    found = income("""
  |^Six Months Ended June 30
  |2014  2013
Net sales  $ 1,250  $ 1,100
Gross margin  36.0%  34.5%
Earnings per share:
  Basic  .45  .40
Weighted average shares outstanding  22,351  21,793
Repurchase of common shares  (12)  (9)
Effect of exchange rate changes  1.5  2.5
Average exchange rate  0.7353  0.7109
Number of stores  120  118
""")
    units = [item.unit for item in found.items]
    assert units == [
        Unit.MONEY,
        Unit.PERCENT,
        Unit.PER_SHARE,
        Unit.SHARES,
        Unit.MONEY,
        Unit.MONEY,
        Unit.RATIO,
        Unit.COUNT,
    ]
    assert [item.scale for item in found.items] == [3, 0, 0, 3, 3, 3, 0, 0]


def test_what_is_not_meaningful_is_nil_but_printed() -> None:
    found = income("""
  |^Six Months Ended June 30
  |2014  2013
Restructuring  n/m  (16)(a)
Other  .  *
""")
    restructuring, other = found.items
    assert restructuring.values == (None, Decimal(-16))
    assert restructuring.facts[0].text == "n/m"
    assert other.facts[0].line is None
    assert other.facts[1].text == "*"


def test_a_figure_that_cannot_be_read_is_left_with_its_line() -> None:
    release = document(
        table(
            """
  |June 30, 2014  December 31, 2013
Cash  90  1,23,4
""",
            caption=("Harlan Mills Inc.", "Balance Sheets"),
            header=1,
        )
    )
    statements, problems = interpret(release)
    assert (statements.coverage.seen, statements.coverage.placed, statements.coverage.left) == (2, 1, 1)
    assert [problem.line for problem in problems if "1,23,4" in problem.message] == [2]


def test_a_period_that_is_not_told_is_a_problem() -> None:
    release = document(
        table("  |Q3 FY15  Q2 FY15\nNet sales  10  9", caption=("Harlan Mills Inc.", "Summary"), header=1, start=7)
    )
    statements, problems = interpret(release)
    assert [column.period for column in statements.statements[0].columns] == [Period(3, None), Period(3, None)]
    assert all(problem.line == 7 for problem in problems)
    assert len(problems) == 2


def test_prose_is_kept_and_words_in_tables_make_no_statement() -> None:
    prose = Paragraph(1, (HALF,))
    statements, problems = interpret(document(prose, table("Contact:  Ann Field  ann@example.com", start=3)))
    assert statements.statements == ()
    assert statements.prose == (prose,)
    assert problems == ()


def test_words_beside_the_column_headings_head_the_lines() -> None:
    found = only(
        table(
            """
ASSETS  June 30, 2014  December 31, 2013
Cash  90  80
Total assets  90  80
""",
            caption=("HARLAN MILLS INC.", "BALANCE SHEETS", "(in thousands)"),
            header=1,
        )
    )
    assert [item.section for item in found.items] == [("ASSETS",), ("ASSETS",)]


def test_a_title_is_found_in_the_text_above_a_table_without_one() -> None:
    found = only(
        Paragraph(1, ("Sales by Region",), bold=True),
        Paragraph(2, ("The mills sold in these regions (in millions):",)),
        table("  |June 30, 2014  June 30, 2013\nNorth  10  9", header=1, start=3),
    )
    assert (found.title, found.scale, found.kind) == ("Sales by Region", 6, StatementKind.SEGMENTS)


def test_a_headline_with_an_amount_is_no_title() -> None:
    found = only(
        Paragraph(1, ("Harlan Mills Earns $1.25 per Share",), bold=True, centred=True),
        table("  |June 30, 2014  June 30, 2013\nCash  10  9", header=1, start=3),
    )
    assert found.title == ""


def test_a_title_may_say_that_all_amounts_are_per_share() -> None:
    found = only(
        table(
            """
  |June 30, 2014  June 30, 2013
As reported  0.41  0.38
Closing of a mill  0.05  ---
Average shares outstanding  22,351  21,793
""",
            caption=("Harlan Mills Inc.", "Items Impacting Earnings per Share"),
            header=1,
        )
    )
    assert [item.unit for item in found.items] == [Unit.PER_SHARE, Unit.PER_SHARE, Unit.SHARES]


def test_a_statement_with_some_per_cent_signs_is_one_of_per_cents() -> None:
    found = only(
        table(
            """
  |First Quarter 2014
Tax rate  22.0%
Adjustments  0.5
Adjusted tax rate  22.5%
""",
            caption=("Harlan Mills Inc.", "Tax"),
            columns=1,
            header=1,
        )
    )
    assert all((item.unit, item.scale) == (Unit.PERCENT, 0) for item in found.items)


def test_a_year_missing_over_a_column_is_that_of_its_left() -> None:
    found = only(
        table(
            """
  |^Three Months Ended May 31,
  |2014 Reported  Adjustments  2013 Reported  Adjustments
Operating income  450  12  380  9
""",
            caption=("Harlan Mills Inc.", "Results (in millions)"),
            columns=4,
            header=2,
        )
    )
    assert [column.period and column.period.end for column in found.columns] == [
        date(2014, 5, 31),
        date(2014, 5, 31),
        date(2013, 5, 31),
        date(2013, 5, 31),
    ]
    assert [column.basis for column in found.columns] == ["gaap", "adjustment", "gaap", "adjustment"]


# --- real releases ---------------------------------------------------------------------------------------------------


def cells(statements: Statements) -> list[tuple[object, ...]]:
    """Every figure with its line's words, its period and its scale."""
    return [
        (words(item.label), fact.value, column.role, column.period if column.role is ColumnRole.PERIOD else None)
        for statement in statements.statements
        for item in statement.items
        for column, fact in zip(statement.columns, item.facts, strict=True)
        if fact.value is not None
    ]


def words(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"\([a-h\d]{1,2}\)", "", label.lower()))


FLOOR = 0.85
"""Share of the figures of each labelled release that must be found with label, period and value."""


@pytest.mark.shared
@pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside the project")
@pytest.mark.parametrize("stem", STEMS)
def test_a_labelled_release_is_understood(stem: str) -> None:
    from xlsx_builder.read import read  # noqa: PLC0415 (the readers are not needed by the other tests)

    expected = truth(stem)
    release, _ = read(RELEASES / expected["release"])
    found, _ = interpret(release)
    wanted, have = cells(statements_of(expected)), cells(found)
    unlabelled = {(value, role, period) for label, value, role, period in have if not label}
    remaining = list(have)
    hits = 0
    for cell in wanted:
        if cell in remaining:
            remaining.remove(cell)
            hits += 1
        elif not cell[0] and cell[1:] in unlabelled:
            hits += 1
    assert hits >= FLOOR * len(wanted), f"{hits} of {len(wanted)} figures"
    assert found.coverage.left == 0


TRAILING = """
  |^{over}
  |{heads}
Operating cash flow  $ 400  $ 380
Capital expenditures  (120)  (110)
"""


@pytest.mark.parametrize(
    ("title", "over", "heads"),
    [
        ("Free cash flow - Trailing Four Quarters", "Fiscal 2014", "Q1  Q2"),
        ("Free cash flow - TTM", "Fiscal 2014", "Q1  Q2"),
        ("Free cash flow - trailing twelve months", "", "March 31, 2014  June 30, 2014"),
        ("Free cash flow", "Trailing 12 Months Ended", "March 31, 2014  June 30, 2014"),
        ("Free cash flow", "LTM", "March 31, 2014  June 30, 2014"),
    ],
)
def test_trailing_months_run_up_to_each_quarter_or_date(title: str, over: str, heads: str) -> None:
    calendar = Paragraph(1, ("Harlan Mills reported its second quarter of fiscal 2014 ended June 30, 2014.",))
    drawing = TRAILING.format(over=over, heads=heads)
    found = only(calendar, table(drawing, caption=("Harlan Mills Inc.", title), header=2, start=5))
    assert [c.period for c in found.columns] == [Period(12, date(2014, 3, 31)), Period(12, date(2014, 6, 30))]


EACH = "(a) Earnings are those of the trailing 12 months ended on each of the dates shown."


@pytest.mark.parametrize(
    ("title", "note", "months"),
    [
        ("Return on assets", EACH, 12),
        ("Return on assets", "(a) Debt is compared with earnings of the trailing 12 months.", None),
        ("Return on assets, three months ended", EACH, 3),
    ],
)
def test_a_note_may_tell_that_dates_end_twelve_months(title: str, note: str, months: int | None) -> None:
    drawn = table(
        """
  |June 30, 2014  June 30, 2013
Net earnings  $ 400  $ 380
Total assets  4,000  3,900
Return  10.0%  9.7%
""",
        caption=(title,),
        header=1,
    )
    found = only(drawn, Paragraph(9, (note,)))
    assert [c.period for c in found.columns] == [Period(months, date(2014, 6, 30)), Period(months, date(2013, 6, 30))]
