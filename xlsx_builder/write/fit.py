"""How long texts fit into their cells: beside themselves where the cells are empty, else on several lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import PlannedCell, Role, Sheet

DEFAULT_WIDTH = 8.43
"""Characters of a column of which nothing is said."""
BASE_SIZE = 10
"""Points of the letters that column widths count."""
LINE = 1.3
"""Height of a line as a multiple of its letters' size."""
PADDING = 1.0
"""Characters of a column that stay empty at its edges."""
LEAST_HEIGHT = 14.25
"""Points of a row of one line; Excel's own 12.75 sets figures and rules too close."""
INDENT = 1.2
"""Characters that one level of indentation takes."""
BOLD = 1.1
"""Width of bold letters as a multiple of the others'."""
REMEMBERED = 4_096
"""Texts whose width is kept: the names of lines and periods stand on many sheets, and words in many texts."""
WORD = regex(r"\S+\s*")

WIDTHS = defaultdict(
    lambda: 1.0,
    {
        **dict.fromkeys("ijltf.,:;|!'()[]- ", 0.5),
        **dict.fromkeys("mwMW@%", 1.5),
        **dict.fromkeys("ABCDEFGHKNOPQRSUVXYZ", 1.25),
    },
)
"""Letters much narrower or wider than a digit, and how wide."""


class Type(Struct, frozen=True):
    """What a named style says about its letters."""

    size: float
    wraps: bool
    fixed: bool = False
    """Whether all letters have one width."""
    bold: bool = False


class Fit(Struct, frozen=True):
    """Where texts run on to the right, and how high rows must be."""

    running: frozenset[tuple[int, int]]
    """Cells, by row and column, whose text may run over the empty ones beside it."""
    prose: frozenset[int]
    """Rows with sentences of several lines, where all cells begin at the top."""
    heights: Mapping[int, float]
    """Points; only rows that differ from the usual one."""


def fit(sheet: Sheet, types: Mapping[str, Type], names: Mapping[tuple[int, int], str]) -> Fit:
    """Fit the texts of a sheet.

    Args:
        sheet: The sheet.
        types: Named style -> its letters.
        names: Cell, by row and column -> its named style.
    """
    taken = {(cell.row, cell.column) for cell in sheet.cells if cell.content is not None and cell.content != ""}
    last = max((cell.column for cell in sheet.cells), default=1)
    running: set[tuple[int, int]] = set()
    prose: set[int] = set()
    heights: dict[int, float] = {}
    for cell in sheet.cells:
        if cell.content is None or cell.content == "":
            continue
        letters = types[names[cell.row, cell.column]]
        lines = 1
        if isinstance(cell.content, str) and letters.wraps:
            room = sheet.widths.get(cell.column, DEFAULT_WIDTH)
            lines = text_lines(cell, letters, room)
            beside = sum(_free(cell, taken, last, sheet.widths)) if lines > 1 else 0
            if beside and text_lines(cell, letters, room + beside) == 1:
                running.add((cell.row, cell.column))
                lines = 1
            else:
                prose |= {cell.row} if lines > 1 and cell.role is Role.TEXT else set()
        heights[cell.row] = max(heights.get(cell.row, LEAST_HEIGHT), lines * letters.size * LINE)
    high = {row: round(height, 2) for row, height in heights.items() if height > LEAST_HEIGHT}
    return Fit(frozenset(running), frozenset(prose), {**high, **sheet.heights})


def _free(cell: PlannedCell, taken: set[tuple[int, int]], last: int, widths: Mapping[int, float]) -> Iterator[float]:
    """Widths of the empty cells that follow in the row."""
    for column in range(cell.column + 1, last + 1):
        if (cell.row, column) in taken:
            return
        yield widths.get(column, DEFAULT_WIDTH)


def text_lines(cell: PlannedCell, letters: Type, room: float) -> int:
    """How many lines a text takes in a column of so many characters."""
    scale = letters.size / BASE_SIZE * (BOLD if letters.bold else 1)
    usable = max(room - PADDING - INDENT * cell.indent, 1.0) / scale
    return sum(_wrapped(line, usable, fixed=letters.fixed) for line in str(cell.content).split("\n"))


def _wrapped(line: str, room: float, *, fixed: bool) -> int:
    """Lines that words take where none is parted that fits on a line of its own."""
    if text_width(line, fixed=fixed) <= room:
        return 1
    lines, used = 1, 0.0
    for word in WORD.findall(line):
        width = text_width(word.rstrip(), fixed=fixed)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        more = max(math.ceil(width / room) - 1, 0)
        lines, used = lines + more, used + text_width(word, fixed=fixed) - more * room
    return lines


@lru_cache(maxsize=REMEMBERED)
def text_width(line: str, *, fixed: bool) -> float:
    """The width of a line, counted in digits."""
    return len(line) * 1.08 if fixed else sum(map(WIDTHS.__getitem__, line))
