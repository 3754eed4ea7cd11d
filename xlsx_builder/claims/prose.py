"""Prose: the paragraphs around the tables as running text that still knows its source lines and headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.document import Paragraph
from xlsx_builder.model.patterns import regex

HEADING_WORDS = 12
"""A longer line without a full stop is a sentence that lost it, not a heading."""

_TYPEWRITTEN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014€£•●▪◦‣", "''\"\"--$$·····")
"""Quotes, dashes, currency signs and bullets as the patterns have them."""
_FIGURE = regex(r"\$\s?\d|\d\s?%|\d (?:percent|cents|million|billion)|\bpercent\b", re.IGNORECASE)
_FURNITURE = regex(r"[-\s]*\d{0,3}[-\s]*|\(?more\)?|[#*\s]+|-?\s*-0-\s*|page \d+(?: of \d+)?", re.IGNORECASE)
_BULLET = regex(r"\s*[·*]+\s*")
_END = regex(r"[.!?:;][\"')\]]*\s*$")
_ABBREVIATION = regex(
    r"(?:^|[\s(\"])(?:[A-Z]|Inc|Corp|Co|Ltd|LLC|Nos?|Mrs?|Ms|Dr|St|Jr|Sr|Messrs|vs|approx|excl|incl|avg|U\.S|U\.K|E\.U|a\.m|p\.m"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Calif|Conn|Fla|Ga|Ill|Ind|Mass|Mich|Minn|Pa|Tex|Va|Wash|Wis|N\.[A-Z]|L\.P)$"
)
_STOP = regex(r"[.!?][\"')\]]*(?:\*+)?(?=\s+[\"'(]?[A-Z0-9$·])|(?<=[a-z)%])\.(?=[A-Z][a-z])|[!?]$|\s+(?=·\s)")


class Passage(Struct, frozen=True):
    """A paragraph of prose."""

    text: str
    """On one line."""
    starts: tuple[tuple[int, int], ...]
    """Offset in the text and source line of each of its lines, in order."""
    headings: tuple[str, ...]
    """All headings above it, in document order."""

    def line(self, offset: int) -> int:
        """Source line of a place in the text."""
        return self.starts[bisect_right(self.starts, (offset, 1 << 60)) - 1][1]


class Sentence(Struct, frozen=True):
    """A sentence or a bullet."""

    text: str
    start: int
    """Offset in its passage."""


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.translate(_TYPEWRITTEN)
    words = text.split()
    if not text or _FIGURE.search(text) or len(words) > HEADING_WORDS or _BULLET.match(text):
        return False
    return not re.search(r"[.;,!?]\"?$", text) and any(char.isalpha() for char in text)


def _is_furniture(text: str) -> bool:
    return _FURNITURE.fullmatch(text.translate(_TYPEWRITTEN)) is not None


def _goes_on(open_text: str, text: str) -> bool:
    """Whether a paragraph is the rest of one that a page break cut."""
    return bool(text) and not _END.search(open_text.translate(_TYPEWRITTEN)) and (text[0].islower() or text[0] in "$%,")


def _passage(paragraph: Paragraph, headings: tuple[str, ...]) -> Passage:
    text, starts = "", []
    for number, line in enumerate(paragraph.lines):
        words = " ".join(line.split())
        if number == 0:
            bullet = _BULLET.match(words.translate(_TYPEWRITTEN))
            words = words[bullet.end() :] if bullet else words
        if not words:
            continue
        text += " " if text else ""
        starts.append((len(text), paragraph.line + number))
        text += words
    return Passage(text, tuple(starts) or ((0, paragraph.line),), headings)


def _joined(first: Passage, second: Passage) -> Passage:
    shift = len(first.text) + 1
    starts = first.starts + tuple((offset + shift, line) for offset, line in second.starts)
    return replace(first, text=f"{first.text} {second.text}", starts=starts)


def passages(prose: Sequence[Paragraph]) -> tuple[Passage, ...]:
    """The prose without its headings, each paragraph with the headings above it."""
    headings: tuple[str, ...] = ()
    made: list[Passage] = []
    fresh = True
    for paragraph in prose:
        if _is_furniture(paragraph.text):
            continue
        if made and not fresh and _goes_on(made[-1].text, paragraph.text):
            made[-1] = _joined(made[-1], _passage(paragraph, headings))
        elif _is_heading(paragraph):
            headings = (*headings, paragraph.text)
            fresh = True
        else:
            made.append(_passage(paragraph, headings))
            fresh = False
    return tuple(made)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    start = 0
    plain = text.translate(_TYPEWRITTEN)
    for stop in _STOP.finditer(plain):
        if stop[0].startswith(".") and _ABBREVIATION.search(plain[start : stop.start()]):
            continue
        yield Sentence(text[start : stop.end()].strip(), start + _blank(text[start:]))
        start = stop.end()
    if text[start:].strip():
        yield Sentence(text[start:].strip(), start + _blank(text[start:]))


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())
