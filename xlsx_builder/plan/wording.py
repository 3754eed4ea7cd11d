"""Titles as printed, made short enough for a name: first what every title has goes, then the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.patterns import regex

COLON = regex(r"\s*:\s+|\s+[-–—]\s+")  # noqa: RUF001

FRAME = regex(
    r"^(?:the following|amounts|following|below|these)\b.{0,20}?\b(?:is|are|includes?|shows?|presents?)\b\s*"
    r"|,?\s*(?:(?:is|are|was|were|as)\s+)?(?:as follows|follows|shown below|set forth below)\W*$"
    r"|,\s+an?\s[^,]*\bmeasures?\b.*$"
    r"|\s+consists? of the following\W*$"
    r"|\s*\([^()]*\b(?:thousands|millions|billions)\b[^()]*\)",
    re.IGNORECASE,
)
"""What makes a sentence of a title, or tells its scale."""

KIND_OF_TABLE = regex(
    r"^(?:\w+ )?(?:per share )?(?:calculations?|computations?|data|details?|disaggregation|information|"
    r"reconciliations?|schedule|summary)(?: data| information)? (?:for|of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""What leads to the subject of a table: 'Supplemental data for …', 'a reconciliation of …'."""

ARTICLE = regex(r"\b(?:an?|the)\s+", re.IGNORECASE)

LEADING = regex(r"^(?:as\s+)?(?:an?|the)\s+(?=\w)", re.IGNORECASE)

EMPTY = (
    r"certain|condensed|consolidated|ended|ending|information|selected|statements?|summary|supplement\w*|"
    r"\(?unaudited\)?"
)
COMMON, LEADS = (regex(words, re.IGNORECASE) for words in (rf"{EMPTY}|financial", EMPTY))
"""Words that tell no statement from another; 'financial' does where it begins the name of a segment."""

SMALL = regex(r"an?|and|are|&|as|at|by|excluding|for|from|in|including|is|of|on|per|the|to|with", re.IGNORECASE)
"""Words that lead to others, and end no name."""

COUNT = regex(r"\d{1,3}|first|second|third|fourth", re.IGNORECASE)
"""How many or which of something, which says nothing without the word behind it."""

EDGES = "' -–—:,;("  # noqa: RUF001


def plain_title(title: str, company: str) -> str:
    """A title without the company's name and what makes a sentence of it."""
    own = re.compile(rf"\b{re.escape(company)}(?:['’]s?)?\s*", re.IGNORECASE) if company else None  # noqa: RUF001
    named = title if own is None else own.sub("", title)
    text = FRAME.sub("", " ".join((named if any(map(str.isalpha, named)) else title).split())).strip(EDGES)
    _, colon, tail = text.partition(": (")
    text = tail.rstrip(")") if colon and text.endswith(")") else text
    text = re.sub(r"^\((.*)\)$", r"\1", text)
    return LEADING.sub("", text)


def shortened(title: str, room: int) -> str:
    """A title that fits: what follows a colon matters more than what leads to it."""
    if len(title) <= room:
        return title
    head, _, tail = COLON.sub("\n", title, count=1).partition("\n")
    if not any(map(str.isalpha, tail)):
        return squeezed(head, room)
    told = {word.strip(EDGES) for word in tail.split()}
    says = [w for w in KIND_OF_TABLE.sub("", head).split() if w not in told and not LEADS.fullmatch(w)]
    left = room - len(says[0]) - 1 if says else 0
    if left < len(tail.split()[0]):
        return squeezed(tail, room)
    rest = squeezed(tail, left)
    lead = says[:1]
    for word in says[1:]:
        if len(" ".join((*lead, word, rest))) > room:
            break
        lead.append(word)
    while len(lead) > 1 and SMALL.fullmatch(lead[-1]):
        lead.pop()
    if f"{lead[-1]} to " in head:  # 'GAAP' of 'GAAP to Non-GAAP' would say something else
        return squeezed(tail, room)
    return " ".join((*lead, rest))


def squeezed(text: str, room: int) -> str:
    """A text that fits: without what says little, or else cut."""
    shorter = text
    for shorter in _shorter(text):
        if len(shorter) <= room:
            return shorter
    bare = " ".join(word for word in shorter.split() if not SMALL.fullmatch(word))
    return bare if bare and len(bare) <= room else cut(shorter, room)


def _shorter(text: str) -> Iterator[str]:
    """The text, and what it becomes while words that say little go, one kind after the other."""
    yield text
    text = re.sub(r"\band\b", "&", text)
    yield text
    text = ARTICLE.sub("", text)
    yield text
    text = KIND_OF_TABLE.sub("", text) or text
    yield text
    words = text.split()
    for word in words.copy():
        if COMMON.fullmatch(word) and len(words) > 1:
            words.remove(word)
            yield " ".join(words)


def cut(text: str, room: int) -> str:
    """At most so many characters, whole words where the first one fits, none of them leading to others."""
    if len(text) <= room:
        return text
    words = text[: room + 1].rpartition(" ")[0].split()
    while len(words) > 1 and (SMALL.fullmatch(words[-1]) or COUNT.fullmatch(words[-1]) or words[-2] == "&"):
        words.pop()
    return (" ".join(words) or text[:room]).strip(EDGES)
