"""Words without figures that head the lines below them, told from notes, and from where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.interpret.lines import Entry
from xlsx_builder.model.patterns import regex

EMPTY_ITEM = regex(
    r"^commitments\b|\bcontingen|\bauthorized\b|\bnone (?:issued|outstanding)|\bpar value\b"
    r"|^see (?:accompanying )?notes?\b"
    r"|^\(?unaudited\)?$|^\(?continued\)?$|^\(see notes?\)$|^and$",
    re.IGNORECASE,
)
"""Words that stand in a table without figures and head nothing."""
FOOTNOTE = regex(r"\((?:\d{1,2}|[^\W\d_])\)\s+\S+(?:\s+\S+){3,}.*[.;]$|\*+\s|[\u2020\u2021]|note:", re.IGNORECASE)


def is_heading(entry: Entry) -> bool:
    """Whether words without figures head the lines below them."""
    return (
        not entry.cells and bool(entry.label) and not EMPTY_ITEM.search(entry.label) and not FOOTNOTE.match(entry.label)
    )


def uncentred(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The lines; a heading in the middle of the page, set further in than what it heads, as one at the margin."""
    left = min((entry.indent for entry in entries), default=0)
    return tuple(
        replace(entry, indent=left - 1)
        if is_heading(entry) and below is not None and below.indent < entry.indent
        else entry
        for entry, below in zip(entries, (*entries[1:], None), strict=True)
    )
