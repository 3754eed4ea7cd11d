"""Context: what headings and the sentences before settle for a sentence, and which prose makes no claims."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.claims.calendar import Calendar, Want
from xlsx_builder.claims.cells import Index, named_parts
from xlsx_builder.claims.mentions import Mention
from xlsx_builder.claims.periods import references
from xlsx_builder.claims.prose import Passage
from xlsx_builder.claims.sides import Side
from xlsx_builder.claims.taken import Setting
from xlsx_builder.claims.vocabulary import WEAK, listed, words
from xlsx_builder.model.patterns import regex

_AHEAD = regex(
    r"\b(?:outlook|guidance|targets?|forward[\s-]looking|safe harbou?r|conference call|webcast|financial calendar"
    r"|forecast)\b",
    re.IGNORECASE,
)
_FUTURE = regex(
    r"\b(?:expects?|expected|expecting|anticipat(?:es?|ed|ing)|outlook|guidance|forecast(?:s|ed|ing)?|targets?"
    r"|targeting|projects|projected|projecting|estimates? (?:that|to)|estimated to|will(?! be held)|plans? to"
    r"|intends?|looking ahead|up to|in the range of|should|would)\b",
    re.IGNORECASE,
)
_NOT_FUTURE = regex(
    r"\b(?:as|than|previously|had been|was|were) (?:previously )?"
    r"(?:expected|anticipated|estimated|forecast|projected)\b",
    re.IGNORECASE,
)
_USUAL = listed("""
    financial business highlight summary overview review commentary operating operation discussion analysis management
    position condition development key news other about note earning statement information release contact media
    investor relation table
""")
"""Words of headings that name no part of the company."""
_WHOLE = listed("""
    TAX TAXRATE NETINC PERSHARE BUYBACK DIVPAID CASHEQ OCF FREECF EQUITY INTEREST dividend cash debt share repurchase
    liquidity capital balance sheet
""")
"""Words of headings under which a release speaks of the company, not of a part."""
_NAME = 4
"""More words than that are a title rather than a name."""
_COMPANY = regex(r"\b(?:consolidated|company|corporate results|total company|overall)\b", re.IGNORECASE)


class Section(Struct, frozen=True):
    """What the headings above a paragraph settle."""

    segment: tuple[str, ...]
    want: Want | None
    ahead: bool
    """Whether it speaks of the future or of formalities."""
    foreign: bool
    """Whether the last heading names something that the tables do not know, a product line say."""


def section(passage: Passage, index: Index, calendar: Calendar, masthead: int) -> Section:
    """What the headings above a paragraph say of segment and period.

    Args:
        passage: the paragraph.
        index: the words of the tables.
        calendar: the release's periods.
        masthead: how many headings the release begins with, which name no part of the company.
    """
    segment: tuple[str, ...] = ()
    want: Want | None = None
    ahead = foreign = False
    for number, heading in enumerate(passage.headings):
        names = words(heading)
        parts = named_parts(frozenset(names), index)
        measures = any(name.isupper() or name in index.vocabulary for name in names if name not in WEAK)
        if parts:
            segment = parts if not _COMPANY.search(heading) else ()
        elif not measures or _WHOLE & set(names) or _COMPANY.search(heading):
            segment = ()
        ahead = _AHEAD.search(heading) is not None
        strange = [name for name in names if name not in WEAK and name not in _USUAL and name not in index.own]
        foreign = number >= masthead and bool(strange) and len(names) <= _NAME and not measures and not parts
        named = [r for r in references(heading) if r.relation == "" and (r.months or r.quarter)]
        wants = calendar.means(named[0], calendar.current) if named else ()
        want = wants[0] if wants else want if measures or parts else None
    return Section(segment, want, ahead, foreign)


def is_ahead(text: str, start: int) -> bool:
    """Whether the words before a figure make it one of the future."""
    before = _NOT_FUTURE.sub(" ", text[:start])
    clause = re.split(r";|\.\s|, and (?=\w+ (?:was|were|is)\b)", before)[-1]
    return _FUTURE.search(clause) is not None


def opening(at: Section, calendar: Calendar) -> Setting:
    """The setting of a paragraph's first sentence."""
    return Setting(at.want or calendar.current, at.want is not None, at.segment, foreign=at.foreign)


def carried(setting: Setting, made: tuple[Mention, ...], text: str, calendar: Calendar) -> Setting:
    """The setting of the next sentence: the period that this one told of its new side."""
    named = [r for r in references(text) if r.relation in {"", "same"} and (r.months or r.quarter or r.day)]
    for mention in made:
        if mention.side is Side.NEW and mention.new:
            now = mention.new[0]
            if named and not now.instant and now.months and now.end >= calendar.end:
                return replace(setting, want=now, told=True)
            return setting
    wants = calendar.means(named[0], calendar.current) if named and not made else ()
    if wants and not wants[0].instant and wants[0].months and wants[0].end >= calendar.end:
        return replace(setting, want=wants[0], told=True)
    return setting
