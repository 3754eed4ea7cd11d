"""What the sheets around the statements show: adjusted figures, identities, the release and what is known of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

import plan_cases
from cases import Case, read_cases
from xlsx_builder.model.statement import LineItem, Statement, StatementKind, Unit
from xlsx_builder.model.workbook import CellRef, ChartKind, Content, NumberKind, PlannedCell, Role, Sheet, Tab, Workbook
from xlsx_builder.plan.figures import scale_text
from xlsx_builder.plan.values import value_of


def test_the_line_under_a_title_says_currency_and_size() -> None:
    sales = LineItem("s1.1", "Net sales", (), 0, Unit.MONEY, 3, ())
    dollars = Statement("s1", StatementKind.INCOME, "Results", 3, "USD", (), (sales,), 1)
    assert scale_text(dollars) == "USD, in thousands"
    assert scale_text(replace(dollars, currency="")) == "In thousands"
    assert scale_text(replace(dollars, lines=(replace(sales, scale=0),))) == "USD, in whole units"


ACCOUNTS = """\
# income_statement: Statement of Income
columns: 3m 2024-03-31 | 3m 2023-03-31
a Net sales: 1000 | 900
b Cost of sales: 700 | 650
c Gross profit: 300 | 250 = a - b
d Other costs: 150 | 150
e Operating income: 150 | 100 = c - d
# balance_sheet: Balance Sheet
columns: 2024-03-31 | 2023-12-31
f Cash and cash equivalents: 80 | 60
g Plant: 120 | 130
h Total assets: 200 | 190 = f + g
i Debt: 110 | 100
j Capital: 90 | 90
k Total liabilities and shareholders' equity: 200 | 190 = i + j
# cash_flow: Statement of Cash Flows
columns: 3m 2024-03-31 | 3m 2023-03-31
l Change in cash: 20 | 5
m Cash at beginning of period: 60 | 35
n Cash at end of period: 80 | 40 = l + m
"""

NET_ASSETS = """\
# balance_sheet: Statement of Net Assets
columns: 2024-03-31 | 2023-12-31
a Cash: 80 | 60
b Plant: 120 | 130
c Total assets: 200 | 190 = a + b
d Debt: 110 | 100
e Net assets: 90 | 90 = c - d
"""


def test_assets_without_a_line_of_what_finances_them_balance_with_nothing() -> None:
    labels = [cell.content for sheet in plan_cases.workbook(NET_ASSETS)[0].sheets for cell in sheet.cells]
    assert "Statement of Net Assets" in labels
    assert not any(str(label).startswith("Identities") for label in labels)
    labels = [cell.content for sheet in plan_cases.workbook(ACCOUNTS)[0].sheets for cell in sheet.cells]
    assert any(str(label).startswith("Identities") for label in labels)


MEMBERS = """\
# segments: Segments
columns: 3m 2024-03-31
> Operating income
a North: 60
> Depreciation
b North: 20
> Earnings before depreciation
c North: 80 = a + b
"""


@pytest.mark.parametrize("case", read_cases("plan_adjusted"))
def test_adjusted(case: Case) -> None:
    made, _ = plan_cases.workbook(case.given)
    assert plan_cases.text_of(made, Tab.ANALYSIS) == case.expected, case.place


def sheet(made: Workbook, name: str) -> Sheet:
    return next(each for each in made.sheets if each.name == name)


def contents(made: Workbook) -> dict[CellRef, Content]:
    return {CellRef(s.name, c.row, c.column): c.content for s in made.sheets for c in s.cells}


def at(made: Workbook, name: str, row: int, column: int) -> PlannedCell:
    return next(c for c in sheet(made, name).cells if (c.row, c.column) == (row, column))


def test_the_master_check_fails_on_anything_but_ok() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    assert made.master is not None
    held = contents(made)
    assert value_of(made.master, held, {}) == "OK"
    verdict = next(c for c in sheet(made, "Checks").cells if c.column == 9 and c.row > 6 and c.role is Role.CHECK)
    held[CellRef("Checks", verdict.row, 9)] = "#REF!"
    assert value_of(made.master, held, {}) == "CHECK"


def test_checks_stand_in_groups_with_their_counts() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    headings = [c.content for c in sheet(made, "Checks").cells if c.role is Role.HEADING]
    assert headings == ["Sums: totals as computed, against the print (10)", "Identities (4)"]


def test_differences_of_the_print_stand_on_top() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS.replace("h Total assets: 200", "h Total assets: 230"))
    first = next(c for c in sheet(made, "Checks").cells if c.role is Role.HEADING)
    assert first.content == "Differences that the release itself prints (1)"
    assert made.master is not None
    assert value_of(made.master, contents(made), {}) == "OK"


def test_assets_are_financed_and_cash_flows_end_at_the_cash_that_is_there() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    rows = [row.partition(" ")[2].split(" | ") for row in plan_cases.rows(sheet(made, "Checks"), 19)]
    assert [[row[0], *row[3:5]] for row in rows] == [
        ["Assets = liabilities and equity", "='Balance Sheet'!C11", "='Balance Sheet'!C8"],
        ["Assets = liabilities and equity", "='Balance Sheet'!D11", "='Balance Sheet'!D8"],
        ["Cash at the end = cash in the balance sheet", "='Cash Flow'!C8", "='Balance Sheet'!C6"],
        ["A balance at the beginning = the one at the end before", "='Cash Flow'!C7", "='Balance Sheet'!D6"],
    ]


def test_cash_that_the_balance_sheet_shows_otherwise_is_no_identity() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS.replace("n Cash at end of period: 80", "n Cash at end of period: 90"))
    labels = [c.content for c in sheet(made, "Checks").cells if c.column == 1]
    assert "Cash at the end = cash in the balance sheet" not in labels


def test_lines_are_shares_of_sales_and_of_assets() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    income, balance = (
        [str(c.content).split("\n")[0] for c in sheet(made, name).cells if c.row == 5]
        for name in ("Income Statement", "Balance Sheet")
    )
    assert income.count("% of sales") == 2
    assert balance.count("% of total assets") == 2


def test_margins_repeat_the_shares_beside_the_statement() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    rows = plan_cases.rows(sheet(made, "Income Statement"), 12)
    assert rows[1].startswith("13 Gross margin | =G8 | =H8")


def test_summary_draws_the_margins() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    chart = sheet(made, "Summary").charts[0]
    assert (chart.title, chart.kind, chart.number) == ("Margins", ChartKind.COLUMNS, NumberKind.PERCENT)
    names = [at(made, "Summary", series.name.row, series.name.column).content for series in chart.series]
    assert names == ["Gross margin", "Operating margin"]


def test_charts_stand_side_by_side_over_columns_that_have_a_width() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    summary = sheet(made, "Summary")
    places = [range(chart.anchor.column, chart.anchor.column + chart.columns) for chart in summary.charts]
    covered = [column for place in places for column in place]
    assert len(covered) == len(set(covered))
    assert set(covered) <= set(summary.widths)


def test_lines_of_the_release_lead_back_to_the_figures() -> None:
    made, _ = plan_cases.workbook(ACCOUNTS)
    back = at(made, "Release", 8, 3)
    assert (back.content, back.link) == ("Income Statement", CellRef("Income Statement", 6, 1))


ROLLED = """\
# other: Allowance for returns
columns: 3m 2024-06-30 | 3m 2024-03-31
a Balance at beginning of quarter: 130 | 100
b Additions: 45 | 30
c Balance at end of quarter: 175 | 130 = a + b
"""


def test_a_balance_begins_where_the_quarter_before_ended() -> None:
    made, _ = plan_cases.workbook(ROLLED)
    rows = [row.partition(" ")[2].split(" | ") for row in plan_cases.rows(sheet(made, "Checks"), 9)]
    label = "A balance at the beginning = the one at the end before"
    assert [[row[0], *row[3:5]] for row in rows if row[0] == label] == [
        [label, "='Allowance for returns'!C6", "='Allowance for returns'!D8"]
    ]
    restated, _ = plan_cases.workbook(
        ROLLED.replace("a Balance at beginning of quarter: 130", "a Balance at beginning of quarter: 131")
    )
    assert label not in [c.content for c in sheet(restated, "Checks").cells]


def test_about_tells_how_printed_changes_and_rates_come_about() -> None:
    made, _ = plan_cases.workbook(
        "# income_statement: Statement of Income\n"
        "columns: 3m 2024-03-31 | 3m 2023-03-31 | % change\n"
        "a Net sales: 1000 | 800 | 25.0\nb Gross profit: 312 | 240 | 30.0\n"
        "c Gross margin: 31.2 | 30.0 (percent)"
    )
    rows = [[c.content for c in sheet(made, "About").cells if c.row == row] for row in range(1, 99)]
    stated = {str(row[0]): row for row in rows if "comes out as printed" in row}
    old, new = "3 months ended Mar 31, 2023", "3 months ended Mar 31, 2024"
    assert stated["Column % change"][2:4] == [f"= {new} / {old} - 1", "2 of 2"]
    assert stated["Gross margin"][2:4] == ["= Gross profit / Net sales", "2 of 2"]
    assert (
        at(made, "Income Statement", 6, 5).note == f"= {new} / {old} - 1. Holds in 2 of 2 lines; comes out as printed."
    )


def test_about_tells_lines_of_one_name_apart() -> None:
    made, _ = plan_cases.workbook(MEMBERS)
    words = [c.content for c in sheet(made, "About").cells]
    assert "= North (Operating income) + North (Depreciation)" in words


def test_a_total_that_does_not_add_up_is_told_and_computed() -> None:
    made, problems = plan_cases.workbook(ACCOUNTS.replace("c Gross profit: 300", "c Gross profit: 310"))
    assert [p.message for p in problems if "Gross profit" in p.message]
    assert value_of(CellRef("Income Statement", 8, 3), contents(made), {}) == Decimal(300)


def test_a_printed_change_between_the_periods_leaves_the_margin_to_the_column_of_shares() -> None:
    made, _ = plan_cases.workbook(
        "# income_statement: Statement of Income\n"
        "columns: 3m 2024-03-31 | 3m 2023-03-31 | change | 12m 2024-03-31 | 12m 2023-03-31 | change\n"
        "a Net sales: 100 | 90 | 10 | 400 | 380 | 20\n"
        "b Operating income: 20 | 15 | 5 | 70 | 50 | 20\n"
    )
    labels = [c.content for c in sheet(made, "Income Statement").cells if c.column == 1]
    assert "Operating margin" not in labels
    margin = next(row for row in plan_cases.rows(sheet(made, "Summary")) if "Operating margin" in row)
    assert margin.startswith('8 Operating margin | =IF(C6=0,"n.m.",C7/C6) | =IF(D6=0,"n.m.",D7/D6) | =IF(E6=0')


KEYS = """\
# income_statement: Statement of Income
columns: 3m 2024-03-31 | 3m 2023-03-31
"""


def key_figures(lines: str) -> dict[str, str]:
    """Label of a key figure -> the row of the income statement that it shows."""
    made, _ = plan_cases.workbook(KEYS + lines)
    shown = plan_cases.rows(sheet(made, "Summary"))
    links = (line.split(" | ") for line in shown if "='Income Statement'!C" in line)
    return {label.partition(" ")[2]: formula.partition("!C")[2] for label, formula, *_ in links}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("a Sales, net of returns and allowances: 10 | 9", "Sales, net of returns and allowances"),
        ("a Sales to customers: 10 | 9", "Sales to customers"),
        ("a Total revenues, net of interest expense: 10 | 9", "Total revenues, net of interest expense"),
        ("a Net income after taxes: 10 | 9", "Net income after taxes"),
        ("a Net income per share: 0.10 | 0.09 (per_share)", "Earnings per share"),
        ("> Earnings per common share\na Net: 0.10 | 0.09 (per_share)", "Earnings per share"),
    ],
)
def test_key_figures_are_known_by_many_names(line: str, label: str) -> None:
    assert list(key_figures(line)) == [label]


def test_diluted_earnings_come_before_others_and_dividends_are_none() -> None:
    lines = "a Dividends per share: 1 | 1 (per_share)\nb Earnings per share: 3 | 2 (per_share)\n"
    assert key_figures(lines) == {"Earnings per share": "7"}
    assert key_figures(lines + "c Diluted earnings per share: 2 | 1 (per_share)") == {"Diluted earnings per share": "8"}


def test_a_figure_without_a_label_is_the_total_of_its_block() -> None:
    revenues = "> Revenues\na Net sales: 5 | 4\nb Services: 4 | 3\nc : 9 | 7 = a + b"
    year = "\n# income_statement: The year\ncolumns: 12m 2024-03-31\n> Revenues\nd Net sales: 7\ne : 8 = d"
    assert key_figures(revenues) == key_figures(revenues + year) == {"Total Revenues": "9"}


def test_a_margin_is_told_from_a_figure_of_its_name() -> None:
    made, _ = plan_cases.workbook(KEYS + "a Net sales: 10 | 9\nb Cost: 4 | 4\nc Gross margin: 6 | 5 = a - b")
    labels = [c.content for c in sheet(made, "Summary").cells if c.column == 1 and 5 < c.row < 9]
    assert labels == ["Net sales", "Gross margin", "Gross margin, % of sales"]


def test_a_title_longer_than_the_page_is_cut_and_stands_whole_in_its_note() -> None:
    title = "Reconciliation of reported to adjusted measures, " * 3 + "by segment"
    made, _ = plan_cases.workbook(KEYS.replace("Statement of Income", title) + "a Net sales: 10 | 9")
    cell = next(c for c in sheet(made, "Income Statement").cells if c.role is Role.TITLE)
    assert str(cell.content).endswith("to adjusted …")
    assert cell.note == title


TAXED = """\
# income_statement: Statement of Income
columns: 3m 2024-03-31 | 3m 2023-03-31
a Income before income taxes: 100 | 80
b Income tax expense: {} = ?
c Net income: 70 | 60 = a {} b
"""


@pytest.mark.parametrize(("printed", "sign"), [("30 | 20", "-"), ("-30 | -20", "+")])
def test_a_tax_rate_is_positive_however_the_tax_is_printed(printed: str, sign: str) -> None:
    made, _ = plan_cases.workbook(TAXED.format(printed, sign).replace(" = ?", ""))
    [row] = [c.row for c in sheet(made, "Income Statement").cells if c.content == "Effective tax rate"]
    rates = [value_of(CellRef("Income Statement", row, column), contents(made), {}) for column in (3, 4)]
    assert rates == [Decimal("0.3"), Decimal("0.25")]


@pytest.mark.parametrize(("taxes", "points"), [("30 | 20", Decimal(500)), ("30 | 800", "n.m."), ("-101 | 20", "n.m.")])
def test_a_tax_rate_of_next_to_no_income_has_no_change(taxes: str, points: Decimal | str) -> None:
    made, _ = plan_cases.workbook(TAXED.format(taxes, "-").replace(" = ?", ""))
    [row] = [c.row for c in sheet(made, "Income Statement").cells if c.content == "Effective tax rate"]
    assert value_of(CellRef("Income Statement", row, 5), contents(made), {}) == points


NOTES = """\
# reconciliation:
columns: 3m 2024-03-31 | 3m 2023-03-31
a Fines: 1.25 | 1.10
b Lawyers: 0 | 0
c Cost of the old case (before tax): 1.25 | 1.10 = a + b
# reconciliation:
columns: 12m 2024-12-31
d Fines: 5
e Lawyers: 2
f Cost of the old case (before tax): 7 = d + e
"""


def test_a_table_without_a_title_is_called_after_the_sum_that_it_ends_in() -> None:
    made, _ = plan_cases.workbook(NOTES)
    names = [each.name for each in made.sheets if each.tab is Tab.STATEMENT]
    assert names == ["Cost of old case - 3 months", "Cost of old case - 12 months"]
    titles = [
        c.content for each in made.sheets for c in each.cells if c.role is Role.TITLE and each.tab is Tab.STATEMENT
    ]
    assert titles == ["Cost of the old case", "Cost of the old case"]


def test_a_dash_is_as_precise_as_the_figures_of_its_column() -> None:
    made, _ = plan_cases.workbook(NOTES.replace("0 | 0", "dash | dash"))
    first = next(c for c in sheet(made, "Checks").cells if c.role is Role.PARAMETER and c.row > 5)
    assert first.content == Decimal("0.015")


def test_the_line_under_the_title_says_what_most_amounts_count_and_nothing_of_shares() -> None:
    made, _ = plan_cases.workbook(
        NOTES.replace("(before tax)", "in full") + "# other: Shares\ncolumns: 2024-12-31\ng North: 40 (percent)"
    )
    subtitles = [
        c.content for each in made.sheets for c in each.cells if c.role is Role.SUBTITLE and each.tab is Tab.STATEMENT
    ]
    assert subtitles == [*["Invented Works · USD, in thousands"] * 2, "Invented Works · USD"]


BOTH_WAYS = """\
# segments: Sales by Region
columns: 3m 2024-03-31 A | 3m 2024-03-31 B | 3m 2024-03-31 C | 3m 2024-03-31 D | 3m 2024-03-31 E | 3m 2024-03-31 F
a Home: 10 | 20 | 30 | 5 | 1 | 36
b Garden: 1 | 2 | 3 | 4 | 0 | 7
across: 3 = 1 + 2
across: 6 = 3 + 4 + 5
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOTH_WAYS, ["is compared with A + B", "is compared with C + D + E"]),
        (BOTH_WAYS.replace("across: 6 = 3 + 4 + 5\n", ""), ["= A + B"]),
    ],
    ids=["two ways", "one way"],
)
def test_about_says_whether_a_sum_of_columns_is_a_formula_or_a_check(text: str, words: list[str]) -> None:
    made, _ = plan_cases.workbook(text)
    cells = {(cell.row, cell.column): str(cell.content) for cell in sheet(made, "About").cells}
    told = [cells[row, 2] for row, column in cells if column == 1 and cells[row, 1].startswith("Column ")]
    assert [each.replace(" 3 months ended Mar 31, 2024", "") for each in told] == words
