"""The relations of a table as formulas: one a cell, none that reads itself, and what each comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlsx_builder.model.statement import Unit
from xlsx_builder.model.table import CellAverage, CellSum, Number
from xlsx_builder.model.workbook import CellRef, Mean, NumberKind, SignedSum
from xlsx_builder.plan import figures
from xlsx_builder.plan.averages import blocks

TABLE = "Table"
Place = tuple[int, int]
Relation = CellSum | CellAverage
Numbers = Sequence[Sequence[Number | None]]


def acyclic(found: Sequence[Relation]) -> dict[Place, Relation]:
    """One relation a cell, in such a choice that no cell reads itself."""
    chosen: dict[Place, Relation] = {}
    for one in found:
        if one.cell not in chosen and not _reads(chosen, one):
            chosen[one.cell] = one
    return chosen


def _reads(chosen: Mapping[Place, Relation], one: Relation) -> bool:
    """Whether the terms of a relation lead back to its own cell."""
    waiting, seen = [(row, column) for row, column, _ in one.terms], set[Place]()
    while waiting:
        place = waiting.pop()
        if place == one.cell:
            return True
        if place not in seen and place in chosen:
            waiting.extend((row, column) for row, column, _ in chosen[place].terms)
        seen.add(place)
    return False


def ref(place: Place) -> CellRef:
    """The cell of the workbook that holds a cell of the table."""
    return CellRef(TABLE, place[0] + 1, place[1] + 1)


def held(found: Number) -> Decimal:
    """A figure as its cell holds it: per cents as fractions."""
    return figures.held(found.value, unit_of(found))


def slack(found: Number) -> Decimal:
    """Its rounding, as the cell holds it."""
    return figures.half_unit(found.decimals, unit_of(found))


def unit_of(found: Number) -> Unit:
    """What a figure counts, as far as a table without words tells."""
    return Unit.PERCENT if found.percent else Unit.MONEY


def formula_of(one: Relation, numbers: Numbers) -> SignedSum | Mean:
    """The formula of a relation; cells without a figure are left out, so that no text is added up."""
    if isinstance(one, CellAverage):
        return Mean(blocks(map(ref, one.parts)))
    return SignedSum(tuple((weight, ref((row, column))) for row, column, weight in one.terms if numbers[row][column]))


def format_of(found: Number) -> tuple[NumberKind, int]:
    """The kind of a figure, and the digits after its point."""
    return figures.KINDS[unit_of(found)], found.decimals


def computed(
    place: Place, formulas: Mapping[Place, Relation], numbers: Numbers, known: dict[Place, Decimal]
) -> Decimal:
    """What a cell comes to; `known` keeps what was computed on the way."""
    waiting = [place]
    while waiting:
        at = waiting[-1]
        one = formulas.get(at)
        terms = [] if one is None else [(row, column, weight) for row, column, weight in one.terms]
        missing = [(row, column) for row, column, _ in terms if (row, column) not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        found = numbers[at[0]][at[1]]
        plain = Decimal(0) if found is None else held(found)
        reached = sum((weight * known[row, column] for row, column, weight in terms), Decimal(0))
        known[at] = plain if one is None else reached / share(one)
    return known[place]


def share(one: Relation) -> int:
    """By how much the sum of its terms is divided."""
    return len(one.parts) if isinstance(one, CellAverage) else 1
