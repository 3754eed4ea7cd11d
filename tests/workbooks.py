"""A small workbook of an invented company, as a plan would hand it to `write`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Change,
    Chart,
    ChartKind,
    Choice,
    Content,
    Link,
    NumberKind,
    PlannedCell,
    Product,
    Ratio,
    Role,
    RoundedDifference,
    Series,
    Sheet,
    SignedSum,
    Tab,
    Tally,
    Verdict,
    Within,
    Workbook,
)

Book = Any
Edit = Callable[[Book], None]
"""An openpyxl workbook, or a part of one: its stubs know fewer attributes than it has."""

INCOME, CHECKS, RELEASE = "Income Statement", "Checks", "Release"
MONEY = NumberKind.MONEY


def cell(
    address: str, content: Content, role: Role, number: NumberKind = NumberKind.GENERAL, **more: object
) -> PlannedCell:
    """A planned cell at 'B5'."""
    column, row = ord(address[0]) - ord("A") + 1, int(address[1:])
    return PlannedCell(row, column, content, role, number, **more)  # type: ignore[arg-type]


def ref(address: str, sheet: str = INCOME) -> CellRef:
    return CellRef(sheet, int(address[1:]), ord(address[0]) - ord("A") + 1)


def span(first: str, last: str, sheet: str = INCOME) -> CellRange:
    return CellRange(ref(first, sheet), ref(last, sheet))


def income() -> Sheet:
    """Sales, cost, gross profit; two periods, their change; a switch."""
    cells = [
        cell("A1", "Income Statement", Role.TITLE),
        cell("A2", "Thousands of US dollars", Role.SUBTITLE),
        cell("C2", Link(ref("E9", CHECKS)), Role.CHECK),
        cell("A4", "", Role.PERIOD),
        cell("B4", "Quarter ended 30 June 2004", Role.PERIOD),
        cell("C4", "Quarter ended 30 June 2003", Role.PERIOD),
        cell("D4", "% change", Role.PERIOD),
        cell("E4", "Source", Role.PERIOD),
        cell("A5", "Net sales", Role.LABEL),
        cell("A6", "Cost of sales", Role.LABEL),
        cell("A7", "Gross profit", Role.LABEL),
        cell("A8", "Gross margin", Role.LABEL, indent=1),
        cell("A9", "Earnings per share", Role.LABEL),
        cell("A10", "Count special items (1 = yes, 0 = no)", Role.LABEL),
        cell("B10", 1, Role.SWITCH, NumberKind.COUNT),
        cell("A11", "Special items", Role.LABEL),
        cell("B11", Decimal(-40), Role.INPUT, MONEY),
        cell("C11", Decimal(0), Role.INPUT, MONEY),
        cell("A12", "Special items counted", Role.LABEL),
        cell("B12", Product(ref("B11"), ref("B10")), Role.CALCULATION, MONEY),
        cell("C12", Product(ref("C11"), ref("B10")), Role.CALCULATION, MONEY),
    ]
    for column, sales, cost, share in (("B", 28294, 26278, "0.10"), ("C", 29519, 26010, "-1.25")):
        margin = Ratio(ref(f"{column}7"), ref(f"{column}5"))
        cells += [
            cell(f"{column}5", Decimal(sales), Role.INPUT, MONEY, note="Source line 12: 'Net sales'."),
            cell(f"{column}6", Decimal(cost), Role.INPUT, MONEY),
            cell(f"{column}7", SignedSum(((1, ref(f"{column}5")), (-1, ref(f"{column}6")))), Role.SUBTOTAL, MONEY),
            cell(f"{column}8", margin, Role.RATIO, NumberKind.PERCENT, decimals=1),
            cell(f"{column}9", Decimal(share), Role.INPUT, NumberKind.PER_SHARE, decimals=2),
        ]
    for row in (5, 6, 7, 9):
        change = Change(ref(f"B{row}"), ref(f"C{row}"))
        cells.append(cell(f"D{row}", change, Role.CHANGE, NumberKind.PERCENT, decimals=1))
        cells.append(cell(f"E{row}", 1 + row % 3, Role.SOURCE, link=ref(f"A{1 + row % 3}", RELEASE)))
    return Sheet(
        INCOME,
        Tab.STATEMENT,
        tuple(cells),
        widths={1: 34, 2: 14, 3: 14, 4: 11, 5: 8},
        freeze=(5, 2),
        title_rows=(1, 4),
        charts=(columns_chart(), margin_chart()),
        choices=(Choice(span("B10", "B10"), ("1", "0")),),
        flags=(span("C2", "C2"),),
        heights={4: 39},
    )


def columns_chart() -> Chart:
    series = tuple(Series(ref(f"A{row}"), span("B4", "C4"), span(f"B{row}", f"C{row}"), row == 6) for row in (6, 7))
    return Chart(
        ChartKind.STACKED,
        "Gross profit over cost",
        "Gross profit fell to 2,016.",
        ref("G4"),
        series,
        unit="USD thousand",
    )


def margin_chart() -> Chart:
    series = (Series(ref("A8"), span("B4", "C4"), span("B8", "C8")),)
    alt = 'The margin fell; "R&D" <is> no part of it.'
    return Chart(ChartKind.LINES, "Gross margin", alt, ref("G22"), series, NumberKind.PERCENT)


def checks() -> Sheet:
    """One agreement, and the master check."""
    heads = ("Line", "Computed", "Reported", "Difference", "Verdict", "Tolerance", "Where it differs")
    cells = [
        cell("A1", "Checks", Role.TITLE),
        *(cell(f"{column}4", head, Role.PERIOD) for column, head in zip("ABCDEFG", heads, strict=True)),
        cell("A5", "Gross profit, quarter ended 30 June 2004", Role.LABEL),
        cell("B5", Link(ref("B7")), Role.LINK, MONEY),
        cell("C5", Decimal(2016), Role.REPORTED, MONEY),
        cell(
            "D5", RoundedDifference(ref("B5", CHECKS), ref("C5", CHECKS), ref("B11", CHECKS)), Role.CALCULATION, MONEY
        ),
        cell("E5", Within(ref("D5", CHECKS), ref("F5", CHECKS)), Role.CHECK),
        cell("F5", Decimal("1.5"), Role.PARAMETER, MONEY, decimals=1),
        cell("A8", "Checks that differ", Role.LABEL),
        cell("E8", Tally(span("E5", "E5", CHECKS), "differs"), Role.CALCULATION, NumberKind.COUNT),
        cell("A9", "Master check", Role.LABEL),
        cell("E9", Verdict((ref("E8", CHECKS),)), Role.CHECK),
        cell("A11", "Digits that differences are rounded to", Role.LABEL),
        cell("B11", 6, Role.PARAMETER, NumberKind.COUNT),
    ]
    flags = (span("E5", "E5", CHECKS), span("E9", "E9", CHECKS))
    return Sheet(CHECKS, Tab.CHECK, tuple(cells), widths={1: 44}, freeze=(5, 2), flags=flags)


def release(lines: tuple[str, ...] = ("Brightwater & Sons Ltd", "=======", "Net sales 28,294")) -> Sheet:
    cells = tuple(cell(f"A{row}", line, Role.TEXT) for row, line in enumerate(lines, 1))
    return Sheet(RELEASE, Tab.SOURCE, cells, widths={1: 90})


def small_workbook(*extra: Sheet) -> Workbook:
    return Workbook(
        title="Brightwater & Sons, second quarter 2004",
        sheets=(income(), checks(), release(), *extra),
        footer="brightwater_q2.txt (R&D)",
        master=ref("E9", CHECKS),
    )


def edit(path: Path, change: Edit) -> Path:
    """Change a workbook as an analyst would and save it, without stored values, as openpyxl does."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path
