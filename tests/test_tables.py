"""Any table comes back with live formulas."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from xlsx_builder.cli import main
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.table import CellSum
from xlsx_builder.plan.table_relations import acyclic
from xlsx_builder.read.cells import read_cells
from xlsx_builder.tables import build_table, cell_sums
from xlsx_builder.verify.audit import audit
from xlsx_builder.verify.check import check

TABLE = """\
Region,2021,2022,2023,All years
North,120,135,151,406
South,80,75,90,245
East,310,298,325,933

Total,510,508,566,1584
"""

EUROPEAN = """\
Teil;Wert;Anteil
A;1.250,5;25,0%
B;1.751,0;35,0%
C;2.000,5;40,0%
Total;5.002,0;100,0%
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "regions.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_sums_down_and_across_are_found(table: Path) -> None:
    sums = cell_sums(table).sums
    assert CellSum((5, 1), ((1, 1, 1), (2, 1, 1), (3, 1, 1))) in sums
    assert CellSum((2, 4), ((2, 1, 1), (2, 2, 1), (2, 3, 1))) in sums
    assert {one.cell for one in sums} == {(5, 1), (5, 2), (5, 3), (5, 4), (1, 4), (2, 4), (3, 4)}


def test_json_is_a_list_of_sums(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formulas", str(table), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"cell": [5, 2], "terms": [[1, 2, 1], [2, 2, 1], [3, 2, 1]]} in found


def test_the_workbook_keeps_addresses_and_lives(table: Path, tmp_path: Path) -> None:
    built = build_table(table, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(built.path)["Table"]
    assert sheet["A2"].value == "North"
    assert sheet["B2"].value == 120
    assert sheet["C6"].value == "=SUM(C2:C4)"
    shown = openpyxl.load_workbook(built.path, data_only=True)["Table"]
    assert [cell.value for cell in shown[6][:5]] == ["Total", 510, 508, 566, 1584]
    assert check(built.path).ok


def test_an_edited_cell_is_told_by_the_checks(table: Path, tmp_path: Path) -> None:
    built = build_table(table, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(built.path)
    book["Table"]["C3"] = 90
    book.save(built.path)
    assert {result.label for result in check(built.path).failing} == {"C6", "E3", "E6"}


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        EUROPEAN,
        "10,20,30\n11,21,32\n21,41,62\n",
        "Cash\t2023\t2022\nReceipts\t1'204'500\t1'100'250\nPayments\t(1'004'250)\t(950'000)\nNet\t200'250\t150'250\n",
        "Item,Q1,Q2,Mean\nSales,10.5,11.5,11.0\nCosts,-8.25,-9.25,-8.75\nMargin,21.4%,19.6%,20.5%\n",
        "name,city\nAnn,Ghent\n",
        "2021,2022\n",
    ],
    ids=["years", "European", "no headings", "Swiss", "averages", "no figures", "only years"],
)
def test_the_workbook_of_a_table_passes_our_own_audit(content: str, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(content, encoding="utf-8")
    report = audit(build_table(tmp_path / "table.csv", tmp_path / "out.xlsx").path)
    assert [str(finding) for finding in report.findings] == []


def test_years_over_columns_are_headings_and_each_row_leads_to_what_it_was(table: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(build_table(table, tmp_path / "out.xlsx").path)
    sheet = book["Table"]
    assert [cell.value for cell in sheet[1]][:5] == ["Region", "2021", "2022", "2023", "All years"]
    assert [cell.value for cell in sheet[1]][5:] == ["Unit", "Source line", "All checks", "='Checks'!C3"]
    assert sheet["G4"].hyperlink.location == "'Source'!B9"
    assert book["Source"]["B9"].value == "East | 310 | 298 | 325 | 933"


def test_european_figures_and_per_cents(tmp_path: Path) -> None:
    path = tmp_path / "anteile.csv"
    path.write_text(EUROPEAN, encoding="utf-8")
    built = build_table(path, tmp_path / "out.xlsx")
    shown = openpyxl.load_workbook(built.path, data_only=True)["Table"]
    assert (shown["B5"].value, shown["C5"].value) == (5002, 1)
    assert ["%" in shown[cell].number_format for cell in ("B5", "C5")] == [False, True]
    assert {one.cell for one in built.found.sums} == {(4, 1), (4, 2)}


def test_a_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Figures", 0)
    for row in (
        ["Item", "Q1", "Q2", "Q3"],
        ["Sales", 517, 604, 598],
        ["Costs", -320, -351, -377],
        ["Profit", 197, 253, 221],
    ):
        sheet.append(row)
    book.save(tmp_path / "in.xlsx")
    sums = cell_sums(tmp_path / "in.xlsx").sums
    assert sums == tuple(CellSum((3, column), ((1, column, 1), (2, column, 1))) for column in (1, 2, 3))


def test_two_years_above_the_figures_are_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    for years, found in (("2023,2022", 2), ("2023,1950", 0)):
        path.write_text(f"Region,{years}\nNorth,100,90\nSouth,50,45\nTotal,150,135\n", encoding="utf-8")
        assert len(cell_sums(path).sums) == found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end: str, tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_bytes(TABLE.replace("\n", end).encode())
    assert len({one.cell for one in cell_sums(path).sums}) == 7


def test_a_sheet_is_read_to_its_last_figure_or_refused(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "wide.xlsx"
    book.worksheets[0].append(["Day", *range(1, 500)])
    book.worksheets[0]["ALL9"].font = openpyxl.styles.Font(bold=True)  # a look is no figure
    book.save(path)
    assert [len(row) for row in read_cells(path)] == [500]
    book.worksheets[0]["SG1"] = 500
    book.save(path)
    with pytest.raises(ReleaseError, match="it has 501 columns"):
        read_cells(path)


def test_a_figure_that_no_cell_can_hold_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stars.csv"
    path.write_text(f"Star,Distance\nNear,4\nFar,{'9' * 400}\n", encoding="utf-8")
    assert main(["formulas", str(path), "-o", str(tmp_path / "out.xlsx")]) == 0
    assert "'Table'!B3 stays empty" in capsys.readouterr().out


def test_no_cell_reads_itself() -> None:
    one = CellSum((0, 0), ((1, 0, 1), (2, 0, 1)))
    turned = CellSum((1, 0), ((0, 0, 1), (2, 0, -1)))
    assert acyclic((one, turned)) == {(0, 0): one}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no table"),
        (b"\x00\x01\x02\x03" * 40, "neither"),
        (b"%PDF-1.7\nSales 5\n", "neither"),
        (b"<html><table><tr><td>5</td></tr></table></html>", "neither"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_bytes(content)
    with pytest.raises(ReleaseError, match=reason):
        cell_sums(path)
