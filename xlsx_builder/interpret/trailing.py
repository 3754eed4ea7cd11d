"""How long the periods are that end on bare dates over columns: told by the title, or by a note below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.tables import Part
from xlsx_builder.interpret.times import times, trailing_length
from xlsx_builder.model.document import Document, Paragraph
from xlsx_builder.model.patterns import regex

NOTE = regex(r"^\W*(?:\w{1,2}[).\]]|note\b|\*)", re.IGNORECASE)
"""How a note to a table begins."""
EACH_DATE = regex(
    r"\s*(?:periods?\s+)?(?:ended|ending|through|up to|prior to|preceding)\b[^.;]{0,30}"
    r"\b(?:each|the|these|those)\b[^.;]{0,40}\bdates?\b",
    re.IGNORECASE,
)
"""How it goes on where it speaks of the columns rather than of one line."""
QUARTERLY = regex(r"\bquarterly\b", re.IGNORECASE)
EARNED = regex(r"\bnet (?:income|loss|earnings)\b|\bper share\b", re.IGNORECASE)
"""Lines of figures that are of a time and of no day."""


def with_trailing(document: Document, parts: Sequence[Part]) -> list[Part]:
    """The parts, those with bare dates over their columns given the length that the note below them tells."""
    below: dict[int, str] = {}
    note = ""
    for block in reversed(document.blocks):
        if isinstance(block, Paragraph):
            note = block.text
        else:
            below[block.line] = note
    return [told(part, below.get(part.table.line, "")) if on_bare_dates(part) else part for part in parts]


def on_bare_dates(part: Part) -> bool:
    """Whether days stand over the columns of a part, and nothing that tells a length."""
    heads = [times(text) for row in part.panel.header for text in (row.label, *(cell.text for cell in row.cells))]
    return any(head.days for head in heads) and not any(head.lengths for head in (*heads, part.titles.when))


def told(part: Part, note: str) -> Part:
    """A part with the length of its columns from its title or the note below it."""
    found = trailing_length(note)
    if QUARTERLY.search(part.titles.title) and any(EARNED.search(row.label) for row in part.rows):
        length = times("quarter ended")
    elif found and NOTE.match(note) and EACH_DATE.match(note, found.end()):
        length = times(found[0])
    else:
        return part
    when = replace(part.titles.when, months=length.months, lengths=length.lengths, trailing=True)
    return replace(part, titles=replace(part.titles, when=when))
