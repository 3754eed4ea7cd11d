"""The functions for spreadsheets, called from plain Python."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import Case, read_cases
from xlsx_builder import __version__
from xlsx_builder.pipeline import Model, extract
from xlsx_builder.udf import releases
from xlsx_builder.udf.registry import BY_NAME, FUNCTIONS, HELP_LIMIT, call
from xlsx_builder.udf.values import NotFoundError, UdfError

SAMPLES = Path(__file__).parent / "releases"
PLACES: dict[str, Any] = {
    "LEXINGTON": str(SAMPLES / "lexington_2003q3.txt"),
    "HARBOUR": str(SAMPLES / "harbour_lane_2024q2.htm"),
    "KESTREL": str(SAMPLES / "kestrel_instruments_fy1996.txt"),
    "PASTED": str(SAMPLES / "pasted_table.csv"),
    "date": date,
}
RESERVED = frozenset(
    {
        *("and", "as", "boolean", "byref", "byte", "byval", "call", "case", "const", "currency", "date", "declare"),
        *("dim", "do", "double", "each", "else", "elseif", "end", "enum", "erase", "error", "exit", "false", "for"),
        *("friend", "function", "get", "global", "gosub", "goto", "if", "imp", "in", "integer", "is", "let", "like"),
        *("long", "loop", "lset", "me", "mod", "new", "next", "not", "nothing", "null", "on", "optional", "or"),
        *("preserve", "private", "property", "public", "redim", "rem", "resume", "return", "rset", "select", "set"),
        *("single", "static", "step", "stop", "string", "sub", "then", "to", "true", "type", "until", "wend"),
        *("while", "with", "xor", "any", "exception", "interface", "module", "sequence", "service", "struct", "void"),
    }
)
"""Words that VBA does not take for an argument, nor does the interface language of LibreOffice."""


@pytest.mark.parametrize("case", read_cases("udf"))
def test_a_call_gives(case: Case) -> None:
    functions = {name: function.compute for name, function in BY_NAME.items()}
    if case.expected.startswith("#"):
        with pytest.raises(UdfError) as refusal:
            eval(case.given, functions | PLACES)
        assert str(refusal.value) == case.expected, case.place
        return
    answer, expected = eval(case.given, functions | PLACES), eval(case.expected)
    assert answer == (pytest.approx(expected) if isinstance(expected, float) else expected), case.place


def test_table_is_the_statement_as_printed() -> None:
    rows = call("XB_TABLE", PLACES["LEXINGTON"], "income")
    assert isinstance(rows, tuple)
    assert len({len(row) for row in rows}) == 1
    assert rows[0][0] == ""
    assert rows[3] == ("Gross profit", 2016.0, 4212.0, 9032.0, 11821.0)
    assert all(cell is not None for row in rows for cell in row), "a host shows None as an error"


def test_version_is_the_packages() -> None:
    assert call("XB_VERSION") == __version__


def test_every_function_is_described_and_fits_its_hosts() -> None:
    assert len(BY_NAME) == len(FUNCTIONS) == 12
    for function in FUNCTIONS:
        assert re.fullmatch(r"XB_[A-Z]+", function.name)
        helps = [function.help, *(parameter.help for parameter in function.parameters)]
        assert all(text.endswith(".") and len(text) <= HELP_LIMIT for text in helps), function.name
        assert not RESERVED & {parameter.name for parameter in function.parameters}, function.name
        optional = [parameter.optional for parameter in function.parameters]
        assert optional == sorted(optional), f"{function.name}: optional arguments come last"
        assert function.example.startswith(f"{function.name}(")
    assert BY_NAME["XB_LINE"].call == "XB_LINE(source, item, [period], [statement])"


def test_each_function_raises_only_what_it_tells() -> None:
    for function in FUNCTIONS:
        given: list[str] = ["#NUM!" for parameter in function.parameters if not parameter.optional]
        if given:
            with pytest.raises(UdfError):
                call(function.name, *given)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each file that is read as a release, in order."""
    seen: list[Path] = []

    def counted(path: Path) -> Model:
        seen.append(path)
        return extract(path)

    releases._read.cache_clear()
    monkeypatch.setattr(releases, "extract", counted)
    return seen


@pytest.mark.parametrize(
    ("name", "item", "first"),
    [("LEXINGTON", "Net sales", 28294), ("HARBOUR", "Gross profit", 146700), ("KESTREL", "Gross profit", 3113)],
)
def test_a_thousand_calls_read_the_release_once(name: str, item: str, first: float, readings: list[Path]) -> None:
    source = PLACES[name]
    for _ in range(500):
        assert call("XB_LINE", source, item) == first
        rows = call("XB_TABLE", source, 1)
        assert isinstance(rows, tuple)
        assert first in {row[1] for row in rows}
    assert readings == [Path(source)]


@pytest.mark.parametrize(("added", "later"), [("", 1), ("\n", 0)], ids=["later", "longer"])
def test_a_release_that_changes_on_disk_is_read_again(
    added: str, later: int, tmp_path: Path, readings: list[Path]
) -> None:
    release = tmp_path / "release.txt"
    shutil.copy(PLACES["LEXINGTON"], release)
    assert call("XB_LINE", str(release), "Gross profit") == 2016
    time = release.stat().st_mtime_ns
    release.write_bytes(release.read_bytes().replace(b"2,016", b"2,017") + added.encode())
    os.utime(release, ns=(0, time + later))
    assert call("XB_LINE", str(release), "Gross profit") == 2017
    release.unlink()
    with pytest.raises(NotFoundError, match="there is no file"):
        call("XB_LINE", str(release), "Gross profit")
    assert len(readings) == 2


@pytest.mark.parametrize("form", ["{path}", '"{path}"', "{uri}"])
def test_a_path_may_be_quoted_or_a_link(form: str, tmp_path: Path) -> None:
    path = tmp_path / "Q3 100%25.txt"
    shutil.copy(PLACES["LEXINGTON"], path)
    assert call("XB_LINE", form.format(path=path, uri=path.as_uri()), "Net sales") == 28294


def test_a_release_without_statements_has_none_to_show(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear shareholders, there is nothing to tell.\n")
    for wanted in (None, 1, "income"):
        with pytest.raises(NotFoundError, match="the release has no statements"):
            call("XB_TABLE", str(letter), wanted)
