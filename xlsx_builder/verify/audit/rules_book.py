"""Rules about the workbook as a whole: contents with links that lead somewhere, an explanation, and signs stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.patterns import regex
from xlsx_builder.verify.audit.facts import Facts, Kind, SheetFact, is_number
from xlsx_builder.verify.audit.formula import unquoted
from xlsx_builder.verify.audit.report import Fault, Place
from xlsx_builder.verify.audit.rule import Rule

SEVERAL = 3
"""Sheets among which a reader needs contents."""
EXPLAINS = regex(
    r"\b(?:about|cover|read ?me|guide|notes?|documentation|info(?:rmation)?|legend|instructions?|introduction|"
    r"overview|help|contents)\b",
    re.IGNORECASE,
)
"""How sheets that explain a workbook are called."""
SIGNS = regex(r"\bsigns?\b|\bsign convention\b|\bnegatives?\b|\bin parentheses\b", re.IGNORECASE)
LOCATION = regex(r"(?:('(?:[^']|'')+'|[^!']+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?", re.IGNORECASE)


def explained(facts: Facts) -> Iterator[Fault]:
    """A workbook of several sheets without one that explains it."""
    if len(facts.sheets) >= SEVERAL and facts.is_model and not any(EXPLAINS.search(s.name) for s in facts.sheets):
        yield Fault(Place(""), "No sheet says what the workbook is, where its figures come from and how to read it.")


def contents(facts: Facts) -> Iterator[Fault]:
    """A workbook of several sheets in which no sheet leads to all others."""
    names = {sheet.name.lower() for sheet in facts.sheets if sheet.raw.sheet_state == "visible"}
    if len(names) < SEVERAL:
        return
    reached = {sheet.name.lower(): _targets(facts, sheet) for sheet in facts.sheets}
    home, most = max(reached.items(), key=lambda item: len(item[1] & names))
    missing = sorted(names - most - {home})
    if missing and len(most & names) <= 1:
        yield Fault(Place(""), "No sheet has contents with links to the others.")
    elif missing:
        shown = ", ".join(facts.by_name[name].name for name in missing)
        yield Fault(facts.by_name[home].place, f"The contents do not lead to {shown}.")


def _targets(facts: Facts, sheet: SheetFact) -> set[str]:
    """Sheets that links of a sheet lead to, in small letters."""
    found = set()
    for cell in sheet.cells.values():
        place = _sheet_of(cell.link or "", facts)
        if place is not None:
            found.add(place.lower())
        if cell.formula is not None and "HYPERLINK" in cell.formula.calls:
            found |= {name.lower() for name in re.findall(r'"#\'?([^\'!"]+)\'?!', cell.formula.text)}
    return found


def _sheet_of(location: str, facts: Facts) -> str | None:
    """The sheet that a link inside the workbook leads to; None where it names none."""
    found = LOCATION.fullmatch(location)
    if found is not None:
        return unquoted(found[1]) if found[1] else None
    places = facts.named(location)
    return places[0][0] if places else None


def links(facts: Facts) -> Iterator[Fault]:
    """Links and names that lead nowhere."""
    for cell in facts.cells:
        if not cell.link:
            continue
        sheet = _sheet_of(cell.link, facts)
        own = LOCATION.fullmatch(cell.link)
        if sheet is None and not (own and not own[1]):
            yield cell.fault(f"The link leads to '{cell.link}', which is no place in the workbook.")
        elif sheet is not None and sheet.lower() not in _all_names(facts):
            yield cell.fault(f"The link leads to the sheet '{sheet}', which does not exist.")
    for name, given in facts.book.defined_names.items():
        if "#REF!" in str(given.attr_text):
            yield Fault(Place(""), f"The name '{name}' refers to cells that no longer exist.")


def _all_names(facts: Facts) -> set[str]:
    return {str(name).lower() for name in facts.book.sheetnames}


def signs(facts: Facts) -> Iterator[Fault]:
    """A workbook with negative figures that nowhere says what signs mean."""
    if not facts.is_model:
        return
    values = (facts.value(cell) for cell in facts.cells if cell.kind in (Kind.NUMBER, Kind.FORMULA))
    if not any(is_number(value) and value < 0 for value in values):  # type: ignore[operator]
        return
    texts = (str(cell.content) for cell in facts.cells if cell.kind is Kind.TEXT)
    if not any(SIGNS.search(text) for text in texts):
        yield Fault(Place(""), "Nothing says what positive and negative figures mean.")


RULES = (
    Rule("about", "A sheet explains the workbook.", "20 Principles 7", explained),
    Rule("contents", "One sheet leads to all others.", "20 Principles 7", contents),
    Rule("links", "Links and names lead to places that exist.", "20 Principles 7", links),
    Rule("signs", "It is said what signs mean.", "ICAEW code", signs),
)
