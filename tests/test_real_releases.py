"""Workbooks of real releases: every formula has its value, every check holds, and the auditor has nothing to say."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from office import formulas, recalculated, require_office, same, stored
from truths import RELEASES
from xlsx_builder.pipeline import build
from xlsx_builder.verify.audit import audit
from xlsx_builder.verify.check import check

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside the project"),
]
REAL = sorted(path for path in RELEASES.glob("*.*") if path.suffix in (".txt", ".htm", ".pdf"))


@pytest.mark.parametrize("release", REAL, ids=lambda path: str(path.name))
def test_real_release(release: Path, tmp_path: Path) -> None:
    built = build(release, tmp_path / "model.xlsx")
    with zipfile.ZipFile(built.path) as package:
        sheets = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        assert sheet.count("<f>") == len(re.findall(r"<f>[^<]*</f><v>[^<]+</v>", sheet))
    report = check(built.path)
    assert report.ok, report.failing[:3]
    assert (len(report.passed), len(report.printed)) == (built.workbook.outcome.passed, built.workbook.outcome.printed)
    assert audit(built.path).findings == ()


@pytest.mark.office
@pytest.mark.parametrize("name", ["lexington_2003q3.txt", "pg_e_2023q2.pdf"])
def test_real_release_recalculated(name: str, tmp_path: Path) -> None:
    require_office()
    path = build(RELEASES / name, tmp_path / "model.xlsx").path
    kept, computed = stored(path), recalculated(path, tmp_path / "computed")
    wrong = [address for address in formulas(path) if not same(kept.get(address), computed.get(address))]
    assert wrong == []
