"""Tables that a page break has cut in two, made one again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from xlsx_builder.model.document import Block, Paragraph, Row, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.captions import MAX_LINES, is_furniture
from xlsx_builder.read.flow import PageBreak

CONTINUED = regex(r"\W*\(?(?:continued|cont['\u2019.]*d?)\.?\)?\W*", re.IGNORECASE)


def joined(blocks: Iterable[Block | PageBreak]) -> list[Block]:
    """The blocks without page breaks, a table that goes on after one joined to its first part."""
    made: list[Block | PageBreak] = []
    for block in blocks:
        if isinstance(block, Table):
            place = next((n for n in range(len(made) - 1, -1, -1) if isinstance(made[n], Table)), -1)
            above = made[place] if place >= 0 else None
            if isinstance(above, Table) and _goes_on(above, made[:place], made[place + 1 :], block):
                made[place:] = [replace(above, body=above.body + block.body)]
                continue
        made.append(block)
    return [block for block in made if not isinstance(block, PageBreak)]


def _goes_on(
    above: Table, before: Sequence[Block | PageBreak], between: Sequence[Block | PageBreak], below: Table
) -> bool:
    """Whether a table is the rest of the one above it."""
    texts = [text for block in between if isinstance(block, Paragraph) for text in block.lines]
    pages = any(isinstance(block, PageBreak) for block in between)
    others = [text for text in texts if not is_furniture([text])]
    broken = pages or len(others) < len(texts)
    if above.columns != below.columns or not {_bare(text) for text in others} <= _titles(before):
        return False
    if not _headings(below.header):
        return broken or not texts
    return broken and _headings(above.header) == _headings(below.header)


def _titles(before: Sequence[Block | PageBreak]) -> set[str]:
    """What stands above a table and may be said again where it goes on."""
    paragraphs = [block for block in before[-MAX_LINES:] if isinstance(block, Paragraph)]
    return {_bare(text) for paragraph in paragraphs for text in paragraph.lines} | {""}


def _bare(text: str) -> str:
    """A title without 'continued', for comparing."""
    return " ".join(CONTINUED.sub(" ", text).casefold().split())


def _headings(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    return [(cell.text, cell.first, cell.last) for row in rows for cell in row.cells]
