"""The functions in Excel: the real xlwings.udfs makes their VBA and help and calls them, over stand-ins for pywin32."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from xlsx_builder.udf.registry import CATEGORY, FUNCTIONS
from xlwings_stubs import ERRORS, MISSING, Com, ComError, FakeRange, excel

HOST = "xlsx_builder.udf.xlwings_host"
NAMES = [function.name for function in FUNCTIONS]


@pytest.fixture(scope="module")
def windows() -> Iterator[tuple[Any, Any, Any]]:
    with excel() as modules:
        yield modules


@pytest.fixture(scope="module")
def imported(windows: tuple[Any, Any, Any]) -> tuple[str, dict[str, dict[str, Any]]]:
    """What 'Import Functions' puts into a workbook: the VBA text, and the options of each macro."""
    _, udfs, _ = windows
    texts, options = [], {}
    workbook = mock.MagicMock(Name="model.xlsm")
    workbook.Name = "model.xlsm"
    workbook.Application.Version = "16.0"
    workbook.Sheets = []
    workbook.VBProject.VBComponents.side_effect = ComError
    workbook.VBProject.VBComponents.Import = lambda path: texts.append(Path(path).read_text())
    workbook.Application.MacroOptions = lambda name, **given: options.update({name: given})
    with mock.patch.object(udfs, "Book", return_value=mock.MagicMock(sheets=[])):
        udfs.import_udfs(HOST, workbook)
    [text] = texts
    return text, options


def called(windows: tuple[Any, Any, Any], name: str, *arguments: Com) -> Com:
    """What Excel gets for a call in a cell."""
    server = windows[2].XLPython()
    return server.CallUDF(HOST, name, arguments, None, FakeRange(((None,),)))


def test_no_code_of_xlwings_pro_is_at_work(windows: tuple[Any, Any, Any]) -> None:
    assert windows[0].__pro__ is False


def test_vba_has_a_wrapper_for_each_function(imported: tuple[str, Any]) -> None:
    text, _ = imported
    heads = dict(re.findall(r"^(?:Function|Sub) (\w+)\((.*)\)$", text, re.MULTILINE))
    assert sorted(heads) == sorted([*NAMES, "XB_UPDATE"])
    for function in FUNCTIONS:
        expected = ", ".join(f"Optional {each.name}" if each.optional else each.name for each in function.parameters)
        assert heads[function.name] == expected
        assert f'XLPy.CallUDF("{HOST}", "{function.name}", Array(' in text
    assert "Sub XB_UPDATE()" in text
    assert text.startswith('Attribute VB_Name = "xlwings_udfs"')


def test_wizard_does_not_call_functions_that_may_read_files(imported: tuple[str, Any]) -> None:
    text, _ = imported
    assert text.count('If (Not Application.CommandBars("Standard").Controls(1).Enabled)') == len(FUNCTIONS)


def test_wizard_shows_help_for_function_and_arguments(imported: tuple[str, dict[str, dict[str, Any]]]) -> None:
    _, options = imported
    for function in FUNCTIONS:
        given = options[f"'model.xlsm'!{function.name}"]
        assert given["Description"] == function.help
        assert given["Category"] == CATEGORY
        assert given["ArgumentDescriptions"] == ([each.help for each in function.parameters] or None)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("XB_PCTCHG", (110.0, 100.0), 0.1),
        ("XB_PCTCHG", (FakeRange(((110.0,),)), FakeRange(((100.0,),))), 0.1),
        ("XB_PCTCHG", (5.0, FakeRange(((None,),))), "n.m."),
        ("XB_PCTCHG", ("ten", 3.0), "#VALUE! XB: new_value must be a number, not 'ten'."),
        ("XB_PCTCHG", (FakeRange(((ERRORS["#N/A"],),)), 3.0), "#N/A XB: a cell that it reads says #N/A."),
        ("XB_PCTCHG", (FakeRange(((1.0, 2.0),)), 3.0), "#VALUE! XB: new_value must be one cell, not 2."),
        ("XB_MARGIN", (7.0, 28.0), 0.25),
        ("XB_MARGIN", (7.0, 0.0), "n.m."),
        ("XB_BPS", (0.25, 0.5), -2500.0),
        ("XB_BPS", ("n.m.", 0.5), "n.m."),
        ("XB_EBITDA", (100.0, 20.0, MISSING), 120.0),
        ("XB_EBITDA", (100.0, 20.0, FakeRange(((5.0,), (None,), (-2.0,)))), 123.0),
        ("XB_TTM", (FakeRange(((1.0,), (2.0,), (3.0,), (4.0,))),), 10.0),
        (
            "XB_TTM",
            (
                FakeRange(
                    ((1.0, 2.0), (3.0, ERRORS["#DIV/0!"])),
                ),
            ),
            "#VALUE! XB: a cell that it reads says #DIV/0!.",
        ),
        ("XB_TTM", (((1.0, 2.0, 3.0, 4.0),),), 10.0),
        ("XB_SUBTOTAL", (FakeRange(((28294.0,), (26278.0,))), "+-"), 2016.0),
        ("XB_SUBTOTAL", (FakeRange(((1.0,), (2.0,))), MISSING), 3.0),
        ("XB_CAGR", (100.0, 121.0, 2.0), 0.1),
        (
            "XB_CAGR",
            (-1.0, 121.0, 2.0),
            "#NUM! XB: growth needs a first value and periods above zero and a last value not below it.",
        ),
        ("XB_LINE", ("RELEASE", "Net sales", MISSING, MISSING), 28294.0),
        ("XB_LINE", ("RELEASE", "Net sales", 2002.0, "income"), 32342.0),
        ("XB_LINE", ("RELEASE", "Goodwill", MISSING, MISSING), "#N/A XB: the release has no line 'Goodwill'."),
        ("XB_LINE", (12.0, "Net sales", MISSING, MISSING), "#N/A XB: there is no file 12."),
        ("XB_CHECK", (2016.0, "RELEASE", "Gross profit", MISSING, MISSING), "OK"),
        ("XB_CHECK", (2020.0, "RELEASE", "Gross profit", MISSING, 1.0), 4.0),
        ("XB_TABLE", ("RELEASE", "bogus"), "#N/A XB: the release has no statement 'bogus', only: "),
        ("XB_SUBTOTALS", (FakeRange((("a", "b"),)), MISSING), "#VALUE! XB: the range holds no figures."),
    ],
)
def test_a_call_from_a_cell(
    name: str, arguments: tuple[Any, ...], expected: Com, windows: tuple[Any, Any, Any], lexington: Path
) -> None:
    answer = called(windows, name, *(str(lexington) if each == "RELEASE" else each for each in arguments))
    if isinstance(expected, str):
        assert isinstance(answer, str)
        assert answer.startswith(expected)
    else:
        assert answer == pytest.approx(expected)


def test_blocks_come_as_rows_without_gaps(windows: tuple[Any, Any, Any], lexington: Path) -> None:
    rows = called(windows, "XB_TABLE", str(lexington), 1.0)
    assert list(rows[3]) == ["Gross profit", 2016.0, 4212.0, 9032.0, 11821.0]
    assert rows[0][0] == ""
    block = FakeRange((("Sales", 28294.0, 32342.0), ("Cost", 26278.0, 28130.0), ("Profit", 2016.0, 4212.0)))
    assert [list(row) for row in called(windows, "XB_SUBTOTALS", block, MISSING)] == [[""], [""], ["=B1-B2"]]


def test_version_needs_no_argument(windows: tuple[Any, Any, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", called(windows, "XB_VERSION"))


def test_a_fault_of_ours_is_text_and_no_traceback(windows: tuple[Any, Any, Any]) -> None:
    with mock.patch("xlsx_builder.udf.figures.release_of", side_effect=RuntimeError("out of order")):
        assert called(windows, "XB_LINE", "x", "y", MISSING, MISSING) == "#VALUE! XB: RuntimeError: out of order"


def test_macro_updates_the_workbook_that_called(windows: tuple[Any, Any, Any]) -> None:
    with mock.patch(f"{HOST}.update_caller") as update:
        called(windows, "XB_UPDATE")
    update.assert_called_once_with()


def test_every_function_is_called_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in NAMES if f'"{name}"' not in text] == []
