"""Items of a layout in reading order -> numbered source lines and blocks, tables with their captions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from xlsx_builder.model.document import Block, Paragraph, SourceLine
from xlsx_builder.read.captions import with_captions
from xlsx_builder.read.continuations import joined
from xlsx_builder.read.flow import Grid, Item, PageBreak, Preformatted, TextLine
from xlsx_builder.read.grid_tables import row_text, tables_of
from xlsx_builder.read.text import Reading, read_text


def assemble(items: Iterable[Item]) -> Reading:
    """Number the lines, make paragraphs and tables, give tables their captions."""
    lines: list[SourceLine] = []
    blocks: list[Block | PageBreak] = []
    for _, group in groupby(items, key=_paragraph_key):
        for item in (together := list(group)):
            if isinstance(item, Grid):
                blocks += tables_of(item, len(lines) + 1)
                lines += [SourceLine(len(lines) + n, row_text(row), row.page) for n, row in enumerate(item.rows, 1)]
            elif isinstance(item, Preformatted):
                more_lines, more_blocks = read_text(item.text, len(lines) + 1)
                lines += more_lines
                blocks += more_blocks
            elif isinstance(item, PageBreak):
                blocks.append(item)
        if isinstance(together[0], TextLine):
            texts = [item for item in together if isinstance(item, TextLine)]
            blocks.append(_paragraph(texts, len(lines) + 1))
            lines += [SourceLine(len(lines) + n, text.text, text.page) for n, text in enumerate(texts, 1)]
    return tuple(lines), with_captions(joined(blocks))


def _paragraph_key(item: Item) -> object:
    return item.block if isinstance(item, TextLine) else id(item)


def _paragraph(texts: list[TextLine], line: int) -> Paragraph:
    return Paragraph(
        line,
        tuple(text.text for text in texts),
        bold=all(text.bold for text in texts),
        centred=all(text.centred for text in texts),
    )
