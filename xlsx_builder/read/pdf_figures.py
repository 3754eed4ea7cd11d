"""The figures of a page made whole: signs set apart, rough words, units on the next line, ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.figures import find_figures
from xlsx_builder.read.grid_affixes import LEAD, PREFIX, SUFFIX, is_figure, is_header_figure
from xlsx_builder.read.grid_split import UNIT, range_of

ROUGH = regex(rf"(?:~\s*)+|{PREFIX.pattern}|~\s*{PREFIX.pattern}")
DOWN = regex(r"(?:down|decreased?)\b", re.IGNORECASE)
NOTHING = regex(r"no change|no impact|unchanged|none|flat|not (?:meaningful|applicable|available)", re.IGNORECASE)
"""Words in the place of a figure."""
GAP = 2
"""Blanks between columns at least."""
TO = "  to "
"""What is set between the ends of a range."""
DIGITS = regex(r".*\d")


class Chunk(Struct, frozen=True):
    """Words of one column of a line."""

    text: str
    left: float
    right: float
    edge: int | None = None
    """Character of the line at which its last digit is to stand; None where that is left to where it was printed."""

    @property
    def figure(self) -> bool:
        """Whether it is a figure, or a range of two."""
        return is_figure(self.text) or range_of(self.text) is not None


def whole_figures(rows: Sequence[Sequence[Chunk]], unit: float, origin: float) -> list[list[Chunk]]:
    """The rows of a page with each figure whole and in a chunk of its own.

    Args:
        rows: The chunks of each line.
        unit: Points that one character stands for.
        origin: Where the first character stands, in points.

    Returns:
        As many rows.
    """
    joined = [[_bare(chunk) for chunk in _joined(row)] for row in rows]
    for place in range(len(joined) - 1):
        joined[place] = _with_units(joined[place], joined[place + 1])
    return _ranges_set(joined, unit, origin)


def _joined(row: Sequence[Chunk]) -> list[Chunk]:
    """'$' and '~' put before, '%' and ')' behind the figure they belong to; the figure keeps its place."""
    made: list[Chunk] = []
    pending = ""
    for place, chunk in enumerate(row):
        after = row[place + 1] if place + 1 < len(row) else None
        if after and ROUGH.fullmatch(chunk.text) and (after.figure or is_figure(f"{after.text})")):
            pending = chunk.text.replace("~", "").strip()
        elif pending:
            made.append(replace(chunk, text=f"{pending}{'' if pending.endswith('(') else ' '}{chunk.text}"))
            pending = ""
        elif made and made[-1].figure and not is_header_figure(made[-1].text) and SUFFIX.fullmatch(chunk.text):
            made[-1] = replace(made[-1], text=made[-1].text + chunk.text)
        else:
            made.append(chunk)
    return made


def _bare(chunk: Chunk) -> Chunk:
    """A figure without the words before it: 'approximately $900' is $900, 'down 5%' is (5)%."""
    if NOTHING.fullmatch(chunk.text):
        return replace(chunk, text="n/m")
    lead = LEAD.match(chunk.text)
    if not lead or not chunk.figure:
        return chunk
    rest = chunk.text[lead.end() :]
    if DOWN.match(chunk.text):
        digits = DIGITS.match(rest)
        assert digits is not None
        rest = f"({digits[0]}){rest[digits.end() :]}"
    return replace(chunk, text=rest)


def _with_units(row: list[Chunk], below: list[Chunk]) -> list[Chunk]:
    """Figures with the 'billion' that a narrow column has put on the next line."""
    for word in [chunk for chunk in below if UNIT.fullmatch(f" {chunk.text}")]:
        over = [
            n for n, chunk in enumerate(row) if chunk.figure and chunk.left < word.right and word.left < chunk.right
        ]
        if over:
            row[over[0]] = replace(row[over[0]], text=f"{row[over[0]].text} {word.text.lower()}")
            below.remove(word)
    return row


def _ranges_set(rows: list[list[Chunk]], unit: float, origin: float) -> list[list[Chunk]]:
    """Ranges made two figures each, at places that are the same down the page; single figures of such a column too."""
    for left, right in _range_columns(rows):
        inside = [chunk for row in rows for chunk in row if chunk.figure and chunk.left < right and left < chunk.right]
        pairs = {chunk: range_of(chunk.text) or (chunk.text, "") for chunk in inside}
        shapes = [_shape(text) for pair in pairs.values() for text in pair if text]
        digits, units = max(shape[0] for shape in shapes), max(shape[1] for shape in shapes)
        middle = ((left + right) / 2 - origin) / unit
        start = min(round((left - origin) / unit), round(middle - digits - units - len(TO) / 2))
        low = max(start, _room(rows, left, unit, origin)) + digits
        edges = (low, low + units + len(TO) + digits)
        rows = [[part for chunk in row for part in _parts(chunk, pairs, edges)] for row in rows]
    return rows


def _room(rows: Sequence[Sequence[Chunk]], left: float, unit: float, origin: float) -> int:
    """The first character right of everything that stands left of a place, in lines with a range there."""
    ends = [0]
    for row in rows:
        before = [chunk for chunk in row if chunk.right <= left]
        after = [chunk for chunk in row if chunk.right > left]
        if before and after and range_of(after[0].text):
            last = before[-1]
            first = last.edge - edge_of(last.text) if last.edge is not None else round((last.left - origin) / unit)
            ends.append(first + len(last.text) + GAP)
    return max(ends)


def _parts(chunk: Chunk, pairs: dict[Chunk, tuple[str, str]], edges: tuple[int, int]) -> list[Chunk]:
    texts = pairs.get(chunk)
    if texts is None:
        return [chunk]
    low, high = (replace(chunk, text=text, edge=edge) for text, edge in zip(texts, edges, strict=True))
    return [low, replace(high, text=f"{TO.lstrip()}{high.text}")] if high.text else [low]


def _shape(text: str) -> tuple[int, int]:
    """How many characters a figure has up to its edge, and after it."""
    edge = edge_of(text)
    return edge, len(text) - edge


def edge_of(text: str) -> int:
    """Characters of a figure up to where columns align: its last digit, a 'billion' after it included."""
    found = find_figures(text)
    return found[0].edge if len(found) == 1 else len(text)


def _range_columns(rows: Sequence[Sequence[Chunk]]) -> list[tuple[float, float]]:
    """Where ranges stand, those over one another together."""
    columns: list[tuple[float, float]] = []
    ranges = sorted((chunk.left, chunk.right) for row in rows for chunk in row if range_of(chunk.text))
    for left, right in ranges:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns
