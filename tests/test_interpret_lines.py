"""Rows become lines: wrapped labels, headings, the sections that lines stand in."""

from __future__ import annotations

import pytest

from cases import Case, read_cases
from interpret_tables import table
from xlsx_builder.interpret.facts import read
from xlsx_builder.interpret.lines import entries
from xlsx_builder.interpret.sections import section_paths


def outline(drawing: str) -> str:
    """The lines of figures in a drawn table, each behind the headings it stands under."""
    found = entries(table(drawing).body)
    values = []
    for entry in found:
        own = {cell.first: read(cell.text, european=False) for cell, _ in entry.cells}
        figures = (own.get(1), own.get(2))
        values.append(tuple(figure.value if figure else None for figure in figures) if entry.cells else ())
    paths = section_paths(found, values)
    return "\n".join(" > ".join((*path, entry.label)) for entry, path in zip(found, paths, strict=True) if entry.cells)


@pytest.mark.parametrize("case", read_cases("lines"))
def test_lines_stand_in_their_sections(case: Case) -> None:
    assert outline(case.given) == case.expected, case.place
