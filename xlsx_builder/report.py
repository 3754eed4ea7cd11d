"""What the command line says of a build: what the workbook holds, how it stands, and what stayed unsure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlsx_builder.model.claim import Claim, Finding
from xlsx_builder.model.counts import counted
from xlsx_builder.model.problem import Problem
from xlsx_builder.pipeline import Build

MOST_PROBLEMS = 12
"""More of them are counted, not listed: About holds them all."""


def build_lines(built: Build) -> Iterator[str]:
    """A workbook that was written: what it holds, how its checks stand, and what stayed unsure."""
    model, outcome = built.model, built.workbook.outcome
    statements = model.statements
    lines = sum(1 for statement in statements.statements for _ in statement.items)
    coverage = statements.coverage
    yield f"{statements.company or model.document.source}: {built.path}"
    yield f"{counted(len(statements.statements), 'statement')}, {counted(lines, 'line')} of figures"
    yield f"figures: {coverage.seen} seen, {coverage.placed} placed, {coverage.left} left"
    yield f"formulas: {len(model.structure.calculations)} sums, {len(model.structure.ties)} links"
    yield f"checks: {outcome.passed} OK, {outcome.failed} differ, {outcome.printed} differ in the print itself"
    if model.claims:
        yield claims_line(model.claims)
    yield from _problem_lines(model.problems)


def claims_line(claims: tuple[Claim, ...]) -> str:
    """How many figures of the prose were read and how they stand."""
    found = Counter(claim.verdict for claim in claims)
    tied = found[Finding.OK] + found[Finding.DIFFERS]
    return (
        f"claims: {len(claims)} read, {tied} tied, {found[Finding.DIFFERS]} differ, "
        f"{found[Finding.AMBIGUOUS]} ambiguous, {found[Finding.NONE]} without a table figure"
    )


def _problem_lines(problems: tuple[Problem, ...]) -> Iterator[str]:
    for problem in problems[:MOST_PROBLEMS]:
        place = "" if problem.line is None else f"line {problem.line}: "
        yield f"{problem.severity.value}: {place}{problem.message}"
    if len(problems) > MOST_PROBLEMS:
        yield f"and {len(problems) - MOST_PROBLEMS} more problems, all listed on the sheet About"
