"""Rows of figures, told from years over columns and from prose that ends in a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.chunks import PERIOD, chunks
from xlsx_builder.read.figures import Figure
from xlsx_builder.read.lines import Kind, Line

NEAR = 6
"""Lines above and below that a row is like."""
LONG = 160
"""Characters that no label has in one line."""
MISPLACED = 3
"""Characters by which narrow layouts push a figure aside."""
_ASIDE = regex(r"\s*(?:\([A-Za-z][A-Za-z\s]*\)\s*)+$")
"""'(unaudited)', beside which a number in parentheses is a footnote's mark."""
_MARK = regex(r"\(\d\)$")


def years_only(line: Line) -> bool:
    """Whether the figures that end a line are years over columns rather than figures of a row."""
    figures = line.figures
    if figures and _ASIDE.match(line.label) and all(_MARK.match(figure.text) for figure in figures):
        return True
    if not figures or not all(figure.year for figure in figures):
        return False
    if line.label.strip() and max(_gaps(line)) < 2:
        return False
    if not line.label.strip() or PERIOD.search(line.label) or line.label.rstrip().endswith(")"):
        return True
    years = [int(figure.text[:4]) for figure in figures]
    steps = [abs(one - other) for one, other in pairwise(years)]
    return max(steps, default=0) == 1


def ends_in_figures(line: Line) -> bool:
    """Whether a line ends in figures that are set apart from its words."""
    if line.kind is not Kind.TEXT or not line.figures or years_only(line):
        return False
    return any(gap > 1 for gap in _gaps(line)) and not _justified(line) and len(line.label) < LONG


def _gaps(line: Line) -> list[int]:
    """Spaces before each figure that ends a line; none where a word, 'to', stands there."""
    before = [len(line.label), *(figure.end for figure in line.figures)]
    between = [line.text[end : figure.start] for figure, end in zip(line.figures, before, strict=False)]
    return [0 if text.strip(" .") else len(text) for text in between]


def _justified(line: Line) -> bool:
    """Whether a line is prose set flush on both sides, with wide gaps between its words."""
    inner = re.findall(r"\S\s{2,3}(?=\S)", line.label.strip())
    return len(inner) > 2 and len(line.figures) == 1


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with the rows of figures among them marked, prose that happens to end in a figure left out."""
    apart = [ends_in_figures(line) and not _prose_beside(lines, place) for place, line in enumerate(lines)]
    return [
        replace(line, kind=Kind.ROW) if apart[place] or _under_figures(lines, apart, place) else line
        for place, line in enumerate(lines)
    ]


def _under_figures(lines: Sequence[Line], apart: Sequence[bool], place: int) -> bool:
    """Whether a line's figures, though single spaces set them, end just where those of rows near it do."""
    line = lines[place]
    if line.kind is not Kind.TEXT or all(figure.year for figure in line.figures):
        return False
    near = range(max(0, place - NEAR), min(len(lines), place + NEAR + 1))
    edges = {figure.edge for p in near if apart[p] for figure in lines[p].figures}
    fitting = sum(figure.edge in edges for figure in line.figures)
    return fitting > 1 or (fitting == len(line.figures) > 0 and not _prose_beside(lines, place))


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


def wraps_at_year(line: Line) -> bool:
    """Whether a line begins with a year before its figures, the rest of a label: 'Notes issued in', '1998   7,100'."""
    return len(line.figures) > 1 and line.figures[0].year and not line.label.strip()


def first_figure(line: Line) -> Figure:
    """The first figure of a line that is not part of its label."""
    if wraps_at_year(line):
        return line.figures[1]
    gaps = _gaps(line)
    return next((figure for figure, gap in zip(line.figures, gaps, strict=True) if gap > 1), line.figures[0])
