"""What there is on this machine for the functions to run in: the facts that `addin` works with."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from msgspec import Struct

from xlsx_builder.model.problem import ReleaseError

IDENTIFIER = "org.xlsxbuilder.addin"
"""Name of the extension in LibreOffice."""
WINDOWS, MAC = "Windows", "Darwin"
OURS = "xlsx-builder"
EXCEL_PACKAGES = ("xlwings", "pywin32")
"""What only the functions in Excel need."""
OFFICE_PLACES = (
    *("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    *(r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
)
LIMIT = 120
"""Seconds that a program of LibreOffice may take."""


class Excel(Struct, frozen=True):
    """Excel as installed on Windows."""

    path: str
    bits: int | None
    """32 or 64; None where it cannot be told."""
    trusts_vba: bool | None
    """'Trust access to the VBA project object model'; None where nobody has set it, which means no."""


class Office(Struct, frozen=True):
    """LibreOffice as installed."""

    program: Path
    unopkg: Path | None
    """The program that installs extensions."""
    has_python: bool
    """Whether it can run extensions in Python."""
    has_addin: bool | None
    """Whether our extension is installed; None where it cannot be told."""


class Machine(Struct, frozen=True):
    """All that matters."""

    system: str
    """Windows, Darwin or Linux."""
    python: tuple[int, int]
    executable: str
    bits: int
    """Of Python."""
    needed: tuple[str, ...]
    """The packages without which nothing runs, this one first."""
    packages: Mapping[str, str]
    """Name -> version of those installed."""
    dlls: tuple[str, ...]
    """xlwings' DLLs beside Python."""
    excel: Excel | None
    office: Office | None
    root: bool
    """Whether this user is the system's administrator on Linux or macOS."""
    folder: str
    """Where the user works."""


def this_machine() -> Machine:
    """The facts of the machine that this runs on.

    Raises:
        ReleaseError: the folder that the user works in is gone.
    """
    system, needed = platform.system(), (OURS, *_requirements())
    return Machine(
        system=system,
        python=(sys.version_info.major, sys.version_info.minor),
        executable=sys.executable,
        bits=64 if sys.maxsize > 2**32 else 32,
        needed=needed,
        packages=_packages((*needed, *EXCEL_PACKAGES)),
        dlls=tuple(sorted(path.name for path in Path(sys.prefix).glob("xlwings*.dll"))),
        excel=_excel() if system == WINDOWS else None,
        office=_office(system),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        folder=_here(),
    )


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        raise ReleaseError("The folder that you work in is gone; go to another one and try again.") from None


def run(words: Sequence[str | Path]) -> tuple[int, str]:
    """Run a program; its exit code and all that it said."""
    try:
        done = subprocess.run(  # noqa: S603  (programs of LibreOffice, found where it is installed)
            [str(word) for word in words], capture_output=True, text=True, timeout=LIMIT, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return done.returncode, (done.stdout + done.stderr).strip()


def _requirements() -> list[str]:
    """The names of the packages that this one says it needs, extras aside; none where it is not installed."""
    try:
        stated = requires(OURS) or []
    except PackageNotFoundError:
        return []
    return [found[0] for one in stated if "extra ==" not in one and (found := re.match(r"[\w.-]+", one))]


def _packages(names: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _office(system: str) -> Office | None:
    program = next((Path(found).resolve() for place in OFFICE_PLACES if (found := shutil.which(place))), None)
    if program is None:
        return None
    folder = program.parent
    names = ("unopkg.com", "unopkg.exe") if system == WINDOWS else ("unopkg",)
    unopkg = next((folder / name for name in names if (folder / name).exists()), None)
    has_python = any((place / "pythonloader.py").exists() for place in (folder, folder.parent / "Resources"))
    has_addin = None
    if unopkg is not None:
        code, said = run([unopkg, "list"])
        has_addin = IDENTIFIER in said if code == 0 else None
    return Office(program, unopkg, has_python, has_addin)


def _excel() -> Excel | None:
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415  (only Windows has it)

    def read(root: int, key: str, name: str) -> object:
        try:
            with winreg.OpenKey(root, key) as opened:
                return winreg.QueryValueEx(opened, name)[0]
        except OSError:
            return None

    path = read(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "")
    if not path:
        return None
    office = r"Software\Microsoft\Office\16.0"
    kind = read(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform")
    trust = read(winreg.HKEY_CURRENT_USER, office + r"\Excel\Security", "AccessVBOM")
    bits = {"x86": 32, "x64": 64}.get(str(kind))
    return Excel(str(path), bits, None if trust is None else bool(trust))
