"""What comes out of a printer: each page of a sheet holds all its columns, under its headings, with source and page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

import office
from truths import RELEASES
from workbooks import Book
from xlsx_builder.house import write_template
from xlsx_builder.pipeline import build

pytestmark = pytest.mark.office
HEADINGS = 5
"""The row that heads the columns."""


def pages(printed: Path) -> Iterator[str]:
    """The text of each page, without its line breaks."""
    document = pypdfium2.PdfDocument(printed)
    for page in document:
        yield " ".join(page.get_textpage().get_text_range().split())


def outer_headings(sheet: Book) -> list[str]:
    """The first and the last heading; what stands between them is printed too."""
    texts = [str(cell.value) for cell in sheet[HEADINGS] if cell.value is not None]
    return [" ".join(texts[0].split()), texts[-1].split()[-1]]


def test_each_page_is_wide_enough_has_headings_and_names_source_and_page(lexington: Path, tmp_path: Path) -> None:
    office.require_office()
    write_template(tmp_path / "plain.xlsx", plain=True)
    orders = [(lexington, None), (lexington, tmp_path / "plain.xlsx"), (RELEASES / "ikon_q4fy2005.txt", None)]
    built = [
        (release.name, build(release, tmp_path / f"{number}.xlsx", template=template).path)
        for number, (release, template) in enumerate(orders)
        if release.exists()
    ]
    files = office.convert_all([path for _, path in built], tmp_path / "pdf", "pdf")
    for (source, path), printed in zip(built, files, strict=True):
        book = openpyxl.load_workbook(path)
        texts = list(pages(printed))
        told = set()
        for number, text in enumerate(texts, 1):
            foot = f" Page {number} of {len(texts)}"
            # 'Summary' ends 'Financial Summary'
            name = max((name for name in book.sheetnames if f"{source} {name}{foot}" in text), key=len)
            told.add(name)
            if name not in ("Release", "About"):
                assert all(heading in text for heading in outer_headings(book[name])), f"{name}: {text[:200]}"
        assert told == set(book.sheetnames)
