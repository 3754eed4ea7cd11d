"""Structure inference on statements drawn as text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cases import Case, read_cases
from infer_statements import formulas, links, relation, release
from xlsx_builder.infer import infer
from xlsx_builder.model.structure import Calculation, Structure
from xlsx_builder.pipeline import planned


def inferred(text: str) -> Structure:
    return infer(release(text))[0]


def only_calculation(text: str) -> Calculation:
    (found,) = inferred(text).calculations
    return found


@pytest.mark.parametrize("case", read_cases("infer"))
def test_cases(case: Case) -> None:
    statements = release(case.given)
    structure, problems = infer(statements)
    doubts = [f"? {problem.message.partition(chr(8221))[0].strip(chr(8220))}" for problem in problems]
    found = [*formulas(statements, structure), *links(statements, structure), *doubts]
    assert "\n".join(found) == case.expected, case.place


def test_evidence_counts_columns_and_names_cues() -> None:
    found = only_calculation("Parts  100  200  0\nService  31  52  0\n----\nTotal revenue  131  252  0")
    assert (found.evidence.columns_held, found.evidence.columns_tested) == (2, 2), "a column of zeros tests nothing"
    assert found.evidence.residual == 0
    assert {"total wording", "rule above", "adjacent", "whole block"} <= set(found.evidence.cues)


def test_evidence_shows_what_rounding_left() -> None:
    found = only_calculation("Parts  104  211\nService  33  57\nTotal revenue  136  268")
    assert found.evidence.residual == Decimal(1)


def test_a_difference_beyond_rounding_is_no_sum() -> None:
    assert inferred("Parts  104  211\nService  33  57\nRevenue  134  268").calculations == ()


def test_totals_that_come_to_the_same_are_a_check_and_no_tie() -> None:
    assets = "Cash  411  302\nPlant  877  915\nTotal assets  1,288  1,217\n"
    statements = release(assets + "Debt  640  602\nEquity  648  615\nTotal  1,288  1,217")
    structure, _ = infer(statements)
    assert [relation(statements, check) for check in structure.checks] == ["Total = Total assets"]
    assert structure.ties == ()


FUNDS = "Total current liabilities  210  198\nTotal liabilities  515  508\n{}  328  287"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (FUNDS.format("Stockholders' equity"), ["Total assets = Total liabilities + Stockholders' equity"]),
        (FUNDS.format("Shareholders' deficit"), ["Total assets = Total liabilities + Shareholders' deficit"]),
        (FUNDS.format("Long-term debt"), []),
        ("Debt  30  31\nTotal liabilities and capital  843  795", ["Total assets = Total liabilities and capital"]),
        ("Debt  30  31\nTotal liabilities and capital  846  795", []),
    ],
)
def test_assets_that_are_told_without_their_parts_are_what_finances_them(text: str, found: list[str]) -> None:
    statements = release(f"Cash  43  96\nTotal assets  843  795\n{text}")
    assert [relation(statements, check) for check in infer(statements)[0].checks] == found


def test_no_line_depends_on_itself_in_a_table_of_equal_lines() -> None:
    structure = inferred("\n".join(f"Line {chr(97 + at)}  1  1" for at in range(20)))
    terms = {one.total: {term.line for term in one.terms} for one in structure.calculations}
    for total, below in terms.items():
        seen, waiting = set[str](), list(below)
        while waiting:
            line = waiting.pop()
            assert line != total
            if line not in seen:
                seen.add(line)
                waiting.extend(terms.get(line, ()))


def test_a_search_that_stopped_is_told() -> None:
    _, problems = infer(release("title: Ones\n" + "\n".join(f"Line {at}a  1  1" for at in range(60))))
    (told,) = [problem for problem in problems if "by accident" in problem.message]
    assert "not all sums were tried" in told.message
    assert infer(release(FOOTED))[1] == ()


def test_a_tie_names_the_columns_that_agree() -> None:
    (tie,) = inferred("Net income  19,442  20,118  21,007\n\nNet income  19,442  20,118  21,007").ties
    assert tie.columns == ((0, 0), (1, 1), (2, 2))
    assert tie.line == "t1.1"
    assert tie.source == "t0.1"


def test_a_statement_is_only_compared_with_the_table_that_breaks_it_down() -> None:
    text = (
        "Net income  412  377\nShare-based pay  708  709\n\ntitle: Share-based pay\nResearch  524  527\nSales  184  182"
    )
    statements = release(text)
    structure, _ = infer(statements)
    assert structure.calculations == ()
    assert [relation(statements, one) for one in structure.checks] == ["Share-based pay = Research + Sales"]


FOOTED = "Cash  2,322  2,023\nReceivables  38,853  32,443\nTotal current assets  41,175  34,466"
MISPRINTED = """HARBOUR PUMPS INC.
Condensed Balance Sheets
(in thousands)

                              March 31,   December 31,  March 31,
                                2020          2019        2019
                              ---------   ------------  ---------
Cash                           $  2,322     $  2,023    $  1,904
Receivables                      38,853       32,443      30,118
Inventories                      23,330       17,452      18,003
                              ---------   ------------  ---------
    Total current assets         64,505       51,198      50,025
Plant                            20,749       19,465      18,111
                              ---------   ------------  ---------
    Total assets               $ 85,254     $ 71,383    $ 68,136
                              =========   ============  =========
"""


def test_a_misprinted_total_is_computed_and_the_difference_is_the_prints_own(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(MISPRINTED, encoding="utf-8")
    model, workbook = planned(tmp_path / "release.txt")
    assert (workbook.outcome.printed, workbook.outcome.failed) == (1, 0)
    first = model.structure.calculations[0]
    assert (first.evidence.columns_held, first.evidence.columns_tested, first.evidence.residual) == (2, 3, Decimal(720))
    assert "does not foot in every column" in first.evidence.cues
    (problem,) = model.problems
    assert "differ by 720 at 'Total current assets' (As of Dec 31, 2019)" in problem.message
