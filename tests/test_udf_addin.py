"""Installing, testing and removing the functions, on machines of all three systems."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from xlsx_builder.cli import main
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.udf.doctor import findings
from xlsx_builder.udf.installation import data_folder, install, remove
from xlsx_builder.udf.libreoffice import extension, oxt
from xlsx_builder.udf.machine import Excel, Machine, Office, this_machine
from xlsx_builder.udf.registry import FUNCTIONS
from xlsx_builder.udf.worker import answer

NEEDED = ("xlsx-builder", "openpyxl", "lxml")
PACKAGES = {"xlsx-builder": "1.0", "openpyxl": "3.1", "lxml": "5.2", "xlwings": "0.37.8"}
OFFICE = Office(Path("/opt/libreoffice/soffice"), Path("/opt/libreoffice/unopkg"), has_python=True, has_addin=True)
PYTHON = "/home/ann/venv/bin/python"
LINUX = Machine("Linux", (3, 11), PYTHON, 64, NEEDED, PACKAGES, (), None, OFFICE, root=False, folder="/home/ann")
WINDOWS = replace(
    LINUX,
    system="Windows",
    executable=r"C:\venv\Scripts\python.exe",
    packages=PACKAGES | {"pywin32": "308"},
    dlls=("xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"),
    excel=Excel(r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE", 64, trusts_vba=True),
    folder=r"C:\Users\ann\models",
)
MAC = replace(LINUX, system="Darwin", folder="/Users/ann")


class Runner:
    """Takes down what would be run."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.answer = (code, said)
        self.commands: list[list[str]] = []

    def __call__(self, words: Sequence[str | Path]) -> tuple[int, str]:
        self.commands.append([str(word) for word in words])
        return self.answer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test writes into the user's own folders."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


def faults(machine: Machine) -> list[str]:
    return [str(finding) for finding in findings(machine) if not finding.good]


@pytest.mark.parametrize("machine", [LINUX, WINDOWS, MAC], ids=lambda machine: machine.system)
def test_a_machine_in_order_has_no_faults(machine: Machine) -> None:
    assert faults(machine) == []
    assert all(str(finding).startswith("ok ") for finding in findings(machine))


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (replace(LINUX, python=(3, 10)), ("Python 3.10", "3.11 or later")),
        (replace(LINUX, packages={}), ("Missing: xlsx-builder", "pip install")),
        (replace(LINUX, needed=(*NEEDED, "msgspec")), ("Missing: msgspec", "pip install")),
        (replace(LINUX, office=replace(OFFICE, has_python=False)), ("Python inside LibreOffice", "python3-uno")),
        (replace(LINUX, office=replace(OFFICE, has_addin=False)), ("not installed", "addin install")),
        (replace(LINUX, office=replace(OFFICE, has_addin=None), root=True), ("administrator", "as a user")),
        (replace(LINUX, office=replace(OFFICE, unopkg=None)), ("unopkg", "completely")),
        (replace(WINDOWS, packages=PACKAGES), ("pywin32", 'pip install "xlsx-builder[excel]"')),
        (replace(WINDOWS, dlls=("xlwings64-0.30.0.dll",)), ("xlwings64-0.37.8.dll", "build the .xlsm anew")),
        (replace(WINDOWS, dlls=()), ("xlwings64-0.37.8.dll", "missing")),
        (replace(WINDOWS, excel=None), ("Excel was not found", "desktop version")),
        (
            replace(WINDOWS, excel=Excel(r"C:\Program Files\WindowsApps\Office\EXCEL.EXE", 64, trusts_vba=True)),
            ("Microsoft Store", "Could not activate Python COM server", "office.com"),
        ),
        (
            replace(WINDOWS, executable=r"C:\Users\ann\AppData\Local\Microsoft\WindowsApps\python.exe"),
            ("Python is from the Microsoft Store", "python.org"),
        ),
        (
            replace(WINDOWS, excel=Excel(r"C:\Office\EXCEL.EXE", 64, trusts_vba=None)),
            ("Trust access to the VBA project object model: off", "Trust Center"),
        ),
        (replace(WINDOWS, folder=r"C:\Users\ann\OneDrive - Firm\models"), ("OneDrive", "folder of this computer")),
    ],
)
def test_doctor_names_the_fault_and_how_to_mend_it(machine: Machine, words: tuple[str, ...]) -> None:
    [fault] = faults(machine)
    assert fault.startswith("MEND")
    for word in words:
        assert word in fault


def test_excel_of_32_bit_needs_the_dll_of_32_bit() -> None:
    excel = Excel(r"C:\Office\EXCEL.EXE", 32, trusts_vba=True)
    [fault] = faults(replace(WINDOWS, excel=excel, dlls=("xlwings64-0.37.8.dll",)))
    assert "xlwings32-0.37.8.dll" in fault


@pytest.mark.parametrize("machine", [LINUX, WINDOWS, MAC], ids=lambda machine: machine.system)
def test_install_writes_the_addin_and_hands_it_to_libreoffice(machine: Machine) -> None:
    runner = Runner()
    said = install(machine, runner)
    [command] = runner.commands
    assert command[1:3] == ["add", "--force"]
    written = Path(command[3])
    assert written == data_folder(machine.system) / "xlsx-builder.oxt"
    with zipfile.ZipFile(written) as package:
        assert machine.executable.replace("\\", "\\\\") in package.read("settings.json").decode()
    assert any("Excel" in line for line in said)
    assert any(str(written) in line for line in said)


@pytest.mark.parametrize("machine", [LINUX, WINDOWS, MAC], ids=lambda machine: machine.system)
def test_remove_leaves_nothing(machine: Machine) -> None:
    install(machine, Runner())
    runner = Runner()
    said = remove(machine, runner)
    assert runner.commands == [[str(OFFICE.unopkg), "remove", "org.xlsxbuilder.addin"]]
    assert not (data_folder(machine.system) / "xlsx-builder.oxt").exists()
    assert any("removed" in line for line in said)


def test_remove_of_what_is_not_there_says_so() -> None:
    runner = Runner()
    said = remove(replace(LINUX, office=replace(OFFICE, has_addin=False)), runner)
    assert runner.commands == []
    assert "LibreOffice: the add-in is not installed." in said


def test_without_libreoffice_nothing_is_installed_and_said() -> None:
    runner = Runner()
    assert any("not found" in line for line in install(replace(MAC, office=None), runner))
    assert any("not found" in line for line in remove(replace(MAC, office=None), runner))
    assert runner.commands == []


@pytest.mark.parametrize(
    ("machine", "runner", "reason"),
    [
        (replace(LINUX, root=True), Runner(), "administrator"),
        (replace(LINUX, office=replace(OFFICE, unopkg=None)), Runner(), "no unopkg"),
        (replace(LINUX, office=replace(OFFICE, has_python=False)), Runner(), "python3-uno"),
        (LINUX, Runner(1, "ERROR: another process holds the lock"), "holds the lock. Close LibreOffice"),
    ],
)
def test_install_refuses_clearly(machine: Machine, runner: Runner, reason: str) -> None:
    with pytest.raises(ReleaseError, match=reason):
        install(machine, runner)


def test_this_machine_is_examined(capsys: pytest.CaptureFixture[str]) -> None:
    machine = this_machine()
    assert machine.executable == sys.executable
    assert machine.packages["xlsx-builder"]
    stated = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(machine.needed) == {"xlsx-builder", *(re.split("[<>=]", one)[0] for one in stated["dependencies"])}
    assert main(["addin", "doctor"]) in (0, 1)
    assert sys.executable in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that somebody works in")
def test_a_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.rmdir()
    assert main(["addin", "doctor"]) == 2
    said = "xlsx-builder: The folder that you work in is gone; go to another one and try again.\n"
    assert capsys.readouterr().err == said


def test_doctor_works_where_packages_are_missing() -> None:
    code = (
        "import sys\n"
        "for name in ('openpyxl', 'lxml', 'formualizer', 'xlwings'): sys.modules[name] = None\n"
        "from xlsx_builder.cli import main; main(['addin', 'doctor'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_addin_is_the_same_bytes_each_time_and_has_all_functions() -> None:
    assert oxt() == oxt()
    files = extension(Path("/usr/bin/python3"))
    for function in FUNCTIONS:
        name = function.name.removeprefix("XB_")
        assert f" {name}( " in files["XXb.idl"]
        assert f'oor:name="{name}"' in files["CalcAddIn.xcu"]
        assert all(parameter.name in files["CalcAddIn.xcu"] for parameter in function.parameters)
    assert '"/usr/bin/python3"' in files["settings.json"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ('{"name": "XB_PCTCHG", "arguments": [[[110]], 100]}', {"value": pytest.approx(0.1)}),
        ('{"name": "XB_CAGR", "arguments": [-1, 2, 3]}', {"error": "#NUM!"}),
        ('{"name": "XB_LINE", "arguments": ["/none", "x", null, null]}', {"error": "#N/A"}),
        ('{"name": "XB_NONE", "arguments": []}', {"error": "#VALUE!"}),
        ('{"name": "XB_PCTCHG", "arguments": []}', {"error": "#VALUE!"}),
    ],
)
def test_worker_answers_and_never_ends_by_a_strange_call(asked: str, expected: dict[str, object]) -> None:
    given = answer(asked)
    assert {key: given[key] for key in expected} == expected


def test_worker_runs_as_a_program() -> None:
    asked = '{"name": "XB_MARGIN", "arguments": [1, 4]}\n{"name": "XB_VERSION", "arguments": []}\n'
    run = subprocess.run(
        [sys.executable, "-m", "xlsx_builder.udf.worker"], input=asked, capture_output=True, text=True, check=True
    )
    assert [line.partition(":")[0] for line in run.stdout.splitlines()] == ['{"value"', '{"value"']
