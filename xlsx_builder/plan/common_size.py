"""Common size: each line of a statement as a share of sales or of total assets, in columns beside the print."""

from __future__ import annotations

from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, StatementKind, Unit
from xlsx_builder.plan.vocabulary import Concept, first_of

WHOLES = {
    StatementKind.INCOME: (Concept.SALES, "sales"),
    StatementKind.BALANCE: (Concept.ASSETS, "total assets"),
}
"""What the lines of a statement are shares of, and how their columns call it."""

MOST_COLUMNS = 5
"""Periods that get columns of shares; more would make the figures on a page too small to read."""


def whole_of(statement: Statement) -> tuple[LineItem, str] | None:
    """The line that is 100 per cent, and what it is called; None where there is none, or the release prints shares."""
    if statement.kind not in WHOLES or any(column.role is ColumnRole.PERCENT_OF for column in statement.columns):
        return None
    concept, name = WHOLES[statement.kind]
    line = first_of(statement.items, concept)
    return None if line is None else (line, name)


def shared_columns(statement: Statement, whole: LineItem) -> tuple[int, ...]:
    """The columns that get a column of shares: money of a period that the whole has a figure for; all or none."""
    fit = tuple(
        index
        for index, column in enumerate(statement.columns)
        if column.role is ColumnRole.PERIOD and column.unit in (None, Unit.MONEY) and whole.facts[index].value
    )
    return fit if len(fit) <= MOST_COLUMNS else ()
