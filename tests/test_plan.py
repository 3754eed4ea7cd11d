"""What is planned from statements and their structure."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from msgspec.structs import replace

import plan_cases
from cases import Case, read_cases
from xlsx_builder.model.claim import Claim, ClaimKind, ClaimUnit, Finding
from xlsx_builder.model.problem import Severity
from xlsx_builder.model.workbook import CellRef, Content, PlannedCell, Role, Sheet, SwitchedSum, Tab, Workbook
from xlsx_builder.plan import plan
from xlsx_builder.plan.values import Value, value_of

BRIDGED = """\
# income_statement: Statement of Income
columns: 3m 2024-03-31 | 3m 2023-03-31
a Net sales: 1000 | 900
b Costs: 850 | 800
c Operating income: 150 | 100 = a - b
d Interest expense: 20 | 25
e Income before income taxes: 130 | 75 = c - d
f Income taxes: 40 | 25
g Net income: 90 | 50 = e - f
# cash_flow: Statement of Cash Flows
columns: 3m 2024-03-31 | 3m 2023-03-31
h Net income: 90 | 50 ~ g
i Depreciation and amortization: 60 | 55
j Net cash provided by operating activities: 150 | 105 = h + i
"""


@pytest.mark.parametrize("case", read_cases("plan_statements"))
def test_statement_sheets(case: Case) -> None:
    made, _ = plan_cases.workbook(case.given)
    assert plan_cases.text_of(made) == case.expected, case.place


@pytest.mark.parametrize("case", read_cases("plan_ebitda"))
def test_ebitda(case: Case) -> None:
    made, _ = plan_cases.workbook(case.given)
    assert plan_cases.text_of(made, Tab.ANALYSIS) == case.expected, case.place


@pytest.mark.parametrize("case", read_cases("plan_names"))
def test_sheet_names(case: Case) -> None:
    lines = re.findall(r"(\w+): (.*?)(?: ?@ (?:(\d+m )?(\S+)) ?(.*))?$", case.given, re.MULTILINE)
    given = "\n".join(
        f"# {kind}: {title}\ncolumns: {months if day else '3m '}{day or '2024-03-31'}\nr{n} {label or 'Sales'}: 1"
        for n, (kind, title, months, day, label) in enumerate(lines)
    )
    made, _ = plan_cases.workbook(given)
    names = [sheet.name for sheet in made.sheets if sheet.tab is Tab.STATEMENT]
    assert names == case.expected.splitlines(), case.place


def contents(made: Workbook) -> dict[CellRef, Content]:
    return {CellRef(s.name, c.row, c.column): c.content for s in made.sheets for c in s.cells}


def value(made: Workbook, cell: CellRef, **changed: Content) -> Value:
    held = contents(made)
    for line, content in changed.items():
        place = made.places[line][0]
        assert place is not None
        held[place] = content
    return value_of(cell, held, {})


def sheet(made: Workbook, name: str) -> Sheet:
    return next(each for each in made.sheets if each.name == name)


def labelled(made: Workbook, name: str, label: str) -> PlannedCell:
    return next(c for c in sheet(made, name).cells if c.column == 1 and c.content == label)


def place(made: Workbook, line: str, index: int = 0) -> CellRef:
    found = made.places[line][index]
    assert found is not None
    return found


def test_sheets_stand_in_their_order() -> None:
    made, problems = plan_cases.workbook(BRIDGED)
    names = [each.name for each in made.sheets]
    assert names == ["Summary", "Income Statement", "Cash Flow", "EBITDA", "Checks", "Release", "About"]
    assert problems == ()


def test_a_changed_input_reaches_every_statement_and_the_master_check() -> None:
    made, _ = plan_cases.workbook(BRIDGED)
    assert made.master is not None
    assert value(made, place(made, "j")) == 150
    assert value(made, made.master) == "OK"
    assert value(made, place(made, "j"), a=Decimal(1001)) == 151
    assert value(made, made.master, a=Decimal(1010)) == "CHECK"


def test_a_switch_takes_its_amount_out_of_the_switched_sum_only() -> None:
    made, _ = plan_cases.workbook(BRIDGED)
    ebitda = sheet(made, "EBITDA")
    switches = [c for c in ebitda.cells if c.role is Role.SWITCH]
    interest = labelled(made, "EBITDA", "Interest expense").row
    total = next(c for c in ebitda.cells if isinstance(c.content, SwitchedSum) and c.column == 3)
    held = contents(made)
    before = value_of(CellRef("EBITDA", total.row, 3), held, {})
    held[CellRef("EBITDA", interest, switches[0].column)] = 0
    after = value_of(CellRef("EBITDA", total.row, 3), held, {})
    assert before == Decimal(210)
    assert after == Decimal(190)
    assert value_of(CellRef("EBITDA", total.row - 1, 3), held, {}) == 210


def test_summary_links_and_never_repeats_a_figure() -> None:
    made, _ = plan_cases.workbook(BRIDGED)
    figures = [c for c in sheet(made, "Summary").cells if isinstance(c.content, Decimal)]
    assert figures == []
    shown = {c.content for c in sheet(made, "Summary").cells if c.column == 1}
    assert {"Net sales", "Operating income", "EBITDA (computed)", "Net income", "Net margin"} <= shown


def test_contents_lead_to_every_other_sheet() -> None:
    made, _ = plan_cases.workbook(BRIDGED)
    led = {c.link.sheet for c in sheet(made, "Summary").cells if c.link is not None and c.column == 1}
    assert led >= {each.name for each in made.sheets} - {"Summary"}


def test_a_difference_of_the_print_warns_and_does_not_fail() -> None:
    made, problems = plan_cases.workbook(
        BRIDGED.replace("e Income before income taxes: 130", "e Income before income taxes: 135")
    )
    assert [problem.severity for problem in problems] == [Severity.WARNING] * len(problems)
    assert problems
    assert made.outcome.printed > 0
    assert made.outcome.failed == 0
    assert made.master is not None
    assert value(made, made.master) == "OK"


def test_no_ebitda_without_its_parts() -> None:
    lines = [line for line in BRIDGED.splitlines() if "Depreciation" not in line]
    made, _ = plan_cases.workbook("\n".join(lines).replace("= h + i", ""))
    assert "EBITDA" not in [each.name for each in made.sheets]


def test_a_release_without_periods_still_has_its_sheets() -> None:
    made, _ = plan_cases.workbook("# other: Outlook\ncolumns: 12m ? | 12m ?\na Sales: 100 | 110")
    assert [each.name for each in made.sheets] == ["Summary", "Outlook", "Checks", "Release", "About"]


def claim(
    value: str, kind: ClaimKind, unit: ClaimUnit, *cells: tuple[str, int], verdict: Finding = Finding.OK
) -> Claim:
    recomputed = Decimal(value) if verdict is Finding.OK else None
    words = "Net sales rose by as much as is said here."
    return Claim(
        3, words, value, Decimal(value), unit, kind, cells, verdict, recomputed, Decimal("0.5"), "By its words."
    )


CLAIMS = (
    claim("1000000", ClaimKind.LEVEL, ClaimUnit.MONEY, ("a", 0)),
    claim("11", ClaimKind.PERCENT_CHANGE, ClaimUnit.PERCENT, ("a", 0), ("a", 1)),
    claim("9", ClaimKind.RATIO, ClaimUnit.PERCENT, ("g", 0), ("a", 0)),
    claim("7", ClaimKind.NONE, ClaimUnit.COUNT, verdict=Finding.NONE),
)


def claimed() -> Workbook:
    statements, structure = plan_cases.read(BRIDGED)
    made, _ = plan(plan_cases.document(20), statements, structure, (), CLAIMS)
    return made


def test_claims_stand_beside_live_figures() -> None:
    rows = [row.split(" | ") for row in plan_cases.rows(sheet(claimed(), "Claims"), 7)[:3]]
    assert [row[2:4] for row in rows] == [
        ["=J7", "=ROUND(D7-C7,'Checks'!$F$4)"],
        ['=IF(K8>0,J8/K8-1,"n.m.")', "=ROUND(D8-C8,'Checks'!$F$4)"],
        ['=IF(K9=0,"n.m.",J9/K9)', "=ROUND(D9-C9,'Checks'!$F$4)"],
    ]
    assert [row[4:6] for row in rows] == [
        ["0.0005", '=IF(ABS(E7)<=F7,"OK","differs")'],
        ["0.005", '=IF(ABS(E8)<=F8,"OK","differs")'],
        ["0.005", '=IF(ABS(E9)<=F9,"OK","differs")'],
    ]
    assert rows[2][6] == "Net income / Net sales: 3 months ended Mar 31, 2024"
    assert rows[2][8:] == ["='Income Statement'!C12", "='Income Statement'!C6"]


def test_a_level_that_went_the_other_way_differs_until_the_cells_say_otherwise() -> None:
    sales = claim("1000000", ClaimKind.LEVEL, ClaimUnit.MONEY, ("a", 0), verdict=Finding.DIFFERS)
    fell = replace(sales, recomputed=sales.value, direction=-1, base=(("a", 1),))
    margin = claim("9", ClaimKind.RATIO, ClaimUnit.PERCENT, ("g", 0), ("a", 0), verdict=Finding.DIFFERS)
    sank = replace(margin, recomputed=margin.value, direction=-1, base=(("g", 1), ("a", 1)))
    statements, structure = plan_cases.read(BRIDGED)
    made, _ = plan(plan_cases.document(20), statements, structure, (), (fell, sank))
    rows = [row.split(" | ") for row in plan_cases.rows(sheet(made, "Claims"), 7)[:2]]
    assert [row[5] for row in rows] == [
        '=IF(AND(ABS(E7)<=F7,SIGN(J7-K7)=P7),"OK","differs")',
        '=IF(AND(ABS(E8)<=F8,SIGN(D8-O8)=P8),"OK","differs")',
    ]
    assert rows[0][8:10] == ["='Income Statement'!C6", "='Income Statement'!D6"]
    verdict = CellRef("Claims", 7, 7)
    assert value(made, verdict) == "differs"
    assert value_of(verdict, contents(made) | {place(made, "a", 1): Decimal(1100)}, {}) == "OK"


def test_the_master_check_counts_claims_that_no_longer_hold() -> None:
    made = claimed()
    assert made.master is not None
    assert value(made, made.master) == "OK"
    moved = value(made, CellRef("Checks", 3, 10), a=Decimal(1100), b=Decimal(950))
    assert moved == Decimal(3), "sales, their growth and the margin no longer are what the text says"
