"""The workbook as .xlsm: xlwings' VBA, the sheet Recompute, and everything else as in the .xlsx."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import openpyxl
import pytest

import office
from xlsx_builder.cli import main
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.pipeline import Build, Order, build, build_package
from xlsx_builder.udf import xlsm
from xlsx_builder.udf.recompute import CONFIGURATION, HEADING_ROW, SHEET
from xlsx_builder.udf.registry import BY_NAME
from xlsx_builder.udf.xlsm import XLSM
from xlsx_builder.verify.audit import audit
from xlsx_builder.verify.check import check


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("xlsm")


@pytest.fixture(scope="module")
def built(lexington: Path, folder: Path) -> Build:
    return build_package(Order(lexington, folder / "model.xlsm"), XLSM)


@pytest.fixture(scope="module")
def plain(lexington: Path, folder: Path) -> Path:
    return build(lexington, folder / "model.xlsx").path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def test_vba_project_is_that_of_the_installed_xlwings(built: Build) -> None:
    found = importlib.util.find_spec("xlwings")
    assert found is not None
    assert found.origin is not None
    donor = Path(found.origin).with_name("quickstart_standalone.xlsm")
    assert part(built.path, "xl/vbaProject.bin") == part(donor, "xl/vbaProject.bin")


def test_package_is_one_with_macros(built: Build) -> None:
    types = part(built.path, "[Content_Types].xml")
    assert b"ms-excel.sheet.macroEnabled.main+xml" in types
    assert b"spreadsheetml.sheet.main+xml" not in types
    assert b'PartName="/xl/vbaProject.bin"' in types
    assert b'Target="vbaProject.bin"' in part(built.path, "xl/_rels/workbook.xml.rels")
    assert b'codeName="ThisWorkbook"' in part(built.path, "xl/workbook.xml")
    book = openpyxl.load_workbook(built.path, keep_vba=True)
    assert book.vba_archive is not None
    modules = {book[name].sheet_properties.codeName for name in (SHEET, CONFIGURATION)}
    assert modules == {"Sheet1", "Sheet2"}, "the modules that the VBA project has"


def test_excel_is_not_told_to_recalculate_functions_that_it_may_not_have(built: Build, plain: Path) -> None:
    assert b"fullCalcOnLoad" in part(plain, "xl/workbook.xml")
    assert b"fullCalcOnLoad" not in part(built.path, "xl/workbook.xml")


def test_model_sheets_are_those_of_the_plain_workbook(built: Build, plain: Path) -> None:
    for read in (office.formulas, office.stored):
        model = {
            cell: value for cell, value in read(built.path).items() if cell.split("!")[0] not in (SHEET, CONFIGURATION)
        }
        expected = read(plain)
        added = {cell: value for cell, value in model.items() if cell not in expected}
        assert {cell: model.get(cell) for cell in expected} == expected
        assert {cell.split("!")[0] for cell in added} <= {"Summary"}, "Recompute is among the contents"


def test_recompute_covers_what_functions_can_compute(built: Build) -> None:
    sheet = openpyxl.load_workbook(built.path)[SHEET]
    functions = {row[3].value for row in sheet.iter_rows(min_row=HEADING_ROW + 1)}
    assert functions == {"XB_EBITDA", "XB_MARGIN", "XB_BPS", "XB_SUBTOTAL", "XB_PCTCHG"} <= BY_NAME.keys()
    calls = {str(row[3].value): str(row[5].value) for row in sheet.iter_rows(min_row=HEADING_ROW + 1)}
    assert all(f"{name}(" in call for name, call in calls.items())
    assert calls["XB_EBITDA"].startswith("=0+XB_"), "text instead of a figure must become an error"
    assert calls["XB_PCTCHG"].startswith("=XB_"), "a change may say 'n.m.'"


def test_recompute_agrees_as_stored(built: Build) -> None:
    stored = office.stored(built.path)
    sheet = openpyxl.load_workbook(built.path)[SHEET]
    verdicts = [stored[f"{SHEET}!G{row}"] for row in range(HEADING_ROW + 1, sheet.max_row + 1)]
    assert len(verdicts) > 200
    assert set(verdicts) == {"OK"}
    assert stored[f"{SHEET}!B7"] == 0, "pairs that do not agree"
    assert "install xlsx-builder[excel]" in str(stored[f"{SHEET}!A4"])


def test_audit_blames_no_cell_for_functions_that_only_excel_knows(built: Build) -> None:
    assert audit(built.path).findings == ()


def test_settings_of_xlwings_begin_in_the_first_cell_and_have_no_empty_row(built: Build) -> None:
    sheet = openpyxl.load_workbook(built.path)[CONFIGURATION]
    settings = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert next(iter(settings)) == "Interpreter_Win"
    assert None not in settings
    assert None not in settings.values()
    assert settings["UDF Modules"] == "xlsx_builder.udf.xlwings_host"


def test_master_check_does_not_look_at_recompute(built: Build, plain: Path) -> None:
    assert check(built.path).ok
    assert len(check(built.path).results) == len(check(plain).results)
    assert not [
        formula for formula in office.formulas(built.path).items() if SHEET in formula[1] and SHEET not in formula[0]
    ]


def test_two_builds_are_the_same_bytes_and_an_edited_one_is_kept(small: Path, tmp_path: Path) -> None:
    order = Order(small, tmp_path / "model.xlsm")
    first, second = (build_package(order, XLSM).path.read_bytes() for _ in range(2))
    assert first == second
    book = openpyxl.load_workbook(tmp_path / "model.xlsm", keep_vba=True)
    book[SHEET]["B5"] = "another release"
    book.save(tmp_path / "model.xlsm")
    with pytest.raises(ReleaseError, match="edited"):
        build_package(order, XLSM)


def test_a_name_that_excel_would_not_open_is_refused(lexington: Path, folder: Path) -> None:
    with pytest.raises(ReleaseError, match=r"\.xlsm"):
        build_package(Order(lexington, folder / "wrong.xlsx"), XLSM)


def test_without_xlwings_it_says_at_once_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsm, "find_spec", lambda _: None)
    with pytest.raises(ReleaseError, match=r'pip install "xlsx-builder\[excel\]"'):
        build_package(Order(folder / "which nobody has looked for yet.txt", folder / "none.xlsm"), XLSM)
    assert not (folder / "none.xlsm").exists()


@pytest.mark.office
def test_libreoffice_opens_it_with_model_and_values_intact(built: Build, folder: Path) -> None:
    office.require_office()
    judged = office.recalculated(built.path, folder / "judged")
    stored = office.stored(built.path)
    stale = [
        cell
        for cell in office.formulas(built.path)
        if not cell.startswith(SHEET) and not office.same(stored.get(cell), judged.get(cell))
    ]
    assert stale == []
    assert judged[f"{SHEET}!G{HEADING_ROW + 1}"] == "no answer", "no add-in here"


def test_command_line_builds_it_under_a_name_of_its_own(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(small), "--xlsm"]) == 0
    [written] = (tmp_path / "output").iterdir()
    assert written.name == "alder-works-inc_2004-06-30.xlsm"
    assert written.name in capsys.readouterr().out
    assert main(["check", str(written)]) == 0
