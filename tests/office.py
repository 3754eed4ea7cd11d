"""LibreOffice as an independent reader: it recalculates what was written and prints it, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
"""Without it LibreOffice trusts the stored values and an oracle would only repeat what was written."""

STARTS = 3
"""The first start on a fresh profile may end early."""

PLACES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def soffice() -> str | None:
    """The program, where it is installed."""
    return next((found for place in PLACES if (found := shutil.which(place))), None)


def require_office() -> None:
    """Skip the test without LibreOffice; fail it where XB_REQUIRE_OFFICE=1 says that it must be there."""
    if soffice() is None:
        if os.environ.get("XB_REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice is not installed, and XB_REQUIRE_OFFICE=1 asks for it.")
        pytest.skip("LibreOffice is not installed.")


def convert(path: Path, folder: Path, to: str = "xlsx") -> Path:
    """The workbook converted into the folder, every formula computed anew."""
    [made] = convert_all([path], folder, to)
    return made


def convert_all(paths: Sequence[Path], folder: Path, to: str = "xlsx") -> list[Path]:
    """The workbooks converted into the folder by one start of the program."""
    program = soffice()
    assert program is not None
    folder.mkdir(parents=True, exist_ok=True)
    profile = Path(tempfile.gettempdir()) / f"xlsx-builder-tests-{os.getpid()}"
    settings = profile / "user" / "registrymodifications.xcu"
    made = [folder / f"{path.stem}.{to}" for path in paths]
    words = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", to]
    for _ in range(STARTS):
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
        run = subprocess.run(
            [program, *words, "--outdir", str(folder), *map(str, paths)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if run.returncode == 0 and all(path.exists() for path in made):
            return made
    pytest.fail(f"LibreOffice did not convert {paths[0].name}: {run.stderr[-300:]}")


def stored(path: Path) -> dict[str, object]:
    """`Sheet!A1` -> value as stored in the file."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {f"{cell.parent.title}!{cell.coordinate}": cell.value for cell in cells if cell.value is not None}


def formulas(path: Path) -> dict[str, str]:
    """`Sheet!A1` -> formula."""
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {f"{cell.parent.title}!{cell.coordinate}": str(cell.value) for cell in cells if cell.data_type == "f"}


def recalculated(path: Path, folder: Path) -> dict[str, object]:
    """`Sheet!A1` -> value that LibreOffice computes."""
    return stored(convert(path, folder))


def same(one: object, other: object) -> bool:
    """Whether two values are the same but for the last binary digits; blank text is no value."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return (one or "") == (other or "")
