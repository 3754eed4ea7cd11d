"""What releases of many industries print, as HTML, and how it is understood."""

from __future__ import annotations

from xlsx_builder.interpret import interpret
from xlsx_builder.model.statement import Statements, Unit
from xlsx_builder.read import read_bytes


def understood(*blocks: str) -> Statements:
    """The statements of a page made of some blocks of HTML."""
    document, _ = read_bytes(f"<html><body>{''.join(blocks)}</body></html>".encode(), "release.htm")
    return interpret(document)[0]


def table(*rows: str) -> str:
    """A table; '|' parts the cells of a row, 'text^2' spans two columns."""
    made = "".join(f"<tr>{''.join(map(cell, row.split('|')))}</tr>" for row in rows)
    return f"<table>{made}</table>"


def cell(text: str) -> str:
    """A cell of a table."""
    words, _, span = text.strip().partition("^")
    return f'<td colspan="{span or 1}">{words}</td>'


def title(*lines: str) -> str:
    """Centred lines above a table."""
    return "".join(f'<p align="center"><b>{line}</b></p>' for line in lines)


NOTES = (
    title("Consolidated income statement"),
    table(
        "\u20ac million|Note|H1 2023|H1 2022",
        "Revenue|3|2,390.8|2,150.0",
        "Cost of sales||(1,601.2)|(1,450.3)",
        "Gross profit|12.1|789.6|699.7",
        "Income taxes|4, 6|(98.2)|(80.3)",
    ),
    title("Consolidated statement of financial position"),
    table(
        "\u20ac million|Note|30 June 2023|31 December 2022",
        "Goodwill|8|802.0|801.1",
        "Total assets||3,959.9|3,941.6",
    ),
)


def test_references_to_notes_are_no_figures() -> None:
    found = understood(*NOTES)
    assert [len(statement.columns) for statement in found.statements] == [2, 2]
    assert found.coverage.seen == found.coverage.placed == 12


def test_half_years_end_with_the_months_that_the_balance_sheets_tell() -> None:
    columns = understood(*NOTES).statements[0].columns
    assert [(c.period.months, str(c.period.end)) for c in columns if c.period] == [(6, "2023-06-30"), (6, "2022-06-30")]


def test_a_count_of_notes_is_kept() -> None:
    found = understood(table("|Notes|Bonds", "Issued in 2023|1,240|3,310", "Redeemed in 2023|405|220"))
    assert found.coverage.placed == 4


def currencies(*blocks: str) -> list[str]:
    """The currency of each statement."""
    return [statement.currency for statement in understood(*blocks).statements]


SALES = table("|2023|2022", "Net sales|$ 2,310|$ 2,115", "Operating income|201|188")
STORES = table("|2023|2022", "Stores at end of year|110|104", "Visits (thousands)|5,110|4,920")


def test_a_sign_at_the_figures_tells_the_currency_of_a_statement_and_of_those_without_any() -> None:
    assert currencies(title("Sales"), SALES, title("Stores"), STORES) == ["USD", "USD"]


def test_a_bare_dollar_sign_is_the_dollar_that_the_release_names() -> None:
    told = "<p>All amounts are in Canadian dollars unless otherwise noted.</p>"
    assert currencies(told, title("Sales"), SALES) == ["CAD"]
    assert currencies(title("Sales", "(in millions of Australian dollars)"), SALES) == ["AUD"]


def test_sales_abroad_do_not_change_the_currency() -> None:
    assert currencies("<p>Sales in Canadian dollars rose 4%.</p>", title("Sales"), SALES) == ["USD"]


def test_yuan_are_no_yen() -> None:
    rows = table("|2023|2022", "Net revenues|\u00a5 2,310|\u00a5 2,115", "Net income|201|188")
    assert currencies(title("Results", "(RMB in millions)"), rows) == ["CNY"]


def test_a_table_with_column_headings_of_its_own_is_no_block_of_a_whole_statement() -> None:
    bridge = table("|2023|2022", "Net income|$ 71|$ 92", "Depreciation|16|15", "Adjusted EBITDA|87|107")
    homes = table(
        "|June 30, 2023|March 31, 2023|June 30, 2022", "Number of homes|112|111|108", "Occupancy|94.1%|93.8%|94%"
    )
    found = understood(title("Reconciliation of Net Income to Adjusted EBITDA"), bridge, title("Homes"), homes)
    assert [statement.title for statement in found.statements][1] == "Homes"


def roles(*rows: str) -> list[str]:
    """The roles of the columns of a table."""
    return [column.role.value for column in understood(title("Sales by Region"), table(*rows)).statements[0].columns]


def test_columns_beside_one_of_changes_are_changes_where_they_print_per_cents_and_no_date() -> None:
    rows = ("North|2,117|2,029|4.4%|11.3|(6.9)", "South|1,735|1,557|11.4|11.4|-", "All|3,852|3,586|7.4|11.3|(3.9)")
    assert roles("|2023|2022|Reported|% Change Operational|Currency", *rows) == ["period"] * 2 + ["percent_change"] * 3


def test_amounts_under_a_heading_of_changes_that_reaches_too_far_are_amounts() -> None:
    rows = ("North|12,517|11,414|9.7", "South|6,332|6,024|5.1", "All|18,849|17,438|8.1")
    assert roles("|Percent Change^3", "|2023|2022|Total", *rows) == ["period", "period", "percent_change"]


def test_an_exception_for_amounts_per_share_over_columns_makes_them_no_columns_of_such() -> None:
    head = ("|Three Months Ended June 30,^2", "|2023|2022", "|(in thousands, except per share data)^2")
    loss = ("Net loss|$(38,596)|$(26,948)", "Dividends|-|(16,031)")
    per_share = ("Loss per share, basic|$(0.81)|$(1.01)", "Loss per share, diluted|$(0.81)|$(1.01)")
    found = understood(title("Computation of Loss per Share"), table(*head, *loss, *per_share)).statements[0]
    assert [column.unit for column in found.columns] == [None, None]
    assert [(item.unit.value, item.scale) for item in found.items] == [("money", 3)] * 2 + [("per_share", 0)] * 2


def units(*rows: str) -> list[str]:
    """The units of the lines of a table."""
    return [item.unit.value for item in understood(title("Bridge (in millions)"), table(*rows)).statements[0].items]


def test_steps_between_two_amounts_of_a_unit_are_in_that_unit() -> None:
    margins = ("GAAP gross margin|54.8%|55.7%", "Share-based awards|0.4|0.4", "Adjusted gross margin|55.2%|56.1%")
    shares = ("Net income per share|$ 0.55|$ 0.59", "Depreciation|1.27|1.27", "FFO per share|$ 1.82|$ 1.86")
    assert units("|2023|2022", *margins, *shares) == ["percent"] * 3 + ["per_share"] * 3


def test_lines_between_per_cents_that_are_no_steps_stay_money() -> None:
    rows = ("Sales|$ 75.1|$ 70.4", "Gross margin|35.1%|35.9%", "Selling expenses|26.3|25.8", "Net margin|8.1%|9.8%")
    assert units("|2023|2022", *rows) == ["money", "percent", "money", "percent"]


def test_a_forecast_with_a_margin_is_its_middle() -> None:
    found = understood(table("|GAAP|Non-GAAP", "Tax rate|17%|16%", "Gross margin|54.5% &plusmn; 1%|56.0% +/- 1%"))
    assert [str(value) for value in list(found.statements[0].items)[1].values] == ["54.5", "56.0"]


def test_a_share_without_a_date_is_of_the_column_on_its_left() -> None:
    rows = ("North|$ 150|48%|$ 160|49%", "South|162|52|166|51")
    found = understood(title("Sales"), table("|June 30, 2023|Mix|June 30, 2022|Mix", *rows)).statements[0]
    assert [str(c.period.end) for c in found.columns if c.period] == ["2023-06-30"] * 2 + ["2022-06-30"] * 2


def test_words_beside_column_headings_that_come_again_head_the_lines_below_them() -> None:
    quarters = "|1st Quarter 2022|4th Quarter 2021"
    rows = (f"Machines{quarters}", "Europe|UP 2%|DOWN 7%", f"Mining (MI){quarters}", "Europe|UP 3%|UP 4%")
    found = understood(title("Retail Sales Statistics"), table(*rows)).statements
    assert [item.section for statement in found for item in statement.items] == [("Machines",), ("Mining (MI)",)]


def test_periods_in_the_rows_leave_the_columns_without_one() -> None:
    rows = ("1st Quarter|1,355|5|1,359", "2nd Quarter|1,359|3|1,362")
    head = "Fiscal 2023|Stores open at beginning of the quarter|Stores opened|Stores open at end of the quarter"
    found = understood(title("Store Update"), table(head, *rows)).statements[0]
    assert [column.period for column in found.columns] == [None] * 3


def test_an_amount_for_each_share_in_the_words_of_a_line_leaves_its_figures_money() -> None:
    rows = ("Balance, January 1|$ 510.0|$ 402.1", "Dividends declared ($1.20 per share)|-|(54.0)", "Net income|-|255.0")
    assert units("|Paid-in Capital|Retained Earnings", *rows) == ["money"] * 3


def test_units_in_thousands_are_not_the_scale_of_revenue_in_millions() -> None:
    sales = understood(title("Summary Data", "(Units in thousands, Revenue in millions)"), SALES)
    assert sales.statements[0].scale == 6


def test_units_in_thousands_are_the_scale_of_columns_of_units() -> None:
    rows = ("Pumps|47,534|$ 31,368|61,170|$ 40,282", "Valves|10,931|4,538|12,623|5,428")
    head = ("|2023|2023|2022|2022", "|Units|Revenue|Units|Revenue")
    (found,) = understood(
        title("Summary Data", "(Units in thousands, Revenue in millions)"), table(*head, *rows)
    ).statements
    assert [(column.unit, column.scale) for column in found.columns[:2]] == [(Unit.COUNT, 3), (None, None)]


def test_a_scale_alone_over_the_first_column_is_no_unit_of_it() -> None:
    (statement,) = understood(
        table(
            "|Quarter ended June 28, 2006|Quarter ended June 29, 2005",
            "|(in thousands, except per share amounts)|",
            "Revenue|$ 218,316|$ 221,008",
            "Net income|2,200|1,100",
        )
    ).statements
    assert [(column.unit, column.scale) for column in statement.columns] == [(None, None), (None, None)]
    assert statement.scale == 3
