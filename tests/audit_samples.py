"""Workbooks to audit: one of ours from a made-up release, and three that others might have made, each in its style."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

RELEASE = """\
TERN VALLEY TOOLS INC. REPORTS RESULTS FOR THE THIRD QUARTER OF 2004

OMAHA, Neb., October 21, 2004 - Tern Valley Tools Inc. had net sales of $9,400,000 in the third quarter of 2004.

                             TERN VALLEY TOOLS INC.
                   CONSOLIDATED STATEMENTS OF INCOME
                (in thousands, except per share amounts)

                                  Three Months Ended      Nine Months Ended
                                     September 30,          September 30,
                                    2004       2003        2004       2003
                                 --------   --------    --------   --------
Net sales                         $ 9,400    $ 8,100     $27,300    $24,900
Cost of sales                       6,150      5,480      18,010     16,720
                                 --------   --------    --------   --------
Gross profit                        3,250      2,620       9,290      8,180
Selling and administrative          1,420      1,310       4,200      3,960
Depreciation and amortization         610        580       1,800      1,740
                                 --------   --------    --------   --------
Operating income                    1,220        730       3,290      2,480
Interest expense                      140        180         450        560
Foreign exchange gain (loss)          (35)        22         (61)        15
                                 --------   --------    --------   --------
Income before income taxes          1,045        572       2,779      1,935
Income taxes                          365        200         972        677
                                 --------   --------    --------   --------
Net income                        $   680    $   372     $ 1,807    $ 1,258
                                 ========   ========    ========   ========

Net income per share - diluted    $  0.34    $  0.19     $  0.90    $  0.63
"""

Sheet = Any
"""XlsxWriter has no types."""
YEARS = ("2021", "2022", "2023", "2024")


def household_budget(path: Path) -> Path:
    """One sheet by somebody who calculates inside cells: merged title, tax in the formula, a hidden column."""
    book = xlsxwriter.Workbook(str(path))
    sheet: Sheet = book.add_worksheet("Budget")
    sheet.merge_range("A1:E1", "My budget", book.add_format({"bold": True, "align": "center"}))
    for column, year in enumerate(YEARS, 1):
        sheet.write(2, column, f"Year {year}")
    lines = (("Rent", 12000), ("Food", 6000), ("Travel", 2500))
    for row, (name, amount) in enumerate(lines, 3):
        sheet.write(row, 0, name)
        for column in range(1, 5):
            sheet.write(row, column, amount + 100 * column)
    sheet.write(6, 0, "Total with tax")
    for column, letter in enumerate("BCDE", 1):
        total = sum(amount + 100 * column for _, amount in lines)
        sheet.write_formula(6, column, f"=SUM({letter}4:{letter}6)*1.19", None, total * 1.19)
    sheet.set_column("D:D", None, None, {"hidden": True})
    book.close()
    return path


def bank_model(path: Path) -> Path:
    """Three sheets in a bank's style, nearly right: pasted figures, one odd formula, one OFFSET, one failing check."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Merger model"})
    amount = '#,##0_);(#,##0);"-"_)'
    typed = book.add_format({"font_color": "#0000FF", "num_format": amount})
    formula = book.add_format({"num_format": amount})
    away = book.add_format({"font_color": "#00803C", "num_format": amount})
    cover: Sheet = book.add_worksheet("Cover")
    for row, name in enumerate(("Inputs", "Model"), 3):
        cover.write_url(row, 0, f"internal:'{name}'!A1", string=name)
    cover.write(6, 0, "Signs: income positive, costs negative")
    inputs: Sheet = book.add_worksheet("Inputs")
    model: Sheet = book.add_worksheet("Model")
    for sheet in (inputs, model):
        sheet.write(0, 1, "EUR million")
        for column, year in enumerate(YEARS, 2):
            sheet.write(2, column, f"Dec {year}")
    figures = {"Revenue": (100, 110, 121, 133), "Costs": (-60, -64, -70, -75)}
    for row, (name, values) in enumerate(figures.items(), 3):
        inputs.write(row, 0, name)
        model.write(row, 0, name)
        for column, value in enumerate(values, 2):
            inputs.write(row, column, value, typed)
            letter = "CDEF"[column - 2]
            model.write_formula(row, column, f"=Inputs!{letter}{row + 1}", away, value)
    for row, (name, text) in enumerate((("Profit", "={0}4+{0}5"), ("Cash", "={0}6")), 5):
        model.write(row, 0, name)
        for column, letter in enumerate("CDEF", 2):
            profit = figures["Revenue"][column - 2] + figures["Costs"][column - 2]
            model.write_formula(row, column, text.format(letter), formula, profit)
    model.write_number("E7", 51, typed)
    model.write_formula("F6", "=F4-F5", formula, 208)
    model.write_formula("F7", "=F6", formula, 208)
    model.write(8, 0, "Latest")
    model.write_formula("C9", "=OFFSET(C6,0,3)", formula, 208)
    model.write(9, 0, "Check: cash equals profit")
    for column, letter in enumerate("CDEF", 2):
        model.write_formula(9, column, f'=IF({letter}6={letter}7,"OK","ERROR")', formula, "OK")
    model.write_formula("E6", "=E4+E5", formula, 51)
    model.write_number("D7", 45, typed)
    model.write_formula("D10", '=IF(D6=D7,"OK","ERROR")', formula, "ERROR")
    for sheet in (cover, inputs, model):
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&LMerger model&RPage &P")
        sheet.protect()
    for sheet in (inputs, model):
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(0, 2)
    book.close()
    return path


def data_list(path: Path, rows: int = 500) -> Path:
    """An export: a table of numbers without any formula, and a chart."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Orders"})
    sheet: Sheet = book.add_worksheet("Orders")
    data = [(f"Order {number}", number * 7 % 1000, number % 13) for number in range(rows)]
    columns = [{"header": name} for name in ("Name", "Amount", "Region")]
    sheet.add_table(0, 0, rows, 2, {"data": data, "columns": columns})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"=Orders!$B$2:$B${rows + 1}"})
    sheet.insert_chart("F2", chart)
    book.close()
    return path


def large_model(path: Path, rows: int = 900) -> Path:
    """Ten thousand cells, with one constant in each formula."""
    book = xlsxwriter.Workbook(str(path))
    sheet: Sheet = book.add_worksheet("Large")
    for column in range(1, 11):
        sheet.write(0, column, f"Dec {2010 + column}")
    for row in range(1, rows):
        sheet.write(row, 0, f"Line {row}")
        for column in range(1, 6):
            sheet.write(row, column, row * column)
        for column in range(6, 11):
            letter = chr(ord("A") + column - 5)
            sheet.write_formula(row, column, f"={letter}{row + 1}*2", None, row * (column - 5) * 2)
    book.close()
    return path
