"""Rules about how figures are shown: parentheses, dashes, decimals, room, and units beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.facts import CellFact, Facts, Kind, SheetFact, is_number
from xlsx_builder.verify.audit.figures import figures, header_row
from xlsx_builder.verify.audit.report import Fault
from xlsx_builder.verify.audit.rule import Rule

SECTION = regex(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
"""What parts positive, negative, zero and text; not inside quotes."""
ALIGNED = regex(r"_.|\*.")
"""Room that a format leaves, which shows nothing."""
MONEY_WORDS = regex(
    r"\b(?:usd|eur|gbp|jpy|chf|dollars?|euros?|pounds?|yen|thousands?|millions?|billions?|units?|tonnes?|shares?|"
    r"per ?cent|currency|[kmb]n|mio|tsd)\b|[$€£¥%]|'000|\bk[$€£]",
    re.IGNORECASE,
)
"""How workbooks say what their figures count."""
UNIT_HEAD = regex(r"\s*(?:units?|uom|measure|currency|in)\s*", re.IGNORECASE)
PER_SHARE = regex(r"\bper (?:\w+ )?share\b|^(?:(?:basic|diluted|adjusted|core|gaap) )*eps\b", re.IGNORECASE)
SHARES = regex(r"\bshares\b", re.IGNORECASE)
"""Lines that count shares name what they are used for: 'shares used for earnings per share'."""
LONGEST_LABEL = 80
"""Characters of a line's name; longer texts are sentences."""
FEW = 3
"""Figures in a sheet that need no word about their unit: a version, a count."""


def negatives(facts: Facts) -> Iterator[Fault]:
    """Amounts whose format does not set negatives in parentheses, or tells them by colour alone."""
    for cell in _amounts(facts):
        parts = SECTION.split(cell.look.number_format)
        negative = ALIGNED.sub("", parts[1]) if len(parts) > 1 else ""
        if len(parts) > 1 and not re.search(r"[-(–−]", negative):  # noqa: RUF001
            yield cell.fault("Negatives are not told by a sign or parentheses.")
        elif "(" not in negative:
            yield cell.fault(f"Negatives are not set in parentheses ({cell.look.number_format}).")


def zeros(facts: Facts) -> Iterator[Fault]:
    """Amounts whose format does not show zero as a dash."""
    for cell in _amounts(facts):
        parts = SECTION.split(cell.look.number_format)
        if len(parts) < 3 or not re.search(r"[-–—]", ALIGNED.sub("", parts[2])):  # noqa: RUF001
            yield cell.fault("Zero is not shown as a dash.")


def _amounts(facts: Facts) -> Iterator[CellFact]:
    """Figures on sheets that calculate; switches and other single digits are no amounts."""
    for sheet in facts.sheets:
        if sheet.formulas:
            yield from (c for c in figures(facts, sheet) if c.look.role is not Role.SWITCH)


def per_share(facts: Facts) -> Iterator[Fault]:
    """Figures per share with fewer than two decimals."""
    for sheet in facts.sheets:
        column = _unit_column(sheet)
        for row, cells in sheet.rows.items():
            told = next((c for c in cells if c.kind is Kind.TEXT and column in (0, c.place.column)), None)
            words = str(told.content) if told is not None and told.look.role is not Role.TEXT else ""
            named = len(words) <= LONGEST_LABEL and PER_SHARE.search(words) and not SHARES.search(words)
            if row == header_row(sheet) or not named:
                continue
            for cell in cells:
                code = SECTION.split(cell.look.number_format)[0]
                shown = is_number(facts.value(cell)) and cell.look.role is not Role.SOURCE
                if shown and "0" in code and "%" not in code and " bp" not in code and not re.search(r"\.0[0#?]", code):
                    yield cell.fault("A figure per share is shown with fewer than two decimals.")


def room(facts: Facts) -> Iterator[Fault]:
    """Figures wider than their columns, which show as ###."""
    for sheet in facts.sheets:
        for cell in figures(facts, sheet):
            value = facts.value(cell)
            if isinstance(value, int | float) and needed(value, cell) > sheet.width(cell.place.column) + 0.5:
                yield cell.fault("The figure is wider than its column and shows as ###.")


def needed(value: float, cell: CellFact) -> float:
    """Characters that a figure takes in its format, about; General makes itself fit."""
    parts = SECTION.split(cell.look.number_format)
    code = parts[1] if value < 0 and len(parts) > 1 else parts[0]
    if "0" not in code:
        return 0
    literal = "".join(re.findall(r'"([^"]*)"', code))
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", code)
    decimals = len((re.search(r"\.([0#?]*)", bare) or ["", ""])[1])
    shown = abs(value) * (100 if "%" in bare else 1)
    digits = f"{shown:,.{decimals}f}" if "," in bare else f"{shown:.{decimals}f}"
    narrow = digits.count(",") + digits.count(".") + bare.count("(") + bare.count(")")
    width = len(digits) + len(literal) + bare.count("%") + bare.count("(") + bare.count(")") - narrow / 2
    return width * (cell.look.size / 10 if cell.look.size < 10 else 1)


def units(facts: Facts) -> Iterator[Fault]:
    """Sheets, or rows of a sheet with a column of units, that do not say what their figures count."""
    for sheet in facts.sheets:
        shown = figures(facts, sheet)
        if len(shown) <= FEW or not header_row(sheet):
            continue
        column = _unit_column(sheet)
        if column:
            yield from _without_unit(sheet, shown, column)
        elif not _said_above(sheet) and not all(MONEY_WORDS.search(c.look.number_format) for c in shown):
            yield sheet.fault("Neither a column nor a line above says what the figures count.")


def _unit_column(sheet: SheetFact) -> int:
    """The column of units; 0 where there is none."""
    for cell in sheet.cells.values():
        if cell.place.row <= header_row(sheet) and cell.kind is Kind.TEXT and UNIT_HEAD.fullmatch(str(cell.content)):
            return cell.place.column
    return 0


def _without_unit(sheet: SheetFact, shown: tuple[CellFact, ...], column: int) -> Iterator[Fault]:
    rows = {cell.place.row for cell in shown if cell.place.row > header_row(sheet)}
    for row in sorted(rows):
        if (row, column) not in sheet.cells:
            first = next(cell for cell in shown if cell.place.row == row)
            yield first.fault("The row has no unit.")


def _said_above(sheet: SheetFact) -> bool:
    head = header_row(sheet)
    above = (str(c.content) for c in sheet.cells.values() if c.place.row <= head and c.kind is Kind.TEXT)
    return any(MONEY_WORDS.search(text) for text in above)


RULES = (
    Rule("negatives", "Negatives stand in parentheses, never told by colour alone.", "practice", negatives),
    Rule("zeros", "Zero is a dash.", "practice", zeros),
    Rule("per-share", "Figures per share have two decimals.", "practice", per_share),
    Rule("room", "Every figure has room in its column.", "practice", room),
    Rule("units", "Each row or sheet says what its figures count.", "FAST 2.01", units),
)
