"""Files are replaced whole or not at all, and an analyst's work is never overwritten unasked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import openpyxl
import pytest

from office import convert, require_office
from workbooks import INCOME, Book, Edit, edit, small_workbook
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.write import write
from xlsx_builder.write.fingerprint import normal_form


def change_input(book: Book) -> None:
    book[INCOME]["B5"] = 28295


def change_formula(book: Book) -> None:
    book[INCOME]["B7"] = "=B5+B6"


def overwrite_formula(book: Book) -> None:
    book[INCOME]["B7"] = 2016


def clear_cell(book: Book) -> None:
    book[INCOME]["A6"] = None


def add_cell(book: Book) -> None:
    book[INCOME]["H30"] = "my note"


def add_sheet(book: Book) -> None:
    book.create_sheet("Mine")


def rename_sheet(book: Book) -> None:
    book["Release"].title = "Source"


def swap_inputs(book: Book) -> None:
    book[INCOME]["B5"], book[INCOME]["B6"] = 26278, 28294


@pytest.mark.parametrize(
    "change",
    [change_input, change_formula, overwrite_formula, clear_cell, add_cell, add_sheet, rename_sheet, swap_inputs],
)
def test_an_edited_workbook_is_kept(built: Path, change: Edit) -> None:
    edit(built, change)
    edited = built.read_bytes()
    with pytest.raises(ReleaseError, match=r"model\.xlsx: it was edited since it was built; use --force"):
        write(small_workbook(), built)
    assert built.read_bytes() == edited
    write(small_workbook(), built, force=True)
    assert built.read_bytes() != edited


def only_save(_: Book) -> None:
    pass


def change_looks(book: Book) -> None:
    book[INCOME].column_dimensions["A"].width = 60
    book[INCOME]["A1"].font = openpyxl.styles.Font(bold=False)


@pytest.mark.parametrize("change", [only_save, change_looks])
def test_a_workbook_that_was_only_saved_is_replaced(built: Path, change: Edit) -> None:
    original = built.read_bytes()
    edit(built, change)
    assert built.read_bytes() != original
    write(small_workbook(), built)
    assert built.read_bytes() == original


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved_is_replaced(built: Path, tmp_path: Path) -> None:
    require_office()
    saved = convert(built, tmp_path / "saved")
    write(small_workbook(), saved)
    assert saved.read_bytes() == built.read_bytes()


@pytest.mark.parametrize("content", [b"", b"a budget, not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_none_of_ours_is_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReleaseError, match=r"budget\.xlsx: a file that xlsx-builder did not build .* use --force"):
        write(small_workbook(), path)
    assert path.read_bytes() == content
    write(small_workbook(), path, force=True)


def test_a_missing_folder_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "output" / "model.xlsx"
    with pytest.raises(ReleaseError, match="does not exist"):
        write(small_workbook(), path)
    write(small_workbook(), path, make_folder=True)
    assert path.exists()


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is a folder"):
        write(small_workbook(), tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for make_folder in (False, True):
        with pytest.raises(ReleaseError, match=r"model\.xlsx: "):
            write(small_workbook(), tmp_path / "file" / "model.xlsx", make_folder=make_folder)


def test_nothing_half_written_is_left(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = built.read_bytes()
    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReleaseError, match=r"cannot be written .No space left on device"):
        write(small_workbook(), built, force=True)
    assert [path.name for path in built.parent.iterdir()] == ["model.xlsx"]
    assert built.read_bytes() == before


def test_a_workbook_open_in_excel(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", in_use)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ReleaseError, match="close it in Excel"):
        write(small_workbook(), built)


def test_a_link_to_the_output_stays_a_link(built: Path) -> None:
    link = built.parent / "latest.xlsx"
    link.symlink_to(built)
    write(small_workbook(), link)
    assert link.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_new_file_can_be_read_by_those_who_may(built: Path) -> None:
    plain = built.parent / "plain"
    plain.write_text("")
    assert built.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("='Checks'!E9", "=checks!E9"),
        ('=IF( B5 = 0 ,"n.m.",B7/B5)', '=IF(B5=0,"n.m.",B7/B5)'),
        ("=SUM(B5:B7)", "=sum(B5:B7)"),
    ],
)
def test_formulas_that_say_the_same(one: str, other: str) -> None:
    assert normal_form(one, formula=True) == normal_form(other, formula=True)


@pytest.mark.parametrize(("one", "other"), [('=IF(A1,"a b","c")', '=IF(A1,"ab","c")'), ("=B5-B6", "=B6-B5")])
def test_formulas_that_differ(one: str, other: str) -> None:
    assert normal_form(one, formula=True) != normal_form(other, formula=True)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [(1, 1.0, True), (0.1 + 0.2, 0.3, True), (1, "1", False), (True, 1, False), ("a  b", "a b", True), (1, 2, False)],
)
def test_constants(one: object, other: object, *, equal: bool) -> None:
    assert (normal_form(one, formula=False) == normal_form(other, formula=False)) == equal
