"""`audit`: each rule by a workbook with that one violation, our own workbooks without any, and those of others."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from formualizer import recalculate_xlsx_bytes
from openpyxl.styles import Font, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

import audit_samples
from workbooks import Book
from xlsx_builder.cli import main
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.pipeline import build
from xlsx_builder.verify.audit import AuditReport, State, audit
from xlsx_builder.verify.audit.report import MOST
from xlsx_builder.verify.audit.rules import RULES

Plant = Callable[[Book], str]
"""Breaks a rule; gives where, as 'Sheet!B7' or 'Sheet', '' for the workbook."""

INCOME = "Income Statement"
PLANTED: dict[str, tuple[str, Plant, frozenset[str]]] = {}
"""Name of the test -> rule, violation, and the rules that cannot but be broken with it."""


def planted(rule: str, *also: str) -> Callable[[Plant], Plant]:
    def keep(plant: Plant) -> Plant:
        PLANTED[plant.__name__] = (rule, plant, frozenset(also))
        return plant

    return keep


def row_of(book: Book, sheet: str, label: str) -> int:
    return next(int(row[0].row) for row in book[sheet].iter_rows() if row[0].value == label)


def cell(book: Book, label: str, column: str = "C", sheet: str = INCOME) -> Book:
    return book[sheet][f"{column}{row_of(book, sheet, label)}"]


def place(cell: Book) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"


def column_of(book: Book, heading: str) -> str:
    return next(str(each.column_letter) for each in book[INCOME][5] if each.value == heading)


def along(book: Book, label: str, text: str, sheet: str = INCOME) -> str:
    """Write one formula along a row; {} stands for the column."""
    for column in "CDEF":
        cell(book, label, column, sheet).value = text.format(column)
    row = row_of(book, sheet, label)
    return f"{sheet}!C{row}:F{row}"


def below(book: Book, value: object) -> Book:
    """A new line under the statement, like that of gross profit."""
    sheet, source = book[INCOME], cell(book, "Gross profit")
    row = sheet.max_row + 2
    for column, content in (("A", "Another line"), ("B", "thousand"), ("C", value)):
        sheet[f"{column}{row}"] = content
    sheet[f"C{row}"]._style = source._style
    return sheet[f"C{row}"]


# --- results ---


@planted("errors")
def error(book: Book) -> str:
    made = below(book, f"={cell(book, 'Net sales').coordinate}/0")
    return place(made)


@planted("checks", "source")
def failing_check(book: Book) -> str:
    cell(book, "Cost of sales").value = 6250
    return "Checks"


@planted("master")
def deaf_master(book: Book) -> str:
    book["Checks"]["C3"] = '=IF(1=1,"OK","CHECK")'
    return INCOME


@planted("master")
def master_out_of_view(book: Book) -> str:
    book[INCOME]["C3"] = None
    return INCOME


# --- rows and columns ---


@planted("row")
def odd_formula(book: Book) -> str:
    odd = cell(book, "Gross profit", "E")
    odd.value = f"{odd.value}+E6-E6"
    return place(odd)


@planted("row", "inputs", "colours")
def figure_over_formula(book: Book) -> str:
    odd = cell(book, "Gross profit", "E")
    odd.value = 9290
    return place(odd)


@planted("row")
def odd_formula_in_a_table(book: Book) -> str:
    sheet = book["Checks"]
    row = row_of(book, "Checks", "Operating income") + 1
    sheet[f"G{row}"] = f"=E{row}-F{row}"
    return f"Checks!G{row}"


@planted("columns")
def other_width(book: Book) -> str:
    book["EBITDA"].column_dimensions["D"].width = 40
    return "EBITDA"


@planted("columns")
def other_order(book: Book) -> str:
    sheet = book["EBITDA"]
    sheet["C5"].value, sheet["D5"].value = sheet["D5"].value, sheet["C5"].value
    return "EBITDA"


# --- formulas ---


@planted("literal")
def constant_in_formula(book: Book) -> str:
    return along(book, "Gross profit", "=({0}6-{0}7)*1000/1000")


@planted("nested")
def if_in_if(book: Book) -> str:
    return along(book, "Gross profit", "=IF({0}6>0,IF({0}7>0,{0}6-{0}7,0),0)")


@planted("long")
def long_formula(book: Book) -> str:
    return along(book, "Gross profit", "={0}6-{0}7" + "+{0}9-{0}9" * 12)


@planted("volatile")
def offset(book: Book) -> str:
    return along(book, "Gross profit", "=OFFSET({0}6,0,0)-{0}7")


@planted("once")
def computed_twice(book: Book) -> str:
    return place(below(book, cell(book, "Gross profit").value))


# --- cells ---


@planted("inputs", "colours")
def figure_in_a_formula_style(book: Book) -> str:
    return place(below(book, 5))


@planted("open")
def locked_input(book: Book) -> str:
    cell(book, "Cost of sales").protection = Protection(locked=True)
    return place(cell(book, "Cost of sales"))


@planted("open", "locked")
def open_formula(book: Book) -> str:
    cell(book, "Gross profit").protection = Protection(locked=False)
    return place(cell(book, "Gross profit"))


@planted("locked")
def unprotected(book: Book) -> str:
    book[INCOME].protection.sheet = False
    return INCOME


@planted("locked")
def password(book: Book) -> str:
    book[INCOME].protection.password = "secret"
    return INCOME


@planted("colours")
def black_input(book: Book) -> str:
    cell(book, "Cost of sales").font = Font(name="Arial", color="FF000000")
    return place(cell(book, "Cost of sales"))


@planted("source")
def figure_that_was_not_printed(book: Book) -> str:
    cell(book, "Cost of sales").value = 6149
    return place(cell(book, "Cost of sales"))


@planted("source")
def no_source(book: Book) -> str:
    cell(book, "Cost of sales", column_of(book, "Source line")).hyperlink = None
    row = row_of(book, INCOME, "Cost of sales")
    return f"{INCOME}!C{row}:F{row}"


@planted("switches")
def free_switch(book: Book) -> str:
    book["EBITDA"].data_validations.dataValidation = []
    return "EBITDA"


# --- figures ---


@planted("negatives")
def minus_sign(book: Book) -> str:
    cell(book, "Cost of sales").number_format = '#,##0_);-#,##0_);"-"_)'
    return place(cell(book, "Cost of sales"))


@planted("negatives")
def red_alone(book: Book) -> str:
    cell(book, "Cost of sales").number_format = '#,##0_);[Red]#,##0_);"-"_)'
    return place(cell(book, "Cost of sales"))


@planted("zeros")
def printed_zero(book: Book) -> str:
    cell(book, "Cost of sales").number_format = "#,##0_);(#,##0)"
    return place(cell(book, "Cost of sales"))


@planted("per-share")
def tenths_of_a_dollar(book: Book) -> str:
    cell(book, "Net income per share - diluted").number_format = '#,##0.0_);(#,##0.0);"-"_)'
    return place(cell(book, "Net income per share - diluted"))


@planted("room")
def narrow_column(book: Book) -> str:
    book["Checks"].column_dimensions["F"].width = 3
    return "Checks"


@planted("units")
def no_unit(book: Book) -> str:
    cell(book, "Cost of sales", "B").value = None
    return place(cell(book, "Cost of sales"))


# --- the workbook ---


@planted("about", "links", "contents")
def unexplained(book: Book) -> str:
    book["About"].title = "Zzz"
    return ""


@planted("contents")
def missing_in_contents(book: Book) -> str:
    for row in book["Summary"].iter_rows():
        for each in row:
            if each.hyperlink is not None and "EBITDA" in each.hyperlink.location:
                each.hyperlink = None
    return "Summary"


@planted("links")
def dead_link(book: Book) -> str:
    sheet = book["Summary"]
    sheet["A6"].hyperlink = Hyperlink(ref="A6", location="'Nowhere'!A1")
    return "Summary!A6"


@planted("signs")
def signs_untold(book: Book) -> str:
    for row in book["About"].iter_rows():
        for each in row:
            if re.search(r"sign|negative|parenthes", str(each.value), re.IGNORECASE):
                each.value = "-"
    return ""


# --- sheets ---


@planted("hidden")
def hidden_sheet(book: Book) -> str:
    book["Release"].sheet_state = "hidden"
    return "Release"


@planted("hidden")
def hidden_row(book: Book) -> str:
    book[INCOME].row_dimensions[7].hidden = True
    return INCOME


@planted("hidden")
def hidden_column(book: Book) -> str:
    book[INCOME].column_dimensions["D"].hidden = True
    return INCOME


@planted("hidden")
def hidden_content(book: Book) -> str:
    book[INCOME]["A2"].number_format = ";;;"
    return f"{INCOME}!A2"


@planted("hidden", "colours")
def white_letters(book: Book) -> str:
    made = book[INCOME]["A5"]
    made.font = Font(color=made.fill.fgColor.rgb)
    return f"{INCOME}!A5"


@planted("merged")
def merged_cells(book: Book) -> str:
    book[INCOME].merge_cells("A60:B60")
    return f"{INCOME}!A60"


@planted("title")
def untitled(book: Book) -> str:
    book.properties.title = None
    return ""


@planted("panes", "master")
def loose_panes(book: Book) -> str:
    book["Release"].freeze_panes = None
    return "Release"


@planted("page")
def upright(book: Book) -> str:
    book[INCOME].page_setup.orientation = "portrait"
    return INCOME


@planted("page")
def two_pages_wide(book: Book) -> str:
    book[INCOME].page_setup.fitToWidth = 2
    return INCOME


@planted("page")
def no_footer(book: Book) -> str:
    foot = book[INCOME].oddFooter
    foot.left.text = foot.center.text = foot.right.text = None
    return INCOME


@planted("titles")
def unrepeated_headings(book: Book) -> str:
    book[INCOME]._print_rows = None
    return INCOME


# --- the tests ---


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook of ours."""
    folder = tmp_path_factory.mktemp("audit")
    release = folder / "tern.txt"
    release.write_text(audit_samples.RELEASE, encoding="utf-8")
    return build(release, folder / "tern.xlsx").path.read_bytes()


def broken(report: AuditReport) -> set[str]:
    return {rule.rule for rule in report.rules if rule.state is State.BROKEN}


def audited(content: bytes, folder: Path) -> AuditReport:
    path = folder / "model.xlsx"
    path.write_bytes(content)
    return audit(path)


def saved(book: Book) -> bytes:
    """The workbook with its values; openpyxl drops the alternative texts of charts."""
    out = io.BytesIO()
    book.save(out)
    content: bytes = recalculate_xlsx_bytes(out.getvalue())["bytes"]
    return content


def test_a_clean_workbook_keeps_every_rule(clean: bytes, tmp_path: Path) -> None:
    report = audited(clean, tmp_path)
    assert report.ok, report.findings
    assert {rule.state for rule in report.rules} == {State.HELD}


@pytest.mark.parametrize("name", PLANTED)
def test_a_violation_is_found_where_it_is_and_no_other(name: str, clean: bytes, tmp_path: Path) -> None:
    rule, plant, also = PLANTED[name]
    book = openpyxl.load_workbook(io.BytesIO(clean))
    where = plant(book)
    report = audited(saved(book), tmp_path)
    assert broken(report) - {"alt"} == {rule, *also}, report.findings
    places = [f"{f.sheet}!{f.cell}".strip("!") for f in report.findings if f.rule == rule]
    assert any(found == where or ("!" not in where and found.startswith(where)) for found in places), places


def test_every_rule_has_its_violation() -> None:
    others = {"alt", "outside", "stored"}  # planted in the file's own parts, below
    assert {rule for rule, _, _ in PLANTED.values()} | others == {rule.name for rule in RULES}


def changed(content: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """The file with one place of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode("utf-8") if name == part else old.read(name)
            if isinstance(data, str):
                data, count = re.subn(pattern, replacement, data, count=1)
                assert count == 1
            new.writestr(name, data)
    return out.getvalue()


def test_a_chart_without_a_text_is_found(clean: bytes, tmp_path: Path) -> None:
    report = audited(changed(clean, "xl/drawings/drawing1.xml", r' descr="[^"]*"', ""), tmp_path)
    assert [(f.sheet, f.rule) for f in report.findings] == [("Summary", "alt")]


def test_a_stored_value_that_is_out_of_date_is_found(clean: bytes, tmp_path: Path) -> None:
    report = audited(changed(clean, "xl/worksheets/sheet2.xml", "<v>3250</v>", "<v>3251</v>"), tmp_path)
    [finding] = report.findings
    assert (finding.sheet, finding.cell, finding.rule) == (INCOME, "C8", "stored")
    assert finding.message == "It is stored as 3251 but comes to 3250.0."


def test_another_file_that_is_read_is_found(clean: bytes, tmp_path: Path) -> None:
    report = audited(changed(clean, "xl/worksheets/sheet2.xml", "<f>C6-C7</f>", "<f>[1]Budget!A1</f>"), tmp_path)
    assert [(f.sheet, f.cell) for f in report.findings if f.rule == "outside"] == [(INCOME, "C8")]


def test_missing_stored_values_are_found(clean: bytes, tmp_path: Path) -> None:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(clean)).save(out)
    assert "stored" in broken(audited(out.getvalue(), tmp_path))


# --- our own workbooks ---


SAMPLES = sorted((Path(__file__).parent / "releases").iterdir())


@pytest.mark.parametrize("release", SAMPLES, ids=lambda path: str(path.name))
def test_samples_have_no_finding(release: Path, tmp_path: Path) -> None:
    assert audit(build(release, tmp_path / "model.xlsx").path).findings == ()


# --- workbooks of others ---


def told(report: AuditReport) -> set[tuple[str, str]]:
    return {(finding.rule, f"{finding.sheet}!{finding.cell}".strip("!")) for finding in report.findings}


def test_a_household_budget(tmp_path: Path) -> None:
    report = audit(audit_samples.household_budget(tmp_path / "budget.xlsx"))
    assert told(report) == {
        ("literal", "Budget!B7:E7"),
        ("locked", "Budget"),
        ("colours", "Budget!B4:E6"),
        ("negatives", "Budget!B4:E7"),
        ("zeros", "Budget!B4:E7"),
        ("units", "Budget"),
        ("hidden", "Budget"),
        ("merged", "Budget!A1"),
        ("title", ""),
        ("page", "Budget"),
        ("titles", "Budget"),
    }
    [literal] = [finding for finding in report.findings if finding.rule == "literal"]
    assert literal.message == "The formula holds the constant 1.19; it belongs in a cell with a label."


def test_a_banks_model_with_a_few_faults(tmp_path: Path) -> None:
    report = audit(audit_samples.bank_model(tmp_path / "bank.xlsx"))
    assert told(report) == {
        ("row", "Model!F6"),
        ("row", "Model!D7:E7"),
        ("volatile", "Model!C9"),
        ("literal", "Model!C9"),
        ("checks", "Model!D10"),
    }
    unchecked = {rule.rule for rule in report.rules if rule.state is State.NOT_CHECKED}
    assert unchecked == {"inputs", "open", "source", "switches", "master"}


def sales_and_changes(base: int) -> Book:
    """Sales, their change with one figure typed in, and links; the base of that figure as given."""
    book: Book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["", *range(2019, 2025)])
    sheet.append(["Sales", 4, 5, base, 7, 8, 9])
    for row in (3, 4, 5):
        sheet.append([f"Change {row}", None, *(f'=IF({c}2>0,{d}2-{c}2,"n.m.")' for c, d in pairwise("BCDEFG"))])
    sheet["E3"] = 5
    sheet["I2"] = sheet["I3"] = "=B2"
    return book


@pytest.mark.parametrize(("base", "odd"), [(6, {"E3"}), (0, set())], ids=["a change", "none"])
def test_a_figure_may_be_typed_in_where_the_formula_of_its_row_has_none(
    base: int, odd: set[str], tmp_path: Path
) -> None:
    report = audited(saved(sales_and_changes(base)), tmp_path)
    assert {f.cell for f in report.findings if f.rule == "row"} == odd


def test_what_is_linked_twice_is_not_computed_twice(tmp_path: Path) -> None:
    report = audited(saved(sales_and_changes(6)), tmp_path)
    assert not [f for f in report.findings if f.rule == "once" and f.cell.startswith("I")]


@pytest.mark.parametrize("cells", ["SHEET!$A$1", "Sheet!$A:$A", "Sheet!$1:$1", "Sheet!$A$1:$B$2", "1", "#REF!"])
def test_a_master_check_may_be_named_in_any_way(cells: str, tmp_path: Path) -> None:
    book = sales_and_changes(6)
    book.defined_names["Master_check"] = DefinedName("Master_check", attr_text=cells)
    leads = cells not in ("1", "#REF!")
    messages = {f.message for f in audited(saved(book), tmp_path).findings if f.rule == "master"}
    assert ("The name of the master check leads to no cell." in messages) is not leads


@pytest.mark.parametrize(
    ("part", "pattern", "replacement"),
    [
        ("xl/workbook.xml", r'(<definedName name="Master_check"[^>]*>)[^<]*', r"\1"),
        ("xl/worksheets/sheet2.xml", r'<c r="[A-Z]+7"([^>]*><f>)', r'<c r="B1048577"\1'),
    ],
    ids=["a name without cells", "a formula below the last row"],
)
def test_a_damaged_workbook_is_judged_too(
    part: str, pattern: str, replacement: str, clean: bytes, tmp_path: Path
) -> None:
    assert audited(changed(clean, part, pattern, replacement), tmp_path).rules


def test_a_list_of_data_is_no_model(tmp_path: Path) -> None:
    report = audit(audit_samples.data_list(tmp_path / "orders.xlsx"))
    assert told(report) == {("alt", "Orders"), ("panes", "Orders"), ("page", "Orders")}


def test_a_large_workbook_is_judged_in_seconds_and_told_in_few_words(tmp_path: Path) -> None:
    path = audit_samples.large_model(tmp_path / "large.xlsx")
    start = time.perf_counter()
    report = audit(path)
    assert time.perf_counter() - start < 20
    for rule in report.rules:
        assert sum(finding.rule == rule.rule for finding in report.findings) <= MOST
    [literal] = [finding for finding in report.findings if finding.rule == "literal"]
    assert literal.cell == "G2:K900"


# --- the command ---


def test_the_command_says_where_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = audit_samples.bank_model(tmp_path / "bank.xlsx")
    assert main(["audit", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "Model!F6: The formula differs from that of C6 in the same row. [row]" in lines
    assert lines[-1] == "bank.xlsx: 5 findings; rules: 25 kept, 4 broken, 5 not checked"
    assert main(["audit", str(path), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["source"], report["ok"], report["count"]) == ("bank.xlsx", False, 5)
    assert report["findings"][0]["rule"] == "checks"
    assert len(report["rules"]) == len(RULES)


def test_the_command_is_content_with_ours(clean: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tern.xlsx"
    path.write_bytes(clean)
    assert main(["audit", str(path)]) == 0
    assert f"tern.xlsx: 0 findings; rules: {len(RULES)} kept" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"no workbook", b"PK\x03\x04 broken"])
def test_nothing_to_audit(content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "strange.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReleaseError, match=r"strange\.xlsx"):
        audit(path)
    assert main(["audit", str(path)]) == 2
    assert capsys.readouterr().err.startswith("xlsx-builder: ")
