"""`check`: what a workbook's own checks say after somebody has edited it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from workbooks import CHECKS, INCOME, Book, edit
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.verify.check import CheckResult, check


def test_a_workbook_as_built_passes(built: Path) -> None:
    report = check(built)
    assert report.ok
    assert (report.source, report.master, len(report.passed), report.failing) == ("model.xlsx", "OK", 1, ())


def test_a_changed_input_fails_the_check_of_its_total(built: Path) -> None:
    def change(book: Book) -> None:
        book[INCOME]["B6"] = 26378

    edit(built, change)
    report = check(built)
    assert not report.ok
    assert report.master == "CHECK"
    assert report.failing == (CheckResult(CHECKS, "E5", "Gross profit, quarter ended 30 June 2004", "differs", -100.0),)


def test_a_changed_tolerance_lets_it_pass_again(built: Path) -> None:
    def change(book: Book) -> None:
        book[INCOME]["B6"] = 26378
        book[CHECKS]["F5"] = 100

    edit(built, change)
    assert check(built).ok


def test_a_broken_formula_fails(built: Path) -> None:
    def change(book: Book) -> None:
        book[INCOME]["B7"] = "=B5/0"

    edit(built, change)
    report = check(built)
    assert not report.ok
    assert report.failing[0].verdict == "#DIV/0!"
    assert report.failing[0].difference is None


def test_a_deleted_checks_sheet_is_no_pass(built: Path) -> None:
    def change(book: Book) -> None:
        del book[CHECKS]

    edit(built, change)
    report = check(built)
    assert (report.ok, report.master, report.results) == (False, "", ())


def test_a_difference_of_the_print_counts_apart(built: Path) -> None:
    def change(book: Book) -> None:
        book[CHECKS]["C5"] = 2061
        book[CHECKS]["G5"] = "in the print"
        book[CHECKS]["E8"] = 0

    edit(built, change)
    report = check(built)
    assert report.ok
    assert [result.difference for result in report.printed] == [-45.0]


def test_a_note_among_the_verdicts_is_no_check(built: Path) -> None:
    before = check(built).results

    def change(book: Book) -> None:
        book[CHECKS]["E12"] = "looked at"

    edit(built, change)
    assert check(built).results == before


def test_checking_leaves_the_file_alone(built: Path) -> None:
    before = built.read_bytes()
    check(built)
    assert built.read_bytes() == before


def test_a_workbook_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(ReleaseError, match=r"budget\.xlsx: it is not a workbook that xlsx-builder built"):
        check(path)


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReleaseError, match=r"model\.xlsx: it is not an Excel workbook"):
        check(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"nowhere\.xlsx: there is no such file"):
        check(tmp_path / "nowhere.xlsx")
