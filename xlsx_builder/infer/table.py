"""Sums among the cells of any table, down its columns and along its rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from math import gcd

from msgspec.structs import replace

from xlsx_builder.infer.above import backward_sums, ordered_sums
from xlsx_builder.infer.cells import is_untold, number, significant, table_format
from xlsx_builder.infer.choose import Sum, part_lines, relation, whole_line
from xlsx_builder.infer.cues import TOTAL, TOTAL_BITS
from xlsx_builder.infer.grid import Digits, Grid, Hint, Search
from xlsx_builder.infer.leftovers import leftover_sums
from xlsx_builder.infer.means import is_average, means
from xlsx_builder.infer.rounding import MAX_DECIMALS, Figure, Series, column_agreement, figure
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.table import YEARS, CellAverage, CellSum, Number, TableSums

TABLE = Search(
    reach=10_000,
    beam=4,
    shapes=frozenset({"added", "repeated", "deducted"}),
    keys=3,
    hits=4,
    failures=0.5,
    rounded=-6.0,
)
"""Any table: many columns, some of which do not add up; what is labelled a sum is a total of its parts."""
CHANGE = regex(r"\b(?:ch(?:an)?ge?|diff(?:erence)?|variance|increase|decrease)\b", re.IGNORECASE)
"""How tables call what lies between two figures."""
MOST = 0.7
"""Share of a line's figures that tell what it holds; beside them may stand an average or two."""
AVERAGES_FAIL = 0.2
"""Share of the columns in which a line of averages may show something else."""
ROUNDED_CELLS = 20
"""From so many figures on a common factor is their rounding and no accident."""


def table_sums(rows: Sequence[Sequence[str]]) -> tuple[CellSum, ...]:
    """The sums among the cells of a table.

    Args:
        rows: The cells as text, row by row; rows may be of unequal length.
    """
    return searched(rows).sums


def searched(rows: Sequence[Sequence[str]]) -> TableSums:
    """The sums among the cells of a table, and how far the search went."""
    down = down_grid(rows, parsed(rows))
    by_row, limited_rows = both_ways(down)
    along = across(down, rows)
    by_column, limited_columns = both_ways(along)
    found: dict[tuple[tuple[int, int], frozenset[tuple[int, int, int]]], CellSum] = {}
    sums = (*down_sums(down, by_row), *across_sums(along, by_column))
    for one in (change_last(result_last(each), rows) for each in sums):
        row, column = one.cell
        if not is_untold(rows[row][column]):
            found.setdefault((one.cell, frozenset(one.terms)), one)
    averages = (*cell_averages(down, rows), *map(turned, cell_averages(along, list(zip_longest(*rows, fillvalue="")))))
    return TableSums(tuple(found.values()), averages, limited_rows + limited_columns)


def cell_averages(grid: Grid, rows: Sequence[Sequence[str]]) -> list[CellAverage]:
    """The averages of lines that call themselves so, column by column."""
    worded = {line for line, cells in enumerate(rows) if any(map(is_average, cells)) and any(grid.lines[line])}
    return [
        CellAverage(
            (one.total, column), tuple((line, column) for line in sorted(one.lines) if grid.lines[line][column])
        )
        for one in means(grid, worded, AVERAGES_FAIL)
        for column in one.columns
    ]


def turned(one: CellAverage) -> CellAverage:
    """An average of columns, found in the table on its side."""
    return CellAverage(one.cell[::-1], tuple((row, column) for column, row in one.parts))


def result_last(one: CellSum) -> CellSum:
    """The same relation read as people do: a = d - b - c as d = a + b + c where d stands last."""
    *others, last = sorted(one.terms)
    if last[:2] < one.cell or last[2] != 1 or not others or any(weight != -1 for _, _, weight in others):
        return one
    return CellSum(last[:2], tuple(sorted(((*one.cell, 1), *((row, column, 1) for row, column, _ in others)))))


def change_last(one: CellSum, rows: Sequence[Sequence[str]]) -> CellSum:
    """'This year = last year + change' read as people do, where a heading or label calls the last cell a change."""
    *others, last = sorted(one.terms)
    if len(others) != 1 or last[:2] < one.cell or any(weight != 1 for _, _, weight in one.terms):
        return one
    row, column, _ = last
    above = [cells[column] for cells in rows[row::-1] if column < len(cells)]
    words = next((text for text in (above if row == one.cell[0] else rows[row]) if any(map(str.isalpha, text))), "")
    if not CHANGE.search(words):
        return one
    return CellSum(last[:2], tuple(sorted(((*one.cell, 1), (*others[0][:2], -1)))))


def parsed(rows: Sequence[Sequence[str]]) -> list[list[Number | None]]:
    """The figures of a table, rows of equal length."""
    style = table_format(rows)
    width = max(map(len, rows), default=0)
    return [[number(cell, style) for cell in row] + [None] * (width - len(row)) for row in rows]


def down_grid(rows: Sequence[Sequence[str]], numbers: Sequence[Sequence[Number | None]]) -> Grid:
    """The rows of a table as lines of a grid."""
    width = len(numbers[0]) if numbers else 0
    digits = [
        max((min(MAX_DECIMALS, significant(cell.value)) for row in numbers if (cell := row[at])), default=0)
        for at in range(width)
    ]
    finest = max(digits, default=0)
    coarse = coarseness(numbers)
    lines: list[tuple[Figure | None, ...]] = []
    hints: list[Hint] = []
    block = 0
    for cells, row in zip(rows, numbers, strict=True):
        header = is_header([cell.value for cell in row if cell], first=not any(map(any, lines)))
        line = tuple(
            None if cell is None or header else rounded(figure(cell.value, digits[at], finest, cell.percent), coarse)
            for at, cell in enumerate(row)
        )
        block += not any(line)
        lines.append(line)
        hints.append(label_hint(cells, block))
    return table_grid(lines, hints, finest)


def is_header(values: Sequence[Decimal], *, first: bool) -> bool:
    """Whether the figures of a row are the years of its columns; two alone only where no figures stand above."""
    following = first and len(values) == 2 and abs(values[0] - values[1]) == 1
    return (len(values) > 2 or following) and all(value in YEARS for value in values)


def rounded(cell: Figure, coarse: int) -> Figure:
    """A figure that is rounded to a multiple of some unit."""
    return cell if coarse == 1 else replace(cell, radius=cell.radius * coarse)


def coarseness(numbers: Sequence[Sequence[Number | None]]) -> int:
    """The unit that every figure of a table is rounded to, where that is more than one: 5, 10, 1000."""
    whole = [cell.value for row in numbers for cell in row if cell and cell.value and cell.value not in YEARS]
    if len(whole) < ROUNDED_CELLS or any(value != int(value) for value in whole):
        return 1
    return gcd(*(int(value) for value in whole))


def table_grid(lines: Sequence[Series], hints: Sequence[Hint], finest: int) -> Grid:
    """Lines that share columns, with the digits that each needs."""
    fineness = tuple(line_digits(line, finest) for line in lines)
    width = len(lines[0]) if lines else 0
    columns = tuple(at for at in range(width) if any(line[at] for line in lines))
    return Grid(tuple(lines), tuple(hints), columns, finest, search=TABLE, fineness=fineness)


def line_digits(line: Series, finest: int) -> Digits:
    """Whether a line needs digits after the point."""
    unit = 2 * 10**finest
    filled = sorted(cell.centre % unit != 0 for cell in line if cell is not None and cell.centre)
    return Digits(filled[int(len(filled) * (1 - MOST))], filled[int(len(filled) * MOST)]) if filled else Digits()


def label_hint(cells: Sequence[str], block: int) -> Hint:
    """What the words of a row or column say."""
    total = any(TOTAL.search(cell) for cell in cells)
    return Hint(block, TOTAL_BITS if total else 0.0, ("total wording",) if total else ())


def across(grid: Grid, rows: Sequence[Sequence[str]]) -> Grid:
    """The columns of a table as lines of a grid."""
    lines = tuple(zip(*grid.lines, strict=True))
    block = 0
    hints = []
    for column, line in enumerate(lines):
        block += not any(line)
        hints.append(label_hint([row[column] for row in rows if column < len(row)], block))
    return table_grid(lines, hints, grid.finest)


def down_sums(grid: Grid, sums: Sequence[Sum]) -> Iterator[CellSum]:
    """Sums of rows, column by column."""
    for one in sums:
        for column in grid.columns:
            if holds(grid, one, column):
                terms = ((line, column, weight) for line, weight in one.terms if grid.lines[line][column])
                yield CellSum((one.total, column), tuple(terms))


def across_sums(grid: Grid, sums: Sequence[Sum]) -> Iterator[CellSum]:
    """Sums of columns, row by row."""
    for one in down_sums(grid, sums):
        terms = tuple((row, column, weight) for column, row, weight in one.terms)
        yield CellSum((one.cell[1], one.cell[0]), terms)


def both_ways(grid: Grid) -> tuple[list[Sum], int]:
    """Sums with the total after its terms and before them, and the number of lines for which not all were tried.

    Lines that one way has taken are hidden from the other.
    """
    lines = [line for line, cells in enumerate(grid.lines) if any(cells)]
    (forward, stopped), (backward, halted) = ordered_sums(grid, lines), backward_sums(grid, lines)
    chosen = settled([*forward, *backward])
    known = {id(one) for one in forward}
    ahead = {line for one in chosen if id(one) not in known for line, _ in one.terms}
    behind = {line for one in chosen if id(one) in known for line, _ in one.terms}
    found = [*forward, *backward]
    if ahead:
        found += ordered_sums(grid, [line for line in lines if line not in ahead])[0]
    if behind:
        found += backward_sums(grid, [line for line in lines if line not in behind])[0]
    ordered = fullest(grid, consistent(distinct(found)))
    explained = {line for one in ordered for line in (one.total, whole_line(one))}
    left, limited = leftover_sums(grid, explained, ordered)
    told = fullest(grid, consistent(distinct([*ordered, *left])))
    return told, len((stopped | halted | limited).difference(*map(relation, told)))


def fullest(grid: Grid, sums: Sequence[Sum]) -> list[Sum]:
    """The sums that are no part of another one, seen where its other lines are zero."""
    rows = [(one, relation(one), {column for column in grid.columns if holds(grid, one, column)}) for one in sums]
    having = defaultdict(list)
    for _, lines, held in rows:
        for line in lines:
            having[line].append((lines, held))
    return [
        one
        for one, lines, held in rows
        if not any(lines < others and held < more for others, more in having[one.total])
    ]


def distinct(sums: Sequence[Sum]) -> list[Sum]:
    """The sums, each relation once, in its most credible form."""
    kept: dict[frozenset[int], Sum] = {}
    for one in sorted(sums, key=lambda one: -one.bits):
        kept.setdefault(relation(one), one)
    return list(kept.values())


def consistent(sums: Sequence[Sum]) -> list[Sum]:
    """The sums without those that count a whole and its parts, or that give parts to a second whole.

    Nor does a whole come from what its parts are made of: of two sums of one total, that of its subtotals stays.
    """
    below: dict[int, list[set[int]]] = defaultdict(list)
    for one in sums:
        below[whole_line(one)].append(part_lines(one))
    level = {whole: set().union(*parts) for whole, parts in below.items()}
    summed = {one.total for one in sums if one.shape != "repeated"}
    kept: list[Sum] = []
    wholes: set[frozenset[int]] = set()
    for one in sums:
        parts = frozenset(part_lines(one))
        beside = level[whole_line(one)]
        if one.shape == "repeated" and one.total in summed:
            continue
        if parts not in wholes and not any(inner < parts for line in beside for inner in below.get(line, ())):
            wholes.add(parts)
            kept.append(one)
    return kept


def settled(sums: Sequence[Sum]) -> list[Sum]:
    """The most credible sums, each line a part of one whole at most."""
    kept: list[Sum] = []
    taken: set[int] = set()
    for one in sorted(sums, key=lambda one: -one.bits):
        parts = part_lines(one)
        if not parts & taken:
            taken |= parts
            kept.append(one)
    return kept


def holds(grid: Grid, one: Sum, column: int) -> bool:
    """Whether a sum of lines holds in one column, with something in it."""
    total = grid.lines[one.total][column]
    terms = [(weight, cell) for line, weight in one.terms if (cell := grid.lines[line][column]) is not None]
    return total is not None and bool(terms) and column_agreement(total, terms)[0]
