"""Formulas of a planned workbook that a function can compute too, each with the call that should give the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Change,
    PlannedCell,
    Ratio,
    Role,
    ScaledDifference,
    Sheet,
    SignedSum,
    Tab,
    Workbook,
)

MOST = 150
"""Pairs of one function; each costs Excel a call into Python when it recalculates."""
LONGEST = 60
"""Rows that the signs of a subtotal may span; a longer text nobody can read."""
ORDER = ("XB_EBITDA", "XB_MARGIN", "XB_BPS", "XB_SUBTOTAL", "XB_PCTCHG")
LABEL = 1
"""Column of the labels on every sheet with figures."""
TOTALS = frozenset({Role.SUBTOTAL, Role.TOTAL})

Piece = CellRef | CellRange | str
"""An argument of a call: cells, or a text."""


class Pair(Struct, frozen=True):
    """A native formula and the call that should give its value."""

    label: str
    period: str
    native: CellRef
    look: PlannedCell
    """The native cell, for its number format."""
    function: str
    arguments: tuple[Piece, ...]

    @property
    def numeric(self) -> bool:
        """Whether the answer is always a figure; the others may say 'n.m.'."""
        return self.function in ("XB_EBITDA", "XB_SUBTOTAL")


def pairs(workbook: Workbook) -> tuple[Pair, ...]:
    """The pairs of all statements and analyses by function, at most `MOST` of each."""
    found = [pair for sheet in workbook.sheets for pair in _of_sheet(sheet)]
    counted: Counter[str] = Counter()
    kept = []
    for pair in sorted(found, key=lambda each: ORDER.index(each.function)):
        counted[pair.function] += 1
        if counted[pair.function] <= MOST:
            kept.append(pair)
    return tuple(kept)


def _of_sheet(sheet: Sheet) -> Iterator[Pair]:
    if sheet.tab not in (Tab.STATEMENT, Tab.ANALYSIS):
        return
    cells = {(cell.row, cell.column): cell for cell in sheet.cells}
    headings = sorted((c.row, c.column, str(c.content)) for c in sheet.cells if c.role is Role.PERIOD)
    for cell in sorted(sheet.cells, key=lambda each: (each.row, each.column)):
        made = _call(cell, sheet)
        label = cells.get((cell.row, LABEL))
        if made is None or label is None or not isinstance(label.content, str):
            continue
        over = [text for row, column, text in headings if column == cell.column and row < cell.row]
        period = " ".join(over[-1].split()) if over else ""
        yield Pair(label.content, period, CellRef(sheet.name, cell.row, cell.column), cell, *made)


def _call(cell: PlannedCell, sheet: Sheet) -> tuple[str, tuple[Piece, ...]] | None:
    """The function and its arguments; None where no function does what the cell does."""
    match cell.content:
        case Change(new, old, weight=1):
            return "XB_PCTCHG", (new, old)
        case Ratio(part, whole, weight=1):
            return "XB_MARGIN", (part, whole)
        case ScaledDifference(new, old, bounded=True):
            return "XB_BPS", (new, old)
        case SignedSum(terms) if cell.role in TOTALS:
            return _bridge(terms) if sheet.tab is Tab.ANALYSIS and _adjacent(terms) else _subtotal(terms)
    return None


def _adjacent(terms: tuple[tuple[int, CellRef], ...]) -> bool:
    """Whether all are added and stand one below the other."""
    below = all((b.sheet, b.column, b.row) == (a.sheet, a.column, a.row + 1) for (_, a), (_, b) in pairwise(terms))
    return below and len(terms) > 1 and all(weight == 1 for weight, _ in terms)


def _bridge(terms: tuple[tuple[int, CellRef], ...]) -> tuple[str, tuple[Piece, ...]]:
    """A base, what is added back first, and the other add-backs as a range."""
    (_, base), (_, first), *others = terms
    rest = (CellRange(others[0][1], others[-1][1]),) if others else ()
    return "XB_EBITDA", (base, first, *rest)


def _subtotal(terms: tuple[tuple[int, CellRef], ...]) -> tuple[str, tuple[Piece, ...]] | None:
    """A range from the first term to the last, and the sign of each of its cells."""
    weights = {cell: weight for weight, cell in terms}
    places = {(cell.sheet, cell.column) for cell in weights}
    rows = [cell.row for cell in weights]
    if len(places) != 1 or len(weights) != len(terms) or not 1 < max(rows) - min(rows) + 1 <= LONGEST:
        return None
    [(sheet, column)] = places
    span = [CellRef(sheet, row, column) for row in range(min(rows), max(rows) + 1)]
    signs = "".join({1: "+", -1: "-"}.get(weights.get(cell, 0), ".") for cell in span)
    return "XB_SUBTOTAL", (CellRange(span[0], span[-1]), signs)
