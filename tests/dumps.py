"""Each stage's result as text, one thing a line, so that a difference reads like a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.claim import Claim
from xlsx_builder.model.document import Document, Paragraph, Row, Rule, Table
from xlsx_builder.model.statement import Heading, LineItem, Statement, Statements
from xlsx_builder.model.structure import Structure, Term
from xlsx_builder.model.workbook import CellRef, PlannedCell, Workbook
from xlsx_builder.write.formula_text import formula_text
from xlsx_builder.write.model_json import address

RULES = {Rule.NONE: "", Rule.SINGLE: "-", Rule.DOUBLE: "="}


def document_text(document: Document) -> str:
    return "\n".join(_document_lines(document)) + "\n"


def _document_lines(document: Document) -> Iterator[str]:
    yield f"format {document.format}, {len(document.lines)} lines"
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield f"{block.line:>4} ¶ {block.text}"
            continue
        yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    yield f"{table.line:>4} table of {table.columns} columns"
    yield from (f"{paragraph.line:>4}   caption {paragraph.text}" for paragraph in table.caption)
    yield from (f"{row.line:>4}   header {_row(row)}" for row in table.header)
    yield from (f"{row.line:>4}   {_row(row)}" for row in table.body)


def _row(row: Row) -> str:
    cells = " ".join(
        f"[{cell.first}{'' if cell.first == cell.last else f'-{cell.last}'}: {cell.text}]" for cell in row.cells
    )
    marks = f"{'gap ' * row.gap_above}{RULES[row.rule_above]}>{RULES[row.rule_below]} {'bold ' * row.bold}"
    return f"{'.' * int(row.indent)}{row.label!r} {cells} {marks}".rstrip()


def statements_text(statements: Statements) -> str:
    return "\n".join(_statements_lines(statements)) + "\n"


def _statements_lines(statements: Statements) -> Iterator[str]:
    coverage = statements.coverage
    yield f"company {statements.company!r}, released {statements.released}"
    yield f"figures seen {coverage.seen}, placed {coverage.placed}, left {coverage.left}"
    for statement in statements.statements:
        yield ""
        yield from _statement_lines(statement)


def _statement_lines(statement: Statement) -> Iterator[str]:
    yield f"{statement.id} {statement.kind.value}: {statement.title} (scale {statement.scale}, {statement.currency})"
    for column in statement.columns:
        period = f"{column.period.months} months to {column.period.end}" if column.period else "no period"
        own = " ".join(str(x) for x in (column.segment, column.basis, column.unit, column.scale) if x)
        yield f"   column {column.role.value}, {period}: {column.header} {own}".rstrip()
    for line in statement.lines:
        if isinstance(line, Heading):
            yield f"   {'  ' * line.depth}# {line.label}"
        else:
            yield f"   {_item(line)}"


def _item(item: LineItem) -> str:
    figures = " | ".join("" if fact.value is None else f"{fact.value}" for fact in item.facts)
    unit = "" if item.unit.value == "money" else f" ({item.unit.value})"
    return (
        f"{'  ' * item.depth}{item.id} {item.label}: {figures}{unit} [{item.line}] {' > '.join(item.section)}".rstrip()
    )


def structure_text(structure: Structure) -> str:
    return "\n".join(_structure_lines(structure)) + "\n"


def _sum(terms: tuple[Term, ...]) -> str:
    return " ".join(f"{'+' if term.weight > 0 else '-'}{term.line}" for term in terms)


def _structure_lines(structure: Structure) -> Iterator[str]:
    for calculation in structure.calculations:
        seen = calculation.evidence
        held = f"{seen.columns_held} of {seen.columns_tested}"
        rivals = f", rivals {len(seen.rivals)}" if seen.rivals else ""
        yield f"{calculation.total} = {_sum(calculation.terms)}  ({held}; {', '.join(seen.cues)}{rivals})"
    for tie in structure.ties:
        yield f"{tie.line} ~ {'-' if tie.weight < 0 else ''}{tie.source}  columns {tie.columns}"
    for check in structure.checks:
        yield f"check {check.total} = {_sum(check.terms)}"
    for column in structure.columns:
        yield f"{column.statement} column {column.total} = {column.terms}"


def claims_text(claims: tuple[Claim, ...]) -> str:
    return "".join(_claim(claim) + "\n" for claim in claims)


def _claim(claim: Claim) -> str:
    cells = ", ".join(f"{line} column {column}" for line, column in claim.cells)
    said = f"{claim.line:>4} {claim.figure!r} = {claim.value} {claim.unit.value}"
    return f"{said}: {claim.kind.value} of [{cells}] gives {claim.recomputed}, {claim.verdict.value}"


def workbook_text(workbook: Workbook) -> str:
    return "\n".join(_workbook_lines(workbook)) + "\n"


def _workbook_lines(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        yield f"# {sheet.name} ({sheet.tab.value}; freeze {sheet.freeze}; charts {len(sheet.charts)})"
        for cell in sheet.cells:
            yield _cell(sheet.name, cell)


def _cell(sheet: str, cell: PlannedCell) -> str:
    at = address(CellRef(sheet, cell.row, cell.column)).rpartition("!")[2]
    content = cell.content
    if content is None or isinstance(content, str | int) or hasattr(content, "as_tuple"):
        shown = repr(content) if isinstance(content, str) else str(content)
    else:
        shown = formula_text(content, sheet)
    return f"{at} {shown} · {cell.role.name.lower()} · {cell.number.value} {cell.decimals}".rstrip()
