"""LibreOffice with the add-in: recalculates workbooks that call the functions."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import office
from xlsx_builder.model.package import packed, parts
from xlsx_builder.udf.libreoffice import oxt

FORMULA = re.compile(rb"<f[^<]*</f>")
LIMIT = 240
"""Seconds; a start that hangs must not hang the tests."""


def program() -> Path:
    """The program itself: its shell script would swallow the exit code of a first start."""
    found = office.soffice()
    assert found is not None
    binary = Path(found).resolve().with_name("soffice.bin")
    return binary if binary.exists() else Path(found)


def require_python() -> None:
    """Skip without LibreOffice and its Python; fail where XB_REQUIRE_OFFICE=1 says that they must be there."""
    office.require_office()
    folder = program().parent
    if not any((place / "pythonloader.py").exists() for place in (folder, folder.parent / "Resources")):
        if os.environ.get("XB_REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice has no Python (python3-uno), and XB_REQUIRE_OFFICE=1 asks for it.")
        pytest.skip("LibreOffice has no Python (python3-uno).")


def outside() -> dict[str, str]:
    """The environment without this virtual one: LibreOffice's Python takes the first python3 of PATH for its home."""
    here = Path(sys.executable).parent
    places = os.environ["PATH"].split(os.pathsep)
    return {**os.environ, "PATH": os.pathsep.join(place for place in places if Path(place) != here)}


def called_as_addin(path: Path, copy: Path) -> Path:
    """A copy whose calls LibreOffice resolves: in files of Excel it knows XB.PCTCHG, not XB_PCTCHG."""
    found = parts(path.read_bytes(), path.name)
    changed = {
        name: FORMULA.sub(lambda formula: formula[0].replace(b"XB_", b"XB."), data) if "/worksheets/" in name else data
        for name, data in found.items()
    }
    copy.write_bytes(packed(changed))
    return copy


def converted(paths: Sequence[Path], folder: Path, to: str = "xlsx") -> list[Path]:
    """The workbooks converted with the add-in at work, every formula computed anew."""
    home = Path(tempfile.gettempdir()) / f"xlsx-builder-addin-{os.getpid()}"
    extension, profile = home / "bundled" / "xb", home / "profile"
    with zipfile.ZipFile(io.BytesIO(oxt())) as package:
        package.extractall(extension)
    settings = profile / "user" / "registrymodifications.xcu"
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{path.stem}.{to}" for path in paths]
    words = [
        str(program()),
        *("--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"),
        *(f"-env:BUNDLED_EXTENSIONS={extension.parent.as_uri()}", "--convert-to", to, "--outdir", str(folder)),
        *map(str, paths),
    ]
    for _ in range(office.STARTS):
        if not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(office.ALWAYS_RECALCULATE, encoding="utf-8")
        run = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT, check=False, env=outside())
        if run.returncode == 0 and all(path.exists() for path in made):
            return made
    pytest.fail(f"LibreOffice did not convert {paths[0].name}: {run.returncode} {run.stderr[-300:]}")
