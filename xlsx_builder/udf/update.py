"""Read a release again and put its figures into the input cells of an open workbook, touching nothing else.

    RunPython "from xlsx_builder.udf.update import update_caller; update_caller()"

A cell is found by the words beside and above it, so rows and columns that an analyst has inserted do no harm. Either
all inputs have their place, or nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import Role, Workbook
from xlsx_builder.model.workbook import Sheet as PlannedSheet
from xlsx_builder.pipeline import Model, planned
from xlsx_builder.udf.lookup import Found
from xlsx_builder.udf.recompute import RELEASE_ROW, SHEET, VALUE
from xlsx_builder.udf.releases import path_of
from xlsx_builder.udf.values import Block, UdfError, Value

WORDS = frozenset({Role.LABEL, Role.UNIT})
"""What names a row."""
MOST_NAMED = 5
"""Places that a message lists; all of them would not fit in a box."""
SAME = 1e-12
"""Relative difference of two binary numbers that print the same."""


class OpenSheet(Protocol):
    """A sheet of an open workbook, from its first cell on."""

    def values(self) -> Block:
        """The values of its cells."""

    def formulas(self) -> tuple[tuple[str, ...], ...]:
        """Formulas and constants as text, as wide and high as the values."""

    def write(self, row: int, column: int, value: float) -> None:
        """Put a figure into a cell."""

    def unlocked(self) -> AbstractContextManager[None]:
        """Lifts the sheet's protection for a while."""


OpenBook = Mapping[str, OpenSheet]
"""An open workbook: its sheets by name."""


class Write(Struct, frozen=True):
    """A figure for a cell of the open workbook."""

    sheet: str
    row: int
    column: int
    value: float


class Update(Struct, frozen=True):
    """What an update would write, what it leaves, and what it cannot place."""

    writes: tuple[Write, ...]
    """Only figures that are not there yet."""
    found: int
    """Figures of the release that have their cell."""
    kept: tuple[str, ...]
    """Formulas that come to another figure than the release prints; Checks tells of them too."""
    missing: tuple[str, ...]
    """Figures of statements that have no cell."""


def update_caller() -> None:
    """Update the workbook that called, and tell in a box what was done."""
    import xlwings  # noqa: PLC0415  (only where it is Excel that asks)

    from xlsx_builder.udf.excel_book import book_of  # noqa: PLC0415

    book = xlwings.Book.caller()
    book.app.alert(message_of_update(book_of(book)), title="xlsx-builder")


def message_of_update(book: OpenBook, release: Path | None = None) -> str:
    """Update the workbook, and say in a few words what was done or why not."""
    try:
        source = release or release_of(book)
        done = update(book, source)
    except ReleaseError as error:
        return str(error)
    if done.missing:
        return (
            f"Nothing was changed: {len(done.missing)} figures of {source.name} have no cell in this workbook.\n"
            f"{_listed(done.missing)}\nIt is a release of another period or form; build a new workbook from it."
        )
    kept = ""
    if done.kept:
        kept = f"\n{len(done.kept)} formulas come to another figure than is printed:\n{_listed(done.kept)}"
    return (
        f"{source.name}: {done.found} figures read, {len(done.writes)} cells changed. The sheets Release and Claims "
        f"still show the text that the workbook was built from.{kept}"
    )


def _listed(places: tuple[str, ...]) -> str:
    more = f"\n- and {len(places) - MOST_NAMED} more" if len(places) > MOST_NAMED else ""
    return "\n".join(f"- {place}" for place in places[:MOST_NAMED]) + more


def release_of(book: OpenBook) -> Path:
    """The release that the sheet Recompute names.

    Raises:
        ReleaseError: it names none.
    """
    if SHEET not in book:
        raise ReleaseError(f"There is no sheet {SHEET} in this workbook, which names the release to read.")
    rows = book[SHEET].values()
    cell = rows[RELEASE_ROW - 1][VALUE - 1] if len(rows) >= RELEASE_ROW and len(rows[0]) >= VALUE else None
    try:
        return path_of(cell)
    except UdfError as error:
        raise ReleaseError(f"Cell B{RELEASE_ROW} of the sheet {SHEET} names no release.") from error


def update(book: OpenBook, release: Path) -> Update:
    """Read a release and write its figures; nothing is written where one of them has no place.

    Raises:
        ReleaseError: nothing can be read from the release.
    """
    found = compared(book, *planned(release))
    if not found.missing:
        for name in dict.fromkeys(write.sheet for write in found.writes):
            with book[name].unlocked():
                for write in found.writes:
                    if write.sheet == name:
                        book[name].write(write.row, write.column, write.value)
    return found


def compared(book: OpenBook, model: Model, workbook: Workbook) -> Update:
    """What differs between the figures of a release and those of an open workbook."""
    figures = _figures(model, workbook)
    parts = [_of_sheet(book, sheet, figures.get(sheet.name, {})) for sheet in workbook.sheets]
    return Update(
        tuple(write for part in parts for write in part.writes),
        sum(part.found for part in parts),
        tuple(place for part in parts for place in part.kept),
        tuple(place for part in parts for place in part.missing),
    )


class Figure(Struct, frozen=True):
    """A printed figure."""

    value: float
    slack: float
    """Half a unit of its last digit: a formula that comes this near shows what is printed."""


Figures = Mapping[tuple[int, int], Figure]
"""Planned row and column of a sheet -> figure."""


def _figures(model: Model, workbook: Workbook) -> dict[str, Figures]:
    """Every printed figure at the cell that a new workbook would have for it, by sheet."""
    found: dict[str, dict[tuple[int, int], Figure]] = {}
    for statement in model.statements.statements:
        for item in statement.items:
            for column, cell in enumerate(workbook.places.get(item.id, ())):
                if cell is not None:
                    there = Found(statement, item, column)
                    figure = Figure(float(there.value), float(there.half_unit))
                    found.setdefault(cell.sheet, {})[(cell.row, cell.column)] = figure
    return dict(found)


def _of_sheet(book: OpenBook, sheet: PlannedSheet, figures: Figures) -> Update:
    reported = {
        (cell.row, cell.column): Figure(float(cell.content), 0)
        for cell in sheet.cells
        if cell.role is Role.REPORTED and isinstance(cell.content, int | Decimal)
    }
    if not figures and not reported:
        return Update((), 0, (), ())
    if sheet.name not in book:
        return Update((), 0, (), (f"the sheet {sheet.name}",))
    named = _named(sheet, {row for row, _ in {**figures, **reported}})
    values, formulas = book[sheet.name].values(), book[sheet.name].formulas()
    there = _places(values, named)
    writes: list[Write] = []
    kept: list[str] = []
    for planned_at, wanted in {**figures, **reported}.items():
        if planned_at not in there:
            continue
        row, column = there[planned_at]
        present, is_formula = values[row - 1][column - 1], formulas[row - 1][column - 1].startswith("=")
        if _same(present, wanted.value, wanted.slack if is_formula else 0):
            continue
        if is_formula:
            kept.append(_phrase(sheet.name, named, planned_at))
        else:
            writes.append(Write(sheet.name, row, column, wanted.value))
    # A check that the workbook does not have is no loss; a figure that it does not have is.
    missing = tuple(_phrase(sheet.name, named, at) for at in figures if at not in there)
    return Update(tuple(writes), sum(at in there for at in figures), tuple(kept), missing)


def _same(present: Value, wanted: float, slack: float) -> bool:
    if isinstance(present, bool) or not isinstance(present, int | float | Decimal):
        return False
    return abs(float(present) - wanted) <= slack + SAME * max(abs(wanted), 1)


class Named(Struct, frozen=True):
    """The words of a planned sheet by which its cells are found."""

    word_columns: tuple[int, ...]
    rows: Mapping[int, tuple[str, ...]]
    """Row -> its words in those columns."""
    columns: Mapping[int, tuple[int, str]]
    """Column -> row and text of its heading."""


def _named(sheet: PlannedSheet, figure_rows: set[int]) -> Named:
    texts = {
        (cell.row, cell.column): _plain(cell.content)
        for cell in sheet.cells
        if cell.role in WORDS and isinstance(cell.content, str)
    }
    columns: dict[int, tuple[int, str]] = {}
    for cell in sorted(sheet.cells, key=lambda each: (each.row, each.column)):
        if cell.role is Role.PERIOD and isinstance(cell.content, str) and cell.content.strip():
            columns.setdefault(cell.column, (cell.row, _plain(cell.content)))
    word_columns = tuple(sorted({column for row, column in texts if row in figure_rows}))
    rows = {row: tuple(texts.get((row, column), "") for column in word_columns) for row in {row for row, _ in texts}}
    return Named(word_columns, rows, columns)


def _places(values: Block, named: Named) -> dict[tuple[int, int], tuple[int, int]]:
    """Planned row and column -> those of the open sheet, for all that can be found again without doubt."""
    columns = _columns(values, named)
    if not set(named.word_columns) <= columns.keys():
        return {}
    present: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(values, start=1):
        cells = (row[columns[column] - 1] for column in named.word_columns)
        present.setdefault(tuple(_plain(cell) if isinstance(cell, str) else "" for cell in cells), []).append(number)
    wanted: dict[tuple[str, ...], list[int]] = {}
    for number, words in sorted(named.rows.items()):
        wanted.setdefault(words, []).append(number)
    rows = {
        planned_row: row
        for words, numbers in wanted.items()
        if len(present.get(words, ())) == len(numbers)  # else nobody can tell which of them is meant
        for planned_row, row in zip(numbers, present[words], strict=True)
    }
    return {(row, column): (rows[row], columns[column]) for row in rows for column in columns}


def _columns(values: Block, named: Named) -> dict[int, int]:
    """Planned column -> column of the open sheet with the same heading; the first of the same for the first."""
    rows = Counter(row for row, _ in named.columns.values())
    wanted = {column: text for column, (row, text) in named.columns.items() if row == max(rows, key=rows.__getitem__)}
    best: dict[int, int] = {}
    for row in values:
        texts = [_plain(cell) if isinstance(cell, str) else "" for cell in row]
        best = max(best, dict(_matched(wanted, texts)), key=len)
    return best


def _matched(wanted: Mapping[int, str], texts: list[str]) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    for column, text in sorted(wanted.items()):
        at = next((place for place, there in enumerate(texts, 1) if there == text and place not in taken), None)
        if at is not None:
            taken.add(at)
            yield column, at


def _plain(text: str) -> str:
    return " ".join(text.split())


def _phrase(sheet: str, named: Named, at: tuple[int, int]) -> str:
    words = " ".join(word for word in named.rows.get(at[0], ()) if word)
    _, heading = named.columns.get(at[1], (0, ""))
    return f"{sheet}: {words or f'row {at[0]}'}, {heading}"
