"""What each stage makes of each sample release, compared with the text files in tests/golden/."""

from __future__ import annotations

from pathlib import Path

import pytest

import dumps
from xlsx_builder.pipeline import extract
from xlsx_builder.plan import plan

HERE = Path(__file__).parent
SAMPLES = sorted(path for path in (HERE / "releases").iterdir() if path.is_file())


@pytest.mark.parametrize("release", SAMPLES, ids=lambda path: path.stem)
def test_stages_give_the_golden_text(release: Path, update_golden: bool) -> None:  # noqa: FBT001
    model = extract(release)
    workbook, _ = plan(model.document, model.statements, model.structure, model.problems, model.claims)
    results = {
        "document": dumps.document_text(model.document),
        "statements": dumps.statements_text(model.statements),
        "structure": dumps.structure_text(model.structure),
        "claims": dumps.claims_text(model.claims),
        "workbook": dumps.workbook_text(workbook),
    }
    folder = HERE / "golden" / release.stem
    if update_golden:
        folder.mkdir(parents=True, exist_ok=True)
        for stage, text in results.items():
            (folder / f"{stage}.txt").write_text(text, encoding="utf-8", newline="\n")
        return
    for stage, text in results.items():
        expected = (folder / f"{stage}.txt").read_text(encoding="utf-8")
        assert text == expected, f"{stage} of {release.name} has changed; if that is wanted: make golden"
