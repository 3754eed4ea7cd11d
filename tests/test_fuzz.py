"""Damaged and invented input, a little of it on every run; `make mutants` and `make fuzz` try far more."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import RELEASES
from made_pdf import Drawn, Text, pdf, right
from mutators import mutant
from printed import lie, lies
from xlsx_builder.infer.table import table_sums
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.statement import Fact
from xlsx_builder.pipeline import Model, _understood
from xlsx_builder.read import read_bytes
from xlsx_builder.read.columns import FigureColumn
from xlsx_builder.read.encodings import decode
from xlsx_builder.read.headers import read_heading

SEEDS = sorted(RELEASES.iterdir())
PIECES = """Net sales|Total|(in thousands)|Three months ended June 30,|2024|2023|$|(|)|%|-|1,963|(4.5)|12.3%|.10|--|===
......|n/m|<table>|<tr>|<td>|</td>|</tr>|</table>|<pre>|<PAGE>|<br>|&nbsp;|<div style='|>|---|# |**|```|,|;|"|increased
<TYPE>EX-99|<TEXT>|</TEXT>|%PDF-1.4|from|per share|million|December 31, 2023|=1+1|<DOCUMENT>|<SEC-DOCUMENT>|:--|~~~"""
WORDS = st.sampled_from(
    (*re.split(r"[|\n]", PIECES), *"\n\t\f\r|", "   ", "\n\n", "\u00a0", "\u2014", "PK\x03\x04", "\ud83d")
)
few = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def tried(data: bytes) -> Model | None:
    """The model of bytes; None where they are refused."""
    try:
        return _understood(*read_bytes(data, "release"))
    except ReleaseError:
        return None


@few
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    tried(data)
    decode(data)


@few
@given(st.lists(WORDS, min_size=5, max_size=120))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    tried("".join(words).encode("utf-8", "surrogatepass"))
    tried(" ".join(words).encode("utf-16", "surrogatepass"))


@few
@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(0, 780), st.sampled_from(("Sales", "1,234", "%", "(5)"))),
        max_size=30,
    )
)
def test_words_anywhere_on_a_page_are_read(places: list[tuple[int, int, str]]) -> None:
    tried(pdf([Text(words, left, base) for left, base, words in places]))


@few
@given(
    st.lists(
        st.lists(st.sampled_from(("", "a", "5", "-3", "1e9", "(2)", "7%", "=A1", "\ud83d")), max_size=6), max_size=8
    )
)
def test_any_cells_have_sums_or_none(rows: list[list[str]]) -> None:
    table_sums(tuple(map(tuple, rows)))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_no_damaged_sample_gives_figures_that_it_does_not_print(path: Path) -> None:
    for number in range(8):
        kind, data = mutant(path.read_bytes(), Random(number))
        model = tried(data)
        assert model is None or not list(lies(model)), (kind, number)


LINE = "Net sales  $ (1,963)  12.5%  1.234,5  $17-99"


@pytest.mark.parametrize(
    ("value", "text", "why"),
    [
        ("-1963", "(1,963)", ""),
        ("12.5", "12.5%", ""),
        ("1234.5", "1.234,5", ""),
        ("99", "$17-99", ""),
        ("-99", "$17-99", "has another sign"),
        ("1963", "(1,963)", "has another sign"),
        ("-1936", "(1,963)", "is another figure"),
        ("963", "963", "is not printed there"),
    ],
)
def test_the_second_reading_of_figures_can_fail(value: str, text: str, why: str) -> None:
    assert lie(Fact(Decimal(value), 0, 1, text), LINE) == why


# --- faults that were found so --------------------------------------------------------------------------------------

ROWS: list[Text | Drawn] = [
    Text("Net sales", 50, 60),
    right("900", 400, 60),
    Text("Costs", 50, 80),
    right("500", 400, 80),
]
FAULTS: dict[str, Callable[[], bytes]] = {
    "text far outside of its page": lambda: pdf([*ROWS, Text("far", 10**9, 100), Text("off", 50, -(10**8))]),
    "a page that is not there": lambda: pdf(ROWS).replace(b"/Type /Page /Parent", b"/Type /Pxge /Parent"),
    "letters without height": lambda: pdf([*ROWS, Text("fi", 50, 100, size=0)]),
    "a figure of many digits": lambda: b"Net sales   " + b"9" * 15_000 + b"   5\nCosts   3   2\nGross   4   3\n",
    "a heading of many lines": lambda: (
        b"The company of the year\n" * 1_200 + b"\n  2003  2002\nSales  5  4\nCost  3  2\n"
    ),
    "a cell of many lines": lambda: (
        b"<table><tr><td>" + b"<br>".join(b"heading %d" % n for n in range(1_500)) + b"</td><td>5</td></tr></table>"
    ),
    "a long name without an exchange": lambda: b"<p>" + b"Harbour Lane " * 2_000 + b"</p><table><tr><td>a<td>5</table>",
    "tables in tables": lambda: b"<table><tr><td>" * 10_000 + b"Sales" + b"</td></tr></table>" * 10_000,
    "parts in parts": lambda: b"<div>" * 10_000 + b"Sales 5" + b"</div>" * 10_000,
    "entities in entities": lambda: (
        b'<!DOCTYPE html [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
        + b"]><table><tr><td>&m;</td><td>5</td></tr></table>"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_found_by_fuzzing_stay_mended(fault: str) -> None:
    tried(FAULTS[fault]())


def test_a_heading_of_strokes_alone_stands_over_no_column() -> None:
    assert not read_heading(" " * 40, 20, (FigureColumn(20, 24, 24),)).cells


def test_a_page_does_not_read_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>&x;</p><table><tr><td>&x; a<td>5</table>'
    document, _ = read_bytes(page.encode(), "page.htm")
    assert not any("secret" in line.text for line in document.lines)
