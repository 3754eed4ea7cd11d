"""Which figure columns a text over them stands for, told by position and by the rules beneath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.document import Cell
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.chunks import SLACK, Chunk, chunks, is_mark, over
from xlsx_builder.read.columns import FigureColumn, widened
from xlsx_builder.read.figures import MONTH, is_date, is_year

_TIMES = regex(r"^\(|ended|ending|months|weeks|quarter|year|\b(?:q[1-4]|h[12])\b|\bfy|guidance|outlook", re.IGNORECASE)
_PHRASE = regex(
    r"(?:for the\s)?(?:(?:three|six|nine|twelve|\d+)\s(?:months?|mos\.?|weeks?)|quarter|years?)\s(?:ended|ending)\b",
    re.IGNORECASE,
)
_OPEN = regex(rf",$|^{MONTH}$", re.IGNORECASE)
"""The end of a word after which the text of a column cannot be over."""
_WORD = regex(r"\S+")
_UNBROKEN = regex(
    rf"{_PHRASE.pattern}(?:\s[^\W\d_]+\.?\s\d+,?)?|fiscal\s(?:year\s)?\d+|[^\W\d_]+\.?\s\d{{1,2}},(?:\s\d{{4}})?",
    re.IGNORECASE,
)
"""What is one text whatever stands beneath it: 'Three Months Ended April 30,', 'June 28, 2003'."""
OVERLAP = 0.5
"""Cost of each character over a column that a text is not said to stand for."""
UNNAMED = 1.0
"""Cost of a column that no text of a line of periods stands for: such a line mostly covers them all."""
COVERED = 9.0
"""Cost of a column that a text covers from end to end and is not said to stand for."""
CENTRED = 2
"""Characters by which the middles of two texts set under each other stay apart, as all their ends are rounded."""
LONG = 10
"""Words of a text that is no row of short column headings."""
UNTOUCHED = 1.5
"""Cost of a column that a text stands for without touching it; a period is mostly set over several, so it is free."""
WIDER = 0.1
"""Cost of each column more, so that of equals the narrow reading is taken."""


class Heading(Struct, frozen=True):
    """A line without figures, as read over the columns of its table."""

    label: str
    """What stands over the stub."""
    cells: tuple[Cell, ...]
    columns: tuple[FigureColumn, ...]
    """The columns with room for the texts, by which the line above is to be read."""
    middles: tuple[float, ...] = ()
    """The middle of each cell on the page."""


def read_heading(
    text: str, left: int, columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]] = ()
) -> Heading:
    """The texts of a line without figures, each with the columns that it stands for.

    Args:
        text: The line.
        left: Where the figures begin.
        columns: The figure columns of its table.
        rule: Strokes of the ruled line directly beneath.

    Returns:
        Label and cells.
    """
    stub = _stub_end(text, left, columns)
    above = _one_for_each(text, columns) or over(" " * stub + text[stub:], left)
    label: list[str] = []
    cells: list[Cell] = []
    for chunk in chunks(text[: above[0].start] if above else text):
        if chunk.end > columns[0].centre:
            cells.append(Cell(chunk.text, 0, sum(column.left < chunk.end for column in columns)))
        else:
            label.append(chunk.text)
    middles = [0.0 for _ in cells]
    for part, (first, last) in _spans(_parts(above, columns, rule), columns, rule):
        cells.append(Cell(part.text, first + 1, last + 1))
        middles.append((part.start + part.end) / 2)
        columns = widened(columns, first, last, (part.start, part.end))
    return Heading("  ".join(label), tuple(cells), tuple(columns), tuple(middles))


def settled(upper: Heading, lower: Heading) -> Heading:
    """The lower of two lines of a header, a text set under the middle of a wider one standing for the same columns.

    Args:
        upper: The line above.
        lower: The line below, which is not the lowest of its header.
    """
    spans = {middle: cell for cell, middle in zip(upper.cells, upper.middles, strict=True)}
    cells = []
    for cell, middle in zip(lower.cells, lower.middles, strict=True):
        over_it = next((spans[m] for m in spans if abs(m - middle) < CENTRED), None)
        others = [c for c in lower.cells if c != cell]
        if over_it and over_it.first <= cell.first and cell.last <= over_it.last:
            free = all(c.last < over_it.first or c.first > over_it.last for c in others)
            cells.append(replace(cell, first=over_it.first, last=over_it.last) if free else cell)
        else:
            cells.append(cell)
    return replace(lower, cells=tuple(cells))


def stacked(upper: str, lower: str) -> bool:
    """Whether each text of a line stands over the middle of one on the line below, as parts of one heading do."""
    middles = [(chunk.start + chunk.end) / 2 for chunk in chunks(lower)]
    own = [(chunk.start + chunk.end) / 2 for chunk in chunks(upper)]
    return bool(own) and all(any(abs(one - other) <= 1 for other in middles) for one in own)


def _stub_end(text: str, left: int, columns: Sequence[FigureColumn]) -> int:
    """Where words over the stub end that run up to the year over the first column; 0 where none do."""
    found = chunks(text)
    words = _WORD.findall(found[0].text) if found else []
    if not words:
        return 0
    first = found[0]
    year = Chunk(words[-1], first.end - len(words[-1]), first.end)
    runs_up = (
        first.start < left - SLACK and _TIMES.search(first.text) and is_year(year.text) and _one(year, columns[0]) <= 1
    )
    return year.start if runs_up else 0


def _one_for_each(text: str, columns: Sequence[FigureColumn]) -> Sequence[Chunk]:
    """Texts as many as columns: years, dates or lengths, though the first be far off; others all equally far off."""
    found = [part for part in chunks(text) if not is_mark(part.text)]
    if len(found) == len(columns) + 1 and found[0].text.startswith("("):
        found = found[1:]  # a scale over the stub
    alike = len({_shape(chunk.text) for chunk in found}) == 1 and any(c.isdigit() for c in found[0].text)
    lengths = all(_PHRASE.match(chunk.text) for chunk in found)
    off = [chunk.start + chunk.end - column.left - column.right for chunk, column in zip(found, columns, strict=False)]
    return found if 1 < len(found) == len(columns) and (alike or lengths or max(off) - min(off) <= SLACK) else ()


def _parts(above: Sequence[Chunk], columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]]) -> list[Chunk]:
    """The texts over the columns, those of several columns that only single spaces set apart each by itself."""
    parts = [part for chunk in above for part in _split(chunk, columns, rule)]
    words = [part for chunk in parts for part in _split_words(chunk, columns)]
    return words if len(words) == len(columns) else parts


def _split(chunk: Chunk, columns: Sequence[FigureColumn], rule: Sequence[tuple[int, int]]) -> list[Chunk]:
    """Texts of several columns that only single spaces set apart, each by itself."""
    words = [Chunk(w.group(), chunk.start + w.start(), chunk.start + w.end()) for w in _WORD.finditer(chunk.text)]
    for place in range(1, len(words)):
        at = words[place].start - chunk.start
        if _PHRASE.match(chunk.text, at) and _TIMES.search(chunk.text[:at]):
            return [_joined(words[:place]), _joined(words[place:])]
    under = [stroke for stroke in rule if stroke[0] < chunk.end and chunk.start < stroke[1]]
    if len(under) > 1:
        parts = [[w for w in words if _nearest(w, under) == place] for place in range(len(under))]
        if all(parts) and not any(_broken(chunk, part[-1].end) for part in parts[:-1]):
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


def _broken(chunk: Chunk, cut: int) -> bool:
    """Whether a cut goes through words that make one text."""
    return any(found.start() < cut - chunk.start < found.end() for found in _UNBROKEN.finditer(chunk.text))


def _split_words(chunk: Chunk, columns: Sequence[FigureColumn]) -> list[Chunk]:
    """Mere words that stand over a column each, to the character; or near it where the same words come again."""
    words = [Chunk(w.group(), chunk.start + w.start(), chunk.start + w.end()) for w in _WORD.finditer(chunk.text)]
    under = [column for column in columns if chunk.start < column.right and column.left < chunk.end]
    if _TIMES.search(chunk.text) or not 1 < len(under) <= len(words) < LONG:
        return [chunk]
    if len(words) == len(columns) and _recur([word.text for word in words]):
        near = (_one(word, column) <= 2 * SLACK for word, column in zip(words, columns, strict=True))
        return words if all(near) else [chunk]
    ends = [place for place in range(1, len(words)) if not _OPEN.search(words[place - 1].text)]
    for cuts in combinations(ends, len(under) - 1):
        groups = [_joined(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
        if all(_one(group, column) <= 1 for group, column in zip(groups, under, strict=True)):
            return groups
    return [chunk]


def _recur(texts: list[str]) -> bool:
    """Whether texts are the first of them once more, or several times."""
    return any(texts[:size] * (len(texts) // size) == texts for size in range(1, len(texts)) if len(texts) % size == 0)


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
    if len(parts) > len(columns):
        return _crowded(parts, columns)
    timely = all(_TIMES.search(part.text) or is_year(part.text) or is_date(part.text) for part in parts)
    unnamed = UNNAMED if timely else WIDER
    alone = len(parts) == 1
    fixed = [_ruled(part, parts, columns, rule) for part in parts]
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for part, known in zip(parts, fixed, strict=True):
        step: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for free, (cost, chosen) in best.items():
            for first in range(free, len(columns)):
                for last in range(first, len(columns)):
                    fit = (
                        0.0
                        if (first, last) == known
                        else _fit(part, (first, last), columns, alone=alone) + bool(known) * SLACK
                    )
                    found = (cost + fit + (first - free) * unnamed, (*chosen, (first, last)))
                    if last + 1 not in step or found < step[last + 1]:
                        step[last + 1] = found
        best = step
    ends = [(cost + (len(columns) - free) * unnamed, chosen) for free, (cost, chosen) in best.items()]
    return list(zip(parts, min(ends)[1], strict=True))


def _crowded(parts: Sequence[Chunk], columns: Sequence[FigureColumn]) -> list[tuple[Chunk, tuple[int, int]]]:
    """Each text over its nearest column, those over one column joined: the words of a header set wide apart."""
    nearest = [min(range(len(columns)), key=lambda place: _one(part, columns[place])) for part in parts]
    return [
        (_joined([part for part, place in zip(parts, nearest, strict=True) if place == column]), (column, column))
        for column in sorted(set(nearest))
    ]


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


def _fit(part: Chunk, span: tuple[int, int], columns: Sequence[FigureColumn], *, alone: bool) -> float:
    """The cost of reading a text as standing over some columns; alone on its line, it easily stands for all."""
    first, last = span
    centre = (part.start + part.end) / 2
    lefts = (columns[first].left, _territory(first, columns))
    middle = min(abs(centre - (left + columns[last].right) / 2) for left in lefts)
    off = _one(part, columns[first]) if first == last else middle
    others = [*columns[:first], *columns[last + 1 :]]
    outside = sum(max(0, min(part.end, column.right) - max(part.start, column.left)) for column in others)
    covered = sum(part.start <= column.left and column.right <= part.end for column in others)
    apart = sum(part.end <= column.left or column.right <= part.start for column in columns[first : last + 1])
    loose = _TIMES.search(part.text) or is_year(part.text) or (alone and last - first + 1 == len(columns))
    far = apart * (WIDER if loose else UNTOUCHED)
    return off + OVERLAP * outside + COVERED * covered + WIDER * (last - first) + far


def _territory(place: int, columns: Sequence[FigureColumn]) -> int:
    """Where the room of a column begins, which its figures need not fill: after the column before it."""
    if place:
        return columns[place - 1].right + 1
    return columns[0].right - (columns[1].right - columns[0].right) + 1 if len(columns) > 1 else columns[0].left
