"""What the README says is so."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlsx_builder.cli import arguments

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def options() -> list[str]:
    """Each command and each long option, as the user writes it."""
    parser = arguments()
    [commands] = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    found = []
    for name, command in commands.choices.items():
        found.append(f"xlsx-builder {name}")
        found += [o for action in command._actions for o in action.option_strings if o not in ("-h", "--help")]
    return found


@pytest.mark.parametrize("option", options())
def test_every_command_and_option_is_described(option: str) -> None:
    assert option.replace("--output", "-o") in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.*-]*)`", README))))
def test_every_file_it_names_exists(name: str) -> None:
    if name.startswith(("output/", ".venv/")):
        pytest.skip("written by the commands")
    places = (ROOT, ROOT / "xlsx_builder")
    assert any(list(place.glob(name.rstrip("/"))) for place in places), name


def test_its_python_example_runs(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "output").mkdir()
    (tmp_path / "tests").mkdir()
    release = "tests/releases/lexington_2003q3.txt"
    example = example.replace(release, (ROOT / release).as_posix())
    run = subprocess.run(
        [sys.executable, "-c", example], check=False, capture_output=True, text=True, cwd=tmp_path, env=os.environ
    )
    assert run.returncode == 0, run.stderr
    assert "Net sales" in run.stdout
    assert run.stdout.splitlines()[-1] == "True"
