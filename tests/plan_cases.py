"""A short notation for statements with their structure, and a short text of the sheets planned from them.

# income_statement: Statement of Income
columns: 3m 2024-03-31 | 3m 2023-03-31 | change | % change
a  Net sales: 100 | 90 | 10 | 11.1
b  Cost of sales: 60 | 50
c  Gross profit: 40 | 40 = a - b
> Per share
d  Diluted earnings per share: 0.12 | 0.10 (per_share)
e  Sales again: 100 | 90 ~ a
across: 3 = 1 + 2
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from xlsx_builder.model.document import Document, SourceLine
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.statement import (
    Column,
    ColumnRole,
    Coverage,
    Fact,
    Heading,
    LineItem,
    Period,
    Statement,
    StatementKind,
    Statements,
    Unit,
)
from xlsx_builder.model.structure import Calculation, Check, ColumnCalculation, Evidence, Structure, Term, Tie
from xlsx_builder.model.workbook import PlannedCell, Sheet, Tab, Workbook
from xlsx_builder.plan import plan
from xlsx_builder.write.formula_text import formula_text

SEEN = Evidence(2, 2, Decimal(0), ("adjacent",))
ROLES = {"change": ColumnRole.CHANGE, "% change": ColumnRole.PERCENT_CHANGE, "other": ColumnRole.OTHER}
ROW = re.compile(r"(?P<id>\w+)\s+(?P<label>.*?): (?P<figures>[^=~?(]*)(?:\((?P<unit>\w+)\))?\s*(?P<relation>[=~?].*)?")


class Written(Struct):
    """What a text in the notation says, while it is read."""

    statements: list[Statement] = field(default_factory=list)
    calculations: list[Calculation] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    ties: list[tuple[str, str, int]] = field(default_factory=list)
    columns: list[ColumnCalculation] = field(default_factory=list)


def column(text: str) -> Column:
    """'3m 2024-03-31 Europe', '2024-03-31', '% of 3m 2024-03-31', 'change, favorable', 'rate'."""
    text = text.strip()
    if text == "rate":
        return Column(ColumnRole.OTHER, None, "Rate", unit=Unit.PERCENT)
    if text.split(",")[0] in ROLES:
        return Column(ROLES[text.split(",")[0]], None, text.capitalize())
    role = ColumnRole.PERCENT_OF if text.startswith("% of ") else ColumnRole.PERIOD
    parts = text.removeprefix("% of ").split()
    months = int(parts.pop(0).removesuffix("m")) if parts[0].endswith("m") else None
    end = parts.pop(0)
    period = Period(months, None if end == "?" else date.fromisoformat(end))
    return Column(role, period, text, segment=" ".join(parts))


def fact(text: str, line: int) -> Fact:
    text = text.strip()
    if not text:
        return Fact(None)
    if text == "dash":
        return Fact(Decimal(0), 0, line, "-")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    return Fact(value, -exponent if isinstance(exponent, int) else 0, line, text)


def terms(text: str) -> tuple[Term, ...]:
    signed = re.findall(r"([+-]?)\s*(\w+)", text)
    return tuple(Term(name, -1 if sign == "-" else 1) for sign, name in signed)


def read(text: str) -> tuple[Statements, Structure]:
    written = Written()
    for line, words in enumerate(text.splitlines(), start=1):
        _read_line(written, line, words.strip())
    statements = Statements("Invented Works", None, tuple(written.statements), (), Coverage(0, 0))
    ties = tuple(_tie(statements, *tie) for tie in written.ties)
    return statements, Structure(tuple(written.calculations), ties, tuple(written.checks), tuple(written.columns))


def _read_line(written: Written, line: int, words: str) -> None:
    if words.startswith("# "):
        kind, _, title = words[2:].partition(":")
        name = f"t{len(written.statements)}"
        written.statements.append(Statement(name, StatementKind(kind), title.strip(), 3, "USD", (), (), line))
        return
    open_one = written.statements[-1]
    if words.startswith("columns:"):
        columns = tuple(column(each) for each in words.removeprefix("columns:").split("|"))
        written.statements[-1] = replace(open_one, columns=columns)
    elif words.startswith("across:"):
        total, _, sums = words.removeprefix("across:").partition("=")
        parts = tuple((int(term.line) - 1, term.weight) for term in terms(sums))
        written.columns.append(ColumnCalculation(open_one.id, int(total) - 1, parts, SEEN))
    elif words.startswith(">"):
        heading = Heading(words[1:].strip(), 0, line)
        written.statements[-1] = replace(open_one, lines=(*open_one.lines, heading))
    elif words:
        item = _item(written, open_one, line, words)
        written.statements[-1] = replace(open_one, lines=(*open_one.lines, item))


def _item(written: Written, statement: Statement, line: int, words: str) -> LineItem:
    found = ROW.fullmatch(words)
    assert found, words
    figures = [*found["figures"].split("|"), *[""] * len(statement.columns)][: len(statement.columns)]
    relation = found["relation"] or ""
    if relation.startswith("="):
        written.calculations.append(Calculation(found["id"], terms(relation[1:].split("~")[0]), SEEN))
    if relation.startswith("?"):
        written.checks.append(Check(found["id"], terms(relation[1:]), SEEN))
    if "~" in relation:
        source = relation.partition("~")[2].strip()
        written.ties.append((found["id"], source.removeprefix("-"), -1 if source.startswith("-") else 1))
    unit = Unit(found["unit"] or "money")
    facts = tuple(fact(each, line) for each in figures)
    heading = next((each for each in reversed(statement.lines) if isinstance(each, Heading)), None)
    section = () if heading is None else (heading.label,)
    scale = 3 if unit is Unit.MONEY else 0
    return LineItem(found["id"], found["label"], section, len(section), unit, scale, facts)


def _tie(statements: Statements, line: str, source: str, weight: int) -> Tie:
    homes = {item.id: statement for statement in statements.statements for item in statement.items}
    items = statements.items
    pairs = [
        (own, other)
        for own, here in enumerate(homes[line].columns)
        for other, there in enumerate(homes[source].columns)
        if (here.period, here.segment) == (there.period, there.segment)
        and here.role is there.role is ColumnRole.PERIOD
        and None not in (items[line].facts[own].value, items[source].facts[other].value)
    ]
    return Tie(line, source, weight, tuple(pairs), SEEN)


def document(lines: int) -> Document:
    return Document(
        "invented.txt", "0" * 64, "text", tuple(SourceLine(n, f"line {n}") for n in range(1, lines + 1)), ()
    )


def workbook(text: str) -> tuple[Workbook, tuple[Problem, ...]]:
    statements, structure = read(text)
    return plan(document(len(text.splitlines())), statements, structure, ())


def shown(cell: PlannedCell, sheet: Sheet) -> str:
    content = cell.content
    if content is None or isinstance(content, str | int | Decimal):
        return " ".join(str(content).split())
    return formula_text(content, sheet.name)


def rows(sheet: Sheet, first: int = 5) -> list[str]:
    """The cells of a sheet, a row a line, without units and source lines."""
    found: dict[int, dict[int, str]] = {}
    for cell in sheet.cells:
        if cell.row >= first and cell.role.name not in ("UNIT", "SOURCE"):
            found.setdefault(cell.row, {})[cell.column] = shown(cell, sheet)
    lines = []
    for row, cells in sorted(found.items()):
        figures = [cells.get(column, "") for column in range(3, max(cells) + 1)]
        lines.append(" | ".join([f"{row} {cells.get(1, '')}", *figures]).rstrip())
    return lines


def text_of(made: Workbook, tab: Tab = Tab.STATEMENT) -> str:
    """All sheets of a kind, and how the checks stand."""
    lines = []
    for sheet in made.sheets:
        if sheet.tab is tab:
            lines += [f"[{sheet.name}]", *rows(sheet)]
    outcome = made.outcome
    lines.append(f"checks: {outcome.passed} agree, {outcome.printed} in the print, {outcome.failed} ours")
    return "\n".join(lines)
