"""Taken: a sentence taken apart into its figures, its periods and the sides of its comparisons."""

from __future__ import annotations

import re

from msgspec import Struct

from xlsx_builder.claims.calendar import Calendar, Want
from xlsx_builder.claims.cells import Index
from xlsx_builder.claims.figures import Figure, figures
from xlsx_builder.claims.periods import Reference, references
from xlsx_builder.claims.sides import FIGURE, PERIOD, Side, Span, masked, span_at, spans
from xlsx_builder.model.claim import ClaimUnit
from xlsx_builder.model.patterns import regex

CROWDED = 8
"""Numbers from which a sentence with as many of them as a third of its words is none."""
NOUNS = frozenset((ClaimUnit.SHARES, ClaimUnit.COUNT))
"""What counts the noun after it."""
_USED = regex(
    rf"^\s(?:of|in|for|from|at|related to|on)\s(?:(?!\b(?:and|was|were|is)\b)[^,;{FIGURE}])*?"
    r"(?=\s(?:and|or|compared|versus|while|from|to|up|down)\b|[,;])"
)
"""Words after a figure that belong to it and not to the next."""
_SHARE = regex(r"^[\s-]*(?:per|an?)\s(?:[\w-]+\s){0,3}?(?:share|unit)\b\)?")
WHEN = regex(rf"^\s(?:in|during|for|at)\s(?:the\s|its\s)?{PERIOD}+(?:\sto\s(?:share|stock)holders)?")
_ASIDE = regex(rf"^\s*\([^(){FIGURE}]*{FIGURE}+[^()]*\)")
_CLOSED = regex(r"^(\s*(?:per|an?)\s(?:[\w-]+\s){0,3}?share)\)")


class Setting(Struct, frozen=True):
    """What the paragraph so far has settled for a sentence."""

    want: Want
    """The period spoken of."""
    told: bool
    """Whether the words told it, so that it is not only the release's own."""
    segment: tuple[str, ...] = ()
    """The part of the company that the heading names."""
    foreign: bool = False
    """Whether the heading names something that the tables do not know."""


class Taken(Struct, frozen=True):
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
        rest = _ASIDE.sub("", WHEN.sub("", self.mask[self.figures[number].end :]))
        rest = _CLOSED.sub(r"\1", rest)
        return rest.split(FIGURE, maxsplit=1)[0]

    def span(self, number: int) -> Span:
        """The side that it stands on."""
        return self.spans[span_at(self.spans, self.figures[number].start)]

    def own(self, number: int) -> tuple[str, str]:
        """Its lead before and after the words that begin its side; nothing before where another figure has used it."""
        place, start, side = self.figures[number].start, self.start(number), self.span(number)
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


_RANGE = regex(r"\d%?\s?[\N{EN DASH}\N{EM DASH}-]\s?[$€£]?\d+[.,]?\d*%?(?!\d)")
"""'4.5% - 5.5%': two of them in one sentence are the cells of an outlook, which no period has reached."""


def taken(text: str, words: Index, calendar: Calendar, setting: Setting) -> Taken | None:
    """A sentence taken apart; None where it has no figure, or is a table that lost its columns.

    Args:
        text: the sentence.
        words: what the tables can be asked for.
        calendar: the release's periods.
        setting: what stands before the sentence.
    """
    found = figures(text)
    if not found or _is_tabular(text):
        return None
    periods = tuple(r for r in references(text) if not any(f.start < r.end and r.start < f.end for f in found))
    mask = masked(text, ((f.start, f.end) for f in found), ((r.start, r.end) for r in periods))
    return Taken(text, mask, found, periods, spans(mask), words, calendar, setting)


def _is_tabular(text: str) -> bool:
    parts = text.split()
    numbers = sum(re.search(r"\d", part) is not None for part in parts)
    return (numbers >= CROWDED and numbers * 3 > len(parts)) or len(_RANGE.findall(text)) > 1
