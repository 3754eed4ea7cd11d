"""House styles: the default template, an edited one, and what a broken one is told."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.styles import Font, PatternFill

from workbooks import INCOME, Book, Edit, edit, small_workbook
from xlsx_builder.house import default_content, read_template, write_template
from xlsx_builder.house.default import template as made_template
from xlsx_builder.house.looks import DEFAULT, PLAIN, Design
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import Choices, Option, Part
from xlsx_builder.model.workbook import NumberKind, Role, Tab
from xlsx_builder.verify.audit import audit
from xlsx_builder.write import write


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "house.xlsx"
    path.write_bytes(default_content())
    return path


def row_of(sheet: Book, key: str) -> int:
    return next(int(row[0].row) for row in sheet.iter_rows() if row[0].value == key)


@pytest.mark.parametrize("design", [DEFAULT, PLAIN], ids=lambda design: str(design.file))
def test_templates_are_those_that_the_program_makes(design: Design) -> None:
    """`python -m xlsx_builder.house.default` makes them anew."""
    assert default_content(design.file) == made_template(design)


@pytest.mark.parametrize("design", [DEFAULT, PLAIN], ids=lambda design: str(design.file))
def test_templates_keep_the_conventions_that_workbooks_are_held_to(design: Design, tmp_path: Path) -> None:
    path = tmp_path / design.file
    path.write_bytes(default_content(design.file))
    assert audit(path).findings == ()


def test_plain_template_is_black_and_white_and_tells_by_more_than_colour(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    write_template(path, plain=True)
    house = read_template(path)
    styles = {style.name: style for style in vars(openpyxl.load_workbook(path))["_named_styles"]}
    shades = {str(style.font.color.rgb)[-6:] for name, style in styles.items() if name.startswith("xb ")}
    assert all(len({shade[at : at + 2] for at in (0, 2, 4)}) == 1 for shade in (*shades, *house.tabs.values()))
    assert styles["xb input"].border.bottom.style == "dotted"
    assert styles["xb calculation"].border.bottom.style is None
    assert styles["xb link"].font.i


def test_a_template_is_not_written_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "house.xlsx"
    path.write_text("mine")
    with pytest.raises(ReleaseError, match=r"house\.xlsx: a file stands there; use --force"):
        write_template(path)
    assert path.read_text() == "mine"
    write_template(path, force=True)
    assert path.read_bytes() == default_content()
    with pytest.raises(ReleaseError, match="does not exist"):
        write_template(tmp_path / "no such folder" / "house.xlsx")


def test_a_template_of_the_program_may_be_written_over_itself(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsx_builder.house.default_content", lambda _: template.read_bytes())
    write_template(template, force=True)
    assert template.read_bytes() == default_content()


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c636060600000000400010f0a2d"
    "d40000000049454e44ae426082"
)
"""A picture of one point."""


def with_logo(path: Path, picture: str = "dot.png") -> Path:
    """The default template with a picture on its Settings sheet, as Excel puts it there."""
    with zipfile.ZipFile(io.BytesIO(default_content())) as old:
        found = {name: old.read(name) for name in old.namelist()}
    office = "http://schemas.openxmlformats.org"
    frame = (
        f'<xdr:wsDr xmlns:xdr="{office}/drawingml/2006/spreadsheetDrawing" xmlns:a="{office}/drawingml/2006/main" '
        f'xmlns:r="{office}/officeDocument/2006/relationships"><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" '
        'descr="Brightwater"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr><a:xfrm>'
        '<a:ext cx="1800000" cy="900000"/></a:xfrm></xdr:spPr></xdr:pic></xdr:wsDr>'
    )
    relation = (
        f'<Relationship Id="rId1" Type="{office}/officeDocument/2006/relationships/image" Target="../media/{picture}"/>'
    )
    relations = f'<Relationships xmlns="{office}/package/2006/relationships">{relation}</Relationships>'
    found |= {"xl/drawings/drawing1.xml": frame.encode(), "xl/drawings/_rels/drawing1.xml.rels": relations.encode()}
    found[f"xl/media/{picture}"] = DOT
    with zipfile.ZipFile(path, "w") as new:
        for name, data in found.items():
            new.writestr(name, data)
    return path


@pytest.mark.parametrize("charts", [True, False])
def test_a_logo_is_taken_over(tmp_path: Path, *, charts: bool) -> None:
    workbook = small_workbook()
    if not charts:
        workbook = replace(workbook, sheets=tuple(replace(sheet, charts=()) for sheet in workbook.sheets))
    template = with_logo(tmp_path / "house.xlsx")
    write(workbook, tmp_path / "m.xlsx", template=template)
    with zipfile.ZipFile(tmp_path / "m.xlsx") as package:
        assert package.read("xl/media/image1.png") == DOT
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert 'name="Logo" descr="Brightwater"' in drawing
    assert re.search(r'ext cx="1040000" cy="520000"', drawing)
    assert ("Gross profit fell" in drawing) == charts
    first = (tmp_path / "m.xlsx").read_bytes()
    write(workbook, tmp_path / "m.xlsx", template=template)
    assert (tmp_path / "m.xlsx").read_bytes() == first


def test_a_logo_that_not_every_program_shows_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"house\.xlsx: the picture that is to be the logo is no PNG"):
        read_template(with_logo(tmp_path / "house.xlsx", "dot.emf"))


def test_settings_choose_sheets_and_analyses(template: Path) -> None:
    assert read_template(template).choices == Choices()

    def change(book: Book) -> None:
        sheet = book["Settings"]
        for key, value in (
            ("sheet About", 1),
            ("sheet Summary", 9),
            ("sheet EBITDA", "No"),
            ("analysis margins", "no"),
        ):
            sheet.cell(row_of(sheet, key), 2).value = value

    edit(template, change)
    choices = read_template(template).choices
    assert choices.parts == (Part.ABOUT, Part.STATEMENTS, Part.CLAIMS, Part.CHECKS, Part.RELEASE, Part.SUMMARY)
    assert choices.options == frozenset(Option) - {Option.MARGINS}


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("sheet Checks", "no", "'sheet Checks' is 'no', but no workbook goes without it"),
        ("sheet statements", "no", "'sheet statements' is 'no', but no workbook goes without it"),
        ("sheet EBITDA", "maybe", "'sheet EBITDA' is 'maybe', which is neither a place"),
        ("sheet EBITDA", 5, "'sheet EBITDA' and 'sheet Checks' have the same place, 5"),
        ("analysis % change", 1, "'analysis % change' is '1', which is neither yes nor no"),
        ("gridlines", "some", "'gridlines' is 'some', which is neither yes nor no"),
    ],
)
def test_choices_that_mean_nothing_are_told(template: Path, key: str, value: object, told: str) -> None:
    def change(book: Book) -> None:
        sheet = book["Settings"]
        sheet.cell(row_of(sheet, key), 2).value = value

    edit(template, change)
    with pytest.raises(ReleaseError, match=re.escape(told)):
        read_template(template)


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


def without_choice(book: Book) -> None:
    sheet = book["Settings"]
    sheet.delete_rows(row_of(sheet, "analysis common size"))


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
        (without_choice, "analysis common size"),
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
    with pytest.raises(ReleaseError, match=r"nowhere\.xlsx: there is no such file"):
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
