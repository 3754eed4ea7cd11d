"""What a command does not need, it does not import: start-up is most of its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "releases" / "lexington_2003q3.txt"
SCRIPT = """
import sys
from xlsx_builder.cli import main
try:
    main()
finally:
    print(*(name for name, module in sys.modules.items() if module), sep="\\n")
"""


def modules(*arguments: str) -> set[str]:
    """The modules of a process that has run a command."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=False)
    return set(done.stdout.splitlines())


def imported(*arguments: str) -> set[str]:
    """The packages of a process that has run a command."""
    return {module.partition(".")[0] for module in modules(*arguments)}


def test_help_needs_nothing_but_python() -> None:
    assert not imported("--help") & {"msgspec", "openpyxl", "formualizer", "lxml", "numpy"}


@pytest.mark.parametrize("arguments", [("build", "no such file"), ("extract", "no such file")])
def test_refusals_need_no_spreadsheet_library(arguments: tuple[str, ...]) -> None:
    assert not imported(*arguments) & {"openpyxl", "formualizer", "lxml", "numpy"}


def test_a_text_is_understood_without_spreadsheet_markup_and_pdf_libraries() -> None:
    found = imported("extract", str(SAMPLE))
    assert "xlsx_builder" in found
    assert not found & {"openpyxl", "formualizer", "lxml", "pypdfium2", "numpy", "pandas"}


def test_a_build_imports_nothing_of_the_web_of_pictures_or_of_arrays(tmp_path: Path) -> None:
    found = imported("build", str(SAMPLE), "-o", str(tmp_path / "model.xlsx"))
    assert (tmp_path / "model.xlsx").exists()
    assert {"openpyxl", "formualizer"} <= found
    assert not found & {"numpy", "pandas", "PIL", "pypdfium2", "http", "ssl", "email", "asyncio"}
    assert not found & {"pyarrow", "fsspec", "rich", "psutil", "distributed", "sqlite3", "typing_extensions", "json"}


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_finished_workbook_is_judged_without_the_stages_that_build_one(command: str, tmp_path: Path) -> None:
    built = tmp_path / "model.xlsx"
    imported("build", str(SAMPLE), "-o", str(built))
    parts = {name.split(".")[1] for name in modules(command, str(built)) if name.startswith("xlsx_builder.")}
    assert parts == {"cli", "console", "model", "verify", "verdicts"}
