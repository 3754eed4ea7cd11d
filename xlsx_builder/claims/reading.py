"""Reading: the claims of a paragraph, sentence by sentence, each seen in the light of the ones before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.claims.calendar import Calendar
from xlsx_builder.claims.cells import Index
from xlsx_builder.claims.context import carried, is_ahead, opening, section
from xlsx_builder.claims.mentions import Mention, parsed
from xlsx_builder.claims.options import Option, of_another_period
from xlsx_builder.claims.prose import Passage, Sentence, sentences
from xlsx_builder.claims.ratios import options
from xlsx_builder.claims.roles import Role
from xlsx_builder.claims.sides import Side
from xlsx_builder.claims.taken import Setting
from xlsx_builder.claims.verdict import DIGITS, Decision, decided, telling_digits
from xlsx_builder.model.claim import Claim, ClaimKind, Finding
from xlsx_builder.model.patterns import regex

LATER = timedelta(days=40)
"""A period that ends so long after the release's own is one of the future."""
_WENT = regex(r"\b(?:was|were|totall?ed|increased|decreased|grew|rose|declined|fell|reported|posted|amounted)\b")
"""Words of what has been, whatever period is printed."""
SUPPORT = 0.15
"""What a line gains that another figure of the sentence was found in by the same words."""
PLACES = Decimal("0.0001")
"""Recomputed per cents are kept to this, more than any release prints."""


class Release(Struct, frozen=True):
    """What is known of a release before its prose is read."""

    index: Index
    calendar: Calendar
    tables: int | None
    """Source line on which its first main statement begins; None where it has none."""
    masthead: int
    """How many headings it begins with."""


def claims_of(passage: Passage, release: Release) -> Iterator[Claim]:
    """The claims of a paragraph; none under headings of outlook and formalities.

    Args:
        passage: the paragraph.
        release: what it belongs to.
    """
    at = section(passage, release.index, release.calendar, release.masthead)
    if at.ahead:
        return
    setting = opening(at, release.calendar)
    for sentence in sentences(passage.text):
        made = parsed(sentence.text, release.index, release.calendar, setting)
        yield from _claims(passage, sentence, [m for m in made if _is_past(m, sentence, release)], setting, release)
        setting = carried(setting, made, sentence.text, release.calendar)


def _is_past(mention: Mention, sentence: Sentence, release: Release) -> bool:
    if is_ahead(sentence.text, mention.figure.start):
        return False
    later = mention.new and mention.new[0].end > release.calendar.end + LATER
    return not later or _WENT.search(sentence.text[: mention.figure.start]) is not None


def _claims(
    passage: Passage, sentence: Sentence, made: list[Mention], setting: Setting, release: Release
) -> Iterator[Claim]:
    lines = [passage.line(sentence.start + mention.figure.start) for mention in made]
    readings = [options(mention, setting.segment, release.index) for mention in made]
    decisions = [
        decided(mention, found, notes=release.tables is not None and line > release.tables, foreign=setting.foreign)
        for mention, found, line in zip(made, readings, lines, strict=True)
    ]
    decisions = [
        decision if found else _elsewhere(mention, decision, setting, release)
        for mention, found, decision in zip(made, readings, decisions, strict=True)
    ]
    decisions = [_supported(number, made, decisions, found) for number, found in enumerate(readings)]
    for number, (mention, decision, line) in enumerate(zip(made, decisions, lines, strict=True)):
        yield _turned(_claim(mention, decision, sentence, line), number, made, decisions)


def _elsewhere(mention: Mention, decision: Decision, setting: Setting, release: Release) -> Decision:
    """The decision on a figure that the line named has, but for another period than the one told."""
    if decision.finding is not Finding.NONE or telling_digits(mention) < DIGITS:
        return decision
    if of_another_period(mention, setting.segment, release.index):
        return replace(decision, finding=Finding.AMBIGUOUS, reason="The tables have this figure for another period.")
    return decision


def _supported(number: int, made: list[Mention], decisions: list[Decision], readings: list[Option]) -> Decision:
    """The decision on a figure of which too little is said, where another has found the line of the same words."""
    mention, decision = made[number], decisions[number]
    found = {
        other.option.spots[0].line
        for sibling, other in zip(made, decisions, strict=True)
        if other.option and other.finding is Finding.OK and sibling.phrase.words == mention.phrase.words
    }
    if decision.option or len(found) != 1:
        return decision
    those = [replace(one, cost=one.cost - SUPPORT) for one in readings if one.spots[0].line in found]
    return decided(mention, those, notes=False, foreign=True) if those else decision


def _claim(mention: Mention, decision: Decision, sentence: Sentence, line: int) -> Claim:
    figure, option = mention.figure, decision.option
    return Claim(
        line=line,
        text=sentence.text,
        figure=figure.text,
        value=figure.value,
        unit=figure.unit,
        kind=option.kind if option else ClaimKind.NONE,
        cells=tuple(spot.key for spot in option.spots) if option else (),
        verdict=decision.finding,
        recomputed=_shortened(option.recomputed) if option else None,
        tolerance=decision.tolerance,
        reason=decision.reason,
        weight=option.weight if option else 1,
        complement=option.complement if option else False,
    )


def _shortened(value: Decimal) -> Decimal:
    return value if value == value.quantize(PLACES) else value.quantize(PLACES)


def _turned(claim: Claim, number: int, made: list[Mention], decisions: list[Decision]) -> Claim:
    """A claim with the way that its words say it went, from the older figure of its sentence."""
    mention = made[number]
    newer = mention.standing.role is Role.LEVEL and mention.side is Side.NEW and not claim.complement
    if not newer or not mention.standing.direction:
        return claim
    for other, decision in zip(made, decisions, strict=True):
        option = decision.option
        same = other.phrase.words == mention.phrase.words and other.figure.unit is mention.figure.unit
        level = other.side is Side.OLD and other.standing.role is Role.LEVEL
        if not (same and level and option and len(option.spots) == len(claim.cells)):
            continue
        claim = replace(claim, direction=mention.standing.direction, base=tuple(spot.key for spot in option.spots))
        went = (mention.figure.value - other.figure.value) * mention.standing.direction
        if went < 0 and claim.verdict is Finding.OK:
            return replace(claim, verdict=Finding.DIFFERS, reason="The tables show that it went the other way.")
    return claim
