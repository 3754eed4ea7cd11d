"""LibreOffice as the judge: formulas give their stored values and the print, inputs move what depends on them."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

import office
from xlsx_builder.model.structure import Structure
from xlsx_builder.model.workbook import CellRef
from xlsx_builder.pipeline import Build, build
from xlsx_builder.plan.orient import oriented
from xlsx_builder.write.model_json import address

pytestmark = pytest.mark.office
COLUMNS = (0, 3)
"""Moved at once, each input by another power of three: a sum of moves has one reading with weights -1, 0 and +1."""


@pytest.fixture(scope="module", autouse=True)
def judge() -> None:
    office.require_office()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recalculation")


@pytest.fixture(scope="module")
def built(lexington: Path, folder: Path) -> Build:
    return build(lexington, folder / "model.xlsx", model_file=folder / "model.json")


@pytest.fixture(scope="module")
def judged(built: Build, folder: Path) -> dict[str, object]:
    return office.recalculated(built.path, folder / "judged")


def test_every_formula_gives_its_stored_value(built: Build, judged: dict[str, object]) -> None:
    stored = office.stored(built.path)
    stale = {cell: (stored.get(cell), judged.get(cell)) for cell in office.formulas(built.path)}
    assert {cell: pair for cell, pair in stale.items() if not office.same(*pair)} == {}


def test_every_cell_shows_the_printed_figure(built: Build, judged: dict[str, object], folder: Path) -> None:
    model = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    rows = [row for statement in model["statements"] for row in statement["rows"]]
    printed = {
        cell.replace("'", ""): value for row in rows for cell, value in zip(row["cells"], row["values"], strict=True)
    }
    assert len(printed) == built.model.statements.coverage.seen
    assert {cell: judged[cell] for cell in printed} == pytest.approx(printed)


def name(cell: CellRef | None) -> str:
    """As the judge names cells."""
    assert cell is not None
    return address(cell).replace("'", "")


def weights(structure: Structure, line: str) -> dict[str, Fraction]:
    """A line as the weighted sum of the inputs behind it, links followed."""
    sums = {calculation.total: calculation.terms for calculation in structure.calculations}
    links = {tie.line: (tie.source, tie.weight) for tie in structure.ties}
    if line in sums:
        parts = [(term.line, term.weight) for term in sums[line]]
    elif line in links:
        parts = [links[line]]
    else:
        return {line: Fraction(1)}
    total: dict[str, Fraction] = {}
    for part, weight in parts:
        for leaf, share in weights(structure, part).items():
            total[leaf] = total.get(leaf, Fraction(0)) + weight * share
    return total


def test_an_input_moves_each_total_by_its_weight_and_no_other(
    built: Build, judged: dict[str, object], folder: Path
) -> None:
    statements, places = built.model.statements, built.workbook.places
    structure = oriented(statements, built.model.structure)
    leaves = {line: weights(structure, line) for line in places}
    inputs = [line for line in places if leaves[line] == {line: 1}]
    live = office.formulas(built.path)
    assert inputs == [line for line, cells in places.items() if name(cells[0]) not in live]
    book = openpyxl.load_workbook(built.path)
    steps = {line: 3**power for power, line in enumerate(inputs)}
    for line, column in itertools.product(inputs, COLUMNS):
        cell = places[line][column]
        assert cell is not None
        target = book[cell.sheet].cell(cell.row, cell.column)
        assert isinstance(target.value, int | float)
        target.value += steps[line]
    book.save(folder / "moved.xlsx")
    after = office.recalculated(folder / "moved.xlsx", folder / "after")
    for line, column in itertools.product(places, COLUMNS):
        at = name(places[line][column])
        before, now = judged.get(at, 0), after.get(at, 0)
        assert isinstance(before, int | float)
        assert isinstance(now, int | float)
        expected = sum(weight * steps[leaf] for leaf, weight in leaves[line].items())
        assert now - before == pytest.approx(float(expected), abs=0.1), line
