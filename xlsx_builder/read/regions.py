"""Which lines of a text are a table, which of them its header, and which its title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsx_builder.read.figures import Figure, is_date, is_year
from xlsx_builder.read.lines import Kind, Line
from xlsx_builder.read.pages import normal, running_heads

SLACK = 6
"""A header is often a few characters wider than the figures below it."""
LOOK_AHEAD = 8
"""Rows of figures that tell where the columns of a table begin."""
MISPLACED = 3
"""Characters by which narrow layouts push a figure aside."""
_CHUNK = re.compile(r"\S+(?:\s\S+)*")
_MARK = re.compile(r"(?:\((?:[a-z]|\d)\))+$|\*+$")
_PERIOD = re.compile(
    r"\b(?:(?:three|six|nine|twelve|\d+)[\s-]+(?:months?|mos\.?|weeks?)|months?|weeks?|quarters?|years?|fiscal|ended|ending|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|[1-4]q|q[1-4]|fy)\b|(?:19|20)\d\d",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\s*(?:\((?:[a-z]|\d{1,2})\)|\*+|[-\N{BULLET}o])\s+\S")
_ABBREVIATION = re.compile(r"(?:inc|co|corp|ltd|cos|llc|l\.p|n\.v|s\.a|plc)\.$", re.IGNORECASE)
WORDY = 6
"""Words of a sentence at least."""


@dataclass(frozen=True, slots=True)
class Region:
    """A printed table as ranges of lines, each from its first line up to, not including, its end."""

    caption: int
    header: int
    body: int
    end: int
    skipped: frozenset[int] = frozenset()
    """Lines of the body that only say on a new page what title and header have said."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of a line with single spaces between them."""

    text: str
    start: int
    end: int


def chunks(text: str) -> tuple[Chunk, ...]:
    """The parts of a line that wider gaps set apart."""
    return tuple(Chunk(found.group(), found.start(), found.end()) for found in _CHUNK.finditer(text))


def years_only(line: Line) -> bool:
    """Whether the figures that end a line are years over columns rather than figures of a row."""
    figures = line.figures
    if not figures or not all(figure.year for figure in figures):
        return False
    if line.label.strip() and max(_gaps(line)) < 2:
        return False
    if not line.label.strip() or _PERIOD.search(line.label) or line.label.rstrip().endswith(")"):
        return True
    years = [int(figure.text[:4]) for figure in figures]
    return len(years) > 1 and all(abs(one - other) == 1 for one, other in pairwise(years))


def is_row(line: Line) -> bool:
    """Whether a line ends in figures that are set apart from its words."""
    if line.kind is not Kind.TEXT or not line.figures or years_only(line):
        return False
    return any(gap > 1 for gap in _gaps(line)) and not _justified(line)


def _gaps(line: Line) -> list[int]:
    """Spaces before each figure that ends a line."""
    before = [len(line.label), *(figure.end for figure in line.figures)]
    return [figure.start - end for figure, end in zip(line.figures, before, strict=False)]


def _justified(line: Line) -> bool:
    """Whether a line is prose set flush on both sides, with wide gaps between its words."""
    inner = re.findall(r"\S\s{2,3}(?=\S)", line.label.strip())
    return len(inner) > 2 and len(line.figures) == 1


def row_places(lines: Sequence[Line]) -> list[int]:
    """Where rows of figures stand, prose that happens to end in a figure left out."""
    return [place for place, line in enumerate(lines) if is_row(line) and not _prose_beside(lines, place)]


def _prose_beside(lines: Sequence[Line], place: int) -> bool:
    """Whether a row with one figure close to its words runs on from, or into, lines of prose."""
    line = lines[place]
    if len(line.figures) > 1 or _gaps(line)[0] > MISPLACED:
        return False
    start = line.figures[0].start
    beside = [lines[other] for other in (place - 1, place + 1) if 0 <= other < len(lines)]
    return any(
        other.kind is Kind.TEXT and not other.figures and any(c.start < start < c.end for c in chunks(other.text))
        for other in beside
    )


class Reader:
    """Finds the tables among the lines of one text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.rows = row_places(lines)
        self.heads = running_heads(lines)
        self.skipped: set[int] = set()

    def regions(self) -> tuple[Region, ...]:
        """All tables in order; they do not overlap."""
        found: list[Region] = []
        free = 0
        for group in self._groups():
            region = self._region(group, free)
            if self._believed(group, region):
                found.append(region)
                free = region.end
        return tuple(found)

    def _groups(self) -> list[list[int]]:
        """Rows of figures that belong to one table."""
        groups: list[list[int]] = []
        for place in self.rows:
            if groups and self._goes_on(groups[-1], place):
                groups[-1].append(place)
            else:
                groups.append([place])
        return groups

    def _goes_on(self, group: list[int], place: int) -> bool:
        """Whether the row at a place belongs to the table of the rows before it."""
        between = [p for p in range(group[-1] + 1, place) if self.lines[p].kind is Kind.TEXT]
        if not between:
            return True
        left = self.left(place)
        again = self._printed_again(group, place, left)
        if again:
            self.skipped |= again
            between = [p for p in between if p not in again]
        if any(self._strong(p, left) for p in between):
            return False
        if any(self._prose(block, left) for block in _blocks(between)):
            return False
        return self._agrees(group, place)

    def _printed_again(self, group: list[int], place: int, left: int) -> set[int]:
        """Lines before a row, on a new page, that only repeat title and header of the table of the rows before."""
        between = range(group[-1] + 1, place)
        if all(self.lines[p].kind is not Kind.BREAK for p in between):
            return set()
        start = max(p for p in between if self.lines[p].kind is Kind.BREAK)
        header, body = self._header(group[0], self.left(group[0]), 0)
        title = {normal(self.lines[p].text) for p in range(self._caption(header, 0), header)}
        again, stop = self._header(place, left, start)
        texts = {p: normal(self.lines[p].text) for p in range(start + 1, place) if self.lines[p].kind is Kind.TEXT}
        heads = {p for p, text in texts.items() if text in title | self.heads and p < again}
        old = [normal(line.text) for line in self.lines[header:body] if line.kind is Kind.TEXT]
        new = [text for p, text in texts.items() if again <= p < stop]
        if new and (new != old or any(p < again and p not in heads for p in texts)):
            return set()
        return heads | {p for p in texts if again <= p < stop}

    def _agrees(self, group: list[int], place: int) -> bool:
        """Whether the figures of the next rows stand in the columns of the rows before."""
        edges = [figure.edge for p in group[-LOOK_AHEAD:] for figure in self.lines[p].figures]
        ahead = [figure.edge for p in self._ahead(place)[:3] for figure in self.lines[p].figures]
        near = sum(any(abs(edge - other) <= MISPLACED for other in edges) for edge in ahead)
        return 2 * near >= len(ahead)

    def _ahead(self, place: int) -> list[int]:
        """The next rows of figures not far from each other, from a place on."""
        first = bisect_left(self.rows, place)
        ahead = self.rows[first : first + LOOK_AHEAD]
        far = (n for n, (one, other) in enumerate(pairwise(ahead), 1) if other - one > LOOK_AHEAD)
        return ahead[: next(far, None)]

    def left(self, place: int) -> int:
        """Where the figure columns begin in the rows from a place on."""
        return min(_first(self.lines[p]).start for p in self._ahead(place))

    def is_header(self, place: int, left: int) -> bool:
        """Whether a line has words or years over the figure columns, set apart from what stands left of them."""
        line = self.lines[place]
        if line.kind is not Kind.TEXT or place in self.rows:
            return False
        return years_only(line) or bool(over(line.text, left))

    def _strong(self, place: int, left: int) -> bool:
        """Whether a line is a column header beyond doubt: years, a period, or several words apart."""
        line = self.lines[place]
        if not self.is_header(place, left):
            return False
        parts = over(line.text, left)
        if years_only(line) or any(is_date(word) or is_year(word) for part in parts for word in part.text.split()):
            return True
        stub = line.text[: parts[0].start].strip() if parts else ""
        if stub and not _PERIOD.search(stub) and not stub.endswith(")"):
            return False
        return len(parts) > 1 or any(_PERIOD.search(part.text) for part in parts)

    def _prose(self, block: list[int], left: int) -> bool:
        """Whether lines that stand together are sentences, or titles of something new, rather than labels."""
        texts = [self.lines[p].text for p in block]
        return is_sentence(texts) or sum(len(text) > left + SLACK for text in texts) > 1

    def _region(self, group: list[int], free: int) -> Region:
        """Header and title of a group of rows, looked for upwards from its first row."""
        left = self.left(group[0])
        header, body = self._header(group[0], left, free)
        caption = self._caption(header, free)
        end = self._end(group[-1], left)
        return Region(caption, header, body, end, frozenset(p for p in self.skipped if body <= p < end))

    def _header(self, row: int, left: int, free: int) -> tuple[int, int]:
        """First line of the header and first of the body."""
        top = bottom = -1
        words = blank = 0
        for place in range(row - 1, free - 1, -1):
            line = self.lines[place]
            if line.kind is Kind.BREAK and top >= 0:
                break
            if line.kind is not Kind.TEXT:
                blank += line.kind is Kind.BLANK
                continue
            if self.is_header(place, left) and (not blank or top < 0 or self._strong(place, left)):
                top, bottom, blank, words = place, max(bottom, place), 0, 0
                continue
            words += 1
            if (top >= 0 and (blank or words > 2)) or words > LOOK_AHEAD or is_sentence([line.text]):
                break
        if top >= 0:
            return self._below_title(top, bottom, left), self._past_rules(bottom + 1)
        start = self._headings(row, left, free)
        return start, start

    def _below_title(self, top: int, bottom: int, left: int) -> int:
        """The first header line that is not set under the middle of a title line as a further one."""
        while top < bottom and top and self.lines[top - 1].kind is Kind.TEXT and not self._strong(top, left):
            this, above = chunks(self.lines[top].text), chunks(self.lines[top - 1].text)
            if len(this) != 1 or abs(this[0].start + this[0].end - above[0].start - above[-1].end) > SLACK:
                break
            top += 1
        return top

    def _headings(self, row: int, left: int, free: int) -> int:
        """First of the heading lines directly above a row, for a table without a header."""
        start = row
        for place in range(row - 1, free - 1, -1):
            line = self.lines[place]
            if line.kind is not Kind.TEXT or len(line.text) > left or is_sentence([line.text]):
                break
            start = place
        return start

    def _caption(self, header: int, free: int) -> int:
        """First line of the title above a header."""
        top = header
        place, taken = header - 1, 0
        blanks = 0
        while place >= free:
            line = self.lines[place]
            if line.kind is Kind.BREAK or (line.kind is Kind.MARK and line.text) or blanks > LOOK_AHEAD // 2:
                break
            if line.kind is not Kind.TEXT:
                blanks += line.kind is Kind.BLANK
                place -= 1
                continue
            block = [p for p in self.block(place) if free <= p <= place]
            texts = [self.lines[p].text for p in block]
            taken += len(block)
            leads = len(block) == 1 and texts[0].rstrip().endswith(":") and len(texts[0]) < 120
            if taken > LOOK_AHEAD + 2 or not (leads or is_title(texts)):
                break
            top, place, blanks = block[0], block[0] - 1, 0
            if leads:
                break
        return top

    def block(self, place: int) -> list[int]:
        """The lines of text that stand together with one."""
        first = last = place
        while first > 0 and self.lines[first - 1].kind is Kind.TEXT and first - 1 not in self.rows:
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].kind is Kind.TEXT and last + 1 not in self.rows:
            last += 1
        return list(range(first, last + 1))

    def _end(self, row: int, left: int) -> int:
        """Just after the last row, the rules under it and the rest of its label."""
        place = row + 1
        line = self.lines[place] if place < len(self.lines) else None
        if line and line.kind is Kind.TEXT and line.indent > self.lines[row].indent and len(line.text) < left:
            place += line.text.strip()[0].islower()
        return self._past_rules(place)

    def _past_rules(self, place: int) -> int:
        """The next place that is no ruled line."""
        while place < len(self.lines) and self.lines[place].kind is Kind.RULE:
            place += 1
        return place

    def _believed(self, group: list[int], region: Region) -> bool:
        """Whether the rows make a table: more than one, or one with several figures or a header over it."""
        if len(group) > 1:
            return True
        return len(self.lines[group[0]].figures) > 1 or region.body - region.header > 1


def is_sentence(texts: Sequence[str]) -> bool:
    """Whether lines are prose: they end in a full stop, or are wider than any title."""
    last = texts[-1].rstrip()
    words = " ".join(texts).split()
    if max(len(text.strip()) for text in texts) > 110:
        return True
    if last.endswith((".", '."', ".)")) and len(words) >= WORDY and not _ABBREVIATION.search(last):
        return True
    return bool(_FOOTNOTE.match(texts[0])) and len(words) > 2 * WORDY


def is_title(texts: Sequence[str]) -> bool:
    """Whether lines that stand together can title a table."""
    wide = sum(len(text.strip()) > 60 for text in texts)
    return not is_sentence(texts) and wide <= 2 and len(texts) <= LOOK_AHEAD


def _first(line: Line) -> Figure:
    """The first figure of a line that is not part of its label."""
    gaps = _gaps(line)
    return next(figure for figure, gap in zip(line.figures, gaps, strict=True) if gap > 1)


def over(text: str, left: int) -> tuple[Chunk, ...]:
    """The parts of a line that stand over figure columns, those without footnote marks alone.

    Args:
        text: The line.
        left: Where the figure columns begin.
    """
    parts = [part for part in chunks(text) if not is_mark(part.text)]
    for place, part in enumerate(parts):
        wide = (part.start + part.end) // 2 >= left and (place + 1 < len(parts) or _PERIOD.search(part.text))
        if part.start >= left - SLACK or wide:
            return tuple(parts[place:])
    return ()


def is_mark(text: str) -> bool:
    """Whether a text is nothing but footnote marks."""
    return bool(_MARK.match(text))


def _blocks(places: list[int]) -> list[list[int]]:
    """Places in runs without gaps."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
