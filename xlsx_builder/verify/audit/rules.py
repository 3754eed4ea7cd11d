"""All rules in the order in which a report tells of them, and a workbook held against them."""

from __future__ import annotations

from xlsx_builder.model.package import MASTER
from xlsx_builder.verify.audit import (
    rules_book,
    rules_checks,
    rules_formats,
    rules_formulas,
    rules_roles,
    rules_rows,
    rules_sheets,
)
from xlsx_builder.verify.audit.facts import Facts
from xlsx_builder.verify.audit.report import AuditReport, Finding, RuleResult, State, findings_of
from xlsx_builder.verify.audit.rule import Need, Rule

RULES: tuple[Rule, ...] = (
    *rules_checks.RULES,
    *rules_rows.RULES,
    *rules_formulas.RULES,
    *rules_roles.RULES,
    *rules_formats.RULES,
    *rules_book.RULES,
    *rules_sheets.RULES,
)


def judged(facts: Facts, source: str) -> AuditReport:
    """What becomes of each rule."""
    findings: list[Finding] = []
    results: list[RuleResult] = []
    for rule in RULES:
        if not _has(facts, rule.needs):
            results.append(RuleResult(rule.name, rule.sentence, rule.origin, State.NOT_CHECKED, 0, rule.needs.value))
            continue
        listed, count = findings_of(rule.name, rule.find(facts))
        findings.extend(listed)
        results.append(RuleResult(rule.name, rule.sentence, rule.origin, State.BROKEN if count else State.HELD, count))
    return AuditReport(source, tuple(findings), tuple(results))


def _has(facts: Facts, need: Need) -> bool:
    return {
        Need.NOTHING: True,
        Need.ROLES: facts.has_roles,
        Need.VALUES: facts.computed is not None,
        Need.MASTER: MASTER in facts.book.defined_names and facts.computed is not None,
    }[need]
