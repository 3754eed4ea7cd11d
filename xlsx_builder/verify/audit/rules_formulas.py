"""Rules about single formulas: no buried constants, nothing nested, volatile, long or from outside, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.formula import address
from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.facts import CellFact, Facts
from xlsx_builder.verify.audit.report import Fault, Place
from xlsx_builder.verify.audit.rule import Rule

MOST_OPERANDS = 24
"""A formula should be understood in as many seconds; more operands are not."""
FREE = ("0", "1")
"""Literal numbers that hide no assumption."""
VOLATILE = {
    **dict.fromkeys(("OFFSET", "INDIRECT"), "nobody can trace what it reads"),
    **dict.fromkeys(("NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY"), "its value changes by itself"),
}
"""Function -> what is wrong with it."""


def literals(facts: Facts) -> Iterator[Fault]:
    """Numbers inside formulas."""
    for cell in facts.formulas:
        assert cell.formula is not None
        held = [number for number in dict.fromkeys(cell.formula.numbers) if number not in FREE]
        if held:
            yield cell.fault(f"The formula holds the constant {', '.join(held)}; it belongs in a cell with a label.")


def nested(facts: Facts) -> Iterator[Fault]:
    """IF inside IF."""
    for cell in facts.formulas:
        if cell.formula is not None and cell.formula.nested_if:
            yield cell.fault("An IF stands inside another IF; split the formula over several cells.")


def long(facts: Facts) -> Iterator[Fault]:
    """Formulas with too many parts."""
    for cell in facts.formulas:
        if cell.formula is not None and cell.formula.operands > MOST_OPERANDS:
            yield cell.fault(f"The formula has {cell.formula.operands} operands; split it over several cells.")


def volatile(facts: Facts) -> Iterator[Fault]:
    """Functions that hide what they read or change by themselves."""
    for cell in facts.formulas:
        assert cell.formula is not None
        for call in dict.fromkeys(cell.formula.calls):
            if call in VOLATILE:
                yield cell.fault(f"The formula calls {call}: {VOLATILE[call]}.")


def outside(facts: Facts) -> Iterator[Fault]:
    """Other files that the workbook reads."""
    found = False
    for cell in facts.formulas:
        if cell.formula is not None and cell.formula.outside:
            found = True
            yield cell.fault("The formula reads another file.")
    if not found and any(name.startswith("xl/externalLinks/external") for name in facts.parts):
        yield Fault(Place(""), "The workbook keeps a link to another file that no formula reads.")


def repeated(facts: Facts) -> Iterator[Fault]:
    """The same computed twice from the same cells."""
    first: dict[str, CellFact] = {}
    for cell in facts.formulas:
        assert cell.formula is not None
        if cell.formula.is_link or cell.look.role is Role.LINK or _is_flag(facts, cell):
            continue
        if not any(True for area in cell.formula.areas for _ in facts.inside(area)):
            continue  # what reads nothing computes nothing twice
        earlier = first.setdefault(cell.formula.absolute, cell)
        if earlier is not cell:
            at = address(earlier.place.row, earlier.place.column)
            yield cell.fault(f"It computes the same as {earlier.place.sheet}!{at}; link to that cell instead.")


def _is_flag(facts: Facts, cell: CellFact) -> bool:
    """Whether it only says a word, as a check beside each of two lines does."""
    return isinstance(facts.value(cell), str | bool)


RULES = (
    Rule("literal", "No formula holds a constant other than 0 and 1.", "20 Principles 14", literals),
    Rule("nested", "No IF stands inside another IF.", "FAST 3.03", nested),
    Rule("long", f"No formula has more than {MOST_OPERANDS} operands.", "FAST 3.03", long),
    Rule("volatile", "No formula calls OFFSET, INDIRECT or what changes by itself.", "FAST 3.03", volatile),
    Rule("outside", "Nothing is read from another file.", "FAST 3.03", outside),
    Rule("once", "Nothing is computed twice; it is computed once and linked.", "20 Principles 15", repeated),
)
