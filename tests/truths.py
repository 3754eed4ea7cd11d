"""Hand-labelled releases beside the project, as Statements: what reading and interpreting should have given."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

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
from xlsx_builder.model.structure import Calculation, Evidence, Structure, Term, Tie

SHARED = Path(__file__).resolve().parents[2] / "shared"
RELEASES = SHARED / "releases"


def power(scale: float | None) -> int:
    """1000 -> 3."""
    return len(str(int(scale or 1))) - 1


def column(data: dict[str, Any]) -> Column:
    period = None
    if data["role"] in ("period", "percent_of"):
        end = data.get("end")
        period = Period(data.get("months"), date.fromisoformat(end) if end else None)
    return Column(
        role=ColumnRole(data["role"]),
        period=period,
        header=data.get("header") or "",
        unit=Unit(data["unit"]) if data.get("unit") else None,
        scale=power(data["scale"]) if data.get("scale") is not None else None,
    )


def fact(value: float | None, line: int) -> Fact:
    if value is None:
        return Fact(None)
    number = Decimal(str(value))
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    exponent = number.as_tuple().exponent
    return Fact(number, decimals=-exponent if isinstance(exponent, int) else 0, line=line, text=str(number))


def statements_of(data: dict[str, Any]) -> Statements:
    """The statements of a truth; headings are made from the sections, source lines are counted up."""
    made, line = [], 0
    for number, statement in enumerate(data["statements"]):
        lines: list[LineItem | Heading] = []
        open_section: tuple[str, ...] = ()
        start = line + 1
        for row in statement["rows"]:
            section = tuple(row["section"])
            for depth, label in enumerate(section):
                if open_section[: depth + 1] != section[: depth + 1]:
                    line += 1
                    lines.append(Heading(label, depth, line))
            open_section = section
            line += 1
            scale = row["scale"] if row.get("scale") is not None else statement["scale"]
            facts = tuple(fact(value, line) for value in row["values"])
            places = max((f.decimals for f in facts if f.value is not None), default=0)
            facts = tuple(f if f.value is None else Fact(f.value, places, f.line, f.text) for f in facts)
            lines.append(
                LineItem(row["id"], row["label"], section, len(section), Unit(row["unit"]), power(scale), facts)
            )
        made.append(
            Statement(
                id=f"t{number}",
                kind=StatementKind(statement["kind"]),
                title=statement["title"],
                scale=power(statement["scale"]),
                currency="USD",
                columns=tuple(column(c) for c in statement["columns"]),
                lines=tuple(lines),
                line=start,
            )
        )
    seen = sum(f.value is not None for s in made for item in s.items for f in item.facts)
    return Statements(data["company"], None, tuple(made), (), Coverage(seen, seen))


def structure_of(data: dict[str, Any]) -> Structure:
    """The calculations and links of a truth."""
    evidence = Evidence(0, 0, Decimal(0))
    calculations, ties = [], []
    for statement in data["statements"]:
        for row in statement["rows"]:
            if row.get("calculation"):
                terms = tuple(Term(line, weight) for line, weight in row["calculation"])
                calculations.append(Calculation(row["id"], terms, evidence))
            if row.get("link"):
                ties.append(Tie(row["id"], row["link"], 1, (), evidence))
    return Structure(tuple(calculations), tuple(ties))


def truth(stem: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((RELEASES / f"{stem}.truth.json").read_text(encoding="utf-8"))
    return loaded


STEMS = sorted(path.name.removesuffix(".truth.json") for path in RELEASES.glob("*.truth.json"))
