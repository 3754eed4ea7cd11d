"""Rules about how formulas run: one along a row, one down a table, and the same columns for the same periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from openpyxl.formula.translate import Translator, TranslatorError

from xlsx_builder.model.formula import address, column_letters
from xlsx_builder.model.workbook import Role
from xlsx_builder.verify.audit.facts import CellFact, Facts, Kind, SheetFact, is_number
from xlsx_builder.verify.audit.figures import blocks, families, header_row, heads_period, is_year
from xlsx_builder.verify.audit.report import Fault
from xlsx_builder.verify.audit.rule import Rule

RUN = 2
"""Cells above and below that must agree before the one between them is called odd."""
UNIFORM = 0.6
"""Share of a column's cells that must have one formula before the column is taken for one of a table."""
WIDTH_SLACK = 0.5
"""Characters by which the widths of columns may differ; programs round them."""


def along(facts: Facts) -> Iterator[Fault]:
    """Rows in which a cell has another formula than the cells beside it, or none."""
    for sheet in facts.sheets:
        for rows in blocks(sheet):
            groups = families(sheet, rows)
            for cells in (sheet.rows.get(row, ()) for row in rows):
                for family in () if _of_claim(cells) else groups:
                    yield from _odd_in_row(facts, [cell for cell in cells if cell.place.column in family])
        if not header_row(sheet):  # else lines of different kinds stand below each other
            yield from _odd_in_columns(sheet)


def _of_claim(row: tuple[CellFact, ...]) -> bool:
    """Whether a row shows the cells that a sentence speaks of, wherever they are."""
    return any(cell.look.role is Role.CLAIM for cell in row)


def _odd_in_row(facts: Facts, cells: list[CellFact]) -> Iterator[Fault]:
    forms = Counter(cell.formula.relative for cell in cells if cell.formula is not None)
    if not forms:
        return
    usual, count = forms.most_common(1)[0]
    home = next(cell for cell in cells if cell.formula is not None and cell.formula.relative == usual)
    at = address(home.place.row, home.place.column)
    for cell in cells:
        if cell.formula is None:
            # Figures typed in before the formulas begin are actuals before a forecast.
            most = count >= RUN and count * 2 >= len(cells)
            after = cell.kind is Kind.NUMBER and cell.place.column > home.place.column
            if most and after and _gives_figure(facts, home, cell):
                yield cell.fault(f"A typed-in figure stands in a row of formulas such as that of {at}.")
        elif cell.formula.relative != usual and count * 2 >= sum(forms.values()):
            yield cell.fault(f"The formula differs from that of {at} in the same row.")


def _gives_figure(facts: Facts, home: CellFact, cell: CellFact) -> bool:
    """Whether the row's formula would give a figure where one is typed in; a change from zero, say, gives none."""
    if facts.engine is None:
        return True
    from formualizer import ExcelEvaluationError  # noqa: PLC0415

    place = cell.place
    start, end = address(home.place.row, home.place.column), address(place.row, place.column)
    try:
        facts.engine.set_formula(
            place.sheet, place.row, place.column, Translator(str(home.content), start).translate_formula(end)
        )
        value = facts.engine.evaluate_cell(place.sheet, place.row, place.column)
    except (TranslatorError, ValueError, RuntimeError, ExcelEvaluationError):
        return True
    finally:
        facts.engine.set_value(place.sheet, place.row, place.column, cell.content)
        facts.engine.evaluate_all()
    return is_number(value)


def _odd_in_columns(sheet: SheetFact) -> Iterator[Fault]:
    """Cells of a table, read line by line, that do not do as those above and below them do."""
    columns: dict[int, list[CellFact]] = {}
    for cell in sheet.cells.values():
        if cell.kind in (Kind.FORMULA, Kind.NUMBER):
            columns.setdefault(cell.place.column, []).append(cell)
    for cells in columns.values():
        found = Counter(cell.formula.relative for cell in cells if cell.formula is not None)
        if not found or found.most_common(1)[0][1] < UNIFORM * len(cells):
            continue
        for at in range(RUN, len(cells) - RUN):
            near = [*cells[at - RUN : at], *cells[at + 1 : at + RUN + 1]]
            forms = {cell.formula.relative if cell.formula and _reads_own_row(cell) else "" for cell in near}
            odd = cells[at]
            if len(forms) != 1 or "" in forms or (odd.formula and odd.formula.relative in forms):
                continue
            row = sheet.rows[odd.place.row]
            if near[-1].place.row - near[0].place.row == 2 * RUN and not _runs_along(row, odd) and not _of_claim(row):
                what = "The formula differs from" if odd.formula else "A typed-in figure stands between"
                yield odd.fault(f"{what} the formulas above and below it.")


def _reads_own_row(cell: CellFact) -> bool:
    assert cell.formula is not None
    areas = [area for area in cell.formula.areas if area.sheet == cell.place.sheet]
    return bool(areas) and any(area.first_row == area.last_row == cell.place.row for area in areas)


def _runs_along(row: tuple[CellFact, ...], odd: CellFact) -> bool:
    """Whether the cell does as another in its row does; a total between lines goes its own way."""
    if odd.formula is None:
        return False
    return any(c is not odd and c.formula is not None and c.formula.relative == odd.formula.relative for c in row)


def same_columns(facts: Facts) -> Iterator[Fault]:
    """Sheets that show the same periods in other columns or widths."""
    first: dict[tuple[str, ...], tuple[SheetFact, dict[str, int]]] = {}
    for sheet in facts.sheets:
        heads = _headings(sheet)
        if not heads:
            continue
        earlier, places = first.setdefault(tuple(sorted(heads)), (sheet, heads))
        if earlier is sheet:
            continue
        for heading, column in heads.items():
            there = places[heading]
            shown = heading.replace("\n", " ")
            here = column_letters(column)
            if there != column:
                yield sheet.fault(
                    f"'{shown}' is in column {here} here and in column {column_letters(there)} on {earlier.name}."
                )
            elif abs(sheet.width(column) - earlier.width(column)) > WIDTH_SLACK:
                yield sheet.fault(f"Column {here} is not as wide as on {earlier.name}, of the same periods.")


def _headings(sheet: SheetFact) -> dict[str, int]:
    """Headings of the periods side by side -> their columns; what is derived from a period names it again."""
    found: dict[str, int] = {}
    for cell in sheet.rows.get(header_row(sheet), ()):
        if not heads_period(cell):
            if found:
                break
            continue
        words = _words(cell)
        if any(earlier in words for earlier in found):
            break
        found[words] = cell.place.column
    return found if len(found) > 1 else {}


def _words(cell: CellFact) -> str:
    content = cell.content
    if isinstance(content, date):
        return f"{content:%Y-%m-%d}"
    return str(content) if is_year(cell) else "\n".join(" ".join(line.split()) for line in str(content).split("\n"))


RULES = (
    Rule("row", "One formula runs along each row, or down each column of a table.", "20 Principles 12", along),
    Rule("columns", "Sheets with the same periods have the same columns and widths.", "FAST 2.01-01", same_columns),
)
