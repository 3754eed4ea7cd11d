"""The key figures of Summary: live links to where they stand, margins, and changes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from xlsx_builder.model.statement import LineItem
from xlsx_builder.model.workbook import CellRef, Formula, Link, Lookup, NumberKind, Ratio, Role
from xlsx_builder.plan.analysis import PERCENT_DECIMALS, FigureRow
from xlsx_builder.plan.bridge_sheet import BridgePlan
from xlsx_builder.plan.concepts import is_diluted
from xlsx_builder.plan.figures import decimals_of, number_of, unit_text
from xlsx_builder.plan.frame import Frame, columns_of, linked
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.layout import HEADING_ROW
from xlsx_builder.plan.links import lookup
from xlsx_builder.plan.margins import margin_row
from xlsx_builder.plan.names import EBITDA, SUMMARY
from xlsx_builder.plan.vocabulary import Concept, called

KEY_FIGURES: tuple[tuple[Concept | str, str], ...] = (
    (Concept.SALES, ""),
    (Concept.GROSS, "Gross margin"),
    (Concept.OPERATING, "Operating margin"),
    (EBITDA, "EBITDA margin"),
    (Concept.NET, "Net margin"),
    (Concept.EPS, ""),
    (Concept.CASH, ""),
)
"""Each figure, and the name of its margin where it has one."""


OWN_WORDS = (Concept.SALES, Concept.GROSS, Concept.OPERATING, Concept.NET)
"""Figures that are called as the release calls them, where that is short."""
LONGEST_LABEL = 40


class Key(Struct, frozen=True):
    """What the key figures are taken from."""

    ground: Ground
    frame: Frame
    ebitda: BridgePlan | None


def key_rows(key: Key, first: int) -> tuple[FigureRow, ...]:
    """The rows of all key figures that the release has, from the first row down."""
    found = key.ground.concepts
    rows: list[FigureRow] = []
    sales: FigureRow | None = None
    for wanted, margin in KEY_FIGURES:
        row = first + len(rows)
        if isinstance(wanted, Concept):
            made = _line(key, wanted, found[wanted], row) if wanted in found else None
        else:
            made = _ebitda(key, row)
        if made is None or not made.formulas:
            continue
        rows.append(made)
        sales = made if wanted is Concept.SALES else sales
        if margin and sales is not None:
            rows.extend(_margin(key, margin, made, sales))
    return tuple(rows)


def _line(key: Key, concept: Concept, line: str, row: int) -> FigureRow:
    item, home = key.ground.items[line], key.ground.homes[line]
    columns = columns_of(key.ground, key.frame, line)
    index = next(iter(columns.values()), 0)
    return FigureRow(
        row,
        _name(item, concept),
        unit_text(item, home.statement.currency),
        linked(key.ground, key.frame, line, SUMMARY),
        Role.LINK,
        number_of(item, home.statement.columns[index]),
        decimals_of(item, home.statement, index),
        note=f"Printed as: {item.label}" if item.label else "Printed without a label",
        link=home.cell(line, index),
    )


def _name(item: LineItem, concept: Concept) -> str:
    """What a key figure is called on the sheet."""
    if concept is Concept.EPS:
        return f"Diluted {concept.value.lower()}" if is_diluted(item) else concept.value
    own = called(item)
    return own if concept in OWN_WORDS and len(own) <= LONGEST_LABEL else concept.value


def _ebitda(key: Key, row: int) -> FigureRow | None:
    if key.ebitda is None:
        return None
    block = key.ebitda.blocks[0]
    item = key.ground.items[block.bridge.base.line]
    home = key.ground.homes[item.id].statement
    whose = "" if block.bridge.reported else " (computed)"
    formulas: dict[int, Formula] = {
        place: Link(CellRef(EBITDA, block.total, key.frame.column(place))) for place in block.places
    }
    return FigureRow(
        row,
        f"EBITDA{whose}",
        block.unit(key.ground),
        formulas,
        Role.LINK,
        decimals=decimals_of(item, home, 0),
        link=CellRef(EBITDA, block.total, 1),
    )


def _margin(key: Key, name: str, figure: FigureRow, sales: FigureRow) -> Iterator[FigureRow]:
    """The margin of a figure: a link where a sheet has it already."""
    known = margin_row(key.ground, key.frame.home, name)
    formulas: dict[int, Formula] = {}
    for place in sorted(figure.formulas.keys() & sales.formulas.keys()):
        if known is not None:
            formulas[place] = _at_home(key.frame, known, place)
        elif name == "EBITDA margin" and key.ebitda is not None and key.ebitda.sales is not None:
            formulas[place] = Link(CellRef(EBITDA, key.ebitda.blocks[0].total + 2, key.frame.column(place)))
        else:
            part, whole = (row.cell(SUMMARY, key.frame, place) for row in (figure, sales))
            formulas[place] = Ratio(part, whole)
    role = Role.LINK if any(isinstance(formula, Link | Lookup) for formula in formulas.values()) else Role.RATIO
    if formulas:
        yield FigureRow(
            figure.row + 1,
            name if name != figure.label else f"{name}, % of sales",
            "%",
            formulas,
            role,
            NumberKind.PERCENT,
            PERCENT_DECIMALS,
            indent=1,
        )


def _at_home(frame: Frame, row: int, place: int) -> Link | Lookup:
    """A row of the main statement in a period: looked up where its columns do not run in step with the frame's."""
    index = frame.indexes[place]
    if len({index - place for place, index in enumerate(frame.indexes)}) == 1:
        return Link(CellRef(frame.home.sheet, row, frame.home.column(index)))
    return lookup(CellRef(SUMMARY, HEADING_ROW, frame.column(place)), frame.home, row, index)
