"""Lines of a plain text made ready for reading: blank, ruled, page furniture or text with figures at its end."""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.figures import Figure, trailing_figures
from xlsx_builder.read.rules import strokes

TAB = 8
"""Columns between tab stops, as terminals and wire services have it."""
_PLAIN = str.maketrans("\N{NO-BREAK SPACE}\N{WHITE UP-POINTING TRIANGLE}", " -")
"""A hard space as any other; what Japanese figures have for a minus as one."""
_TAG = regex(
    r"</?(?:TABLE|CAPTION|PAGE|S|C|FN|F\d+|TEXT|R|B|I|U|CENTER|PRE|P|BR|MULTIPLIER|LEGEND)(?:\s[^<>]*)?>", re.IGNORECASE
)
_PAGE = regex(
    r"\s*(?:<PAGE>\s*\d*|[-\N{EN DASH}]\s?\d{1,3}\s?[-\N{EN DASH}]|(?:page|p\.)\s+\d+(?:\s+of\s+\d+)?"
    r"|-{1,2}\s?more\s?-{1,2}|\(more\)|\S.{0,60}(?:\s{3,}|\s-{1,2}\s?|,\s)page\s+\d{1,2})\s*$",
    re.IGNORECASE,
)
_END_MARK = regex(
    r"\s*(?:(?:#\s*){2,}|(?:\*\s+){2,}\*|-\s?(?:0|30|more|end)\s?-?|\(more\)|more\s?\.\.\.)\s*$", re.IGNORECASE
)
_EXHIBIT = regex(r"\s*EXHIBIT\s+\d+(?:[.-]\d+)?\s*$", re.IGNORECASE)
_NUMBER_ALONE = regex(r"\s{20,}\d{1,3}\s*$|\d{1,3}\s*$")
LEADERS = 3
"""Dots or strokes that lead from a label to its figures, at the least."""
_LEADERS = regex(r"\.{3,}|(?:(?<!\bCo)(?<!\bInc)(?<!\bCorp)(?<!\bNo)\.)?(?:\s\.){3,}|_{3,}(?=\s*[\d($])")
_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]")
_JOINED = regex(r"(?<=\S)[ ]{4,}(?=\S)")
JOIN = 2
"""A line end that a news wire lost was replaced by two spaces."""


class Kind(Enum):
    """What a printed line is to a reader of tables."""

    BLANK = "blank"
    RULE = "rule"
    BREAK = "break"
    """The page ends here."""
    MARK = "mark"
    """A tag or an end mark, which says nothing."""
    TEXT = "text"
    ROW = "row"
    """Text that ends in figures of a table."""


class Line(Struct, frozen=True):
    """One line of the source, or a part of it where the source has joined two."""

    number: int
    text: str
    """Positions are those of the page: tabs expanded, leader dots and tags blanked."""
    kind: Kind
    figures: tuple[Figure, ...] = ()
    """The figures that end it."""

    @property
    def indent(self) -> int:
        """Spaces before its first character."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def label(self) -> str:
        """What stands before its figures."""
        return self.text[: self.figures[0].start].rstrip() if self.figures else self.text.rstrip()


def clean(text: str) -> str:
    """A source line without control characters, its tabs expanded."""
    return _CONTROL.sub("", text.expandtabs(TAB).translate(_PLAIN)).rstrip()


def split_source(text: str) -> list[str]:
    """The lines of a source as an editor counts them: form feeds and odd separators end no line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_lines(text: str, first: int) -> tuple[Line, ...]:
    """Every line of a source with its number and kind."""
    source = split_source(text)
    lines = [_line(number, raw) for number, raw in enumerate(source, first)]
    return tuple(_page_numbers(lines))


def read_line(number: int, text: str) -> Line:
    """A line made of a part of one that was read before."""
    return _line(number, text)


def _line(number: int, raw: str) -> Line:
    """One line by itself."""
    broken = "\f" in raw
    text = clean(raw)
    if _PAGE.match(text) or (broken and not text):
        return Line(number, text, Kind.BREAK)
    blanked = _TAG.sub(lambda tag: " " * len(tag.group()), text).rstrip()
    if blanked.count(".") >= LEADERS or "_" * LEADERS in blanked:
        blanked = _LEADERS.sub(lambda dots: " " * len(dots.group()), blanked).rstrip()
    if not blanked.strip():
        return Line(number, "", Kind.MARK if text.strip() else Kind.BLANK)
    if strokes(blanked):
        return Line(number, blanked, Kind.RULE)
    if _END_MARK.match(blanked) or _EXHIBIT.match(blanked):
        return Line(number, blanked, Kind.MARK)
    return Line(number, blanked, Kind.TEXT, trailing_figures(blanked))


def _page_numbers(lines: list[Line]) -> list[Line]:
    """Take a number that stands alone beside a page break for the number of the page."""
    seen = [place for place, line in enumerate(lines) if line.kind is not Kind.BLANK]
    for before, place, after in zip([-1, *seen], seen, [*seen[1:], -1], strict=False):
        if not _NUMBER_ALONE.match(lines[place].text):
            continue
        beside = [lines[other].kind for other in (before, after) if other >= 0]
        if Kind.BREAK in beside or after == -1:
            lines[place] = replace(lines[place], kind=Kind.BREAK, figures=())
    return lines


def may_be_joined(line: Line) -> bool:
    """Whether a line has a gap at which the source may have joined two."""
    return bool(_JOINED.search(line.text[line.indent :]))


def parted(line: Line, near: frozenset[int]) -> tuple[Line, ...]:
    """A line that is two joined by the source, in parts, told by figures that then stand under the others.

    Args:
        line: The line.
        near: Right edges of the figures of the lines around.

    Returns:
        The parts with the positions they had on lines of their own, or the line alone.
    """
    dated = len(line.figures) == 1 and line.figures[0].year  # the end of a date over a column, which aligns by chance
    for gap in () if dated else _JOINED.finditer(line.label):
        moved = " " * (gap.end() - gap.start() - JOIN) + line.text[gap.end() :]
        figures = trailing_figures(moved)
        if len(figures) == len(line.figures) and _aligned(figures, near) > _aligned(line.figures, near):
            head = Line(line.number, line.text[: gap.start()], Kind.TEXT)
            return head, Line(line.number, moved, Kind.TEXT, figures)
    return _tail_parted(line)


def _tail_parted(line: Line) -> tuple[Line, ...]:
    """A line with the heading of the next one at its end: 'Period   1995   1994   Sales:'."""
    gaps = list(_JOINED.finditer(line.text))
    if line.figures or len(gaps) < JOIN or not line.text.endswith(":"):
        return (line,)
    head = line.text[: gaps[-1].start()]
    if not any(character.isdigit() for character in head):
        return (line,)
    tail = " " * (gaps[-1].end() - gaps[-1].start() - JOIN) + line.text[gaps[-1].end() :]
    return Line(line.number, head, Kind.TEXT, trailing_figures(head)), Line(line.number, tail, Kind.TEXT)


def _aligned(figures: tuple[Figure, ...], edges: frozenset[int]) -> int:
    """How many figures end where others do."""
    return sum(figure.edge in edges for figure in figures)
