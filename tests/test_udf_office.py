"""LibreOffice with the add-in recalculates built workbooks: each function gives what the formula beside it gives."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

import office
import udf_office
from xlsx_builder.pipeline import Build, Order, build_package
from xlsx_builder.udf.recompute import HEADING_ROW, SHEET
from xlsx_builder.udf.xlsm import XLSM

pytestmark = pytest.mark.office
SAMPLES = ("lexington_2003q3.txt", "harbour_lane_2024q2.htm", "kestrel_instruments_fy1996.txt")
STEP = 1000
FIRST_INPUT = "C6"
"""First figure of the first statement."""


@pytest.fixture(scope="module", autouse=True)
def judge() -> None:
    udf_office.require_python()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("addin")


@pytest.fixture(scope="module")
def built(lexington: Path, folder: Path) -> dict[str, Build]:
    orders = {name: Order(lexington.with_name(name), folder / f"{Path(name).stem}.xlsm") for name in SAMPLES}
    return {name: build_package(order, XLSM) for name, order in orders.items()}


@pytest.fixture(scope="module")
def judged(built: dict[str, Build], folder: Path) -> dict[str, dict[str, object]]:
    """Name of the sample -> cells as LibreOffice computes them."""
    copies = [
        udf_office.called_as_addin(build.path, folder / f"{Path(name).stem}.xlsx") for name, build in built.items()
    ]
    made = udf_office.converted(copies, folder / "judged")
    return {name: office.stored(path) for name, path in zip(built, made, strict=True)}


def answers(cells: dict[str, object]) -> dict[int, tuple[object, object, object]]:
    """Row of Recompute -> native value, recomputed value, verdict."""
    rows = [int(at.partition("!E")[2]) for at in cells if at.startswith(f"{SHEET}!E") and at[-1].isdigit()]
    return {
        row: (cells.get(f"{SHEET}!E{row}"), cells.get(f"{SHEET}!F{row}"), cells.get(f"{SHEET}!G{row}"))
        for row in rows
        if row > HEADING_ROW
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_each_function_gives_what_the_formula_beside_it_gives(name: str, judged: dict[str, dict[str, object]]) -> None:
    found = answers(judged[name])
    assert len(found) > 20
    apart = {row: triple for row, triple in found.items() if not office.same(triple[0], triple[1])}
    assert apart == {}
    assert {verdict for _, _, verdict in found.values()} == {"OK"}


@pytest.mark.parametrize("name", SAMPLES)
def test_stored_values_of_the_functions_are_what_they_give(
    name: str, built: dict[str, Build], judged: dict[str, dict[str, object]]
) -> None:
    stored = answers(office.stored(built[name].path))
    computed = answers(judged[name])
    assert stored.keys() == computed.keys()
    apart = {row for row in stored if not all(map(office.same, stored[row], computed[row]))}
    assert apart == set()


def test_all_of_the_model_has_the_values_stored(built: dict[str, Build], judged: dict[str, dict[str, object]]) -> None:
    for name, build in built.items():
        stored = office.stored(build.path)
        stale = {
            cell for cell in office.formulas(build.path) if not office.same(stored.get(cell), judged[name].get(cell))
        }
        assert stale == set(), name


def test_an_input_moves_formula_and_function_together(
    built: dict[str, Build], judged: dict[str, dict[str, object]], folder: Path
) -> None:
    build = built[SAMPLES[0]]
    copy = folder / "changed.xlsx"
    udf_office.called_as_addin(build.path, copy)
    book = openpyxl.load_workbook(copy)
    sheet = book[build.workbook.sheets[1].name]
    assert isinstance(sheet[FIRST_INPUT].value, int)
    sheet[FIRST_INPUT].value += STEP
    book.save(copy)
    [made] = udf_office.converted([copy], folder / "changed")
    before, after = answers(judged[SAMPLES[0]]), answers(office.stored(made))
    moved = [row for row in before if not office.same(before[row][0], after[row][0])]
    assert len(moved) > 10
    for row, (native, own, verdict) in after.items():
        assert office.same(native, own), row
        assert verdict == "OK"
        assert office.same(before[row][1], own) == (row not in moved)
    assert office.stored(made)["Checks!C3"] == "CHECK", "the master check sees the changed input, not Recompute"


def test_what_each_function_gives_in_a_cell(lexington: Path, folder: Path) -> None:
    release = str(lexington)
    calls = {
        "XB.PCTCHG(A1,B1)": 0.1,
        "XB.PCTCHG(A1,Z9)": "n.m.",
        'XB.PCTCHG("x",1)': "#VALUE!",
        "XB.PCTCHG(D1,1)": "#N/A",
        "XB.BPS(0.25,0.5)": -2500,
        "XB.EBITDA(A1,B1)": 210,
        "XB.EBITDA(A1,B1,B2:B4)": 210 + 28294 + 26278 + 2016,
        "XB.EBITDA(A1,B1,Z1:Z4)": 210,
        "XB.TTM(B1:B4)": 100 + 28294 + 26278 + 2016,
        "XB.TTM(B1:B3)": "#VALUE!",
        "XB.TTM({1,2,3,4})": 10,
        "XB.CAGR(100,121,2)": 0.1,
        "XB.CAGR(-1,2,3)": "#NUM!",
        'XB.SUBTOTAL(B2:B3,"+-")': 2016,
        f'XB.LINE("{release}","Net sales")': 28294,
        f'XB.LINE("{release}","Net sales",DATE(2002,9,30))': 32342,
        f'XB.LINE("{release}","Net sales",,"income")': 28294,
        'XB.LINE("/no/such/file","Net sales")': "#N/A",
        f'XB.CHECK(2016,"{release}","Gross profit")': "OK",
        f'XB.CHECK(2020,"{release}","Gross profit")': 4,
        f'INDEX(XB.TABLE("{release}",1),4,1)': "Gross profit",
        f'XB.TABLE("{release}","no such statement")': "#VALUE!",
        'INDEX(XB.SUBTOTALS(A2:C4,CELL("address",A2)),3)': "=B2-B3",
    }
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ((110, 100, None, "=NA()"), ("Sales", 28294, 32342), ("Cost", 26278, 28130), ("Profit", 2016, 4212)):
        sheet.append(row)
    for number, text in enumerate(calls, start=10):
        sheet.cell(number, 1).value = f"={text}"
    sheet["H1"] = ArrayFormula("H1:L5", f'=XB.TABLE("{release}",1)')
    book.save(folder / "calls.xlsx")
    [made] = udf_office.converted([folder / "calls.xlsx"], folder / "called")
    found = openpyxl.load_workbook(made, data_only=True).worksheets[0]
    given = {text: found.cell(number, 1).value for number, text in enumerate(calls, start=10)}
    assert given == {
        text: pytest.approx(value) if not isinstance(value, str) else value for text, value in calls.items()
    }
    assert [cell.value for cell in found["H4:L4"][0]] == ["Gross profit", 2016, 4212, 9032, 11821]
