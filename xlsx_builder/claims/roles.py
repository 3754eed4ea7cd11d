"""Roles: whether the words around a figure make it a level or a change, and which way it went."""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from xlsx_builder.claims.sides import PERIOD
from xlsx_builder.model.claim import ClaimUnit
from xlsx_builder.model.patterns import regex


class Role(Enum):
    """What the words around a figure make of it."""

    LEVEL = "level"
    CHANGE = "change"


class Standing(Struct, frozen=True):
    """The role of a figure."""

    role: Role
    direction: int
    """1 up, -1 down, 0 where nothing is said."""


_UP = (
    r"(?:up|increas(?:es|ed|e|ing)|grew|grow(?:s|n|ing)?|growth|rose|ris(?:en|es|e|ing)|gain(?:ed|s)?|climb(?:ed|s)?|jump(?:ed|s)?|surg(?:ed|e)"
    r"|advanc(?:ed|es|e|ing)|improv(?:ement|ed|es|e|ing)|higher|greater|more|ahead|above|expan(?:ded|sion|d)|raised?|doubled|tripled|quadrupled|widened|strengthened|accelerat(?:ed|ion))"
)
_DOWN = (
    r"(?:down|decreas(?:es|ed|e|ing)|declin(?:ed|es|e|ing)|fell|fall(?:s|en|ing)?|drop(?:ped|s)?|reduc(?:tion|ed|es|e|ing)|lower(?:ed)?|less|below"
    r"|contract(?:ion|ed)|slipped|shr[aui]nk|worsen(?:ed)?|deteriorat(?:ed|ion)|compress(?:ed|ion)|behind|halved|narrowed|decreasing)"
)
_MOVE = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_NOUN = (
    r"(?:(?P<up>increase|growth|rise|gain|improvement|expansion|higher|greater|more|ahead|above)"
    r"|(?P<down>decrease|decline|drop|reduction|contraction|fall|lower|less|below|behind))"
)
"""What a figure may be followed by to be a change: '5% growth', '3% lower'; a verb after it makes it the subject."""
_QUALITY = regex(r"improv|worsen|deteriorat|strengthen")
"""Better or worse is not up or down: costs improve by falling."""
_ROUGHLY = (
    r"(?:\s(?:by|approximately|about|nearly|almost|roughly|over|an?|another|some|only|just|of|slightly|negative"
    r"|less than|more than))*"
)
_ADVERB = rf"(?:,?\s(?:\w+ly|sequentially|again|overall|{PERIOD}+|on an? [\w-]+ basis|year over year))*"
_MOVES = regex(rf"\b{_MOVE}\b")
_MOVED = regex(rf"{_ADVERB}{_ROUGHLY}[\s(~*]*$")
_NOUN_FIRST = regex(rf"(?:(?!\b(?:over|from|than|to)\b)[^,;])*\b(?:was|were|is|of)\b{_ROUGHLY}[\s(~]*$")
"""What may stand between a word of movement and its figure, and between such a noun and its per cent."""
_BY = regex(rf"\bby{_ROUGHLY}[\s(~]*$")
_TO = regex(
    r"\b(?:to|at|from)(?:\s(?:approximately|about|nearly|over|an?|the|record|negative|new|all-time|high))*[\s(]*$"
)
_AFTER = regex(
    rf"^[\s*)-]+(?:(?!(?:of|in|from|to|and|or|for|on|compared|at|with|as|by|than)\b)[\w/{PERIOD}'](?:[\w/{PERIOD}'-]{{0,60}}[\w/{PERIOD}'])?[\s-]{{1,9}}){{0,3}}?{_NOUN}\b"
)
_LINK = regex(
    rf"^[\s,()]*(?:(?:or|and|representing|an?|in|on|usd|u\.s\.|us|dollars|reported|constant|currency|cc|basis|{PERIOD}+)[\s,()]*)*"
    r"(?:approximately|about|nearly)?[\s(~]*$"
)


def _way(match: re.Match[str] | None) -> int:
    if match is None or _QUALITY.match(match["up"] or match["down"]):
        return 0
    return 1 if match["up"] else -1


def standing(lead: str, tail: str, unit: ClaimUnit, last: Standing | None) -> Standing:
    """What a figure is, from the words before and after it.

    Args:
        lead: the masked sentence from the figure before.
        tail: the masked sentence up to the figure after.
        unit: what the figure counts.
        last: the standing of the figure before; None for the first of a sentence.
    """
    after = _AFTER.match(tail)
    if after and unit is ClaimUnit.MONEY and after["up"] in {"more", "above"}:
        after = None
    moves = list(_MOVES.finditer(lead))
    rests = (_MOVED, _NOUN_FIRST) if unit is ClaimUnit.PERCENT else (_MOVED,)
    moved = next((move for rest in rests for move in moves if rest.match(lead, move.end())), None)
    nearest = _way(moves[-1]) if moves else 0
    if _TO.search(lead):
        return Standing(Role.LEVEL, nearest or (last.direction if last else 0))
    if moved or after:
        return Standing(Role.CHANGE, _way(moved or after))
    if nearest and _BY.search(lead):
        return Standing(Role.CHANGE, nearest)
    if last is not None and _LINK.match(lead) and unit in {ClaimUnit.PERCENT, ClaimUnit.MONEY, ClaimUnit.PER_SHARE}:
        of_whole = re.match(r"\s*(?:of|as an?)\b", tail) is not None
        if last.role is Role.CHANGE and not of_whole:
            return last
        if unit is ClaimUnit.PERCENT and last.direction and not of_whole and re.match(r"[\s,]*or\b", lead):
            return Standing(Role.CHANGE, last.direction)
    return Standing(Role.LEVEL, 0)
