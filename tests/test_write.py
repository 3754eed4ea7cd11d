"""What stands in a written workbook: values, styles, formats, links, protection, print and charts."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from office import convert, formulas, recalculated, require_office, same, stored
from workbooks import CHECKS, INCOME, RELEASE, Book, cell, income, ref, release, small_workbook
from xlsx_builder.house import read_template
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import NumberKind, Ratio, Role, Sheet, SignedSum, Tab, Workbook
from xlsx_builder.write import rendered, write

HOSTILE = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "=======",
    "+12 and more",
    "#REF!",
    "bell \x07 and form feed \x0b here",
    "half a \ud83d pair",
    "_x0041_",
    "'quoted'",
    "  two  spaces",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("write") / "small.xlsx"
    assert write(small_workbook(), path) == ()
    return path


@pytest.fixture(scope="module")
def book(small: Path) -> Book:
    return openpyxl.load_workbook(small)


def written(tmp_path: Path, *sheets: Sheet) -> Book:
    path = tmp_path / "one.xlsx"
    write(Workbook("One", sheets), path)
    return openpyxl.load_workbook(path)


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


# --- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "formula", "value"),
    [
        ("B7", "=B5-B6", 2016),
        ("B8", '=IF(B5=0,"n.m.",B7/B5)', 2016 / 28294),
        ("D5", '=IF(C5>0,B5/C5-1,"n.m.")', 28294 / 29519 - 1),
        ("D9", '=IF(C9>0,B9/C9-1,"n.m.")', "n.m."),
        ("B12", "=B11*$B$10", -40),
        ("C12", "=C11*$B$10", 0),
        ("C2", "='Checks'!E9", "OK"),
    ],
)
def test_formulas_carry_their_values(small: Path, address: str, formula: str, value: object) -> None:
    assert formulas(small)[f"{INCOME}!{address}"] == formula
    assert same(stored(small)[f"{INCOME}!{address}"], value)


def test_every_formula_has_a_value_of_its_type(small: Path) -> None:
    xml = part(small, "xl/worksheets/sheet1.xml") + part(small, "xl/worksheets/sheet2.xml")
    cells = re.findall(r'<c r="[A-Z]+\d+"([^>]*)><f>[^<]*</f>(<v>[^<]+</v>|<v/?>)', xml)
    assert len(cells) == len(re.findall("<f>", xml)) == 16
    for attributes, value in cells:
        words = not re.fullmatch(r"<v>-?[\d.]+(E-?\d+)?</v>", value)
        assert words == ('t="str"' in attributes), (attributes, value)


def test_each_cell_has_the_named_style_of_its_role(book: Book) -> None:
    for planned in income().cells:
        assert book[INCOME].cell(planned.row, planned.column).style == planned.role.value


@pytest.mark.parametrize(
    ("address", "number_format"),
    [
        ("B5", '#,##0_);(#,##0);"\u2013"_);@_)'),
        ("B8", '#,##0.0%_);(#,##0.0%);"\u2013"_);@_)'),
        ("B9", '#,##0.00_);(#,##0.00);"\u2013"_);@_)'),
        ("A5", "General"),
    ],
)
def test_number_formats_follow_kind_and_digits(book: Book, address: str, number_format: str) -> None:
    assert book[INCOME][address].number_format == number_format


@pytest.mark.parametrize(
    ("address", "colour"), [("B5", "0000FF"), ("B7", "000000"), ("B12", "000000"), ("D5", "000000")]
)
def test_inputs_are_blue_and_formulas_black(book: Book, address: str, colour: str) -> None:
    assert book[INCOME][address].font.color.rgb == f"FF{colour}"


def test_links_are_green_and_checks_apart(book: Book) -> None:
    assert book[CHECKS]["B5"].font.color.rgb == "FF00703C"
    assert book[CHECKS]["E5"].font.color.rgb not in ("FF0000FF", "FF000000", "FF00703C")


def test_a_cell_without_content_has_its_style_alone(tmp_path: Path) -> None:
    sheet = replace(release(), cells=(cell("B2", None, Role.INPUT),))
    empty = written(tmp_path, sheet)[sheet.name]["B2"]
    assert (empty.value, empty.style) == (None, "xb input")


def test_only_inputs_switches_and_parameters_are_open(book: Book) -> None:
    open_cells = {c.coordinate for row in book[INCOME].iter_rows() for c in row if c.value and not c.protection.locked}
    assert open_cells == {"B5", "C5", "B6", "C6", "B9", "C9", "B10", "B11"}
    assert book[INCOME]["C11"].protection.locked is False
    assert book[INCOME].protection.sheet is True
    assert book[INCOME].protection.password is None


def test_headers_stand_over_what_they_head(book: Book) -> None:
    sides = {address: book[INCOME][address].alignment.horizontal for address in ("A4", "B4", "E4")}
    assert sides == {"A4": "left", "B4": "right", "E4": "center"}


def test_citations_lead_into_the_release(book: Book) -> None:
    link = book[INCOME]["E5"].hyperlink
    assert (link.location, link.target) == ("'Release'!A3", None)


def test_notes_are_comments(book: Book) -> None:
    assert book[INCOME]["B5"].comment.text == "Source line 12: 'Net sales'."


# --- hostile text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    made = written(tmp_path, release((text,)))[RELEASE]["A1"]
    assert made.data_type in ("s", "inlineStr")
    kept = text.replace("\x07", "").replace("\x0b", "").replace("\ud83d", "").replace("_x0041_", "_x005F_x0041_")
    assert made.value == kept


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited(tmp_path: Path) -> None:
    sheet = written(tmp_path, release(("=1+1", "plain")))[RELEASE]
    assert [sheet[address].quotePrefix for address in ("A1", "A2")] == [True, False]


def test_hostile_text_in_all_places(tmp_path: Path) -> None:
    bad = '=A1 & \x0b <b>\ud83d</b> "x"'
    sheet = replace(release(), cells=(cell("A1", bad, Role.TEXT, note=bad),))
    write(Workbook(bad, (sheet,), footer=bad), tmp_path / "hostile.xlsx")
    made: Book = openpyxl.load_workbook(tmp_path / "hostile.xlsx")
    assert made.properties.title == '=A1 &  <b></b> "x"'
    assert made[RELEASE]["A1"].comment.text == '=A1 &  <b></b> "x"'
    assert made[RELEASE].oddFooter.left.text == '=A1 && <b></b> "x"'


def test_long_text_is_cut_with_a_mark(tmp_path: Path) -> None:
    made = written(tmp_path, release(("x" * 40_000, "\U0001f600" * 20_000)))[RELEASE]
    for address in ("A1", "A2"):
        text = made[address].value
        assert text.endswith("[…]")
        assert len(text.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "'a", "a'", "History", "a:b", "tab\x0b"])
def test_sheet_names_that_excel_refuses(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReleaseError, match="cannot be named"):
        write(Workbook("One", (Sheet(name, Tab.ABOUT, ()),)), tmp_path / "no.xlsx")
    assert not list(tmp_path.iterdir())


def test_sheet_names_are_unique_without_regard_to_case(tmp_path: Path) -> None:
    sheets = (Sheet("Notes", Tab.ABOUT, ()), Sheet("NOTES", Tab.ABOUT, ()))
    with pytest.raises(ReleaseError, match="NOTES"):
        write(Workbook("One", sheets), tmp_path / "no.xlsx")


def test_a_figure_that_is_no_number_is_reported(tmp_path: Path) -> None:
    sheet = replace(release(), cells=(cell("A1", Decimal("NaN"), Role.INPUT, NumberKind.MONEY),))
    (problem,) = write(Workbook("One", (sheet,)), tmp_path / "nan.xlsx")
    assert "Release" in problem.message
    assert "A1" in problem.message


def test_a_formula_that_is_too_long_is_reported(tmp_path: Path) -> None:
    terms = tuple((1, ref(f"B{2 * row}", RELEASE)) for row in range(1, 3000))
    sheet = replace(release(), cells=(cell("A1", SignedSum(terms), Role.TOTAL, NumberKind.MONEY),))
    (problem,) = write(Workbook("One", (sheet,)), tmp_path / "long.xlsx")
    assert "A1 stays empty: its formula is longer than Excel takes" in problem.message


def test_a_formula_that_fails_is_reported(tmp_path: Path) -> None:
    words = cell("A1", "sales", Role.TEXT)
    ratio = cell("B1", Ratio(ref("A1", RELEASE), ref("C1", RELEASE)), Role.RATIO)
    one = cell("C1", Decimal(1), Role.INPUT)
    (problem,) = write(Workbook("One", (replace(release(), cells=(words, ratio, one)),)), tmp_path / "e.xlsx")
    assert "#VALUE!" in problem.message
    assert "Release!B1" in problem.message


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_sheet_is_set_up_for_reading_and_printing(book: Book) -> None:
    sheet = book[INCOME]
    assert sheet.freeze_panes == "B5"
    assert sheet.column_dimensions["A"].width == 34
    assert sheet.row_dimensions[4].height == 39
    assert sheet.sheet_properties.tabColor.rgb == "002F5D8A"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        1,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.oddFooter.left.text == "brightwater_q2.txt (R&&D)"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize(
    ("tab", "rows", "pages"), [(Tab.STATEMENT, 55, 1), (Tab.STATEMENT, 56, 0), (Tab.SUMMARY, 75, 1), (Tab.CHECK, 9, 0)]
)
def test_a_sheet_that_can_be_read_on_one_page_is_printed_on_one(
    tab: Tab, rows: int, pages: int, tmp_path: Path
) -> None:
    sheet = Sheet("One", tab, (cell(f"A{rows}", "last", Role.LABEL),))
    assert written(tmp_path, sheet)["One"].page_setup.fitToHeight == pages


def test_a_heading_stands_over_words_also_where_only_one_line_follows(tmp_path: Path) -> None:
    cells = (
        cell("A3", "← Summary", Role.SOURCE),
        cell("A5", "Line", Role.PERIOD),
        cell("A6", "Total sales", Role.LABEL),
    )
    book = written(tmp_path, Sheet("One", Tab.STATEMENT, cells))
    assert book["One"]["A5"].alignment.horizontal == "left"


def test_switches_take_only_their_values(book: Book) -> None:
    (choice,) = book[INCOME].data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"1,0"', "B10")


def test_flags_are_coloured_by_their_words(book: Book) -> None:
    rules = {
        str(cells.sqref): [rule.formula[0] for rule in cells.rules] for cells in book[CHECKS].conditional_formatting
    }
    assert rules == {"E5": ['"OK"', '"differs"', '"CHECK"'], "E9": ['"OK"', '"differs"', '"CHECK"']}


def test_document_tells_its_title_and_maker(book: Book) -> None:
    assert book.properties.title == "Brightwater & Sons, second quarter 2004"
    assert book.properties.creator == "xlsx_builder"
    assert book.defined_names["Master_check"].attr_text == "'Checks'!$E$9"


def test_the_first_sheet_is_in_view(book: Book) -> None:
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False]


def test_nothing_of_the_template_is_left_but_its_styles(book: Book) -> None:
    assert book.sheetnames == [INCOME, CHECKS, RELEASE]
    assert "xb input" in book.named_styles


# --- charts ---------------------------------------------------------------------------------------------------------


def test_charts_have_a_text_for_those_who_cannot_see_them(small: Path) -> None:
    drawing = part(small, "xl/drawings/drawing1.xml")
    assert re.findall(r'name="([^"]*)" descr="([^"]*)"', drawing)[0] == (
        "Gross profit over cost",
        "Gross profit fell to 2,016.",
    )
    assert "&lt;is&gt; no part of it." in drawing


def test_waterfall_stands_on_an_invisible_series(small: Path) -> None:
    chart = part(small, "xl/charts/chart1.xml")
    lift, seen = re.findall(r"<ser>.*?</ser>", chart, re.DOTALL)
    assert "<a:noFill" in lift.split("<a:ln")[0]
    assert 'val="accent1"' in seen
    assert 'grouping val="stacked"' in chart
    assert "legend" not in chart


def test_a_chart_of_money_says_its_unit_beside_the_axis(small: Path) -> None:
    axis = part(small, "xl/charts/chart1.xml").partition("<valAx>")[2]
    assert "<a:t>USD thousand</a:t>" in axis


def test_chart_axes_show_and_take_the_house_format(small: Path) -> None:
    chart = part(small, "xl/charts/chart2.xml")
    assert chart.count('delete val="0"') == 2
    assert 'formatCode="#,##0%_);(#,##0%);&quot;\u2013&quot;_);@_)"' in chart
    assert "<f>'Income Statement'!$B$8:$C$8</f>" in chart


# --- the file -------------------------------------------------------------------------------------------------------


def test_same_workbook_same_bytes(tmp_path: Path, small: Path) -> None:
    write(small_workbook(), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == small.read_bytes()


def test_no_clock_in_the_file(small: Path) -> None:
    with zipfile.ZipFile(small) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert b"dcterms" not in package.read("docProps/core.xml")


def test_rendering_does_not_touch_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content, problems = rendered(small_workbook(), read_template())
    assert content.startswith(b"PK")
    assert problems == ()
    assert not list(tmp_path.iterdir())


@pytest.mark.office
def test_stored_values_are_what_libreoffice_computes(small: Path, tmp_path: Path) -> None:
    require_office()
    computed = recalculated(small, tmp_path)
    for address in formulas(small):
        assert same(stored(small).get(address), computed.get(address)), address


@pytest.mark.office
def test_the_oracle_corrects_a_wrong_stored_value(small: Path, tmp_path: Path) -> None:
    require_office()
    planted = tmp_path / "planted.xlsx"
    with zipfile.ZipFile(small) as package, zipfile.ZipFile(planted, "w") as changed:
        for name in package.namelist():
            data = package.read(name)
            changed.writestr(name, data.replace(b"<f>B5-B6</f><v>2016</v>", b"<f>B5-B6</f><v>999</v>"))
    assert stored(planted)[f"{INCOME}!B7"] == 999
    assert recalculated(planted, tmp_path / "computed")[f"{INCOME}!B7"] == 2016


@pytest.mark.office
def test_sheets_print_one_page_wide(small: Path, tmp_path: Path) -> None:
    require_office()
    pages = len(re.findall(rb"/Type\s*/Page\b", convert(small, tmp_path, "pdf").read_bytes()))
    assert pages == 3
