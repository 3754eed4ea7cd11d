"""Averages: found by their word and their figures, live in the workbook, never by their figures alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from infer_statements import release
from test_infer_table import rows
from xlsx_builder.infer import infer
from xlsx_builder.infer.table import searched
from xlsx_builder.model.workbook import Mean
from xlsx_builder.pipeline import planned
from xlsx_builder.tables import build_table, sums_json
from xlsx_builder.write.formula_text import formula_text

STOCK = "Stock, beginning of year  12,322  12,023\nStock, end of year  38,853  32,443\n"
RELEASE = """HARBOUR PUMPS INC.
Return on Invested Capital
(in thousands)

                                   Mar 31,     Dec 31,    Sep 30,
                                     2020        2019       2019
                                  ---------   ---------  ---------
Debt                               $ 12,322    $ 12,023   $ 11,904
Equity                               38,853       32,443    30,118
                                  ---------   ---------  ---------
Invested capital                     51,175       44,466    42,022
Average invested capital             47,821       43,244


Sales by Quarter
(in thousands)

                       First      Second     Third      Fourth
                      Quarter    Quarter    Quarter    Quarter    Average
                      --------   --------   --------   --------   --------
Pumps                  $ 1,204    $ 1,877    $ 2,081    $ 1,610    $ 1,693
Valves                   3,391      3,455      3,846      3,900      3,648
                      --------   --------   --------   --------   --------
Total                  $ 4,595    $ 5,332    $ 5,927    $ 5,510    $ 5,341
"""


def found(text: str) -> list[str]:
    """'Average stock = average of Stock, beginning of year; Stock, end of year', with '+1' one column further."""
    statements = release(text)
    return [
        f"{statements.items[one.line].label} = average of "
        + "; ".join(f"{statements.items[line].label}{f' {step:+}' if step else ''}" for line, step in one.parts)
        for one in infer(statements)[0].averages
    ]


def test_an_average_of_opening_and_closing() -> None:
    assert found(STOCK + "Average stock  25,588  22,233") == [
        "Average stock = average of Stock, beginning of year; Stock, end of year"
    ]


def test_an_average_over_the_dates_of_one_line() -> None:
    text = "Debt  12,322  12,023  11,904\nCapital  51,175  44,466  42,022\nAverage capital  47,821  43,244  n/a"
    assert found(text) == ["Average capital = average of Capital; Capital +1"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Stock insured  25,588  22,233", "a mean of two figures is easily met: the word must say it"),
        ("Average stock  25,640  22,233", "the figures of one column miss"),
        ("Weighted average stock  25,588  22,233", "weights are not printed"),
    ],
)
def test_doubt_leaves_the_printed_figure(line: str, why: str) -> None:
    assert found(STOCK + line) == [], why


def test_figures_too_close_to_each_other_prove_nothing() -> None:
    assert found("Rate, first half  41  43\nRate, second half  43  45\nAverage rate  42  44") == []


def test_a_sum_stays_a_sum() -> None:
    statements = release("Home  12,322  12,023\nAway  38,853  32,443\nTotal average stock  51,175  44,466")
    structure, _ = infer(statements)
    assert len(structure.calculations) == 1
    assert structure.averages == ()


def test_averages_are_live_checked_and_told(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(RELEASE, encoding="utf-8")
    model, workbook = planned(tmp_path / "release.txt")
    made = {
        f"{sheet.name} {cell.row}/{cell.column}": (formula_text(cell.content, sheet.name), cell.note.partition(".")[0])
        for sheet in workbook.sheets
        for cell in sheet.cells
        if isinstance(cell.content, Mean)
    }
    assert made == {
        "Return on Invested Capital 9/3": ("=AVERAGE(C8:D8)", "= average of Invested capital over 2 columns"),
        "Return on Invested Capital 9/4": ("=AVERAGE(D8:E8)", ""),
        "Sales by Quarter 6/7": (
            "=AVERAGE(C6:F6)",
            "= average of 3 months ended Mar 31, 2020, Second Quarter, Third Quarter, Fourth Quarter",
        ),
        "Sales by Quarter 7/7": ("=AVERAGE(C7:F7)", ""),
    }
    assert (workbook.outcome.printed, workbook.outcome.failed) == (0, 0)
    capital, quarters = model.to_json()["statements"]
    assert capital["rows"][3]["average"] == [[capital["rows"][2]["id"], 0], [capital["rows"][2]["id"], 1]]
    assert quarters["columns"][4]["average"] == [0, 1, 2, 3]
    assert quarters["columns"][4]["average_evidence"]["cues"] == ["average wording"]
    about = [cell.content for sheet in workbook.sheets if sheet.name == "About" for cell in sheet.cells]
    assert "= average of Invested capital over 2 columns" in about


MARKS = """
    Pupil   | Quiz | Essay | Average
    Ann     | 81   | 92    | 86.5
    Bo      | 77   | 64    | 70.5
    Cy      | 90   |       | 90
    Di      | 68   | 85    | 76.5
    Ed      | 59   | 71    | 65
    Average | 75.0 | 78.0  | 77.7
    """


def test_averages_of_a_table_down_and_along() -> None:
    cells = {one.cell: one.parts for one in searched(rows(MARKS)).averages}
    assert cells[1, 3] == ((1, 1), (1, 2))
    assert cells[6, 2] == ((1, 2), (2, 2), (4, 2), (5, 2))


def test_averages_of_a_table_are_live_and_no_sums(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_text("\n".join(",".join(row) for row in rows(MARKS)), encoding="utf-8")
    built = build_table(tmp_path / "marks.csv", tmp_path / "marks.xlsx")
    assert (built.outcome.passed, built.outcome.failed) == (7, 0)
    assert sums_json(built.found.sums) == []
