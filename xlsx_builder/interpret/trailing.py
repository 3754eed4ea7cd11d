"""A note below a table may tell that its figures are of the twelve months up to each date over the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.tables import Part
from xlsx_builder.interpret.times import times, trailing_length
from xlsx_builder.model.document import Document, Paragraph

NOTE = re.compile(r"^\W*(?:\w{1,2}[).\]]|note\b|\*)", re.IGNORECASE)
"""How a note to a table begins."""
EACH_DATE = re.compile(
    r"\s*(?:periods?\s+)?(?:ended|ending|through|up to|prior to|preceding)\b[^.;]{0,30}"
    r"\b(?:each|the|these|those)\b[^.;]{0,40}\bdates?\b",
    re.IGNORECASE,
)
"""How it goes on where it speaks of the columns rather than of one line."""


def with_trailing(document: Document, parts: Sequence[Part]) -> list[Part]:
    """The parts, those with bare dates over their columns given the length that the note below them tells."""
    below: dict[int, str] = {}
    note = ""
    for block in reversed(document.blocks):
        if isinstance(block, Paragraph):
            note = block.text
        else:
            below[block.line] = note
    return [told(part, below.get(part.table.line, "")) for part in parts]


def told(part: Part, note: str) -> Part:
    """A part with the length of its columns from the note below it, where nothing above it tells one."""
    found = trailing_length(note)
    if not found or not NOTE.match(note) or not EACH_DATE.match(note, found.end()):
        return part
    heads = [times(text) for row in part.panel.header for text in (row.label, *(cell.text for cell in row.cells))]
    if part.titles.when.lengths or any(head.lengths for head in heads) or not any(head.days for head in heads):
        return part
    length = times(found[0])
    when = replace(part.titles.when, months=length.months, lengths=length.lengths, trailing=True)
    return replace(part, titles=replace(part.titles, when=when))
