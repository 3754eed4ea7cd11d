"""Plain text to paragraphs and tables: figure columns are found by where figures stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.model.document import Block, Cell, Row, Rule, SourceLine, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.beside import unfolded
from xlsx_builder.read.columns import FigureColumn, assign, distance, find_columns
from xlsx_builder.read.figures import Figure
from xlsx_builder.read.header_groups import Contents, over_groups
from xlsx_builder.read.headers import Heading, read_heading, settled, stacked
from xlsx_builder.read.lines import Kind, Line, clean, may_be_joined, parted, read_lines, split_source
from xlsx_builder.read.numbers import pointed
from xlsx_builder.read.pages import without_heads
from xlsx_builder.read.paragraphs import captions, paragraphs
from xlsx_builder.read.ranges import joined, low_columns, parted_again, shared
from xlsx_builder.read.regions import Reader, Region
from xlsx_builder.read.rows import MISPLACED, ends_in_figures, with_rows, wraps_at_year
from xlsx_builder.read.rules import inner_strokes, kind_of, stronger, without_strokes

NOWHERE = 10_000
"""Right of any page: where all labels run up to a number, it is theirs."""
FEW = 3
"""Rows that are too few to tell by the others what stands out in one."""
NEAR = 12
"""Lines above and below whose figures tell where a joined line has to be parted."""

_MARK = regex(r"\(\d{1,2}\)$")

Reading = tuple[tuple[SourceLine, ...], tuple[Block, ...]]
"""What a reader gives: all lines, and the blocks that cite them."""


def read_text(text: str, first: int = 1) -> Reading:
    """The source lines and blocks of a plain text.

    Args:
        text: The text.
        first: Number of its first line in the file.

    Returns:
        Every line; paragraphs and tables in order.
    """
    source = tuple(SourceLine(number, clean(raw)) for number, raw in enumerate(split_source(text), first))
    lines = with_rows(_part(unfolded(read_lines(pointed(text), first))))
    return source, tuple(_blocks(lines))


def _part(lines: Sequence[Line]) -> list[Line]:
    """The lines with those parted that the source has joined."""
    edges = [{figure.edge for figure in line.figures} if ends_in_figures(line) else set() for line in lines]
    made: list[Line] = []
    for place, line in enumerate(lines):
        if line.kind is not Kind.TEXT or not may_be_joined(line):
            made.append(line)
            continue
        around = [*edges[max(0, place - NEAR) : place], *edges[place + 1 : place + NEAR]]
        made.extend(parted(line, frozenset[int]().union(*around)))
    return made


def _blocks(lines: Sequence[Line]) -> Iterable[Block]:
    """Tables, and paragraphs of what lies between them."""
    free = 0
    reader = Reader(lines)
    for region in reader.regions():
        yield from paragraphs(without_heads(lines[free : region.caption], reader.heads))
        yield _table(lines, region)
        free = region.end
    yield from paragraphs(without_heads(lines[free:], reader.heads))


def _table(lines: Sequence[Line], region: Region) -> Table:
    """The table of a region."""
    body = [lines[place] for place in range(region.body, region.end) if place not in region.skipped]
    header = lines[region.header : region.body]
    columns = find_columns(_figures_of(body))
    return Table(
        line=lines[region.header].number,
        caption=captions(lines[region.caption : region.header]),
        header=_rows(header, _header_of(header, body, columns)),
        body=tuple(_plain_label(row) for row in _rows(body, [_contents(line, columns) for line in body])),
        columns=len(columns),
    )


def _figures_of(body: Sequence[Line]) -> list[list[Figure]]:
    """The figures of each row; a first one that may be a part of its label only where no label reaches."""
    rows = [line for line in body if line.kind is Kind.ROW]
    if len(rows) > 1 and all(not row.label.strip() and row.figures[0].year and len(row.figures) > 1 for row in rows):
        return [list(row.figures[1:]) for row in rows]  # years are the labels
    reach = [len(line.label) for line in body if line.kind in (Kind.TEXT, Kind.ROW) and not _joined(line)]
    stub = max(reach, default=NOWHERE)
    doubtful = (
        row for row in rows if row.figures[0].start < stub or _mark_or_year(row.figures[0]) or _alone(row, rows)
    )
    unsure = {row.number for row in doubtful}
    found = [_sure(row) if row.number in unsure else list(row.figures) for row in rows]
    starts = sorted(row[0].start for row in found)
    return [row[_lonely(row, starts, stub) :] for row in found]


def _alone(row: Line, rows: Sequence[Line]) -> bool:
    """Whether a figure joined to its label is one more than any other row has, and far from theirs: 'net of $112'."""
    others = [other.figures for other in rows if other is not row]
    if not _joined(row) or len(row.figures) - 1 != max(map(len, others), default=NOWHERE):
        return False
    edge = row.figures[0].edge
    return all(abs(edge - figure.edge) > MISPLACED for figures in others for figure in figures)


def _lonely(row: list[Figure], starts: list[int], stub: int) -> bool:
    """Whether the first figure of a row stands left of those of all other rows, among labels: a part of its own.

    Args:
        row: The figures of the row.
        starts: Where the first figure of each row of the table stands, the leftmost first.
        stub: Where the labels end.
    """
    if len(row) < 2 or len(starts) < 2 or row[0].edge > stub or row[0].edge + MISPLACED >= starts[1]:
        return False
    return len(starts) > FEW or _mark_or_year(row[0])


def _plain_label(row: Row) -> Row:
    """A row of the body whose label runs on over the figure columns, as one label."""
    if not row.cells or row.cells[0].first:
        return row
    return replace(row, label=f"{row.label} {row.cells[0].text}".strip(), cells=row.cells[1:])


def _joined(line: Line) -> bool:
    """Whether a single space joins the first figure to the label, of which it may be a part."""
    if not line.figures or not line.label.strip():
        return False
    return line.figures[0].start - len(line.label) < 2


def _mark_or_year(figure: Figure) -> bool:
    """Whether a figure beside a label is rather a footnote mark, '(1)', or a year in it."""
    return figure.year or bool(_MARK.match(figure.text))


def _sure(line: Line) -> list[Figure]:
    """The figures of a row, without a first one that may be a part of the label."""
    part = wraps_at_year(line) or (_joined(line) and len(line.figures) > 1)
    return list(line.figures[part:])


def _rows(lines: Sequence[Line], contents: Sequence[Contents]) -> tuple[Row, ...]:
    """The rows of a part of a table, rules and empty lines turned into their marks."""
    rows: list[Row] = []
    above, gap = Rule.NONE, False
    for line, (label, cells) in zip(lines, contents, strict=True):
        if line.kind is Kind.BLANK:
            above, gap = Rule.NONE, True
        elif line.kind is Kind.RULE:
            above = kind_of(line.text)
            if rows:
                rows[-1] = replace(rows[-1], rule_below=stronger(rows[-1].rule_below, above))
        elif line.kind in (Kind.TEXT, Kind.ROW):
            rows.append(Row(line.number, label, line.indent, cells, rule_above=above, gap_above=gap and bool(rows)))
            above, gap = Rule.NONE, False
    return tuple(rows)


def _header_of(header: Sequence[Line], body: Sequence[Line], columns: tuple[FigureColumn, ...]) -> list[Contents]:
    """Label and cells of each line of a header; what stands over a range is over both of its ends."""
    rows = [(line.text, _in_columns(line, columns)) for line in body if line.kind is Kind.ROW]
    lows = shared(low_columns(rows, columns), header, columns)
    found = _header_contents(header, joined(columns, lows))
    return [(label, parted_again(cells, lows, len(columns))) for label, cells in found]


def _header_contents(lines: Sequence[Line], columns: tuple[FigureColumn, ...]) -> list[Contents]:
    """Label and cells of each line of a header, read from the lowest upwards, then settled downwards."""
    left = columns[0].left
    headings: dict[int, Heading] = {}
    under = ""
    beneath: tuple[tuple[int, int], ...] = ()
    for place in range(len(lines) - 1, -1, -1):
        if lines[place].kind is Kind.TEXT:
            drawn = inner_strokes(lines[place + 1].text) if place + 1 < len(lines) else ()
            text = without_strokes(lines[place].text)
            beneath = drawn or (beneath if stacked(text, under) else ())
            headings[place] = read_heading(text, left, columns, beneath)
            columns, under = headings[place].columns, text
    inner = sorted(headings)[:-1]
    for upper, lower in pairwise(inner):
        headings[lower] = settled(headings[upper], headings[lower])
    found = (headings.get(place) for place in range(len(lines)))
    contents = [(heading.label, heading.cells) if heading else ("", ()) for heading in found]
    return over_groups(contents, len(columns))


def _contents(line: Line, columns: Sequence[FigureColumn]) -> Contents:
    """Label and cells of a line of the body."""
    if line.kind not in (Kind.TEXT, Kind.ROW):
        return "", ()
    if line.kind is Kind.TEXT:
        heading = read_heading(line.text, columns[0].left, columns)
        return heading.label, heading.cells
    figures = _in_columns(line, columns)
    places = assign(figures, columns)
    label = _without_leaders(line.text[: figures[0].start] if figures else line.text)
    cells = (Cell(figure.text, place + 1, place + 1) for figure, place in zip(figures, places, strict=True))
    return " ".join(label.split()), tuple(cells)


def _without_leaders(label: str) -> str:
    """A label without what is left of leader dots that tabs have cut; the dot of an abbreviation stays."""
    bare = label.rstrip(" .")
    rest = label[len(bare) :]
    return bare if rest.startswith(" ") or rest.count(".") > 1 else label


def _in_columns(line: Line, columns: Sequence[FigureColumn]) -> list[Figure]:
    """The figures of a line that stand in columns; the others are part of its label."""
    sure = _sure(line)
    doubtful = len(sure) < len(line.figures) <= len(columns) and not _mark_or_year(line.figures[0])
    if doubtful and any(distance(line.figures[0], column) <= MISPLACED for column in columns):
        return list(line.figures)
    return sure[-len(columns) :]
