"""What stands in the way of the functions on a machine, and how to mend it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from xlsx_builder.udf.machine import MAC, WINDOWS, Machine

OLDEST_PYTHON = (3, 11)
SYNCED = ("OneDrive", "SharePoint")
STORE = "WindowsApps"
"""Folder of programs from the Microsoft Store, which other programs cannot drive."""


class Finding(Struct, frozen=True):
    """One thing looked at."""

    what: str
    """A sentence."""
    mend: str = ""
    """How to put it right; '' where nothing is wrong."""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.mend

    def __str__(self) -> str:
        return f"ok    {self.what}" if self.good else f"MEND  {self.what} {self.mend}"


def findings(machine: Machine) -> tuple[Finding, ...]:
    """All that was looked at, for Python first, then for Excel and LibreOffice."""
    return (*_python(machine), *_excel(machine), *_office(machine))


def _python(machine: Machine) -> Iterator[Finding]:
    shown = ".".join(map(str, machine.python))
    good = machine.python >= OLDEST_PYTHON
    yield Finding(
        f"Python {shown}, {machine.bits} bit: {machine.executable}.",
        "" if good else "Install Python 3.11 or later from python.org.",
    )
    if STORE in machine.executable:
        yield Finding(
            "This Python is from the Microsoft Store; Excel often cannot start it.",
            "Install Python from python.org and make the environment anew with it.",
        )
    missing = [name for name in machine.needed if name not in machine.packages]
    yield Finding(
        f"Packages: {', '.join(f'{name} {number}' for name, number in machine.packages.items()) or 'none'}.",
        f"Missing: {', '.join(missing)}. Run: pip install xlsx-builder" if missing else "",
    )
    if any(word.lower() in machine.folder.lower() or word.lower() in machine.executable.lower() for word in SYNCED):
        yield Finding(
            f"This folder or Python is synchronised by OneDrive or SharePoint: {machine.folder}.",
            "xlwings may see a web address instead of a path there; keep workbooks and Python in a folder of this "
            "computer alone.",
        )


def _excel(machine: Machine) -> Iterator[Finding]:
    if machine.system == MAC:
        yield Finding("Excel on a Mac runs no functions of xlwings, only macros; use LibreOffice for functions.")
        return
    if machine.system != WINDOWS:
        yield Finding(f"There is no Excel for {machine.system}; an .xlsm opens in LibreOffice with its values.")
        return
    yield from _windows_python(machine)
    if machine.excel is None:
        yield Finding("Excel was not found.", "Install the desktop version of Excel; the web version runs none.")
        return
    bits = f"{machine.excel.bits} bit" if machine.excel.bits else "unknown bits"
    yield Finding(f"Excel, {bits}: {machine.excel.path}. It may differ from Python's {machine.bits} bit.")
    if STORE in machine.excel.path:
        yield Finding(
            "This Excel is from the Microsoft Store; it cannot start Python ('Could not activate Python COM server').",
            "Uninstall it and install Office from office.com.",
        )
    yield Finding(
        f"Trust access to the VBA project object model: {'on' if machine.excel.trusts_vba else 'off'}.",
        ""
        if machine.excel.trusts_vba
        else "Excel: File, Options, Trust Center, Trust Center Settings, Macro Settings, tick it; then run the macro "
        "ImportPythonUDFs in the .xlsm.",
    )


def _windows_python(machine: Machine) -> Iterator[Finding]:
    for name, why in (("xlwings", "joins Excel and Python"), ("pywin32", "lets Python be called by Excel")):
        there = name in machine.packages
        yield Finding(
            f"{name}, which {why}: {machine.packages.get(name, 'missing')}.",
            "" if there else 'Run: pip install "xlsx-builder[excel]"',
        )
    wanted = f"xlwings{machine.excel.bits if machine.excel and machine.excel.bits else 64}-"
    wanted += f"{machine.packages.get('xlwings', '')}.dll"
    if "xlwings" in machine.packages:
        there = wanted in machine.dlls
        yield Finding(
            f"{wanted}, which Excel loads from beside Python: {'found' if there else 'missing'}.",
            "" if there else "Run: pip install --force-reinstall xlwings; then build the .xlsm anew.",
        )


def _office(machine: Machine) -> Iterator[Finding]:
    office = machine.office
    if office is None:
        yield Finding("LibreOffice was not found; without it there is nothing to do for it.")
        return
    yield Finding(f"LibreOffice: {office.program}.")
    yield Finding(
        f"Python inside LibreOffice: {'found' if office.has_python else 'missing'}.",
        "" if office.has_python else "Install it; on Debian and Ubuntu: apt install python3-uno.",
    )
    if office.unopkg is None:
        yield Finding("unopkg, which installs extensions, is missing.", "Install LibreOffice completely.")
    elif office.has_addin is None:
        why = "not for the administrator" if machine.root else "is LibreOffice open?"
        yield Finding(
            f"Whether the add-in is installed cannot be told ({why}).", "Close LibreOffice and ask as a user."
        )
    else:
        yield Finding(
            f"The add-in in LibreOffice: {'installed' if office.has_addin else 'not installed'}.",
            "" if office.has_addin else "Run: xlsx-builder addin install",
        )
