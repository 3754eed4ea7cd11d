"""Sheets and analyses as a template's Settings choose them: what goes, what goes with it, and what closes up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

import audit_samples
from truths import RELEASES
from workbooks import Book
from xlsx_builder.house import default_content
from xlsx_builder.model.template import Choices, Option, Part
from xlsx_builder.model.workbook import CellRef, Ratio, Role, Sheet, Workbook
from xlsx_builder.pipeline import Build, build
from xlsx_builder.plan.chosen import chosen
from xlsx_builder.plan.without import read
from xlsx_builder.verify.audit import audit
from xlsx_builder.verify.check import check

ALL = frozenset(Option)
WITHOUT = {
    **{f"no {part.value}": Choices(tuple(p for p in Part if p is not part)) for part in (Part.EBITDA, Part.CLAIMS)},
    "no Summary": Choices(tuple(p for p in Part if p is not Part.SUMMARY)),
    **{f"no {option.value}": Choices(options=ALL - {option}) for option in Option},
    "bare": Choices((Part.STATEMENTS, Part.CHECKS, Part.RELEASE, Part.ABOUT), frozenset()),
    "backwards": Choices(tuple(reversed(Part))),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder = tmp_path_factory.mktemp("chosen")
    (folder / "tern.txt").write_text(audit_samples.RELEASE, encoding="utf-8")
    return build(folder / "tern.txt", folder / "tern.xlsx").workbook


def sheet(workbook: Workbook, name: str) -> Sheet:
    return next(each for each in workbook.sheets if each.name == name)


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.content for cell in sheet.cells if isinstance(cell.content, str)}


def headings(sheet: Sheet) -> list[str]:
    return [text.replace("\n", " ") for (row, _), text in sorted(texts(sheet).items()) if row == 5]


def labels(sheet: Sheet) -> list[str]:
    return [text for (_, column), text in sorted(texts(sheet).items()) if column == 1]


def test_everything_in_the_usual_order_changes_nothing(whole: Workbook) -> None:
    assert chosen(whole, Choices()) == whole


@pytest.mark.parametrize("name", WITHOUT)
def test_nothing_left_reads_or_leads_to_what_is_gone(whole: Workbook, name: str) -> None:
    made = chosen(whole, WITHOUT[name])
    held = {CellRef(s.name, c.row, c.column): c for s in made.sheets for c in s.cells}
    assert len(held) == sum(len(s.cells) for s in made.sheets)
    assert made.master in held
    for cell in held.values():
        assert cell.link is None or cell.link in held
        for place in read(cell.content):
            assert not isinstance(place, CellRef) or place in held
    for line, cells in made.places.items():
        for old, new in zip(whole.places[line], cells, strict=True):
            before = (
                next(c for c in sheet(whole, old.sheet).cells if (c.row, c.column) == (old.row, old.column))
                if old
                else None
            )
            assert before is None or (new is not None and held[new].number == before.number)


def test_ebitda_goes_with_its_rows_its_checks_and_its_chart(whole: Workbook) -> None:
    made = chosen(whole, WITHOUT["no EBITDA"])
    assert [s.name for s in made.sheets] == ["Summary", "Income Statement", "Claims", "Checks", "Release", "About"]
    assert not any("EBITDA" in label for label in (*labels(sheet(made, "Summary")), *labels(sheet(made, "Checks"))))
    assert sheet(made, "Summary").charts == ()
    assert made.outcome == replace(whole.outcome, passed=16)


def test_change_columns_go_and_the_next_ones_close_up(whole: Workbook) -> None:
    made = chosen(whole, Choices(options=ALL - {Option.CHANGE}))
    before, after = (headings(sheet(w, "Income Statement")) for w in (whole, made))
    assert after == [heading for heading in before if not heading.startswith("Change")]
    assert len(after) == len(before) - 2


def test_margins_go_also_from_summary(whole: Workbook) -> None:
    made = chosen(whole, Choices(options=ALL - {Option.MARGINS}))
    for name in ("Summary", "Income Statement", "EBITDA"):
        assert any("argin" in label for label in labels(sheet(whole, name)))
        assert not any("argin" in label for label in labels(sheet(made, name)))


def test_margins_are_computed_themselves_without_the_columns_they_repeat(whole: Workbook) -> None:
    made = sheet(chosen(whole, Choices(options=ALL - {Option.COMMON_SIZE})), "Income Statement")
    assert not any(heading.startswith("% of") for heading in headings(made))
    row = next(row for (row, _), text in texts(made).items() if text == "Gross margin")
    figures = [cell for cell in made.cells if cell.row == row and cell.role is Role.RATIO]
    assert len(figures) == 4
    assert all(isinstance(cell.content, Ratio) for cell in figures)


def test_contents_follow_the_order_of_the_sheets(whole: Workbook) -> None:
    made = chosen(whole, WITHOUT["backwards"])
    names = [s.name for s in made.sheets]
    assert names == ["About", "Release", "Checks", "Claims", "EBITDA", "Income Statement", "Summary"]
    assert labels(sheet(made, "Summary"))[-6:] == names[:-1]


def test_without_summary_about_holds_the_contents(whole: Workbook) -> None:
    made = chosen(whole, WITHOUT["no Summary"])
    assert labels(sheet(made, "About"))[-6:] == [
        "Contents",
        "Income Statement",
        "EBITDA",
        "Claims",
        "Checks",
        "Release",
    ]
    assert not any(c.role is Role.SOURCE and str(c.content).endswith("Summary") for s in made.sheets for c in s.cells)


def template(folder: Path, choices: Choices) -> Path:
    path = folder / "house.xlsx"
    path.write_bytes(default_content())
    book: Book = openpyxl.load_workbook(path)
    places = {part: place for place, part in enumerate(choices.parts, 1)}
    for key, value in book["Settings"].iter_rows(min_row=5, max_col=2):
        kind, _, name = str(key.value).partition(" ")
        if kind == "sheet":
            value.value = places.get(Part(name), "no")
        elif kind == "analysis":
            value.value = "yes" if Option(name) in choices.options else "no"
    book.save(path)
    return path


@cache
def largest() -> Path | None:
    """A release of several statements, where the labelled ones are at hand."""
    return next(iter(sorted(RELEASES.glob("sears*.txt"))), None)


@pytest.mark.parametrize("name", WITHOUT)
def test_workbooks_of_a_template_with_choices_hold(name: str, tmp_path: Path, lexington: Path) -> None:
    house = template(tmp_path, WITHOUT[name])
    (tmp_path / "tern.txt").write_text(audit_samples.RELEASE, encoding="utf-8")
    larger = [path for path in (lexington, largest()) if path is not None and name in ("bare", "no EBITDA")]
    for release in (tmp_path / "tern.txt", *larger):
        built: Build = build(release, tmp_path / f"{release.stem}.xlsx", template=house)
        report = check(built.path)
        assert report.ok
        assert len(report.passed) == built.workbook.outcome.passed
        assert audit(built.path).findings == ()
