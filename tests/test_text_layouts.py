"""Releases as wires and filings set them, read and interpreted: statements, columns and lines of figures."""

from __future__ import annotations

import pytest

from cases import Case, read_cases
from xlsx_builder.interpret import interpret
from xlsx_builder.model.statement import Column, LineItem, Statement
from xlsx_builder.read import read_bytes


@pytest.mark.parametrize("case", [*read_cases("text_layouts"), *read_cases("page_layouts")])
def test_release_as_set(case: Case) -> None:
    document, _ = read_bytes(case.given.encode(), "release")
    statements, _ = interpret(document)
    found = [line for statement in statements.statements for line in shown(statement)]
    assert "\n".join(found) == case.expected.strip("\n"), case.place
    assert statements.coverage.left == 0


def shown(statement: Statement) -> list[str]:
    """A statement as the case file shows it."""
    return [
        f"[{statement.kind.value}] {statement.title}",
        " | ".join(map(heading, statement.columns)),
        *map(figures, statement.items),
    ]


def heading(column: Column) -> str:
    """'3 1998-12-31' for a period, '1998-12-31' for a date, the role for other columns."""
    if column.period is None:
        return column.role.value
    length = "" if column.period.months is None else f"{column.period.months} "
    role = "" if column.role.value == "period" else f"{column.role.value} "
    return f"{role}{length}{column.period.end}"


def figures(item: LineItem) -> str:
    """'Section > Label | unit 3 | 1 ~'."""
    values = " ".join("~" if value is None else str(value) for value in item.values)
    return f"{' > '.join((*item.section, item.label))} | {item.unit.value} {item.scale} | {values}"
