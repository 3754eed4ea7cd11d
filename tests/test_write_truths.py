"""Workbooks of real releases: every formula has its value, and the file is the same each time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from office import formulas, recalculated, require_office, same, stored
from truths import RELEASES, STEMS, statements_of, structure_of, truth
from xlsx_builder.house import read_template
from xlsx_builder.model.document import Document, SourceLine
from xlsx_builder.model.workbook import Workbook
from xlsx_builder.plan import plan
from xlsx_builder.verify.check import check
from xlsx_builder.write import rendered, write

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside the project"),
]
LINES = 400
"""Source lines that the sheet Release gets, enough for the truths' own numbers."""


def workbook_of(stem: str) -> Workbook:
    data = truth(stem)
    lines = tuple(SourceLine(number, f"line {number}") for number in range(1, LINES + 1))
    document = Document(f"{stem}.txt", "0" * 64, "text", lines, ())
    workbook, _ = plan(document, statements_of(data), structure_of(data), ())
    return workbook


@pytest.mark.parametrize("stem", STEMS)
def test_real_release(stem: str, tmp_path: Path) -> None:
    workbook = workbook_of(stem)
    path = tmp_path / f"{stem}.xlsx"
    assert write(workbook, path) == ()
    assert rendered(workbook, read_template())[0] == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        assert sheet.count("<f>") == len(re.findall(r"<f>[^<]*</f><v>[^<]+</v>", sheet))
    report = check(path)
    assert report.ok, report.failing[:3]
    assert (len(report.passed), len(report.printed)) == (workbook.outcome.passed, workbook.outcome.printed)


@pytest.mark.office
@pytest.mark.parametrize("stem", ["lexington_2003q3", "pg_e_2023q2"])
def test_real_release_recalculated(stem: str, tmp_path: Path) -> None:
    require_office()
    path = tmp_path / f"{stem}.xlsx"
    write(workbook_of(stem), path)
    kept, computed = stored(path), recalculated(path, tmp_path / "computed")
    wrong = [address for address in formulas(path) if not same(kept.get(address), computed.get(address))]
    assert wrong == []
