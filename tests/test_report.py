"""What the command line says of a build, a check, an audit and a table, in few words."""

from __future__ import annotations

from msgspec.structs import replace

from claims_cases import claims
from xlsx_builder.model.claim import Finding
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.table import TableSums
from xlsx_builder.report import _problem_lines, claims_line
from xlsx_builder.tables import limit_sentences
from xlsx_builder.verdicts import audit_lines, check_lines
from xlsx_builder.verify.audit.report import MOST, AuditReport, Fault, Place, RuleResult, State, findings_of
from xlsx_builder.verify.check import CheckReport, CheckResult


def test_a_claim_is_tied_whether_the_tables_agree_or_differ() -> None:
    [claim] = claims("Harrow Mills Reports\n\nNet sales for the second quarter of 2031 were $48.2 million.")
    verdicts = (*[Finding.OK] * 3, *[Finding.DIFFERS] * 2, Finding.AMBIGUOUS, Finding.NONE)
    said = claims_line(tuple(replace(claim, verdict=verdict) for verdict in verdicts))
    assert said == "claims: 7 read, 5 tied, 2 differ, 1 ambiguous, 1 without a table figure"


def test_of_many_problems_the_first_twelve_are_told() -> None:
    doubts = tuple(Problem(Severity.WARNING, "It is unsure.", line) for line in range(1, 15))
    *told, more = _problem_lines(doubts)
    assert told == [f"warning: line {line}: It is unsure." for line in range(1, 13)]
    assert more == "and 2 more problems, all listed on the sheet About"
    assert len(list(_problem_lines(doubts[:12]))) == 12


def test_a_check_names_what_fails_and_counts_what_the_print_itself_has() -> None:
    results = [
        CheckResult("Checks", "E5", "Gross profit", "OK", 0.0),
        CheckResult("Checks", "E6", "Net income", "differs", -1.0, "in the print"),
        CheckResult("Checks", "E7", "Total assets", "differs", 100.0),
        CheckResult("Checks", "E8", "Equity", "#DIV/0!", None, "in the print"),
    ]
    assert list(check_lines(CheckReport("m.xlsx", "CHECK", tuple(results)))) == [
        "Checks!E7: Total assets: differs by 100",
        "Checks!E8: Equity: #DIV/0!",
        "m.xlsx: 1 check OK, 2 differ, 1 differ in the print itself; master check CHECK",
    ]


def test_an_audit_lists_eight_findings_of_a_rule_on_a_sheet_and_counts_the_others() -> None:
    faults = [Fault(Place("Model", 2 * row, 1), "It is locked.") for row in range(1, MOST + 3)]
    listed, count = findings_of("open", faults)
    rule = RuleResult("open", "Inputs are open.", "practice", State.BROKEN, count)
    *told, more, total = audit_lines(AuditReport("m.xlsx", listed, (rule,)))
    assert told == [f"Model!A{2 * row}: It is locked. [open]" for row in range(1, 9)]
    assert more == "and 2 more like these [open]"
    assert total == "m.xlsx: 10 findings; rules: 0 kept, 1 broken, 0 not checked"


def test_a_search_that_stopped_early_is_told() -> None:
    assert limit_sentences(TableSums(())) == []
    assert limit_sentences(TableSums((), limited=3)) == [
        "In 3 rows and columns too many figures agree by accident; not all of their sums were tried."
    ]
