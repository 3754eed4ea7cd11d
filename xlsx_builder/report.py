"""What the command line says: short summaries of a build, a check and an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlsx_builder.model.claim import Claim
from xlsx_builder.model.claim import Finding as ClaimFinding
from xlsx_builder.model.problem import Problem
from xlsx_builder.pipeline import Build
from xlsx_builder.verify.audit import AuditReport, Finding, State
from xlsx_builder.verify.check import CheckReport

MOST_PROBLEMS = 12
"""More of them are counted, not listed: About holds them all."""


def build_lines(built: Build) -> Iterator[str]:
    """A workbook that was written: what it holds, how its checks stand, and what stayed unsure."""
    model, outcome = built.model, built.workbook.outcome
    statements = model.statements
    lines = sum(1 for statement in statements.statements for _ in statement.items)
    coverage = statements.coverage
    yield f"{statements.company or model.document.source}: {built.path}"
    yield f"{_count(len(statements.statements), 'statement')}, {_count(lines, 'line')} of figures"
    yield f"figures: {coverage.seen} seen, {coverage.placed} placed, {coverage.left} left"
    yield f"formulas: {len(model.structure.calculations)} sums, {len(model.structure.ties)} links"
    yield f"checks: {outcome.passed} OK, {outcome.failed} differ, {outcome.printed} differ in the print itself"
    if model.claims:
        yield claims_line(model.claims)
    yield from _problem_lines(model.problems)


def claims_line(claims: tuple[Claim, ...]) -> str:
    """How many figures of the prose were read and how they stand."""
    found = Counter(claim.verdict for claim in claims)
    tied = found[ClaimFinding.OK] + found[ClaimFinding.DIFFERS]
    return (
        f"claims: {len(claims)} read, {tied} tied, {found[ClaimFinding.DIFFERS]} differ, "
        f"{found[ClaimFinding.AMBIGUOUS]} ambiguous, {found[ClaimFinding.NONE]} without a table figure"
    )


def check_lines(report: CheckReport) -> Iterator[str]:
    """The checks of a workbook: those that do not hold, then the count."""
    for result in report.failing:
        gap = "" if result.difference is None else f" by {result.difference:g}"
        yield f"{result.sheet}!{result.cell}: {result.label}: {result.verdict}{gap}"
    yield f"{report.source}: {len(report.passed)} checks OK, {len(report.failing)} differ; master check {report.master}"


def audit_lines(report: AuditReport) -> Iterator[str]:
    """What breaks the conventions, rule by rule; what was not listed or not checked; the count."""
    for rule in report.rules:
        listed = [finding for finding in report.findings if finding.rule == rule.rule]
        yield from (f"{_place(finding)}: {finding.message} [{finding.rule}]" for finding in listed)
        if rule.count > len(listed):
            yield f"and {rule.count - len(listed)} more like these [{rule.rule}]"
    states = Counter(rule.state for rule in report.rules)
    unchecked = [rule for rule in report.rules if rule.state is State.NOT_CHECKED]
    for reason in dict.fromkeys(rule.reason for rule in unchecked):
        names = ", ".join(rule.rule for rule in unchecked if rule.reason == reason)
        yield f"not checked: {names}. {reason}"
    yield (
        f"{report.source}: {_count(report.count, 'finding')}; rules: {states[State.HELD]} kept, "
        f"{states[State.BROKEN]} broken, {states[State.NOT_CHECKED]} not checked"
    )


def _place(finding: Finding) -> str:
    return "!".join(part for part in (finding.sheet or "workbook", finding.cell) if part)


def _problem_lines(problems: tuple[Problem, ...]) -> Iterator[str]:
    for problem in problems[:MOST_PROBLEMS]:
        place = "" if problem.line is None else f"line {problem.line}: "
        yield f"{problem.severity.value}: {place}{problem.message}"
    if len(problems) > MOST_PROBLEMS:
        yield f"and {len(problems) - MOST_PROBLEMS} more problems, all listed on the sheet About"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
