"""What the command line says of a finished workbook: the lines of a check and of an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlsx_builder.model.counts import counted
from xlsx_builder.verify.audit import AuditReport, Finding, State
from xlsx_builder.verify.check import CheckReport


def check_lines(report: CheckReport) -> Iterator[str]:
    """The checks of a workbook: those that do not hold, then the count."""
    for result in report.failing:
        gap = "" if result.difference is None else f" by {result.difference:g}"
        yield f"{result.sheet}!{result.cell}: {result.label}: {result.verdict}{gap}"
    yield (
        f"{report.source}: {counted(len(report.passed), 'check')} OK, {len(report.failing)} differ, "
        f"{len(report.printed)} differ in the print itself; master check {report.master or 'missing'}"
    )


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
        f"{report.source}: {counted(report.count, 'finding')}; rules: {states[State.HELD]} kept, "
        f"{states[State.BROKEN]} broken, {states[State.NOT_CHECKED]} not checked"
    )


def _place(finding: Finding) -> str:
    return "!".join(part for part in (finding.sheet or "workbook", finding.cell) if part)
