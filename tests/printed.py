"""A second reading of figures, independent of the program's own: what a model says against the line that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from xlsx_builder.model.statement import Fact, Statements, Unit
from xlsx_builder.pipeline import Build, Model

GROUPED = re.compile(r"\d+(?:[.,'\u2019 \u00a0\u2009\u202f]\d+)*|[.,]\d+")
"""Digits with whatever parts their groups."""
SIGNS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d("
UP_TO = re.compile(rf"^.*\d\s?[{re.escape(SIGNS[:-1])}](?=\s?[$€£¥]?$)")
"""The first end of a range, whose second follows."""
AROUND = r"[\s\u00a0$€£¥|]*"
"""What columns put between the parts of a figure."""
SCALE = re.compile(r"(?i)(?<=\d)\s*(?:thousand|million|billion|trillion|k|mm|m|bn|b)s?\b")
"""Words that make a figure larger."""
BELOW = re.compile(rf"{SCALE.pattern}|\s*%$")
"""What a PDF may have on the line below the digits."""


def lies(model: Model) -> Iterator[str]:
    """The figures of a model that are not what their source lines say."""
    lines = {line.number: line.text for line in model.document.lines}
    for item in model.statements.items.values():
        for fact in item.facts:
            if fact.value is not None and fact.line is not None:
                reason = lie(fact, lines[fact.line])
                if reason:
                    yield f"{item.label!r}: {fact.value} {reason}: {fact.text!r} in {lines[fact.line]!r}"


def lie(fact: Fact, line: str) -> str:
    """Why a figure is not what its line says; '' where it is."""
    assert fact.value is not None
    if not shows(line, fact.text) and not shows(line, BELOW.sub("", fact.text)):
        return "is not printed there"
    if fact.value == 0 and not re.search("[1-9]", fact.text):
        return ""
    found = [match for match in GROUPED.finditer(fact.text) if abs(fact.value) in readings(match[0], fact.text)]
    if not found:
        return "is another figure"
    before = UP_TO.sub("", fact.text[: found[0].start()])
    negative = any(sign in before for sign in SIGNS) or re.search(r"\d-$", fact.text.strip())
    worded = re.search(r"(?i)down|negative|minus|decrease", fact.text)
    return "" if worded or len(found) > 1 or bool(negative) == (fact.value < 0) else "has another sign"


def shows(line: str, text: str) -> bool:
    """Whether a line prints a text, its digits being no part of longer figures."""
    pattern = AROUND.join(map(re.escape, re.sub(AROUND, "", text)))
    return re.search(rf"(?<!\d)(?<!\d[.,]){pattern}(?!\d)(?![.,]\d)", line) is not None


def readings(digits: str, text: str) -> set[Decimal]:
    """All that grouped digits may mean, with the words beside them."""
    bare = re.sub(r"[^\d.,]", "", digits)
    ways = {bare.replace(",", ""), bare.replace(".", "").replace(",", ".")}
    values = {Decimal(way) for way in ways if way.count(".") < 2}
    if re.search(r"(?i)cent|\u00a2", text):
        values |= {value / 100 for value in values}
    if SCALE.search(text):
        values |= {value.scaleb(shift) for value in values for shift in range(-12, 13)}
    return values


def silent(built: Build) -> Iterator[str]:
    """The figures of a workbook that differ from the print though no check shows what was printed."""
    book: Any = openpyxl.load_workbook(built.path, data_only=True)
    covered = reported(built.path)
    for item in built.model.statements.items.values():
        for fact, place in zip(item.facts, built.workbook.places[item.id], strict=True):
            if fact.value is None or place is None:
                continue
            cell = book[place.sheet].cell(place.row, place.column)
            shown = cell.value
            percent = item.unit is Unit.PERCENT or "%" in cell.number_format
            wanted = float(fact.value / 100 if percent else fact.value)
            same = isinstance(shown, int | float) and abs(shown - wanted) <= 1e-9 * max(1.0, abs(wanted))
            if not same and f"{place.sheet}!{cell.coordinate}" not in covered:
                yield f"{item.label!r} {place.sheet}!{cell.coordinate}: shows {shown}, printed {fact.text!r}"


def reported(path: Path) -> set[str]:
    """The cells that some check holds against the print."""
    book: Any = openpyxl.load_workbook(path)
    links = (str(row[4].value) for row in book["Checks"].iter_rows(min_row=6, max_col=11) if row[5].value is not None)
    return {link.removeprefix("=").replace("''", "'").replace("'!", "!").removeprefix("'") for link in links}


def placed(statements: Statements) -> int:
    return sum(fact.value is not None for item in statements.items.values() for fact in item.facts)
