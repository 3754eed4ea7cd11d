"""An invented company, its tables, and what its prose is found to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xlsx_builder.claims import read_claims
from xlsx_builder.model.claim import Claim
from xlsx_builder.model.document import Paragraph
from xlsx_builder.model.statement import (
    Column,
    ColumnRole,
    Coverage,
    Fact,
    LineItem,
    Period,
    Statement,
    StatementKind,
    Statements,
    Unit,
)
from xlsx_builder.model.structure import Structure

QUARTERS = (
    Column(ColumnRole.PERIOD, Period(3, date(2031, 6, 30)), "Three months ended June 30 2031"),
    Column(ColumnRole.PERIOD, Period(3, date(2030, 6, 30)), "Three months ended June 30 2030"),
    Column(ColumnRole.PERIOD, Period(6, date(2031, 6, 30)), "Six months ended June 30 2031"),
    Column(ColumnRole.PERIOD, Period(6, date(2030, 6, 30)), "Six months ended June 30 2030"),
)
DAYS = (
    Column(ColumnRole.PERIOD, Period(None, date(2031, 6, 30)), "June 30, 2031"),
    Column(ColumnRole.PERIOD, Period(None, date(2030, 12, 31)), "December 31, 2030"),
)
INCOME = """
Net sales | 48210 45000 93500 90120
Cost of sales | 30000 28800 58900 57000
Gross profit | 18210 16200 34600 33120
Selling, general and administrative expenses | 9100 8400 17900 16700
Operating income | 9110 7800 16700 16420
Interest expense | 410 450 830 900
Income before income taxes | 8700 7350 15870 15520
Provision for income taxes | 2175 1900 3970 3900
Net income (loss) | 6525 5450 11900 11620
Earnings per common share > Basic | 0.66 0.55 1.20 1.17
Earnings per common share > Diluted | 0.65 0.54 1.18 1.15
"""
SEGMENTS = """
Net sales > Paper | 30010 31000 59000 61000
Net sales > Packaging | 18200 14000 34500 29120
Net sales > Total net sales | 48210 45000 93500 90120
Operating income (loss) > Paper | 6000 6500 10900 11800
Operating income (loss) > Packaging | 3410 1900 6300 5420
Operating income (loss) > Corporate office | -300 -600 -500 -800
Operating income (loss) > Total operating income | 9110 7800 16700 16420
"""
BALANCE = """
Current assets > Cash and cash equivalents | 5120 4300
Current assets > Inventories | 12400 11900
Total assets | 88000 86100
"""
ADJUSTED = """
Net income (loss) | 6525 5450 11900 11620
Restructuring | 900 - 900 -
Adjusted net income | 7425 5450 12800 11620
Adjusted earnings per share, diluted | 0.74 0.54 1.27 1.15
Comparable sales % | 4.2 1.1 3.3 0.9
"""


def _unit(label: str) -> Unit:
    if label.endswith("%"):
        return Unit.PERCENT
    return Unit.PER_SHARE if "per share" in label or "per common share" in label else Unit.MONEY


def _fact(text: str) -> Fact:
    value = Decimal(0 if text == "-" else text)
    return Fact(value, len(text.partition(".")[2]), 1, text)


def drawn(place: int, kind: StatementKind, columns: tuple[Column, ...], rows: str) -> Statement:
    """A statement from rows of "section > label | figures"."""
    lines = []
    for number, row in enumerate(rows.strip().splitlines()):
        names, _, figures = row.partition(" | ")
        *section, label = names.split(" > ")
        unit = _unit(names)
        facts = tuple(_fact(text) for text in figures.split())
        scale = 3 if unit is Unit.MONEY else 0
        lines.append(LineItem(f"s{place}.{number}", label, tuple(section), len(section), unit, scale, facts))
    return Statement(f"s{place}", kind, kind.value.replace("_", " "), 3, "USD", columns, tuple(lines), 1000 * place)


STATEMENTS = (
    drawn(1, StatementKind.INCOME, QUARTERS, INCOME),
    drawn(2, StatementKind.SEGMENTS, QUARTERS, SEGMENTS),
    drawn(3, StatementKind.BALANCE, DAYS, BALANCE),
    drawn(4, StatementKind.RECONCILIATION, QUARTERS, ADJUSTED),
)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of a text, which empty lines part."""
    found: list[Paragraph] = []
    lines: list[str] = []
    for number, line in enumerate((*text.splitlines(), ""), start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            found.append(Paragraph(number - len(lines), tuple(lines)))
            lines = []
    return tuple(found)


def statements(text: str, income: str = INCOME) -> Statements:
    """The tables of the invented company around a text."""
    tables = (drawn(1, StatementKind.INCOME, QUARTERS, income), *STATEMENTS[1:])
    return Statements("Harrow Mills Inc.", None, tables, paragraphs(text), Coverage(0, 0))


def claims(text: str, income: str = INCOME) -> tuple[Claim, ...]:
    """What the text claims of the tables."""
    return read_claims(statements(text, income), Structure())[0]


def shown(found: Iterable[Claim]) -> str:
    """One line for each claim: figure, verdict, kind, and the cells as section, label and column."""
    items = {item.id: item for statement in STATEMENTS for item in statement.items}

    def cell(line: str, column: int) -> str:
        return f"{' > '.join((*items[line].section, items[line].label))} [{column}]"

    return "\n".join(
        " | ".join((claim.figure, claim.verdict.value, claim.kind.value, *(cell(*place) for place in claim.cells)))
        for claim in found
    )
