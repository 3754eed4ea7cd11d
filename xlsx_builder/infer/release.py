"""Statements -> Structure: sums down the columns and along the lines, and facts that stand in two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xlsx_builder.infer.choose import Sum, best_sums
from xlsx_builder.infer.columns import column_calculations
from xlsx_builder.infer.cues import hints
from xlsx_builder.infer.grid import Grid, additive_columns, statement_series
from xlsx_builder.infer.ties import ties
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.statement import LineItem, Statement, Statements
from xlsx_builder.model.structure import Calculation, ColumnCalculation, Evidence, Structure, Term

MAX_RIVALS = 3
"""More of them say no more."""


def infer(statements: Statements) -> tuple[Structure, tuple[Problem, ...]]:
    """What the figures of a release have to do with each other.

    Args:
        statements: The release as understood.

    Returns:
        Calculations, ties and checks, each with its evidence, and the doubts that are left.
    """
    calculations: list[Calculation] = []
    columns: list[ColumnCalculation] = []
    for statement in statements.statements:
        calculations.extend(statement_calculations(statement))
        columns.extend(column_calculations(statement))
    parts: dict[str, set[int]] = defaultdict(set)
    for one in columns:
        if all(weight == 1 for _, weight in one.terms):
            parts[one.statement].update(column for column, _ in one.terms)
    repeats = ties(statements, parts, {one.total for one in calculations})
    return Structure(tuple(calculations), tuple(repeats), (), tuple(columns)), ()


def statement_calculations(statement: Statement) -> list[Calculation]:
    """The lines of one statement that are sums of others."""
    items = tuple(statement.items)
    lines, finest = statement_series(statement)
    grid = Grid(lines, hints(items), additive_columns(statement), finest)
    chosen, rivals = best_sums(grid)
    return [calculation(grid, items, found, rivals[total]) for total, found in sorted(chosen.items())]


def calculation(grid: Grid, items: Sequence[LineItem], found: Sum, rivals: Sequence[Sum]) -> Calculation:
    """A sum of a grid in the terms of the release."""
    close = sorted(rivals, key=lambda other: -other.bits)[:MAX_RIVALS]
    evidence = Evidence(
        columns_held=found.agreement.held,
        columns_tested=found.agreement.tested,
        residual=grid.printed(found.agreement.residual),
        cues=found.cues,
        rivals=tuple(named(items, other.terms) for other in close),
    )
    return Calculation(items[found.total].id, named(items, found.terms), evidence)


def named(items: Sequence[LineItem], terms: Sequence[tuple[int, int]]) -> tuple[Term, ...]:
    """Terms by the ids of their lines."""
    return tuple(Term(items[line].id, weight) for line, weight in terms)
