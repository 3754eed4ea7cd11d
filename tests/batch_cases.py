"""What the tests of runs over many releases share: start one, compare two, read what they wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from msgspec.structs import replace
from openpyxl import load_workbook

from xlsx_builder.batch import Batch

SAMPLES = Path(__file__).parent / "releases"
KESTREL, TABLE = SAMPLES / "kestrel_instruments_fy1996.txt", SAMPLES / "pasted_table.csv"


def batch(output: Path, *inputs: object, **options: Any) -> Batch:  # noqa: ANN401  (as Batch takes them)
    return replace(Batch(tuple(map(str, inputs)), output, jobs=1), **options)


def command(output: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "xlsx_builder", "batch", *map(str, arguments), "-o", str(output)]


def started(output: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(output, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def summary(output: Path) -> list[dict[str, Any]]:
    """The lines of summary.xlsx."""
    heads, *lines = load_workbook(output / "summary.xlsx").worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def outcome(output: Path) -> dict[str, Any]:
    """All that a run wrote, but how long each release took, which stands in the summary alone."""
    kept = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(("run.sqlite", "summary"))
    }
    return kept | {"summary": [line | {"Seconds": None} for line in summary(output)]}


def table(output: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(output / f"{name}.parquet")


def small_releases(folder: Path, count: int) -> Path:
    """So many releases, no two alike."""
    folder.mkdir()
    text = TABLE.read_text(encoding="utf-8")
    for number in range(count):
        (folder / f"table_{number:03}.csv").write_text(text.replace("Alder", f"Alder {number}"), encoding="utf-8")
    return folder
