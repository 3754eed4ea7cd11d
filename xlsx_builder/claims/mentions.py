"""Mentions: each figure of a sentence with what it is of, its role, and the periods it may mean."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.claims.calendar import Calendar, Want
from xlsx_builder.claims.cells import Index
from xlsx_builder.claims.figures import Figure
from xlsx_builder.claims.periods import Reference
from xlsx_builder.claims.phrases import Phrase, inherited, is_per_share, joined, lead_phrase, per_share, tail_phrase
from xlsx_builder.claims.roles import Role, Standing, standing
from xlsx_builder.claims.sides import FIGURE, PERIOD, Side, span_at
from xlsx_builder.claims.taken import NOUNS, Setting, Taken, taken
from xlsx_builder.claims.vocabulary import WEAK
from xlsx_builder.claims.wants import meant, wants
from xlsx_builder.model.claim import ClaimUnit
from xlsx_builder.model.patterns import regex

_BY = regex(r"\bby[\s(]*$")
_MOVE = regex(
    r"^[\s-]*(?:[\w/'](?:[\w/'-]{0,60}[\w/'])?[\s-]{1,9}){0,3}?"
    r"(?:increases?|decreases?|declines?|growth|rise|improvement|gain|drop|reduction)\b"
)
_RESPECTIVELY = regex(r"[\s,]*respectively\b")
_NEXT = regex(r"[\s,]*(?:and|or)?[\s,]*(?:approximately|about)?\s*")
_PARTS = regex(r"^\W*of\s(?:the|this|that|these|those|its|our)\b")
"""'Of the increase of 7, 4 came from ...': what follows are parts that no line is called by."""
_LEFT_OUT = regex(
    r"^\W*(?:excluding|exclusive of|before|without|except for|apart from|adjusted for|not including|but for)\b[^,]*"
    rf"{FIGURE}"
)
"""'Excluding the charge of 5, income was ...'."""
_BASES = regex(r"\bgaap and non-gaap\b")


class Mention(Struct, frozen=True):
    """A figure and all that the words tell of it."""

    figure: Figure
    phrase: Phrase
    standing: Standing
    side: Side
    new: tuple[Want, ...]
    """The periods it may be of, or be the change up to, likeliest first."""
    old: tuple[Want, ...]
    """The periods it may be compared with."""
    whole: Phrase | None
    """What a share is said to be of."""
    firm: bool
    """Whether the words tell enough to say that the tables differ."""
    lost: bool
    """Whether it belongs to something that is only named in passing, 'including', 'driven by'."""


def parsed(text: str, words: Index, calendar: Calendar, setting: Setting) -> tuple[Mention, ...]:
    """The mentions of a sentence, left to right.

    Args:
        text: the sentence.
        words: what the tables can be asked for.
        calendar: the release's periods.
        setting: what stands before the sentence.
    """
    sentence = taken(text, words, calendar, setting)
    if sentence is None:
        return ()
    made: list[Mention] = []
    before = Phrase()
    for number in range(len(sentence.figures)):
        mention, before = _mention(sentence, number, made, before)
        made.append(mention)
    return respective(sentence, made)


def _mention(sentence: Taken, number: int, made: list[Mention], before: Phrase) -> tuple[Mention, Phrase]:
    """The mention of one figure, and the phrase that the next may leave out."""
    lead, tail, figure = sentence.lead(number), sentence.tail(number), sentence.figures[number]
    role = standing(lead, tail, figure.unit, made[-1].standing if made else None)
    said, turned = _said(sentence, number)
    marked = any(sentence.start(number) <= span.start < figure.start for span in sentence.spans[1:])
    turned = turned or (bool(made) and made[-1].lost and not said.known and not marked)
    strange = any(word not in WEAK for word in said.words) and not said.known
    firm = not turned and not (number and strange)
    said = said if firm or turned else replace(said, words=())
    noun = figure.unit in NOUNS
    whole = _whole(sentence, number, role)
    after = Phrase() if whole else tail_phrase(_noun_cut(sentence.after(number), role), sentence.words, noun=noun)
    side = sentence.span(number).side
    clause = marked and side is Side.NEW and after.known and not said.words
    kept = Phrase() if turned or noun or clause else before
    said = inherited(said, kept, compared=side is Side.OLD) if said.words else said
    figure, phrase = _phrase(figure, said, after, kept, tail)
    if turned and not said.words and not after.known:
        phrase = Phrase()
    new, old = wants(sentence, number, role)
    effect = role.role is Role.LEVEL and _BY.search(lead) is not None
    effect = effect or (number > 0 and _PARTS.match(sentence.mask) is not None)
    if number and _LEFT_OUT.match(sentence.mask):
        phrase = replace(phrase, adjusted=True)
    mention = Mention(_signed(figure, role), phrase, role, side, new, old, whole, firm and not effect, turned)
    own = said.words or clause or (before == Phrase() and after.known)
    return mention, phrase if own and not (turned or noun) else before


def _said(sentence: Taken, number: int) -> tuple[Phrase, bool]:
    """What the words before a figure name, and whether they turn to something else."""
    before, own = (part.replace(PERIOD, " ") for part in sentence.own(number))
    said, turned = lead_phrase(own, sentence.words, sentence.tail(number))
    if before and not said.words and not turned:
        return lead_phrase(before, sentence.words)
    if before:
        first, _ = lead_phrase(before, sentence.words)
        return inherited(said, first, compared=False) if first.words else said, turned
    return said, turned


def _signed(figure: Figure, role: Standing) -> Figure:
    if role.role is Role.CHANGE and role.direction < 0 and figure.value > 0:
        return replace(figure, value=-figure.value)
    return figure


def _noun_cut(tail: str, role: Standing) -> str:
    """The tail after the noun of a change: 'increase in transactions' speaks of transactions."""
    if role.role is Role.CHANGE:
        return _MOVE.sub("", tail)
    return tail


def _whole(sentence: Taken, number: int, role: Standing) -> Phrase | None:
    """What a per cent is said to be of: '16.8% of net sales', 'as a percentage of revenues'."""
    if sentence.figures[number].unit is not ClaimUnit.PERCENT or role.role is Role.CHANGE:
        return None
    after = re.match(
        rf"^\s(?:of|as an? (?:percent(?:age)?|%) of)\s(?:the\s|its\s|our\s|{PERIOD}+\S*\s)?([^,;.{FIGURE}]*)",
        sentence.tail(number),
    )
    start = sentence.figures[number].start
    before = re.findall(
        r"\bas an? (?:percentage|percent|%) of (?:the\s|its\s|our\s)?((?:total |net )*[\w&'-]+)", sentence.mask[:start]
    )
    text = after[1] if after else before[-1] if before else ""
    text = re.split(r"\b(?:compared|versus|from|and|in|for|was|were|increased|decreased|while|during|at)\b", text)[0]
    if not text.strip():
        return None
    phrase = tail_phrase(f" of {text}", sentence.words, noun=True)
    return phrase if phrase.words else None


def _phrase(figure: Figure, said: Phrase, after: Phrase, before: Phrase, tail: str) -> tuple[Figure, Phrase]:
    """The phrase of a figure from its own words, those after it, and those before that it may leave out."""
    share = figure.unit is ClaimUnit.PER_SHARE or (figure.unit is ClaimUnit.MONEY and is_per_share(tail))
    if share:
        base = said if said.words else before
        phrase = per_share(base, after if said.words else joined(said, after))
        return replace(figure, unit=ClaimUnit.PER_SHARE), inherited(phrase, before, compared=False)
    base = said if said.words else (before if not after.known or before.words else Phrase())
    other = not said.words and any(word.isupper() and word not in {"PERSHARE", "CUMEFF"} for word in after.words)
    phrase = after if other else joined(base, after) if after.words else base
    if figure.unit is ClaimUnit.MONEY and "PERSHARE" in phrase.words:
        return replace(figure, unit=ClaimUnit.PER_SHARE), phrase
    return figure, replace(phrase, loss=said.loss or (phrase.loss and not said.words))


def respective(sentence: Taken, made: list[Mention]) -> tuple[Mention, ...]:
    """Mentions with the parts of a list given to the figures of another in order: '5 and 9 in May and June'.

    Args:
        sentence: the sentence.
        made: its mentions.
    """
    last = len(made) - 1
    while last > 0:
        first = last
        while first and _NEXT.fullmatch(sentence.lead(first)):
            first -= 1
        group = made[first : last + 1]
        if _RESPECTIVELY.match(sentence.tail(last)):
            made[first : last + 1] = _shared(sentence, group, sentence.lead(first))
        elif _alike(group):
            made[first : last + 1] = _timed(sentence, group, _beside(sentence, first, last)) or group
        last = first - 1
    return tuple(made)


def _alike(group: list[Mention]) -> bool:
    """Whether a list is one of figures of a kind, and no figure in another shape: '5 million or 3%'."""
    return len({(mention.figure.unit, mention.standing.role) for mention in group}) == 1


def _beside(sentence: Taken, first: int, last: int) -> list[Reference]:
    """The periods told right behind a list, else all before it, those left aside that it is compared with."""
    told = [r for r in sentence.periods if sentence.spans[span_at(sentence.spans, r.start)].side is Side.NEW]
    behind = [r for r in told if sentence.figures[last].end <= r.start < sentence.stop(last)]
    return behind or [r for r in told if r.end <= sentence.figures[first].start]


def _shared(sentence: Taken, group: list[Mention], lead: str) -> list[Mention]:
    """The figures of one list, each with its own period or basis; doubtful where neither is listed."""
    named = [r for r in sentence.periods if r.end <= group[0].figure.start][-len(group) :]
    timed = _timed(sentence, group, named)
    if timed:
        return timed
    if len(group) == 2 and _BASES.search(lead):
        bases = zip(group, (False, True), strict=True)
        return [replace(mention, phrase=replace(mention.phrase, adjusted=adjusted)) for mention, adjusted in bases]
    return [replace(mention, firm=False) for mention in group]


def _timed(sentence: Taken, group: list[Mention], named: list[Reference]) -> list[Mention]:
    """The figures of a list, each with its own of as many periods; none where these are more or fewer."""
    if not len(named) == len(group) > 1:
        return []
    news = [meant(sentence, _completed(reference, named[0])) for reference in named]
    olds = [sentence.calendar.before(new[0]) if new else () for new in news]
    return [
        replace(mention, new=new, old=old if mention.standing.role is Role.CHANGE else mention.old, side=Side.NEW)
        for mention, new, old in zip(group, news, olds, strict=True)
    ]


def _completed(reference: Reference, first: Reference) -> Reference:
    """A bare year in a list is as long as the period that the list begins with."""
    if reference.day is not None:
        return reference
    return replace(reference, months=reference.months or first.months, quarter=reference.quarter or first.quarter)
