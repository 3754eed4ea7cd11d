"""What prose is found to claim of the tables: figures, periods, and the cells they speak of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from cases import Case, read_cases
from claims_cases import INCOME, STATEMENTS, claims, drawn, paragraphs, shown, statements
from xlsx_builder.claims import read_claims
from xlsx_builder.claims.figures import figures
from xlsx_builder.claims.periods import Reference, references
from xlsx_builder.model.claim import ClaimKind, ClaimUnit, Finding
from xlsx_builder.model.problem import Severity
from xlsx_builder.model.statement import Column, ColumnRole, Coverage, Fact, Period, StatementKind, Statements
from xlsx_builder.model.structure import Structure
from xlsx_builder.pipeline import planned


def figures_shown(text: str) -> str:
    return "\n".join(f"{f.text} | {f.value:f} | {f.unit.value} | {f.tolerance:f}" for f in figures(text))


def _told(reference: Reference) -> str:
    names = [field.name for field in fields(reference) if field.name not in {"start", "end"}]
    told = ((name, getattr(reference, name)) for name in names)
    return ", ".join(
        f"{name} {value}" for name, value in told if (value is not None and value not in ("", False)) or value == 0
    )


def periods_shown(text: str) -> str:
    return "\n".join(f"{text[r.start : r.end].strip()} | {_told(r)}" for r in references(text))


@pytest.mark.parametrize("case", read_cases("claims_figures"))
def test_the_figures_of_a_text_are_read(case: Case) -> None:
    assert figures_shown(case.given) == case.expected, case.place


@pytest.mark.parametrize("case", read_cases("claims_periods"))
def test_the_periods_of_a_text_are_read(case: Case) -> None:
    assert periods_shown(case.given) == case.expected, case.place


@pytest.mark.parametrize("case", read_cases("claims"))
def test_a_text_is_tied_to_the_lines_that_it_names(case: Case) -> None:
    assert shown(claims(case.given)) == case.expected, case.place


def test_a_first_quarter_that_ends_in_march_is_of_that_year() -> None:
    columns = tuple(
        Column(ColumnRole.PERIOD, Period(3, date(year, 3, 31)), f"Three months ended {year}") for year in (2031, 2030)
    )
    table = drawn(1, StatementKind.INCOME, columns, "Net sales | 48210 45000\nCost of sales | 30000 28800")
    text = "Net sales in the first quarter were $48.2 million, up from $45.0 million in the first quarter of 2030."
    found, _ = read_claims(
        Statements("Harrow Mills Inc.", None, (table,), paragraphs(text), Coverage(0, 0)), Structure()
    )
    assert [(claim.verdict, claim.cells) for claim in found] == [
        (Finding.OK, (("s1.0", 0),)),
        (Finding.OK, (("s1.0", 1),)),
    ]


def test_a_claim_knows_its_line_its_sentence_and_what_the_cells_come_to() -> None:
    text = "Harrow Mills Reports\n\nResults were good. Net sales for the second\nquarter of 2031 were $48.2 million."
    (claim,) = claims(text)
    assert (claim.line, claim.figure) == (4, "$48.2 million")
    assert claim.text == "Net sales for the second quarter of 2031 were $48.2 million."
    assert (claim.value, claim.recomputed, claim.tolerance) == (Decimal(48200000), Decimal(48210000), Decimal(50000))
    assert (claim.unit, claim.kind, claim.cells) == (ClaimUnit.MONEY, ClaimKind.LEVEL, (("s1.0", 0),))


def test_a_share_figure_without_further_words_is_the_diluted_one() -> None:
    alike = INCOME.replace("Basic | 0.66 0.55", "Basic | 0.65 0.54")
    (claim,) = claims("Harrow Mills earned 65 cents per share in the second quarter of 2031.", alike)
    assert claim.cells == (("s1.10", 0),)


CHARGES = """
Paper > Corporate charges | 310 300 800 600
Packaging > Corporate charges | 520 290 700 500
Barges > Corporate charges | 733 270 710 510
"""


@pytest.mark.parametrize(
    ("figure", "verdict", "cells"), [("$520,000", Finding.OK, (("s1.12", 0),)), ("$470,000", Finding.AMBIGUOUS, ())]
)
def test_lines_that_nothing_tells_apart_are_told_apart_by_their_figures_alone(
    figure: str, verdict: Finding, cells: tuple[tuple[str, int], ...]
) -> None:
    (claim,) = claims(f"Corporate charges were {figure} in the second quarter of 2031.", INCOME.rstrip() + CHARGES)
    assert (claim.verdict, claim.cells) == (verdict, cells)


def test_a_decrease_is_a_negative_claim_and_a_loss_a_turned_sign() -> None:
    fall, loss = claims("Net sales of Paper decreased by 3%. The corporate office had an operating loss of $300,000.")
    assert (fall.value, fall.recomputed) == (Decimal(-3), Decimal("-3.1935"))
    assert (loss.value, loss.recomputed, loss.weight) == (Decimal(300000), Decimal(300000), -1)


def test_a_level_with_a_direction_names_the_cell_that_it_came_from() -> None:
    new, old = claims("Operating income increased to $9,110,000 from $7,800,000.")
    assert (new.direction, new.base, new.verdict) == (1, old.cells, Finding.OK)
    assert (old.direction, old.base) == (0, ())


def test_a_margin_without_a_line_of_its_own_comes_from_the_costs() -> None:
    without = tuple(
        type(s)(
            **{
                **{f.name: getattr(s, f.name) for f in fields(s)},
                "lines": tuple(line for line in s.lines if line.label != "Gross profit"),
            }
        )
        for s in STATEMENTS
    )
    given = statements("The gross margin rate was 37.8% in the second quarter of 2031.")
    found, _ = read_claims(Statements(given.company, None, without, given.prose, Coverage(0, 0)), Structure())
    (claim,) = found
    assert (claim.verdict, claim.kind, claim.complement) == (Finding.OK, ClaimKind.RATIO, True)
    assert claim.cells == (("s1.1", 0), ("s1.0", 0))


def test_a_claim_that_differs_is_a_problem_with_its_line() -> None:
    _, problems = read_claims(statements("Net sales were $42,810,000."), Structure())
    (problem,) = problems
    assert (problem.severity, problem.line) == (Severity.WARNING, 1)
    assert "$42,810,000" in problem.message
    assert "48,210,000" in problem.message


def test_prose_without_any_table_is_read_and_tied_to_nothing() -> None:
    given = statements("Net sales for the quarter ended June 30, 2031 were $48.2 million.")
    found, problems = read_claims(Statements("", None, (), given.prose, Coverage(0, 0)), Structure())
    assert [(claim.figure, claim.verdict) for claim in found] == [("$48.2 million", Finding.NONE)]
    assert problems == ()


def test_no_prose_makes_no_claims() -> None:
    assert read_claims(statements(""), Structure()) == ((), ())


LOSS = """BRIGHTWATER PUMPS, INC.

BRIGHTWATER PUMPS REPORTS SECOND QUARTER RESULTS

Operating loss was $27.7 million, or 13% of net sales, for the second quarter of 2021, compared to $30.8 million, or
19% of net sales, for the second quarter of 2020.

                     Statements of Operations
                          (in thousands)
                                    Three Months Ended June 30,
                                        2021        2020
Net sales                            $ 212,400   $ 162,074
Costs                                  240,079     192,851
                                     ---------   ---------
Operating loss                       $ (27,679)  $ (30,777)
                                     =========   =========
"""


def test_a_loss_that_is_a_share_of_sales_agrees_with_its_cell_in_parentheses(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(LOSS, encoding="utf-8")
    model, workbook = planned(tmp_path / "release.txt")
    found = [(claim.figure, claim.kind.value, claim.verdict.value, claim.weight) for claim in model.claims]
    assert found == [
        ("$27.7 million", "level", "ok", -1),
        ("13%", "ratio", "ok", -1),
        ("$30.8 million", "level", "ok", -1),
        ("19%", "ratio", "ok", -1),
    ]
    assert workbook.outcome.failed == 0


def test_an_amount_told_in_full_may_be_rounded_to_thousands() -> None:
    whole = replace(STATEMENTS[0].lines[0], scale=0, facts=(Fact(Decimal(48210330), line=1, text="48,210,330"),) * 4)
    alone = replace(STATEMENTS[0], scale=0, lines=(whole,))
    told = replace(statements("Net sales for the second quarter of 2031 were $48,210,000."), statements=(alone,))
    ((claim,), _) = read_claims(told, Structure())
    assert (claim.verdict, claim.cells) == (Finding.OK, (("s1.0", 0),))


def test_periods_that_end_after_the_day_of_the_release_are_its_outlook() -> None:
    reported = replace(STATEMENTS[0], kind=StatementKind.OTHER)
    later = tuple(
        replace(column, period=Period(3, date(2031 - year, 9, 30))) for year, column in enumerate(reported.columns[:2])
    )
    outlook = replace(STATEMENTS[3], columns=(*later, *STATEMENTS[3].columns[2:]))
    text = "Net sales rose 7.1% to $48.2 million."
    told = replace(statements(text), released=date(2031, 7, 28), statements=(reported, outlook))
    assert [claim.verdict for claim in read_claims(told, Structure())[0]] == [Finding.OK, Finding.OK]
