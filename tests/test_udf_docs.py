"""The page for analysts says of the functions what the registry says, and what it says is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlsx_builder.udf.doctor import findings
from xlsx_builder.udf.handbook import functions_markdown
from xlsx_builder.udf.machine import this_machine
from xlsx_builder.udf.recompute import DIGITS_ROW, HINT, RELEASE_ROW
from xlsx_builder.udf.registry import FUNCTIONS, call

PAGE = Path(__file__).resolve().parents[1] / "docs" / "analysts.md"
MARKED = re.compile(r"(<!-- functions: .*? -->\n).*?(<!-- end of functions -->)", re.DOTALL)


def test_functions_are_those_of_the_registry(update_golden: bool) -> None:  # noqa: FBT001
    text = PAGE.read_text(encoding="utf-8")
    expected = MARKED.sub(lambda found: f"{found[1]}\n{functions_markdown()}\n{found[2]}", text)
    if update_golden:
        PAGE.write_text(expected, encoding="utf-8")
        return
    assert text == expected, "pytest tests/test_udf_docs.py --update-golden writes the functions anew"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_example_gives_what_the_page_says(function: object, lexington: Path) -> None:
    [found] = [each for each in FUNCTIONS if each is function]
    arguments = found.example.removeprefix(found.name).replace("$release", repr(str(lexington)))
    braces = re.sub(r"\{(.*?)\}", lambda array: _rows(array[1]), arguments)
    given = call(found.name, *eval(braces.removesuffix(")") + ",)" if braces != "()" else "()"))
    assert _shown(given, found.gives) == found.gives


def _rows(array: str) -> str:
    """{1,2;3,4} as rows of cells."""
    return "(" + "".join(f"({row},)," for row in array.split(";")) + ")"


def _shown(value: object, gives: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(f'"{row[0]}"' for row in value) if gives.startswith('"') else "the statement, a row a line"
    if isinstance(value, float):
        return f"{value:.1%}" if gives.endswith("%") else f"{value:,.0f}"
    return "the version" if gives == "the version" else str(value)


def test_its_python_example_runs() -> None:
    [example] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    run = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0].startswith("-0.125")
    assert run.stdout.splitlines()[1].startswith("#NUM! XB: growth needs")


@pytest.mark.parametrize("name", re.findall(r"\]\((\w+\.png)\)", PAGE.read_text(encoding="utf-8")))
def test_its_pictures_are_there_and_small(name: str) -> None:
    picture = (PAGE.parent / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 100_000


def test_workbook_and_page_name_each_other() -> None:
    assert "docs/analysts.md" in HINT
    assert (RELEASE_ROW, DIGITS_ROW) == (5, 6), "the page speaks of B5"
    assert findings(this_machine())
