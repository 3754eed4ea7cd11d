"""Statements -> Structure: sums down the columns and along the lines, and facts that stand in two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from xlsx_builder.infer.choose import Sum, best_sums
from xlsx_builder.infer.columns import column_calculations
from xlsx_builder.infer.cues import hints
from xlsx_builder.infer.grid import Grid, additive_columns, statement_series
from xlsx_builder.infer.segments import member_sums
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
    calculations = release_calculations(statements.statements)
    columns = [one for statement in statements.statements for one in column_calculations(statement)]
    parts: dict[str, set[int]] = defaultdict(set)
    for one in columns:
        if all(weight == 1 for _, weight in one.terms):
            parts[one.statement].update(column for column, _ in one.terms)
    repeats = ties(statements, parts, leaves(calculations))
    return Structure(tuple(calculations), tuple(repeats), (), tuple(columns)), ()


def release_calculations(statements: Sequence[Statement]) -> list[Calculation]:
    """The lines of a release that are sums of others; what one statement shows clearly helps to read another."""
    grids = [statement_grid(statement) for statement in statements]
    readings = [best_sums(grid) for grid in grids]
    patterns = frozenset(
        grid.pattern(total, one.terms)
        for grid, (chosen, _) in zip(grids, readings, strict=True)
        for total, one in chosen.items()
    )
    labels = {label for label, _ in patterns}
    made: list[Calculation] = []
    for statement, first, (chosen, rivals) in zip(statements, grids, readings, strict=True):
        grid = replace(first, patterns=patterns)
        if any(hint.label in labels and line not in chosen for line, hint in enumerate(grid.hints)):
            chosen, rivals = best_sums(grid)
        chosen = {**member_sums(grid, chosen), **chosen}
        items = tuple(statement.items)
        made.extend(calculation(grid, items, one, rivals.get(total, ())) for total, one in sorted(chosen.items()))
    return made


def statement_grid(statement: Statement) -> Grid:
    """A statement as the search sees it."""
    lines, finest = statement_series(statement)
    return Grid(lines, hints(statement), additive_columns(statement), finest)


def leaves(calculations: Sequence[Calculation]) -> dict[str, set[str]]:
    """For each total every line that it depends on, through other totals too."""
    terms = {one.total: [term.line for term in one.terms] for one in calculations}
    below: dict[str, set[str]] = {}
    for total in terms:
        found: set[str] = set()
        waiting = [total]
        while waiting:
            for line in terms.get(waiting.pop(), ()):
                if line not in found:
                    found.add(line)
                    waiting.append(line)
        below[total] = found
    return below


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
