"""Rules about what a workbook comes to: no errors, stored values, checks that hold, and a master check that notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils import range_boundaries

from xlsx_builder.model.formula import address
from xlsx_builder.model.package import MASTER
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.facts import CellFact, Facts, Kind, SheetFact, is_number
from xlsx_builder.verify.audit.load import plain
from xlsx_builder.verify.audit.report import Fault, Place
from xlsx_builder.verify.audit.rule import Need, Rule
from xlsx_builder.verify.audit.rules_formulas import VOLATILE
from xlsx_builder.verify.audit.rules_sheets import frozen_rows

CLOSE = 1e-9
"""Relative difference that two engines may have."""
ENOUGH = 10
"""Formulas from which on a workbook should check itself."""
CHECK_WORDS = regex(r"\bchecks?\b|\bcontrol (?:total|sum)s?\b|\breconcil\w*\b|\bdifference\b", re.IGNORECASE)
GOOD = frozenset({"ok", "true", "pass", "passed", "yes", "balanced", "in balance"})
BAD = frozenset({"error", "check", "differs", "false", "fail", "failed", "no", "wrong", "out of balance", "not ok"})
"""What checks say."""
TRIALS = 6
"""Inputs that are changed, one at a time, to see whether the master check notices."""
LONGEST_PATH = 400
"""Cells looked through for an input behind a check."""
UNKNOWN = ("#NAME?", "#N")
"""What the engine says of functions that it does not know, where Excel may know them."""


def errors(facts: Facts) -> Iterator[Fault]:
    """Formulas that come to an error, and typed errors."""
    for cell in facts.cells:
        value = facts.value(cell)
        broken = cell.kind is Kind.ERROR or (cell.formula is not None and _is_error(value))
        if broken and not _engine_cannot(facts, cell):
            yield cell.fault(f"It comes to {value}.")


def _is_error(value: object) -> bool:
    return isinstance(value, str) and value.startswith("#")


def _engine_cannot(facts: Facts, cell: CellFact) -> bool:
    """Whether only our engine makes an error of it: the file stores a value."""
    stored = facts.stored.get(cell.place)
    return stored is not None and not _is_error(stored) and str(facts.value(cell)).startswith(UNKNOWN)


def _out_of_reach(facts: Facts) -> set[Place]:
    """Cells that our engine cannot calculate, or only from others that it cannot."""
    found = reached = {cell.place for cell in facts.formulas if _engine_cannot(facts, cell)}
    while reached:
        reached = {cell.place for cell in facts.formulas if cell.place not in found and _reads(facts, cell, reached)}
        found = found | reached
    return found


def _reads(facts: Facts, cell: CellFact, places: set[Place]) -> bool:
    areas = cell.formula.areas if cell.formula is not None else ()
    return any(read.place in places for area in areas for read in facts.inside(area))


def stale(facts: Facts) -> Iterator[Fault]:
    """Stored values that are missing or out of date, which viewers and scripts show."""
    beyond = _out_of_reach(facts)
    for cell in facts.formulas:
        stored, computed = facts.stored.get(cell.place), (facts.computed or {}).get(cell.place)
        if _moves(cell) or cell.place in beyond:
            continue
        if stored is None and computed not in (None, ""):
            yield cell.fault("No value is stored, so programs that do not calculate show nothing.")
        elif not same(stored, computed):
            yield cell.fault(f"It is stored as {stored!s:.30} but comes to {computed!s:.30}.")


def _moves(cell: CellFact) -> bool:
    return cell.formula is not None and any(call in VOLATILE for call in cell.formula.calls)


def same(one: object, other: object) -> bool:
    """Whether two values are the same but for their last digits."""
    if is_number(one) and is_number(other):
        first, second = float(one), float(other)  # type: ignore[arg-type]
        return abs(first - second) <= CLOSE * max(1.0, abs(first), abs(second))
    if isinstance(one, bool) or isinstance(other, bool) or is_number(one) or is_number(other):
        return one is other or not (isinstance(one, str | bool) or isinstance(other, str | bool))
    return str(one or "") == str(other or "") or not (isinstance(one, str) and isinstance(other, str))


def checks(facts: Facts) -> Iterator[Fault]:
    """A model without checks, and checks that do not hold."""
    found = [cell for sheet in facts.sheets for cell in check_cells(facts, sheet)]
    if not found and sum(len(sheet.formulas) for sheet in facts.sheets) >= ENOUGH and not _master(facts):
        yield Fault(Place(""), "Nothing checks the figures against each other.")
    for cell in found:
        if _fails(facts.value(cell)) and not _of_the_print(facts, cell):
            yield cell.fault(f"The check says {_shown(facts.value(cell))}.")


def check_cells(facts: Facts, sheet: SheetFact) -> Iterator[CellFact]:
    """Cells that judge figures: styled as checks, or formulas beside or below a word for check."""
    if facts.has_roles:
        yield from (c for c in sheet.formulas if c.look.role is Role.CHECK and not is_number(facts.value(c)))
        return
    heads: dict[int, bool] = {}
    for cells in sheet.rows.values():
        named = [c.place.column for c in cells if c.kind is Kind.TEXT and _names_check(c)]
        for cell in cells:
            if cell.kind is Kind.TEXT:
                heads[cell.place.column] = _names_check(cell)
            elif cell.formula is not None and not cell.formula.is_link:
                beside = any(column < cell.place.column for column in named)
                if beside or heads.get(cell.place.column):
                    yield cell


def _names_check(cell: CellFact) -> bool:
    text = str(cell.content)
    return len(text) <= 60 and bool(CHECK_WORDS.search(text))


def _fails(value: object) -> bool:
    """Whether a check does not hold; 0 and 1 may both be a check's way to say yes."""
    if isinstance(value, bool):
        return not value
    if is_number(value):
        return min(abs(float(value)), abs(float(value) - 1)) > 1e-6  # type: ignore[arg-type]
    return isinstance(value, str) and (value.strip().lower() in BAD or _is_error(value))


def _of_the_print(facts: Facts, cell: CellFact) -> bool:
    """Whether a difference is the source's own, or a verdict stands outside the sheet that the master check counts."""
    sheet = facts.by_name[cell.place.sheet.lower()]
    if any(other.content == "in the print" for other in sheet.rows[cell.place.row]):
        return True
    at = _master(facts)
    return at is not None and cell.place.sheet != at.sheet


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _master(facts: Facts) -> Place | None:
    """The cell named as the master check."""
    places = facts.named(MASTER)
    if len(places) != 1 or places[0][0].lower() not in facts.by_name:
        return None
    sheet, cells = places[0]
    column, row, _, _ = range_boundaries(cells)
    return Place(facts.by_name[sheet.lower()].name, row or 1, column or 1)


def master(facts: Facts) -> Iterator[Fault]:
    """Sheets that do not show the master check in view, and changes that it does not notice."""
    at = _master(facts)
    if at is None:
        yield Fault(Place(""), "The name of the master check leads to no cell.")
        return
    for sheet in facts.sheets:
        flags = [c for c in sheet.formulas if c.place.row <= max(frozen_rows(sheet), 1) and _repeats(c, at)]
        if not flags and sheet.cells and at.sheet != sheet.name:
            yield sheet.fault("The master check is not shown in the rows that stay in view.")
    at_first = facts.cell(at)
    if at_first is not None and str(facts.value(at_first)).lower() in GOOD:  # else it is busy with what fails already
        yield from _unnoticed(facts, at)


def _repeats(cell: CellFact, at: Place) -> bool:
    assert cell.formula is not None
    return any((a.sheet, a.first_row, a.first_column) == (at.sheet, at.row, at.column) for a in cell.formula.areas)


def _unnoticed(facts: Facts, at: Place) -> Iterator[Fault]:
    """Inputs behind checks that can be changed without the master check saying so."""
    verdicts = [c for c in check_cells(facts, facts.by_name[at.sheet.lower()]) if c.place != at and _counted(facts, c)]
    tried: dict[Place, CellFact] = {}
    for verdict in verdicts[:: max(1, len(verdicts) // TRIALS)]:
        source = _input_behind(facts, verdict)
        if source is not None:
            tried.setdefault(source.place, source)
    noticed = False
    for source in tried.values():
        before, after = _trial(facts, source, (at, *(verdict.place for verdict in verdicts)))
        failing = [cell for cell, one, other in zip(verdicts, before[1:], after[1:], strict=True) if one != other]
        noticed |= bool(failing)
        if failing and after[0] == before[0]:
            place = f"{failing[0].place.sheet}!{address(failing[0].place.row, failing[0].place.column)}"
            yield source.fault(f"When the input is changed, the check {place} fails but not the master check.")
    if tried and not noticed:
        yield Fault(at, f"No check fails whichever of {len(tried)} inputs is changed.")


def _counted(facts: Facts, cell: CellFact) -> bool:
    return str(facts.value(cell)).lower() in GOOD and not _of_the_print(facts, cell)


def _input_behind(facts: Facts, start: CellFact) -> CellFact | None:
    """An input that a check depends on."""
    waiting, seen = [start], {start.place}
    while waiting and len(seen) < LONGEST_PATH:
        cell = waiting.pop(0)
        if cell.formula is None:
            if cell.look.role is Role.INPUT and cell.kind is Kind.NUMBER:
                return cell
            continue
        for area in cell.formula.areas:
            for read in facts.inside(area):
                if read.place not in seen:
                    seen.add(read.place)
                    waiting.append(read)
    return None


def _trial(facts: Facts, source: CellFact, watched: tuple[Place, ...]) -> tuple[list[object], list[object]]:
    """What the watched cells say before and after an input is much larger; it is put back."""
    engine, place = facts.engine, source.place
    assert isinstance(source.content, int | float)
    before = _said(facts, watched)
    engine.set_value(place.sheet, place.row, place.column, source.content * 3 + 1_000_003)
    engine.evaluate_all()
    after = _said(facts, watched)
    engine.set_value(place.sheet, place.row, place.column, source.content)
    engine.evaluate_all()
    return before, after


def _said(facts: Facts, watched: tuple[Place, ...]) -> list[object]:
    return [plain(facts.engine.get_value(p.sheet, p.row, p.column)) for p in watched]


RULES = (
    Rule("errors", "No formula comes to an error.", "20 Principles 19", errors),
    Rule("stored", "Each formula has its value stored.", "practice", stale, Need.VALUES),
    Rule("checks", "The workbook checks its figures, and the checks hold.", "20 Principles 19", checks, Need.VALUES),
    Rule("master", "A master check is in view everywhere and notices changes.", "FAST 2.03-05", master, Need.MASTER),
)
