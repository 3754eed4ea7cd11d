"""Wants: the periods that a figure of a sentence may be of, and those that it is compared with."""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.claims.calendar import Want
from xlsx_builder.claims.periods import Reference
from xlsx_builder.claims.roles import Role, Standing
from xlsx_builder.claims.sides import PERIOD, Side, Span, span_at
from xlsx_builder.claims.taken import NOUNS, WHEN, Taken
from xlsx_builder.model.patterns import regex

CHANGES = frozenset(("growth", "sequential"))
"""Relations that tell what a change is over, not which period is spoken of."""
_AND = regex(r"[\s,]*\band\s")
"""Between the period of one figure and the next, whose own comes later: '7 in May and 5, or .20 a share, in June'."""


def _inside(sentence: Taken, span: Span) -> list[Reference]:
    """The periods named in a span; 'fourth quarter' and 'fiscal 1995' apart are one."""
    found = [r for r in sentence.periods if span.start <= r.start < span.end and r.relation not in CHANGES]
    quarters = [r for r in found if r.quarter is not None and r.year is None and r.day is None and not r.relation]
    years = [r for r in found if r.year is not None and r.quarter is None and r.months in (None, 12)]
    if len(quarters) == 1 and len(years) == 1:
        one = replace(quarters[0], year=years[0].year)
        return [one if r is quarters[0] else r for r in found if r is not years[0]]
    return found


def _nearest(found: list[Reference], sentence: Taken, number: int) -> Reference | None:
    figure = sentence.figures[number]
    stop = sentence.stop(number)
    after = [r for r in found if figure.end <= r.start < stop]
    before = [r for r in found if r.end <= figure.start]
    later = [r for r in found if r.start >= stop]
    own = number > 0 and bool(before) and sentence.start(number) <= before[-1].start
    if own and later and _AND.fullmatch(sentence.mask[before[-1].end : figure.start]):
        before = []
    return after[0] if after else before[-1] if before else later[0] if later else None


def _new_want(sentence: Taken, number: int, span: int) -> tuple[Want, ...]:
    """The periods that a new side is of: its own, that of the new side before it, or what the paragraph is about."""
    setting = sentence.setting
    if sentence.figures[number].unit in NOUNS:
        near = [r for r in sentence.periods if sentence.start(number) <= r.start < sentence.stop(number)]
        return meant(sentence, near[0]) if near else (sentence.calendar.current,)
    for place in range(span, -1, -1):
        if sentence.spans[place].side is not Side.NEW:
            continue
        found = _nearest(_inside(sentence, sentence.spans[place]), sentence, number)
        if found is not None:
            return meant(sentence, found)
    if setting.told and setting.want != sentence.calendar.current:
        return setting.want, sentence.calendar.current
    return (setting.want,)


def meant(sentence: Taken, found: Reference) -> tuple[Want, ...]:
    """The periods that an expression of a sentence may mean, likeliest first."""
    setting = sentence.setting
    bare = found.year is not None and found.months is None and found.quarter is None and found.day is None
    if bare and not setting.told:
        named = [r.months for r in sentence.periods if r.months]
        found = replace(found, months=named[0] if named else 12)
    base = setting.want if found.relation or found.months is None else sentence.calendar.current
    return sentence.calendar.means(found, base)


def wants(sentence: Taken, number: int, role: Standing) -> tuple[tuple[Want, ...], tuple[Want, ...]]:
    """The periods of a figure, likeliest first, and those it is compared with.

    Args:
        sentence: the sentence.
        number: which of its figures.
        role: what the words make of it.
    """
    side = sentence.span(number).side
    place = span_at(sentence.spans, sentence.figures[number].start)
    new = _new_want(sentence, number, place)
    if not new:
        return (), ()
    listed = _listed(sentence, number, new) if role.role is Role.CHANGE and side is Side.NEW else None
    if listed is not None:
        return listed
    old = _old_wants(sentence, number, place, new)
    begun = sentence.spans[place].start
    own = begun >= sentence.start(number) and not sentence.mask.startswith(("from", "over"), begun)
    if role.role is Role.CHANGE and side is Side.OLD and own:
        return old, tuple(want for base in old for want in sentence.calendar.before(base))
    if role.role is Role.LEVEL and side is Side.OLD:
        return old, ()
    return new, old


def _listed(sentence: Taken, number: int, last: tuple[Want, ...]) -> tuple[tuple[Want, ...], tuple[Want, ...]] | None:
    """The periods of the two figures before, as in '5 in this June and 7 in the last one, a decrease of 2'."""
    while number > 1 and PERIOD not in sentence.lead(number):
        number -= 1
    when = WHEN.match(sentence.lead(number)) if number > 1 else None
    if when is None or PERIOD in sentence.lead(number)[when.end() :]:
        return None
    first = _new_want(sentence, number - 2, span_at(sentence.spans, sentence.figures[number - 2].start))
    return (first, last) if first and last[0] in sentence.calendar.before(first[0]) else None


def _old_wants(sentence: Taken, number: int, place: int, new: tuple[Want, ...]) -> tuple[Want, ...]:
    figure = sentence.figures[number]
    stop = sentence.stop(number)
    before = sentence.start(number)
    sides = sentence.spans
    following = [s for s in sides if s.side is Side.OLD and figure.end <= s.start < stop]
    after = next((s for s in sides[place + 1 :] if s.side is Side.OLD), None)
    options = [*following, *([sides[place]] if sides[place].side is Side.OLD else []), *([after] if after else [])]
    if any(r.relation == "sequential" and before < r.start < stop for r in sentence.periods):
        return sentence.calendar.means(Reference(months=3, relation="previous"), new[0])
    for span in options:
        found = _nearest(_inside(sentence, span), sentence, number)
        if found is not None:
            return tuple(want for base in new[:1] for want in sentence.calendar.means(found, base))
    return tuple(want for base in new for want in sentence.calendar.before(base))
