"""What comes out of a printer: each page of a sheet holds all its columns, under its headings, with source and page."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest

import office
from truths import RELEASES
from workbooks import Book
from xlsx_builder.house import write_template
from xlsx_builder.pipeline import build
from xlsx_builder.read import read

pytestmark = pytest.mark.office
HEADINGS = 5
"""The row that heads the columns."""
FOOT = 3
"""Last lines of a page, among which its foot is."""


@pytest.fixture(scope="module", autouse=True)
def printer() -> None:
    office.require_office()


def pages(workbook: Path, folder: Path) -> dict[str, list[str]]:
    """Sheet -> the text of its printed pages, each without its line breaks."""
    document, _ = read(office.convert(workbook, folder, "pdf"))
    lines: dict[int, list[str]] = defaultdict(list)
    for line in document.lines:
        lines[line.page or 0].append(line.text)
    names = openpyxl.load_workbook(workbook, read_only=True).sheetnames
    found: dict[str, list[str]] = {name: [] for name in names}
    for text in lines.values():
        foot = " ".join(" ".join(text[-FOOT:]).split())
        name = max((name for name in names if f" {name} Page " in foot), key=len)  # 'Summary' ends 'Financial Summary'
        found[name].append(" ".join(" ".join(text).split()))
    return found


def outer_headings(sheet: Book) -> list[str]:
    """The first and the last heading; what stands between them is printed too."""
    texts = [str(cell.value) for cell in sheet[HEADINGS] if cell.value is not None]
    return [" ".join(texts[0].split()), texts[-1].split()[-1]]


def larger() -> list[Path]:
    return [path for name in ("ikon_q4fy2005.txt",) if (path := RELEASES / name).exists()]


@pytest.mark.parametrize("plain", [False, True], ids=["default", "plain"])
def test_each_statement_is_one_page_wide(plain: bool, lexington: Path, tmp_path: Path) -> None:  # noqa: FBT001
    template = tmp_path / "house.xlsx"
    write_template(template, plain=plain)
    for release in (lexington, *(() if plain else larger())):
        built = build(release, tmp_path / f"{release.stem}.xlsx", template=template)
        book = openpyxl.load_workbook(built.path)
        for name, printed in pages(built.path, tmp_path / "pdf").items():
            assert printed, f"{name} is not printed"
            if name in ("Release", "About"):
                continue
            for text in printed:
                assert all(heading in text for heading in outer_headings(book[name])), f"{name}: {text[:200]}"


def test_the_foot_names_source_and_page(lexington: Path, tmp_path: Path) -> None:
    built = build(lexington, tmp_path / "model.xlsx")
    printed = [text for texts in pages(built.path, tmp_path / "pdf").values() for text in texts]
    for number, text in enumerate(printed, 1):
        assert text.endswith(f"Page {number} of {len(printed)}")
        assert "lexington_2003q3.txt" in text[-120:]
