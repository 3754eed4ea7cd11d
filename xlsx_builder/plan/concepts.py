"""The lines that every analyst looks for, by accounting's own vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, StatementKind, Statements, Unit
from xlsx_builder.plan.vocabulary import PATTERNS, PER_SHARE_OFF, Concept, first_of, plain

HOMES = {
    Concept.CASH: StatementKind.CASH_FLOW,
    Concept.ASSETS: StatementKind.BALANCE,
    Concept.FUNDS: StatementKind.BALANCE,
}
"""Statements that are looked at first; for all other figures it is the income statement."""


def find(statements: Statements) -> dict[Concept, str]:
    """The line of each concept that the release has."""
    kinds = {statement.kind for statement in statements.statements}
    found = {}
    for concept in PATTERNS:
        home = HOMES.get(concept, StatementKind.INCOME)
        line = first_of(_lines(statements, (home,)), concept)
        if line is None and (concept is Concept.CASH or home not in kinds):
            line = first_of(_lines(statements, ()), concept)
        if line is not None:
            found[concept] = line.id
    share = _diluted(_lines(statements, (StatementKind.INCOME, StatementKind.PER_SHARE)))
    if share is not None:
        found[Concept.EPS] = share.id
    return found


def _lines(statements: Statements, kinds: tuple[StatementKind, ...]) -> list[LineItem]:
    """The lines of statements of these kinds (of all where none is named) that report periods which are told."""
    return [
        item
        for statement in statements.statements
        if (statement.kind in kinds or not kinds) and reports_periods(statement)
        for item in statement.items
    ]


def reports_periods(statement: Statement) -> bool:
    """Whether a column of the statement is of a period whose end the release tells."""
    return any(
        column.role is ColumnRole.PERIOD and column.period is not None and column.period.end is not None
        for column in statement.columns
    )


def _diluted(lines: list[LineItem]) -> LineItem | None:
    """The last per-share line that is diluted by its label or section: what is left after all its parts."""
    found = [line for line in lines if line.unit is Unit.PER_SHARE and "diluted" in " ".join(_words(line))]
    final = [line for line in found if not PER_SHARE_OFF.search(plain(line.label))]
    return final[0] if final else found[-1] if found else None


def _words(line: LineItem) -> Iterator[str]:
    yield line.label.lower()
    yield from (section.lower() for section in line.section)
