"""House styles: the default template, an edited one, and what a broken one is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from workbooks import INCOME, Book, small_workbook
from xlsx_builder.house import default_content, read_template
from xlsx_builder.house.default import default_template
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import NumberKind, Role, Tab
from xlsx_builder.write import write

Edit = Callable[[Book], None]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "house.xlsx"
    path.write_bytes(default_content())
    return path


def edit(path: Path, change: Edit) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def row_of(sheet: Book, key: str) -> int:
    return next(int(row[0].row) for row in sheet.iter_rows() if row[0].value == key)


def test_default_template_is_the_one_that_the_program_makes() -> None:
    """`python -m xlsx_builder.house.default` makes it anew."""
    assert default_content() == default_template()


def test_default_template_has_everything() -> None:
    house = read_template()
    assert set(house.formats) == set(NumberKind)
    assert set(house.tabs) == set(Tab)
    assert house.source == "default.xlsx"


def test_template_shows_each_style_and_its_name() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(default_content()))["Styles"]
    shown = {row[0].value: row[1].style for row in sheet.iter_rows(min_row=5)}
    assert {role.value for role in Role} <= set(shown)
    assert all(name == style for name, style in shown.items())


@pytest.mark.parametrize("kind", [kind for kind in NumberKind if kind not in (NumberKind.TEXT, NumberKind.GENERAL)])
def test_formats_that_hold_digits_are_valid_for_text_too(kind: NumberKind) -> None:
    for code in read_template().formats[kind]:
        assert code.count(";") in (0, 3), "positive, negative, zero, text"


def change_style(book: Book) -> None:
    style = next(style for style in book._named_styles if style.name == "xb input")
    style.font = Font(name="Georgia", color="FF993300")


def change_format(book: Book) -> None:
    sheet = book["Formats"]
    sheet.cell(row_of(sheet, "money"), 2).number_format = "#,##0;-#,##0"


def change_settings(book: Book) -> None:
    sheet = book["Settings"]
    sheet.cell(row_of(sheet, "paper"), 2).value = "A4"
    sheet.cell(row_of(sheet, "zoom"), 2).value = 85
    sheet.cell(row_of(sheet, "footer left"), 2).value = "Smith & Co, {source}"
    sheet.cell(row_of(sheet, "tab statement"), 2).fill = PatternFill("solid", fgColor="FF112233")


def test_an_edited_template_is_obeyed(template: Path, tmp_path: Path) -> None:
    for change in (change_style, change_format, change_settings):
        edit(template, change)
    write(small_workbook(), tmp_path / "m.xlsx", template=template)
    sheet: Book = openpyxl.load_workbook(tmp_path / "m.xlsx")[INCOME]
    assert (sheet["B5"].font.name, sheet["B5"].font.color.rgb) == ("Georgia", "FF993300")
    assert sheet["B5"].number_format == "#,##0;-#,##0"
    assert (int(sheet.page_setup.paperSize), sheet.sheet_view.zoomScale) == (9, 85)
    assert sheet.oddFooter.left.text == "Smith && Co, brightwater_q2.txt (R&&D)"
    assert sheet.sheet_properties.tabColor.rgb == "00112233"


def without_style(book: Book) -> None:
    styles = book._named_styles
    next(style for style in styles if style.name == "xb subtotal").name = "xb sub total"


def without_sheet(book: Book) -> None:
    del book["Formats"]


def without_format(book: Book) -> None:
    sheet = book["Formats"]
    sheet.delete_rows(row_of(sheet, "per share"))


def without_setting(book: Book) -> None:
    sheet = book["Settings"]
    sheet.delete_rows(row_of(sheet, "zoom"))


def strange_paper(book: Book) -> None:
    sheet = book["Settings"]
    sheet.cell(row_of(sheet, "paper"), 2).value = "Folio"


def no_colour(book: Book) -> None:
    sheet = book["Settings"]
    sheet.cell(row_of(sheet, "tab summary"), 2).fill = PatternFill()


def strange_field(book: Book) -> None:
    sheet = book["Settings"]
    sheet.cell(row_of(sheet, "footer right"), 2).value = "{date}"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (without_style, "xb subtotal"),
        (without_sheet, "Formats"),
        (without_format, "per share"),
        (without_setting, "zoom"),
        (strange_paper, "Folio"),
        (no_colour, "tab summary"),
        (strange_field, "date"),
    ],
)
def test_a_broken_template_is_told_what_is_missing(template: Path, change: Edit, named: str) -> None:
    edit(template, change)
    with pytest.raises(ReleaseError, match=rf"house\.xlsx: .*{named}"):
        read_template(template)


def test_a_template_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "house.xlsx"
    for content in (b"", b"not a workbook", default_content()[:3000]):
        path.write_bytes(content)
        with pytest.raises(ReleaseError, match=r"house\.xlsx: "):
            read_template(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("letter.txt", "a zip, but no workbook")
    with pytest.raises(ReleaseError, match=r"house\.xlsx: "):
        read_template(path)


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"nowhere\.xlsx: the template cannot be read"):
        read_template(tmp_path / "nowhere.xlsx")


def test_a_template_that_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsx_builder.model.package.UNPACKED_LIMIT", 4_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(5):
            package.writestr(f"xl/part{number}.xml", bytes(1_000_000))
    assert path.stat().st_size < 10_000
    with pytest.raises(ReleaseError, match="would unpack to 5 MB"):
        read_template(path)
