"""Where everything of a statement stands on its sheet: rows, columns, headings, before any cell has a content."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.statement import ColumnRole, Heading, LineItem, Statement, Statements
from xlsx_builder.model.workbook import CellRange, CellRef
from xlsx_builder.plan.common_size import shared_columns, whole_of
from xlsx_builder.plan.comparable import Pair, comparable_pairs
from xlsx_builder.plan.headings import column_headings
from xlsx_builder.plan.names import ending, sheet_names

TITLE_ROW, SUBTITLE_ROW, FLAG_ROW, HEADING_ROW = 1, 2, 3, 5
FIRST_ROW = HEADING_ROW + 1
LABEL, UNIT, FIRST_FIGURE = 1, 2, 3
"""Columns of all sheets with figures."""


class Measure(Enum):
    """What a column beside the printed ones computes of a pair."""

    CHANGE = "Change"
    PERCENT = "% change"
    SHARE = "% of"
    """Of the line that is the whole, in one period."""


class Analysis(Struct, frozen=True):
    """A column beside the printed ones."""

    measure: Measure
    pair: Pair
    """Of a share, twice the same column."""
    whole: str = ""
    """Id of the line that the lines are shares of."""
    name: str = ""
    """What the whole is called: 'sales'."""


class Layout(Struct, frozen=True):
    """A statement's place in the workbook."""

    statement: Statement
    sheet: str
    headings: tuple[str, ...]
    """Of the printed columns."""
    analyses: tuple[Analysis, ...]
    rows: Mapping[str, int]
    """Id of a line item, or 'heading <index>' -> sheet row."""

    def column(self, index: int) -> int:
        """Sheet column of a printed column, from 0."""
        return FIRST_FIGURE + index

    @property
    def source_column(self) -> int:
        """Sheet column of the citations."""
        return FIRST_FIGURE + len(self.headings) + len(self.analyses)

    @property
    def last_row(self) -> int:
        """The last row that the print fills."""
        return max(self.rows.values(), default=HEADING_ROW)

    def shares(self, whole: str) -> dict[int, int]:
        """Printed column -> the sheet column that shows its lines as shares of a line."""
        first = self.column(len(self.headings))
        return {a.pair.new: first + place for place, a in enumerate(self.analyses) if whole and a.whole == whole}

    def cell(self, line: str, index: int) -> CellRef:
        """The cell of a line's figure in a printed column."""
        return CellRef(self.sheet, self.rows[line], self.column(index))

    def heading_range(self) -> CellRange:
        """The headings of the printed columns."""
        last = self.column(len(self.headings) - 1)
        return CellRange(CellRef(self.sheet, HEADING_ROW, FIRST_FIGURE), CellRef(self.sheet, HEADING_ROW, last))


def layouts(statements: Statements, totals: Collection[str]) -> tuple[Layout, ...]:
    """The layout of each statement; one that has no title takes that of the sum it ends in, if one of `totals`."""
    untitled = frozenset(statement.id for statement in statements.statements if not statement.title)
    titled = tuple(
        replace(statement, title=ending(statement, totals)) if statement.id in untitled else statement
        for statement in statements.statements
    )
    names = sheet_names(titled, statements.company, untitled)
    return tuple(_layout(statement, name) for statement, name in zip(titled, names, strict=True))


def _layout(statement: Statement, sheet: str) -> Layout:
    return Layout(statement, sheet, column_headings(statement.columns), analyses_of(statement), _rows(statement))


def analyses_of(statement: Statement) -> tuple[Analysis, ...]:
    """The columns to add: changes of each pair, then common size, but nothing that is printed itself."""
    printed = {column.role for column in statement.columns}
    measures = [
        measure
        for measure, role in (
            (Measure.CHANGE, ColumnRole.CHANGE),
            (Measure.PERCENT, ColumnRole.PERCENT_CHANGE),
        )
        if role not in printed
    ]
    changes = (Analysis(measure, pair) for pair in comparable_pairs(statement.columns) for measure in measures)
    return (*changes, *_shares(statement))


def _shares(statement: Statement) -> Iterator[Analysis]:
    found = whole_of(statement)
    if found is not None:
        line, name = found
        for index in shared_columns(statement, line):
            yield Analysis(Measure.SHARE, Pair(index, index), line.id, name)


def analysis_headings(analyses: tuple[Analysis, ...], headings: tuple[str, ...]) -> tuple[str, ...]:
    """% change / 3 months ended / Sep 30, 2003; and against what, where a period is compared with several."""
    bases = {(a.pair.new, a.pair.old) for a in analyses if not a.whole}
    several = {new for new, old in bases if any(n == new and o != old for n, o in bases)}
    return tuple(
        f"{a.measure.value}{f' {a.name}' if a.name else ''}\n{headings[a.pair.new]}"
        + (f"\nfrom {_last_line(headings[a.pair.old])}" if a.pair.new in several and not a.whole else "")
        for a in analyses
    )


def _last_line(heading: str) -> str:
    return heading.rpartition("\n")[2]


def heading_key(index: int) -> str:
    """How `Layout.rows` calls the heading at this place among the lines."""
    return f"heading {index}"


def _rows(statement: Statement) -> dict[str, int]:
    rows: dict[str, int] = {}
    row = FIRST_ROW
    for index, line in enumerate(statement.lines):
        if isinstance(line, Heading) and line.depth == 0 and row > FIRST_ROW:
            row += 1  # an empty row sets the blocks of a statement apart
        rows[line.id if isinstance(line, LineItem) else heading_key(index)] = row
        row += 1
    return rows
