"""Mentions: each figure of a sentence with what it is of, its role, and the periods it may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlsx_builder.claims.calendar import Calendar, Want
from xlsx_builder.claims.cells import Index
from xlsx_builder.claims.figures import Figure, figures
from xlsx_builder.claims.periods import Reference, references
from xlsx_builder.claims.phrases import Phrase, inherited, is_per_share, joined, lead_phrase, per_share, tail_phrase
from xlsx_builder.claims.roles import Role, Standing, standing
from xlsx_builder.claims.sides import FIGURE, PERIOD, Side, Span, masked, span_at, spans
from xlsx_builder.model.claim import ClaimUnit


CHANGES = frozenset(("growth", "sequential"))
"""Relations that tell what a change is over, not which period is spoken of."""
CROWDED = 8
"""Numbers from which a sentence with as many of them as a third of its words is none."""
NOUNS = frozenset((ClaimUnit.SHARES, ClaimUnit.COUNT))
"""What counts the noun after it."""
_USED = re.compile(
    rf"^\s(?:of|in|for|from|at|related to|on)\s(?:(?!\b(?:and|was|were|is)\b)[^,;{FIGURE}])*?(?=\s(?:and|or|compared|versus|while|from|to|up|down)\b|[,;])"
)
"""Words after a figure that belong to it and not to the next."""
_SHARE = re.compile(r"^[\s-]*(?:per|an?)\s(?:[\w-]+\s){0,3}?(?:share|unit)\b\)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the paragraph so far has settled for a sentence."""

    want: Want
    """The period spoken of."""
    told: bool
    """Whether the words told it, so that it is not only the release's own."""
    segment: tuple[str, ...] = ()
    """The part of the company that the heading names."""
    carried: tuple[str, ...] = ()
    """The one that the sentence before named."""
    foreign: bool = False
    """Whether the heading names something that the tables do not know."""


@dataclass(frozen=True, slots=True)
class Mention:
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence taken apart."""

    text: str
    mask: str
    figures: tuple[Figure, ...]
    periods: tuple[Reference, ...]
    spans: tuple[Span, ...]
    words: Index
    calendar: Calendar
    setting: Setting

    def start(self, number: int) -> int:
        """Where the figure before ends."""
        return self.figures[number - 1].end if number else 0

    def stop(self, number: int) -> int:
        """Where the figure after begins."""
        return self.figures[number + 1].start if number + 1 < len(self.figures) else len(self.mask)

    def lead(self, number: int) -> str:
        """The masked text from the figure before."""
        return self.mask[self.start(number) : self.figures[number].start]

    def tail(self, number: int) -> str:
        """The masked text up to the next figure."""
        return self.mask[self.figures[number].end : self.stop(number)]

    def after(self, number: int) -> str:
        """The tail for its words: what stands in parentheses with a figure of its own is passed over."""
        rest = self.mask[self.figures[number].end :]
        rest = re.sub(rf"^\s(?:in|during|for|at)\s(?:the\s|its\s)?{PERIOD}+(?:\sto\s(?:share|stock)holders)?", "", rest)
        rest = re.sub(rf"^\s*\([^(){FIGURE}]*{FIGURE}+[^()]*\)", "", rest)
        rest = re.sub(r"^(\s*(?:per|an?)\s(?:[\w-]+\s){0,3}?share)\)", r"\1", rest)
        return rest.split(FIGURE, maxsplit=1)[0]

    def own(self, number: int) -> tuple[str, str]:
        """Its lead before and after the words that begin its side; nothing before where a figure of the clause has used it."""
        place = self.figures[number].start
        start = self.start(number)
        side = self.spans[span_at(self.spans, place)]
        fresh = [
            s.words
            for s in self.spans
            if s.side is Side.NEW and start <= s.start and s.words <= place and s.words > s.start
        ]
        begin = max([start, *fresh])
        cut = max(begin, min(side.words, place))
        used = number > 0 and not fresh
        before = "" if used or cut == begin else self.mask[begin : max(begin, side.start)]
        own = _SHARE.sub("", self.mask[cut:place])
        if number and self.figures[number].unit in NOUNS and self.figures[number - 1].unit in NOUNS:
            own = re.split(r",|\band\b", own)[-1]
        return before, _USED.sub("", own) if number and cut == start else own


def parsed(text: str, words: Index, calendar: Calendar, setting: Setting) -> tuple[Mention, ...]:
    """The mentions of a sentence, left to right.

    Args:
        text: the sentence.
        words: what the tables can be asked for.
        calendar: the release's periods.
        setting: what stands before the sentence.
    """
    found = figures(text)
    if not found or _is_tabular(text):
        return ()
    periods = tuple(r for r in references(text) if not any(f.start < r.end and r.start < f.end for f in found))
    mask = masked(text, ((f.start, f.end) for f in found), ((r.start, r.end) for r in periods))
    sentence = _Sentence(text, mask, found, periods, spans(mask), words, calendar, setting)
    made: list[Mention] = []
    before = Phrase()
    for number in range(len(found)):
        mention, before = _mention(sentence, number, made, before)
        made.append(mention)
    return _respective(sentence, made)


def _is_tabular(text: str) -> bool:
    """Whether it is a table that lost its columns."""
    parts = text.split()
    numbers = sum(re.search(r"\d", part) is not None for part in parts)
    return numbers >= CROWDED and numbers * 3 > len(parts)


def _mention(sentence: _Sentence, number: int, made: list[Mention], before: Phrase) -> tuple[Mention, Phrase]:
    """The mention of one figure, and the phrase that the next may leave out."""
    lead, tail = sentence.lead(number), sentence.tail(number)
    figure = sentence.figures[number]
    start = sentence.start(number)
    role = standing(lead, tail, figure.unit, made[-1].standing if made else None)
    said, turned = _said(sentence, number)
    marked = any(span.start >= start and span.start < figure.start for span in sentence.spans[1:])
    turned = turned or (bool(made) and made[-1].lost and not said.known and not marked)
    firm = not turned and not (number and said.words and not said.known)
    said = said if firm or turned else replace(said, words=())
    noun = figure.unit in NOUNS
    whole = _whole(sentence, number, role)
    after = Phrase() if whole else tail_phrase(_noun_cut(sentence.after(number), role), sentence.words, noun=noun)
    clause = (
        marked
        and sentence.spans[span_at(sentence.spans, figure.start)].side is Side.NEW
        and after.known
        and not said.words
    )
    kept = Phrase() if turned or noun or clause else before
    side = sentence.spans[span_at(sentence.spans, figure.start)].side
    said = inherited(said, kept, compared=side is Side.OLD) if said.words else said
    figure, phrase = _phrase(figure, said, after, kept, tail)
    if turned and not said.words and not after.known:
        phrase = Phrase()
    new, old = _wants(sentence, number, role, side)
    effect = role.role is Role.LEVEL and re.search(r"\bby[\s(]*$", lead) is not None
    firm = firm and not effect
    mention = Mention(_signed(figure, role), phrase, role, side, new, old, whole, firm, turned)
    own = said.words or clause or (before == Phrase() and after.known)
    return mention, phrase if own and not (turned or noun) else before


def _said(sentence: _Sentence, number: int) -> tuple[Phrase, bool]:
    """What the words before a figure name, and whether they turn to something else."""
    before, own = (part.replace(PERIOD, " ") for part in sentence.own(number))
    said, turned = lead_phrase(own, sentence.words)
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
        cut = re.match(
            r"^[\s-]*(?:[\w/'-]+[\s-]+){0,3}?(?:increases?|decreases?|declines?|growth|rise|improvement|gain|drop|reduction)\b",
            tail,
        )
        if cut:
            return tail[cut.end() :]
    return tail


def _whole(sentence: _Sentence, number: int, role: Standing) -> Phrase | None:
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


# --- periods --------------------------------------------------------------------------------------------------------


def _inside(sentence: _Sentence, span: Span) -> list[Reference]:
    """The periods named in a span; 'fourth quarter' and 'fiscal 1995' apart are one."""
    found = [r for r in sentence.periods if span.start <= r.start < span.end and r.relation not in CHANGES]
    quarters = [r for r in found if r.quarter is not None and r.year is None and r.day is None and not r.relation]
    years = [r for r in found if r.year is not None and r.quarter is None and r.months in (None, 12)]
    if len(quarters) == 1 and len(years) == 1:
        one = replace(quarters[0], year=years[0].year)
        return [one if r is quarters[0] else r for r in found if r is not years[0]]
    return found


def _nearest(found: list[Reference], sentence: _Sentence, number: int) -> Reference | None:
    figure = sentence.figures[number]
    stop = sentence.stop(number)
    after = [r for r in found if figure.end <= r.start < stop]
    before = [r for r in found if r.end <= figure.start]
    later = [r for r in found if r.start >= stop]
    return after[0] if after else before[-1] if before else later[0] if later else None


def _new_want(sentence: _Sentence, number: int, span: int) -> tuple[tuple[Want, ...], bool]:
    """The periods that a new side is of: its own, that of the new side before it, or what the paragraph is about."""
    setting = sentence.setting
    if sentence.figures[number].unit in NOUNS:
        near = [r for r in sentence.periods if sentence.start(number) <= r.start < sentence.stop(number)]
        return (_meant(sentence, near[0]), True) if near else ((sentence.calendar.current,), False)
    for place in range(span, -1, -1):
        if sentence.spans[place].side is not Side.NEW:
            continue
        found = _nearest(_inside(sentence, sentence.spans[place]), sentence, number)
        if found is not None:
            return _meant(sentence, found), True
    if setting.told and setting.want != sentence.calendar.current:
        return (setting.want, sentence.calendar.current), False
    return (setting.want,), setting.told


def _meant(sentence: _Sentence, found: Reference) -> tuple[Want, ...]:
    setting = sentence.setting
    if (
        found.year is not None
        and found.months is None
        and found.quarter is None
        and found.day is None
        and not setting.told
    ):
        named = [r.months for r in sentence.periods if r.months]
        found = replace(found, months=named[0] if named else 12)
    base = setting.want if found.relation or found.months is None else sentence.calendar.current
    return sentence.calendar.means(found, base)


def _wants(sentence: _Sentence, number: int, role: Standing, side: Side) -> tuple[tuple[Want, ...], tuple[Want, ...]]:
    """The periods of a figure, and those it is compared with."""
    place = span_at(sentence.spans, sentence.figures[number].start)
    new, _ = _new_want(sentence, number, place)
    if not new:
        return (), ()
    old = _old_wants(sentence, number, place, new)
    start = sentence.start(number)
    if (
        role.role is Role.CHANGE
        and side is Side.OLD
        and sentence.spans[place].start >= start
        and not sentence.mask.startswith(("from", "over"), sentence.spans[place].start)
    ):
        return old, tuple(want for base in old for want in sentence.calendar.before(base))
    if role.role is Role.LEVEL and side is Side.OLD:
        return old, ()
    return new, old


def _old_wants(sentence: _Sentence, number: int, place: int, new: tuple[Want, ...]) -> tuple[Want, ...]:
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


# --- lists ----------------------------------------------------------------------------------------------------------


def _respective(sentence: _Sentence, made: list[Mention]) -> tuple[Mention, ...]:
    """Mentions with the parts of a list that ends in 'respectively' given to their figures in order."""
    for number in range(1, len(made)):
        if not re.match(r"[\s,]*respectively\b", sentence.tail(number)):
            continue
        first = number
        while first and re.fullmatch(r"[\s,]*(?:and|or)?[\s,]*(?:approximately|about)?\s*", sentence.lead(first)):
            first -= 1
        group = range(first, number + 1)
        named = [r for r in sentence.periods if r.end <= made[first].figure.start][-len(group) :]
        if len(named) == len(group) > 1:
            months = named[0].months
            for place, reference in zip(group, named, strict=True):
                full = replace(
                    reference, months=reference.months or months, quarter=reference.quarter or named[0].quarter
                )
                wants = sentence.calendar.means(
                    full if full.day is None else reference,
                    made[first].new[0] if made[first].new else sentence.setting.want,
                )
                made[place] = replace(made[place], new=wants, side=Side.NEW)
        elif re.search(r"\bgaap and non-gaap\b", sentence.lead(first)) and len(group) == 2:
            for place, adjusted in zip(group, (False, True), strict=True):
                made[place] = replace(made[place], phrase=replace(made[place].phrase, adjusted=adjusted))
        else:
            for place in group:
                made[place] = replace(made[place], firm=False)
    return tuple(made)
