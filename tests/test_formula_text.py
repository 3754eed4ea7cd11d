"""How formulas are spelled."""

from __future__ import annotations

import pytest

from xlsx_builder.model.workbook import (
    Bar,
    CellRange,
    CellRef,
    Change,
    Difference,
    Formula,
    Link,
    Lookup,
    Product,
    Ratio,
    RoundedDifference,
    ScaledDifference,
    SignedSum,
    Step,
    SwitchedSum,
    Tally,
    Verdict,
    Within,
)
from xlsx_builder.write.formula_text import formula_text

HOME = "Income Statement"


def at(address: str, sheet: str = HOME) -> CellRef:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return CellRef(sheet, int(address.removeprefix(letters)), column)


def block(first: str, last: str, sheet: str = HOME) -> CellRange:
    return CellRange(at(first, sheet), at(last, sheet))


def total(text: str, sheet: str = HOME) -> SignedSum:
    """'+B5 -B6'."""
    return SignedSum(tuple((-1 if term[0] == "-" else 1, at(term[1:], sheet)) for term in text.split()))


CASES: list[tuple[Formula, str]] = [
    (total("+B5 -B6"), "=B5-B6"),
    (total("+B5 +B6 +B7"), "=SUM(B5:B7)"),
    (total("+B5 +B6"), "=B5+B6"),
    (total("+B5 +B7 +B9"), "=B5+B7+B9"),
    (total("+C5 +D5 +E5 +F5"), "=SUM(C5:F5)"),
    (total("+B5 -B6 -B7 -B8"), "=B5-SUM(B6:B8)"),
    (total("+B5 +B6 +B7 -B9 +B11"), "=SUM(B5:B7)-B9+B11"),
    (total("-B5 +B6"), "=-B5+B6"),
    (total("+B5 +B6 +B7 +C7"), "=SUM(B5:B7)+C7"),
    (total("+B5 +B5"), "=B5+B5"),
    (total("+B5 +B6 +B7", "Segments"), "=SUM('Segments'!B5:B7)"),
    (SignedSum(()), "=0"),
    (Link(at("B5")), "=B5"),
    (Link(at("B5"), -1), "=-B5"),
    (Link(at("AB5", "Bob's Cash")), "='Bob''s Cash'!AB5"),
    (Difference(at("C5"), at("D5")), "=C5-D5"),
    (Change(at("C5"), at("D5")), '=IF(D5>0,C5/D5-1,"n.m.")'),
    (Change(at("C5"), at("D5"), still=True), '=IF(AND(D5<=0,C5<>D5),"n.m.",IFERROR(C5/D5-1,0))'),
    (Ratio(at("C7"), at("C5")), '=IF(C5=0,"n.m.",C7/C5)'),
    (Product(at("C7"), at("H2")), "=C7*$H$2"),
    (RoundedDifference(at("E7"), at("F7"), at("F4")), "=ROUND(E7-F7,$F$4)"),
    (
        ScaledDifference(at("C7"), at("D7"), at("H4", "Checks")),
        "=IF(ISNUMBER(C7-D7),(C7-D7)*'Checks'!$H$4,\"n.m.\")",
    ),
    (
        ScaledDifference(at("C7"), at("D7"), at("H4"), bounded=True),
        '=IF(AND(ISNUMBER(C7-D7),MAX(C7,D7)<=1,MIN(C7,D7)>=-1),(C7-D7)*$H$4,"n.m.")',
    ),
    (SwitchedSum(at("C7"), block("G8", "G9"), block("C8", "C9")), "=C7+SUMPRODUCT($G$8:$G$9,C8:C9)"),
    (Within(at("G7"), at("H7")), '=IF(ABS(G7)<=H7,"OK","differs")'),
    (Tally(block("I7", "I20"), "differs"), '=COUNTIF(I7:I20,"differs")'),
    (Verdict((at("F3"),)), '=IF(F3=0,"OK","CHECK")'),
    (Verdict((at("F3"), at("F4"))), '=IF(F3+F4=0,"OK","CHECK")'),
    (
        Lookup(at("E9", "Cash Flow"), at("C5"), block("C5", "F5", "Cash Flow"), block("C9", "F9", "Cash Flow")),
        "=INDEX('Cash Flow'!$C9:$F9,MATCH(C$5,'Cash Flow'!$C$5:$F$5,0))",
    ),
    (Step(at("B2"), at("B3"), Bar.LIFT), "=MAX(0,MIN(B2,B3))"),
    (Step(at("B2"), at("B3"), Bar.BELOW), "=MIN(0,B2,B3)-MIN(0,MAX(B2,B3))"),
]


@pytest.mark.parametrize(("formula", "text"), CASES, ids=[text for _, text in CASES])
def test_formula_is_spelled(formula: Formula, text: str) -> None:
    assert formula_text(formula, HOME) == text
