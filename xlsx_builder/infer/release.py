"""Statements -> Structure: sums down the columns and along the lines, and facts that stand in two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.infer.above import with_totals_above
from xlsx_builder.infer.apart import with_apart
from xlsx_builder.infer.averages import averages, column_averages
from xlsx_builder.infer.breakdowns import breakdowns
from xlsx_builder.infer.choose import Sum, best_sums
from xlsx_builder.infer.columns import column_calculations
from xlsx_builder.infer.cues import TOTAL, hints
from xlsx_builder.infer.gathered import with_gathered
from xlsx_builder.infer.graph import leaves, without_circles
from xlsx_builder.infer.grid import RELEASE, Grid, Pattern, additive_columns, statement_series
from xlsx_builder.infer.identities import balanced
from xlsx_builder.infer.nested import with_nested
from xlsx_builder.infer.segments import member_sums
from xlsx_builder.infer.spans import time_sums
from xlsx_builder.infer.ties import ties
from xlsx_builder.infer.unfooted import with_unfooted
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import LineItem, Statement, StatementKind, Statements
from xlsx_builder.model.structure import Calculation, Check, ColumnCalculation, Evidence, Structure, Term

MAX_RIVALS = 3
"""More of them say no more."""
REPORTED = "gaap"
"""The basis of the figures that a company must publish, as columns name it."""
IDENTITY_COLUMNS = 2
"""Columns in which two totals must agree before that counts as an identity."""


class Reading(Struct, frozen=True):
    """One statement with the sums found in it."""

    statement: Statement
    items: tuple[LineItem, ...]
    grid: Grid
    sums: Mapping[int, Sum]
    rivals: Mapping[int, Sequence[Sum]]
    limited: frozenset[int]
    """Lines of which not all sums that agree somewhere were tried."""
    second: Sequence[Sum] = ()
    """Sums that hold besides the ones chosen."""


def infer(statements: Statements) -> tuple[Structure, tuple[Problem, ...]]:
    """What the figures of a release have to do with each other.

    Args:
        statements: The release as understood.

    Returns:
        Calculations, ties and checks, each with its evidence, and the doubts that are left.
    """
    readings = read_sums(statements.statements)
    found = [one for reading in readings for one in calculations_of(reading)]
    broken = list(breakdowns(statements.statements, found))
    derived = {
        item.id for one in statements.statements if one.kind is StatementKind.RECONCILIATION for item in one.items
    }
    found.extend(one for one in broken if one.total in derived)
    parts = [one for reading in readings for one in column_calculations(reading.statement)]
    calculations, repeats = without_circles(found, ties(statements, part_columns(statements, parts), leaves(found)))
    below = leaves(calculations)
    checks = [one for reading in readings for one in checks_of(reading, below)]
    # A statement is the source of its details; only a reconciliation is computed from them.
    checks.extend(Check(one.total, one.terms, one.evidence) for one in broken if one.total not in derived)
    explained = {one.total for one in calculations} | {one.line for one in repeats}
    problems = tuple(one for reading in readings for one in doubts(reading, explained))
    summed = below.keys()
    means = tuple(one for each in readings for one in averages(each.statement, each.grid, summed))
    columns = (*parts, *(one for each in readings for one in time_sums(each.statement, parts)))
    columned = tuple(one for each in readings for one in column_averages(each.statement))
    return Structure(calculations, repeats, tuple(checks), columns, means, columned), problems


def read_sums(statements: Sequence[Statement]) -> list[Reading]:
    """The sums in each statement; what one shows clearly helps to read another."""
    first = []
    for statement in statements:
        lines, finest = statement_series(statement)
        grid = Grid(lines, hints(statement), additive_columns(statement), finest)
        first.append(Reading(statement, tuple(statement.items), grid, *best_sums(grid)))
    patterns = frozenset(one.grid.pattern(total, found.terms) for one in first for total, found in one.sums.items())
    return [read_again(reading, patterns) for reading in first]


def read_again(reading: Reading, patterns: frozenset[Pattern]) -> Reading:
    """A statement read with the knowledge of the others, and searched for the rarer kinds of sums."""
    labels = frozenset(label for label, _ in patterns)
    grid = replace(reading.grid, patterns=patterns, known=labels)
    sums, rivals, stopped = reading.sums, reading.rivals, reading.limited
    if any(hint.label in labels and line not in sums for line, hint in enumerate(grid.hints)):
        sums, rivals, stopped = best_sums(grid)
    members, second = member_sums(grid, sums)
    nested, more = with_nested(grid, {**sums, **members})
    found, halted = with_apart(grid, with_unfooted(grid, with_gathered(grid, with_totals_above(grid, nested))))
    sums, limited = without_repeats(found), stopped | halted
    return replace(reading, grid=grid, sums=sums, rivals=rivals, limited=limited, second=(*second, *more))


def without_repeats(sums: Mapping[int, Sum]) -> dict[int, Sum]:
    """The sums, each once: a later line with the same terms repeats the earlier one, which is for a tie to say."""
    first: dict[frozenset[tuple[int, int]], Sum] = {}
    for _, one in sorted(sums.items()):
        first.setdefault(frozenset(one.terms), one)
    return {one.total: one for one in first.values()}


def calculations_of(reading: Reading) -> Iterator[Calculation]:
    """The sums of a statement in the terms of the release, in printed order."""
    for total, one in sorted(reading.sums.items()):
        close = sorted(reading.rivals.get(total, ()), key=lambda other: -other.bits)[:MAX_RIVALS]
        rivals = tuple(named(reading.items, other.terms) for other in close if other.terms != one.terms)
        terms = named(reading.items, one.terms)
        yield Calculation(reading.items[total].id, terms, evidence(reading.grid, one, rivals))


def evidence(grid: Grid, one: Sum, rivals: tuple[tuple[Term, ...], ...] = ()) -> Evidence:
    """What speaks for a sum."""
    agreed = one.agreement
    return Evidence(agreed.held, agreed.tested, grid.printed(agreed.residual), one.cues, rivals)


def named(items: Sequence[LineItem], terms: Sequence[tuple[int, int]]) -> tuple[Term, ...]:
    """Terms by the ids of their lines."""
    return tuple(Term(items[line].id, weight) for line, weight in terms)


def part_columns(statements: Statements, columns: Sequence[ColumnCalculation]) -> dict[str, set[int]]:
    """For each statement the columns whose figures other places rarely repeat.

    They are the parts of a whole, but of a bridge that adjusts the reported figures all columns but the reported one.
    """
    bases = {one.id: [column.basis for column in one.columns] for one in statements.statements}
    parts: dict[str, set[int]] = defaultdict(set)
    for one in columns:
        terms = {column for column, _ in one.terms}
        reported = {column for column in terms if bases[one.statement][column] == REPORTED}
        if reported and bases[one.statement][one.total] != REPORTED:
            parts[one.statement].update(terms - reported, {one.total})
        elif all(weight == 1 for _, weight in one.terms):
            parts[one.statement].update(terms)
    return parts


def checks_of(reading: Reading, below: Mapping[str, set[str]]) -> Iterator[Check]:
    """True relations of a statement that are no formula: second sums, equal totals, what finances the assets."""
    for one in reading.second:
        yield Check(reading.items[one.total].id, named(reading.items, one.terms), evidence(reading.grid, one))
    seen: dict[tuple[object, ...], LineItem] = {}
    for total in sorted(reading.sums):
        item = reading.items[total]
        filled = sum(bool(value) for value in item.values)
        twin = seen.setdefault((item.unit, item.scale, item.values), item)
        if twin is item or filled < IDENTITY_COLUMNS or twin.id in below.get(item.id, ()):
            continue
        agreed = Evidence(filled, filled, reading.grid.printed(0), ("equal totals",))
        yield Check(item.id, (Term(twin.id, 1),), agreed)
    balance = balanced(reading.grid, reading.sums)
    if balance:
        terms = named(reading.items, balance.terms)
        yield Check(reading.items[balance.total].id, terms, evidence(reading.grid, balance))


def doubts(reading: Reading, explained: set[str]) -> Iterator[Problem]:
    """Lines that call themselves totals and that no sum explains, and searches that were stopped."""
    left = [line for line in sorted(reading.limited) if reading.items[line].id not in explained]
    if left:
        message = (
            f"In the table at line {reading.statement.line} too many figures agree by accident; of {len(left)} of its "
            "lines not all sums were tried."
        )
        yield Problem(Severity.WARNING, message, reading.items[left[0]].line)
    for place, item in enumerate(reading.items):
        first = place == 0 or reading.items[place - 1].section[: len(item.section)] != item.section
        if item.id in explained or first or not TOTAL.search(item.label) or reading.grid.hints[place].rate:
            continue
        if all((other.unit, other.scale) != (item.unit, item.scale) for other in reading.items[:place]):
            continue
        where = f"\u201c{item.label}\u201d"
        if place > RELEASE.reach:
            reason = f"no sum of the last {RELEASE.reach} lines, where the search stops, agrees with its figures"
        else:
            reason = "no sum of the lines around it agrees with its figures"
        yield Problem(Severity.WARNING, f"{where} reads like a total, but {reason}; it stays an input.", item.line)
