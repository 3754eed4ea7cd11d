"""Which figure columns a text over them stands for, told by position and by the rules beneath."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.model.document import Cell
from xlsx_builder.read.columns import FigureColumn
from xlsx_builder.read.regions import SLACK, Chunk, chunks, is_mark

_TIMES = re.compile(r"(?:19|20)\d\d|ended|ending|months|weeks|quarter|year", re.IGNORECASE)
_WORD = re.compile(r"\S+")
OVERLAP = 0.5
"""Cost of each character over a column that a text is not said to stand for."""
UNNAMED = 1.0
"""Cost of a column that no text of a line of periods stands for: such a line mostly covers them all."""
UNTOUCHED = 1.5
"""Cost of a column that a text stands for without touching it; a period is mostly set over several, so it is free."""
WIDER = 0.1
"""Cost of each column more, so that of equals the narrow reading is taken."""


def header_cells(
    text: str, columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]] = ()
) -> tuple[str, tuple[Cell, ...]]:
    """What stands over the stub, and a cell for each text over the figure columns.

    Args:
        text: A line without figures.
        columns: The figure columns of its table.
        rule: Strokes of the ruled line directly beneath.

    Returns:
        Label and cells.
    """
    left = columns[0].left
    label: list[str] = []
    over: list[Chunk] = []
    across: list[Cell] = []
    for chunk in chunks(text):
        if over or chunk.start >= left - SLACK:
            over += [] if is_mark(chunk.text) else [chunk]
        elif chunk.end > columns[0].centre:
            across.append(Cell(chunk.text, 0, _reach(chunk, columns)))
        else:
            label.append(chunk.text)
    parts = [part for chunk in over for part in _split(chunk, columns, rule)]
    words = [part for chunk in parts for part in _split_words(chunk, columns)]
    if len(words) == len(columns):
        parts = words
    cells = (Cell(part.text, first + 1, last + 1) for part, (first, last) in _spans(parts, columns, rule))
    return "  ".join(label), (*across, *cells)


def _reach(chunk: Chunk, columns: Sequence[FigureColumn]) -> int:
    """The last column, from 1, that a text reaches."""
    return sum(column.left < chunk.end for column in columns)


def _split(chunk: Chunk, columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]]) -> list[Chunk]:
    """Texts of several columns that only single spaces set apart, each by itself."""
    words = [Chunk(w.group(), chunk.start + w.start(), chunk.start + w.end()) for w in _WORD.finditer(chunk.text)]
    under = [stroke for stroke in rule if stroke[0] < chunk.end and chunk.start < stroke[1]]
    if len(under) > 1:
        parts = [[w for w in words if _nearest(w, under) == place] for place in range(len(under))]
        if all(parts):
            return [_joined(part) for part in parts]
    for count in range(min(len(columns), len(words)), 1, -1):
        if len(words) % count:
            continue
        size = len(words) // count
        groups = [words[place : place + size] for place in range(0, len(words), size)]
        alike = [_joined(group) for group in groups]
        numbered = any(character.isdigit() for character in alike[0].text)
        if numbered and len({_shape(part.text) for part in alike}) == 1 and _each_over_one(alike, columns, SLACK):
            return alike
    return [chunk]


def _split_words(chunk: Chunk, columns: Sequence[FigureColumn]) -> list[Chunk]:
    """Mere words that stand over a column each, to the character."""
    words = [Chunk(w.group(), chunk.start + w.start(), chunk.start + w.end()) for w in _WORD.finditer(chunk.text)]
    return words if len(words) > 1 and _each_over_one(words, columns, 1) else [chunk]


def _nearest(word: Chunk, strokes: Sequence[tuple[int, int]]) -> int:
    """The stroke whose middle is nearest to that of a word."""
    middle = (word.start + word.end) / 2
    return min(range(len(strokes)), key=lambda place: abs(sum(strokes[place]) / 2 - middle))


def _joined(words: Sequence[Chunk]) -> Chunk:
    """Neighbouring words as one text."""
    return Chunk(" ".join(word.text for word in words), words[0].start, words[-1].end)


def _shape(text: str) -> str:
    """'June 28,' -> 'A 9,': what texts of one kind have in common."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d]+", "A", text))


def _each_over_one(parts: Sequence[Chunk], columns: Sequence[FigureColumn], within: int) -> bool:
    """Whether texts stand over a column each, so near to it."""
    places = [min(range(len(columns)), key=lambda place: _one(part, columns[place])) for part in parts]
    near = all(_one(part, columns[place]) <= within for part, place in zip(parts, places, strict=True))
    return near and len(set(places)) == len(places)


def _one(chunk: Chunk, column: FigureColumn) -> float:
    """How far a text stands from one column, whichever way it is set."""
    centre = (chunk.start + chunk.end) / 2
    return min(abs(centre - column.centre), abs(chunk.end - column.right), abs(chunk.end - column.edge))


def _spans(
    parts: Sequence[Chunk], columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]]
) -> list[tuple[Chunk, tuple[int, int]]]:
    """The columns, from 0, that each text stands for: the cheapest reading of the whole line."""
    unnamed = UNNAMED if any(_TIMES.search(part.text) for part in parts) else WIDER
    fixed = [_ruled(part, parts, columns, rule) for part in parts]
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for part, known in zip(parts, fixed, strict=True):
        step: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for free, (cost, chosen) in best.items():
            for first in range(free, len(columns)):
                for last in range(first, len(columns)):
                    fit = 0.0 if (first, last) == known else _fit(part, first, last, columns) + bool(known) * SLACK
                    found = (cost + fit + (first - free) * unnamed, (*chosen, (first, last)))
                    if last + 1 not in step or found < step[last + 1]:
                        step[last + 1] = found
        best = step or best
    ends = [(cost + (len(columns) - free) * unnamed, chosen) for free, (cost, chosen) in best.items()]
    return list(zip(parts, min(ends)[1], strict=False))


def _ruled(
    part: Chunk, parts: Sequence[Chunk], columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The columns over which the stroke under a text runs, if it runs under this text alone."""
    under = [s for s in rule if s[0] < part.end and part.start < s[1] and s[0] > columns[0].left - 2 * SLACK]
    if len(under) != 1 or sum(under[0][0] < other.end and other.start < under[0][1] for other in parts) > 1:
        return None
    start, end = under[0]
    covered = [place for place, column in enumerate(columns) if start <= column.centre <= end]
    return (covered[0], covered[-1]) if covered else None


def _fit(part: Chunk, first: int, last: int, columns: Sequence[FigureColumn]) -> float:
    """The cost of reading a text as standing over some columns."""
    centre = (part.start + part.end) / 2
    middle = (columns[first].left + columns[last].right) / 2
    off = _one(part, columns[first]) if first == last else abs(centre - middle)
    outside = sum(
        max(0, min(part.end, column.right) - max(part.start, column.left))
        for place, column in enumerate(columns)
        if not first <= place <= last
    )
    apart = sum(part.end <= column.left or column.right <= part.start for column in columns[first : last + 1])
    far = apart * (WIDER if _TIMES.search(part.text) else UNTOUCHED)
    return off + OVERLAP * outside + WIDER * (last - first) + far
