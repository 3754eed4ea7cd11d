"""Tables as text and as sheets: delimiters, decimal commas, pipes, number formats, encodings."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font

from read_dump import shown
from xlsx_builder.model import package
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read.encodings import decode
from xlsx_builder.read.numbers import american, uses_decimal_comma
from xlsx_builder.read.table_text import delimiter_of, is_markdown, read_delimited, read_markdown
from xlsx_builder.read.xlsx import read_xlsx

COMMAS = """\
Alder Mills
Statements of income (in thousands)
,Three months ended,,Nine months ended,
,"Sept. 30, 2003","Sept. 30, 2002","Sept. 30, 2003","Sept. 30, 2002"
Net sales,"1,200","1,100","3,600","3,300"
Cost of sales,(900),(850),"(2,700)","(2,500)"
  Gross profit,300,250,900,800
Tax rate,35.0%,34.0%,33%,

Balance sheets
,2003,2002
Cash,10,20
Debt,30,-

Unaudited.
"""
READ = """\
table of 4
  title: Alder Mills
  title: Statements of income (in thousands)
  head: | 1-2 Three months ended | 3-4 Nine months ended
  head: | 1 Sept. 30, 2003 | 2 Sept. 30, 2002 | 3 Sept. 30, 2003 | 4 Sept. 30, 2002
  Net sales | 1 1,200 | 2 1,100 | 3 3,600 | 4 3,300
  Cost of sales | 1 (900) | 2 (850) | 3 (2,700) | 4 (2,500)
  > Gross profit | 1 300 | 2 250 | 3 900 | 4 800
  Tax rate | 1 35.0% | 2 34.0% | 3 33%
table of 2
  title: Balance sheets
  head: | 1 2003 | 2 2002
  Cash | 1 10 | 2 20
  Debt | 1 30 | 2 -
paragraph: Unaudited."""


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_in_fields_is_read_whatever_parts_them(delimiter: str) -> None:
    text = "Item;2003;2002\nSales;1200;1100\nCosts;-900;-850\nProfit;300;250".replace(";", delimiter)
    assert delimiter_of(text) == delimiter
    assert shown(read_delimited(text, delimiter)).splitlines()[1:3] == [
        "  head: Item | 1 2003 | 2 2002",
        "  Sales | 1 1200 | 2 1100",
    ]


def test_titles_spans_indents_and_a_second_table_in_one_file() -> None:
    assert delimiter_of(COMMAS) == ","
    assert shown(read_delimited(COMMAS, ",")) == READ


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose to 1,200, costs to 900, and profit to 300, all in thousands.\nWe are glad, as ever, and proud.",
        "Net sales        1,200     1,100\nCost of sales      900       850\nGross profit       300       250",
        "One line, 5",
        "",
    ],
)
def test_prose_and_spaced_tables_are_no_fields(text: str) -> None:
    assert delimiter_of(text) is None


def test_decimal_commas_are_rewritten() -> None:
    text = "Posten;2023;2022\nErlöse;1.234,5;1.100,0\nKosten;(1.000,5);-900,0\nMarge;12,3 %;10 %"
    assert shown(read_delimited(text, ";")).splitlines()[2:] == [
        "  Erlöse | 1 1,234.5 | 2 1,100.0",
        "  Kosten | 1 (1,000.5) | 2 -900.0",
        "  Marge | 1 12.3 % | 2 10 %",
    ]


@pytest.mark.parametrize(
    ("fields", "likely", "comma"),
    [
        (["1.234,5"], False, True),
        (["1 234,50", "12"], False, True),
        (["1,234.5"], True, False),
        (["1.234.567"], False, True),
        (["1,234,567"], True, False),
        (["1.234"], True, True),
        (["1.234"], False, False),
        (["1,234"], True, False),
        (["12", "Umsatz"], True, False),
    ],
)
def test_what_tells_a_decimal_comma(fields: list[str], likely: bool, comma: bool) -> None:  # noqa: FBT001
    assert uses_decimal_comma(fields, likely=likely) is comma


@pytest.mark.parametrize(
    ("field", "rewritten"),
    [("1.234,5", "1,234.5"), ("-12,3 %", "-12.3 %"), ("€ 1.000", "€ 1,000"), ("Q1,2", "Q1,2"), ("—", "—"), ("", "")],
)
def test_a_field_is_rewritten_only_where_it_is_one_number(field: str, rewritten: str) -> None:
    assert american(field) == rewritten


def test_a_pipe_table_inside_markdown() -> None:
    text = """\
# Alder Mills reports

Sales were strong | profit too.

**Income**

| (in millions) | 2023 | 2022 |
|:---|---:|---:|
| **Revenue** | $ 1,234 | $ 1,000 |
| Costs \\| fees | (234) | (200) |

- That is all.
"""
    assert is_markdown(text)
    assert (
        shown(read_markdown(text))
        == """\
paragraph: Alder Mills reports
paragraph: Sales were strong | profit too.
table of 2
  title: Income
  head: (in millions) | 1 2023 | 2 2022
  Revenue | 1 $ 1,234 | 2 $ 1,000
  Costs | fees | 1 (234) | 2 (200)
paragraph: - That is all."""
    )


def test_text_with_a_pipe_is_no_markdown() -> None:
    assert not is_markdown("Sales | 5\nCosts | 4\n---------\n")


def test_a_sheet_is_read_as_it_shows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Income"
    sheet.append(["(In thousands)", date(2023, 9, 30), 2022])
    sheet.append(["Net sales", 1234.4, 1000])
    sheet.append(["Costs", -900, 0])
    sheet.append(["Margin", 0.271, 0.25])
    sheet.append(["Per share", 1.5, -0.25])
    for row, shape in ((2, "$#,##0"), (3, '#,##0_);(#,##0);"-"'), (4, "0.0%"), (5, "0.00")):
        for cell in sheet[row][1:]:
            cell.number_format = shape
    sheet["A3"].alignment = Alignment(indent=1)
    sheet["A2"].font = Font(bold=True)
    hidden = book.create_sheet("Notes")
    hidden.append(["Secret", 1])
    hidden.sheet_state = "hidden"
    assert (
        shown(read_xlsx(saved(book)))
        == """\
table of 2
  title: Income
  head: (In thousands) | 1 September 30, 2023 | 2 2022
  Net sales | 1 $1,234 | 2 $1,000
  > Costs | 1 (900) | 2 0
  Margin | 1 27.1% | 2 25.0%
  Per share | 1 1.50 | 2 (0.25)"""
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "UNPACKED_LIMIT", 1_000_000)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    with pytest.raises(ReleaseError, match="would unpack to 2 MB"):
        read_xlsx(stream.getvalue())


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(ReleaseError, match="damaged"):
        read_xlsx(b"PK\x03\x04 nothing")


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("Alder Ltd;Income statement", "title: Alder Ltd Income statement"),
        ("Alder Ltd;Three months", "head: Alder Ltd | 1-2 Three months"),
        ("Alder Ltd;2024", "head: Alder Ltd | 1-2 2024"),
    ],
)
def test_a_title_over_two_fields_heads_no_columns(first: str, found: str) -> None:
    text = f"{first};\nin EUR million;;\n;This year;Last year\nRevenue;1204.5;1150.2\nCosts;722.9;698.4\n"
    assert found in shown(read_delimited(text, ";"))


def test_a_cell_far_below_counts_with_the_lines_above_it_and_a_format_does_not() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Sales", 5])
    sheet["A150000"].font = Font(bold=True)
    assert shown(read_xlsx(saved(book))).splitlines()[-1] == "paragraph: Sales 5"
    sheet["A150000"] = "Costs"
    with pytest.raises(ReleaseError, match=r"^it has 150,000 lines, more than the limit of 100,000"):
        read_xlsx(saved(book))


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    text = "The company\u2019s sales \u2014 €5 million \u2013 rose.\nCosts fell, too, in all of the markets.\n"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'<meta charset="iso-8859-2"><p>Sp\xf3\xb3ka \xbf', '<meta charset="iso-8859-2"><p>Spółka ż'),
        (b'<meta charset="iso-8859-1"><p>\x93up\x94', '<meta charset="iso-8859-1"><p>“up”'),
        ("l\u2019été ".encode() * 9 + b"\x97 end", "l\u2019été " * 9 + "\u2014 end"),
        ("1\u202f234 \u2010 5\u00ad6\u200b".encode(), "1\u00a0234 - 56"),
        (b"\x81 odd", "\x81 odd"),
    ],
)
def test_declared_mixed_and_odd_characters(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_a_binary_file_is_no_text() -> None:
    assert decode(bytes(range(256)) * 20) is None
