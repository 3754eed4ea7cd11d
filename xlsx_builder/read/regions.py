"""Which lines of a text are a table, which of them its header, and which its title."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.chunks import PERIOD, SLACK, chunks, over
from xlsx_builder.read.figures import is_date, is_year
from xlsx_builder.read.lines import Kind, Line
from xlsx_builder.read.pages import normal, running_heads
from xlsx_builder.read.prose import WORDY, is_sentence, is_title
from xlsx_builder.read.rows import MISPLACED, first_figure, years_only

LOOK_AHEAD = 8
"""Rows of figures that tell where the columns of a table begin."""
WORD = regex(r"[a-z]{3,}")
TIMELY = frozenset(
    """three six nine twelve thirteen fourteen sixteen twenty thirty forty fifty one two four eight
    day days week weeks month months quarter quarters half year years fiscal calendar period periods date
    first second third fourth current prior previous ended ending for the and with compared through from
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec unaudited audited actual""".split()  # noqa: SIM905  (a list of seventy literals reads worse)
)
"""Words of which headings of periods are made."""


class Region(Struct, frozen=True):
    """A printed table as ranges of lines, each from its first line up to, not including, its end."""

    caption: int
    header: int
    body: int
    end: int
    skipped: frozenset[int] = frozenset()
    """Lines of the body that only say on a new page what title and header have said."""


class Reader:
    """Finds the tables among the lines of one text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.rows = [place for place, line in enumerate(lines) if line.kind is Kind.ROW]
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
        """Whether the figures of the next rows stand in the columns of the rows before, or all of these in theirs."""
        edges = [figure.edge for p in group[-LOOK_AHEAD:] for figure in self.lines[p].figures]
        ahead = [[figure.edge for figure in self.lines[p].figures] for p in self._ahead(place)]
        near = [edge for row in ahead[:3] for edge in row]
        return 2 * _among(near, edges) >= len(near) or _among(edges, [e for row in ahead for e in row]) == len(edges)

    def _ahead(self, place: int) -> list[int]:
        """The next rows of figures not far from each other, from a place on."""
        first = bisect_left(self.rows, place)
        ahead = self.rows[first : first + LOOK_AHEAD]
        far = (n for n, (one, other) in enumerate(pairwise(ahead), 1) if other - one > LOOK_AHEAD)
        return ahead[: next(far, None)]

    def left(self, place: int) -> int:
        """Where the figure columns begin in the rows from a place on."""
        return min(first_figure(self.lines[p]).start for p in self._ahead(place))

    def is_header(self, place: int, left: int) -> bool:
        """Whether a line has words or years over the figure columns, set apart from what stands left of them."""
        line = self.lines[place]
        if line.kind is not Kind.TEXT:
            return False
        if years_only(line):
            return line.figures[-1].end > left  # else it heads the rows below
        return bool(over(line.text, left))

    def _strong(self, place: int, left: int) -> bool:
        """Whether a line is a column header beyond doubt: years, a period, or several words apart."""
        line = self.lines[place]
        if not self.is_header(place, left):
            return False
        parts = over(line.text, left)
        if years_only(line) or any(is_date(word) or is_year(word) for part in parts for word in part.text.split()):
            return True
        stub = line.text[: parts[0].start].strip() if parts else ""
        if stub and not PERIOD.search(stub) and not stub.endswith(")"):
            return False
        return len(parts) > 1 or any(PERIOD.search(part.text) for part in parts)

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
            if line.kind is Kind.ROW or (line.kind is Kind.BREAK and top >= 0):
                break
            if line.kind is not Kind.TEXT:
                blank += line.kind is Kind.BLANK
                continue
            apart = blank and top >= 0
            if self.is_header(place, left) and not (apart and self._titled(place, left, range(top, bottom + 1))):
                top, bottom, blank, words = place, max(bottom, place), 0, 0
                continue
            words += 1
            if (top >= 0 and (blank or words > 2)) or words > LOOK_AHEAD or is_sentence([line.text]):
                break
        if top >= 0:
            return self._below_title(top, bottom, left), self._past_rules(bottom + 1)
        start = self._headings(row, left, free)
        return start, start

    def _titled(self, place: int, left: int, below: range) -> bool:
        """Whether a line that an empty one sets apart from the header below stands in a title."""
        if not self._strong(place, left):
            return True
        if len(over(self.lines[place].text, left)) > 1 or years_only(self.lines[place]):
            return False
        words = set(WORD.findall(self.lines[place].text.lower())) - TIMELY
        if words and self.lines[place].indent < left and any(self._strong(p, left) for p in below):
            return True  # 'Shipments by quarter of fiscal 2012', while the header tells the periods itself
        return not all(self._strong(p, left) for p in self.block(place))

    def _below_title(self, top: int, bottom: int, left: int) -> int:
        """The first header line that is not set under the middle of a title line, or over that of its aside."""
        while top < bottom and not self._strong(top, left):
            aside = top + 1 < bottom and self.lines[top + 1].text.lstrip().startswith("(")
            if not (self._centred(top, top - 1) or (aside and self._centred(top + 1, top))):
                break
            top += 1
        return top

    def _centred(self, place: int, upper: int) -> bool:
        """Whether a line of one text is set under the middle of the one above it."""
        if upper < 0 or self.lines[upper].kind is not Kind.TEXT or self.lines[place].kind is not Kind.TEXT:
            return False
        this, above = chunks(self.lines[place].text), chunks(self.lines[upper].text)
        return len(this) == 1 and abs(this[0].start + this[0].end - above[0].start - above[-1].end) <= SLACK

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
            if (
                line.kind in (Kind.BREAK, Kind.ROW)
                or (line.kind is Kind.MARK and line.text)
                or blanks > LOOK_AHEAD // 2
            ):
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
        while first > 0 and self.lines[first - 1].kind is Kind.TEXT:
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].kind is Kind.TEXT:
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
        if all(_runs_on(self.lines[place]) for place in group):
            return False
        if len(group) > 1:
            return True
        return len(self.lines[group[0]].figures) > 1 or region.body - region.header > 1


def _among(edges: list[int], others: list[int]) -> int:
    """How many figures end where others do."""
    return sum(any(abs(edge - other) <= MISPLACED for other in others) for edge in edges)


def _runs_on(line: Line) -> bool:
    """Whether the figures that end a line are words of its sentence: no wider gap sets them apart."""
    before = line.text[: line.figures[0].start]
    return len(before.split()) >= WORDY and not before.endswith("  ")


def _blocks(places: list[int]) -> list[list[int]]:
    """Places in runs without gaps."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
