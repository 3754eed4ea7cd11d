"""The titles directly above a table become its caption; page numbers and the like are nobody's paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from xlsx_builder.model.document import Block, Paragraph, Table
from xlsx_builder.model.patterns import regex

MAX_LINES = 6
"""Company, statement, scale, period, each perhaps on a line and a half."""
MAX_LENGTH = 160
"""Characters; longer lines are prose."""
PAGE_NUMBER = regex(
    r"(?:[-\u2013\u2014]?\s*(?:page\s*)?[A-Z]?-?\d{1,3}\s*(?:of\s*\d{1,3})?\s*[-\u2013\u2014]?)|\(?more\)?|[-#*\s]*(?:more|#\s*#\s*#)[-\s]*",
    re.IGNORECASE,
)
"""'- 5 -', 'Page 5 of 9', '(more)', '# # #'."""
LEAD_IN = 8
"""A line that ends with a colon and has more words than this introduces a table and does not title it."""
SENTENCE_END = regex(r"[a-z)%\d\u201d\"]{2}[.;!?]$")
TELLS_SCALE = regex(
    r"^the following table.*\([^()]*\b(?:thousands|millions|billions)\b"
    r"|\([^()]*\b(?:thousands|millions|billions)\b[^()]*\)\.$",
    re.IGNORECASE,
)
"""A sentence that ends with the scale of what follows, or says that a table follows and in which."""
ABBREVIATION = regex(r"\b(?:inc|corp|co|ltd|llc|plc|no|n\.v|s\.a|unaud|cos)\.$", re.IGNORECASE)
NO_TITLE = regex(
    r"(?:\(?(?:\d{1,2}|[a-z])\)\s|[*\u2020\u2021\u2022\u25cf\u25aa\u00b7\u2013\u2014-]\s|see\s|note:|source:|contacts?:|\w+@|https?:)",
    re.IGNORECASE,
)
"""Footnotes, bullets, references."""


def with_captions(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, titles moved from the paragraphs into the tables that follow them."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            above: list[Paragraph] = []
            while made and isinstance(made[-1], Paragraph) and (titles := _titles(made[-1], MAX_LINES - len(above))):
                last = made.pop()
                assert isinstance(last, Paragraph)
                above = [*titles, *above]
                if len(titles) < len(last.lines):
                    made.append(replace(last, lines=last.lines[: len(last.lines) - len(titles)]))
                    break
            made.append(replace(block, caption=(*above, *block.caption)))
        elif not is_furniture(block.lines):
            made.append(block)
    return tuple(made)


def is_furniture(lines: Sequence[str]) -> bool:
    """Whether lines are nothing but a page number or a mark of continuation."""
    return all(PAGE_NUMBER.fullmatch(line.strip()) for line in lines)


def _titles(paragraph: Paragraph, room: int) -> list[Paragraph]:
    """The last lines of a paragraph that may be titles, each by itself."""
    found: list[Paragraph] = []
    for place in range(len(paragraph.lines) - 1, -1, -1):
        text = paragraph.lines[place]
        if len(found) >= room or not may_be_title(text):
            break
        found.insert(0, replace(paragraph, line=paragraph.line + place, lines=(text,)))
    return found


def may_be_title(text: str) -> bool:
    """Whether a line may title a table: short, no sentence, no footnote, no bullet."""
    if len(text) > MAX_LENGTH or NO_TITLE.match(text):
        return False
    bare = text.rstrip('\u201d") ')
    ends = ABBREVIATION.search(bare) or TELLS_SCALE.search(text)
    return not SENTENCE_END.search(bare) or ends is not None
