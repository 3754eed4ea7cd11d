"""The model of a release as JSON: statements, calculations, links, checks, problems and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsx_builder.model.claim import Claim
from xlsx_builder.model.document import Document
from xlsx_builder.model.formula import column_letters
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.statement import Column, LineItem, Period, Statement, Statements
from xlsx_builder.model.structure import (
    Average,
    Calculation,
    ColumnAverage,
    ColumnCalculation,
    Evidence,
    Structure,
    Term,
    Tie,
)
from xlsx_builder.model.workbook import CellRef

Json = dict[str, Any]
Places = Mapping[str, tuple[CellRef | None, ...]]


def model_json(
    document: Document,
    statements: Statements,
    structure: Structure,
    problems: tuple[Problem, ...],
    places: Places | None = None,
) -> Json:
    """The model as plain JSON values.

    Args:
        document: Where the figures come from; gives the release's name.
        statements: What was understood.
        structure: What was inferred.
        problems: All that the stages reported.
        places: Line id -> cell of each figure, of a built workbook; adds `cells` to each row.

    Returns:
        A dictionary that `json.dumps` takes as it is; figures are numbers in printed units.
    """
    return {
        "release": document.source,
        "company": statements.company,
        "released": statements.released.isoformat() if statements.released else None,
        "statements": [_statement(statement, structure, places) for statement in statements.statements],
        "checks": [
            {"total": check.total, "terms": _terms(check.terms), "evidence": evidence_json(check.evidence)}
            for check in structure.checks
        ],
        "problems": [{"severity": p.severity.value, "message": p.message, "line": p.line} for p in problems],
        "coverage": {
            "seen": statements.coverage.seen,
            "placed": statements.coverage.placed,
            "left": statements.coverage.left,
        },
    }


def _statement(statement: Statement, structure: Structure, places: Places | None) -> Json:
    calculations = {calculation.total: calculation for calculation in structure.calculations}
    links = {tie.line: tie for tie in structure.ties}
    sums = {total.total: total for total in structure.columns if total.statement == statement.id}
    means = {one.column: one for one in structure.column_averages if one.statement == statement.id}
    averages = {one.line: one for one in structure.averages}
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "title": statement.title,
        "scale": 10**statement.scale,
        "currency": statement.currency,
        "columns": [
            _column(column, sums.get(index)) | _column_average(means.get(index))
            for index, column in enumerate(statement.columns)
        ],
        "rows": [
            _row(item, calculations.get(item.id), links.get(item.id))
            | _average(averages.get(item.id))
            | ({} if places is None else {"cells": _cells(item, places)})
            for item in statement.items
        ],
    }


def _column(column: Column, total: ColumnCalculation | None) -> Json:
    period = column.period or Period(None, None)
    data: Json = {
        "role": column.role.value,
        "months": period.months,
        "end": period.end.isoformat() if period.end else None,
        "header": column.header,
    }
    if column.segment:
        data["segment"] = column.segment
    if column.basis or column.segment:
        data["basis"] = column.basis or column.segment
    if column.unit is not None:
        data["unit"] = column.unit.value
    if column.scale is not None:
        data["scale"] = 10**column.scale
    if total is not None:
        data["calculation"] = [list(term) for term in total.terms]
        if total.lines:
            data["calculation_lines"] = list(total.lines)
        data["evidence"] = evidence_json(total.evidence)
    return data


def _row(item: LineItem, calculation: Calculation | None, link: Tie | None) -> Json:
    data: Json = {
        "id": item.id,
        "label": item.label,
        "section": list(item.section),
        "unit": item.unit.value,
        "scale": 10**item.scale,
        "line": item.line,
        "values": [number(value) for value in item.values],
    }
    if calculation is not None:
        data["calculation"] = _terms(calculation.terms)
        data["evidence"] = evidence_json(calculation.evidence)
    if link is not None:
        data["link"] = link.source
        data["link_weight"] = link.weight
        data["link_evidence"] = evidence_json(link.evidence)
    return data


def _average(average: Average | None) -> Json:
    if average is None:
        return {}
    parts = [[line, step] for line, step in average.parts]
    return {"average": parts, "average_evidence": evidence_json(average.evidence)}


def _column_average(average: ColumnAverage | None) -> Json:
    if average is None:
        return {}
    return {"average": list(average.parts), "average_evidence": evidence_json(average.evidence)}


def evidence_json(evidence: Evidence) -> Json:
    """Why a relation is believed, as plain JSON values."""
    return {
        "columns_held": evidence.columns_held,
        "columns_tested": evidence.columns_tested,
        "residual": number(evidence.residual),
        "cues": list(evidence.cues),
        "rivals": [_terms(rival) for rival in evidence.rivals],
    }


def claim_json(claim: Claim) -> Json:
    """A figure of the prose and the cells it speaks of, as plain JSON values."""
    return {
        "line": claim.line,
        "text": claim.text,
        "figure": claim.figure,
        "value": number(claim.value),
        "unit": claim.unit.value,
        "kind": claim.kind.value,
        "cells": [list(cell) for cell in claim.cells],
        "verdict": claim.verdict.value,
        "recomputed": number(claim.recomputed),
        "tolerance": number(claim.tolerance),
        "reason": claim.reason,
    }


def _terms(terms: tuple[Term, ...]) -> list[list[str | int]]:
    return [[term.line, term.weight] for term in terms]


def _cells(item: LineItem, places: Places) -> list[str | None]:
    found = places.get(item.id, (None,) * len(item.facts))
    return [None if cell is None else address(cell) for cell in found]


def address(cell: CellRef) -> str:
    """`'Income Statement'!C7`."""
    quoted = cell.sheet.replace("'", "''")
    return f"'{quoted}'!{column_letters(cell.column)}{cell.row}"


def number(value: Decimal | None) -> int | float | None:
    """A figure as a JSON number, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
