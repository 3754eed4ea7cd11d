"""What became of every figure that stands in a table of the release."""

from __future__ import annotations

import re

from xlsx_builder.interpret.panels import is_figure, numbers_columns
from xlsx_builder.interpret.times import LONE_YEAR, times
from xlsx_builder.model.document import Document, Table
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import Coverage, Statement


def coverage_of(document: Document, statements: tuple[Statement, ...]) -> tuple[Coverage, tuple[Problem, ...]]:
    """How many figures the tables hold and the statements have, and a problem for each line with one left."""
    placed: dict[int, list[str]] = {}
    for statement in statements:
        for item in statement.items:
            seen_cells: set[tuple[int, str, int]] = set()
            for index, fact in enumerate(item.facts):
                if fact.line is None:
                    continue
                key = (fact.line, fact.text, index)
                seen_cells.add(key)
                placed.setdefault(fact.line, []).append(fact.text)
    seen = left = 0
    problems = []
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in (*block.header, *block.body):
            if numbers_columns(row):
                continue
            beside = any(is_figure(cell.text) for cell in row.cells)
            for cell in row.cells:
                if not (counts(cell.text) if beside else is_figure(cell.text)):
                    continue
                seen += 1
                texts = placed.get(row.line, [])
                if cell.text in texts:
                    texts.remove(cell.text)
                    continue
                left += 1
                problems.append(
                    Problem(
                        Severity.WARNING,
                        f"The figure '{cell.text}' beside '{row.label}' could not be placed in a statement.",
                        row.line,
                    )
                )
    return Coverage(seen, seen - left), tuple(problems)


def counts(text: str) -> bool:
    """Whether a cell holds a figure, or something with digits that is no date, so that it might be one."""
    if is_figure(text):
        return True
    plain = text.strip()
    return (
        bool(re.search(r"\d", plain)) and not LONE_YEAR.search(plain) and not times(plain) and len(plain.split()) <= 3
    )
