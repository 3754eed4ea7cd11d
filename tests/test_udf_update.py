"""A release read again into an open workbook: only input cells are written, wherever they stand by now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import openpyxl
import pytest

from workbooks import Book
from xlsx_builder.pipeline import Order, build_package
from xlsx_builder.udf import excel_book
from xlsx_builder.udf.update import message_of_update, update
from xlsx_builder.udf.values import Block
from xlsx_builder.udf.xlsm import XLSM


class RecordingSheet:
    """A sheet that remembers what is written, and refuses locked cells while it is protected."""

    def __init__(self, stored: Book, written: Book) -> None:
        self.stored, self.sheet = stored, written
        self.writes: dict[str, float] = {}
        self.protected = True

    def values(self) -> Block:
        return tuple(tuple(cell.value for cell in row) for row in self.stored.iter_rows())

    def formulas(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(str(cell.value or "") for cell in row) for row in self.sheet.iter_rows())

    def write(self, row: int, column: int, value: float) -> None:
        cell = self.sheet.cell(row, column)
        assert not (self.protected and cell.protection.locked), f"{cell.coordinate} is locked"
        self.writes[cell.coordinate] = value

    @contextmanager
    def unlocked(self) -> Iterator[None]:
        self.protected = False
        yield
        self.protected = True


@pytest.fixture(scope="module")
def built(lexington: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package(Order(lexington, tmp_path_factory.mktemp("update") / "model.xlsm"), XLSM).path


@pytest.fixture
def opened(built: Path) -> Book:
    """The workbook with formulas, to edit before it counts as open."""
    return openpyxl.load_workbook(built)


def recording(book: Book, built: Path) -> dict[str, RecordingSheet]:
    """The edited workbook as if it were open in Excel; values stand where formulas are not asked for."""
    stored = openpyxl.load_workbook(built, data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        values = stored[sheet.title] if sheet.title in stored.sheetnames else sheet
        sheets[sheet.title] = RecordingSheet(values if values.dimensions == sheet.dimensions else sheet, sheet)
    return sheets


def written(book: dict[str, RecordingSheet]) -> dict[str, float]:
    return {f"{name}!{at}": value for name, sheet in book.items() for at, value in sheet.writes.items()}


def changed(lexington: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """The release after the company has corrected figures."""
    text = lexington.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "corrected.txt"
    path.write_text(text)
    return path


def test_the_same_release_changes_nothing(opened: Book, built: Path, lexington: Path) -> None:
    book = recording(opened, built)
    done = update(book, lexington)
    assert done.missing == ()
    assert done.found > 80
    assert (done.writes, written(book)) == ((), {})


def test_a_corrected_figure_goes_into_its_input_cell_only(
    opened: Book, built: Path, lexington: Path, tmp_path: Path
) -> None:
    book = recording(opened, built)
    update(book, changed(lexington, tmp_path, ("26,278", "26,288")))
    assert written(book) == {"Income Statement!C7": 26288}
    assert all(sheet.protected for sheet in book.values())


def test_the_printed_total_is_corrected_too_though_its_cell_is_locked(
    opened: Book, built: Path, lexington: Path, tmp_path: Path
) -> None:
    book = recording(opened, built)
    update(book, changed(lexington, tmp_path, ("26,278", "26,288"), ("2,016", "2,006")))
    cells = written(book)
    assert cells.pop("Income Statement!C7") == 26288
    assert list(cells.values()) == [2006]
    [place] = cells
    assert place.startswith("Checks!F"), "reported figures"


def test_inserted_rows_and_columns_and_added_sheets_do_no_harm(
    opened: Book, built: Path, lexington: Path, tmp_path: Path
) -> None:
    sheet = opened["Income Statement"]
    sheet.insert_rows(7)
    sheet.cell(7, 1).value = "My own line"
    sheet.insert_cols(2)
    opened.create_sheet("My notes", 0)["A1"] = "Net sales"
    book = recording(opened, built)
    done = update(book, changed(lexington, tmp_path, ("26,278", "26,288")))
    assert done.missing == ()
    assert written(book)["Income Statement!D8"] == 26288
    assert {place.split("!")[0] for place in written(book)} == {"Income Statement"}


def test_switches_are_the_analysts(opened: Book, built: Path, lexington: Path) -> None:
    sheet = opened["EBITDA"]
    switches = [cell for row in sheet.iter_rows() for cell in row if cell.style == "xb switch"]
    assert switches
    for cell in switches:
        cell.value = 0
    book = recording(opened, built)
    update(book, lexington)
    assert written(book) == {}


def test_a_formula_that_shows_what_is_printed_is_not_told_of(opened: Book, built: Path, lexington: Path) -> None:
    opened["Income Statement"]["C7"] = "=26000+278.4"
    book = recording(opened, built)
    book["Income Statement"].stored["C7"] = 26278.4
    assert update(book, lexington).kept == ()
    book["Income Statement"].stored["C7"] = 26278.6
    assert len(update(book, lexington).kept) == 1


def test_an_input_that_somebody_made_a_formula_is_kept(
    opened: Book, built: Path, lexington: Path, tmp_path: Path
) -> None:
    opened["Income Statement"]["C7"] = "=26000+278"
    book = recording(opened, built)
    done = update(book, changed(lexington, tmp_path, ("26,278", "26,288")))
    assert written(book) == {}
    assert [place for place in done.kept if "Cost of sales" in place]


def test_a_label_that_comes_once_more_leaves_doubt_and_nothing_is_written(
    opened: Book, built: Path, lexington: Path, tmp_path: Path
) -> None:
    sheet = opened["Income Statement"]
    sheet["A40"], sheet["B40"] = sheet["A7"].value, sheet["B7"].value
    book = recording(opened, built)
    done = update(book, changed(lexington, tmp_path, ("26,278", "26,288")))
    assert [place for place in done.missing if "Cost of sales" in place]
    assert written(book) == {}


def test_another_release_is_refused_whole(opened: Book, built: Path, lexington: Path) -> None:
    book = recording(opened, built)
    said = message_of_update(book, lexington.with_name("kestrel_instruments_fy1996.txt"))
    assert said.startswith("Nothing was changed")
    assert written(book) == {}


def test_the_sheet_recompute_names_the_release(opened: Book, built: Path, tmp_path: Path) -> None:
    book = recording(opened, built)
    assert "0 cells changed" in message_of_update(book)
    opened["Recompute"]["B5"] = str(tmp_path / "gone.txt")
    book["Recompute"].stored = opened["Recompute"]
    assert "gone.txt" in message_of_update(book)
    del book["Recompute"]
    assert message_of_update(book).startswith("There is no sheet Recompute")


def test_an_update_says_what_it_did(opened: Book, built: Path, lexington: Path, tmp_path: Path) -> None:
    said = message_of_update(recording(opened, built), changed(lexington, tmp_path, ("26,278", "26,288")))
    assert "1 cells changed" in said


def test_protection_of_a_sheet_in_excel_comes_back_as_it_was() -> None:
    api = mock.MagicMock(ProtectContents=True, ProtectDrawingObjects=False, ProtectScenarios=False)
    for name in excel_book.ALLOWED:
        setattr(api.Protection, name, name == "AllowFormattingRows")
    sheet = excel_book.ExcelSheet(mock.MagicMock(api=api))
    with sheet.unlocked():
        api.Unprotect.assert_called_once_with()
        api.Protect.assert_not_called()
    [given] = [call.kwargs for call in api.Protect.call_args_list]
    assert given["AllowFormattingRows"] is True
    assert given["AllowFormattingColumns"] is False
    assert given["Contents"] is True
    assert given["DrawingObjects"] is False


def test_an_unprotected_sheet_in_excel_stays_so() -> None:
    api = mock.MagicMock(ProtectContents=False)
    with excel_book.ExcelSheet(mock.MagicMock(api=api)).unlocked():
        pass
    api.Protect.assert_not_called()


def test_excel_sheets_are_read_from_the_first_cell_on() -> None:
    found = mock.MagicMock()
    found.used_range.last_cell = mock.MagicMock(row=3, column=2)
    area = found.range.return_value
    area.formula = "=A1"
    area.options.return_value.value = [[1.0]]
    sheet = excel_book.ExcelSheet(found)
    assert sheet.formulas() == (("=A1",),)
    found.range.assert_called_once_with((1, 1), (3, 2))
    assert sheet.values() == ((1.0,),)
    sheet.write(3, 2, 5.0)
    found.range.assert_called_with((3, 2))
    assert found.range.return_value.value == 5.0
    assert excel_book.book_of(mock.MagicMock(sheets=[found])).keys() == {found.name}
