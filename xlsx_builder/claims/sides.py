"""Sides: a sentence cut into what it speaks of and what it compares that with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from msgspec import Struct

from xlsx_builder.model.patterns import regex

FIGURE = "¤"
PERIOD = "§"

_MOVES = (
    r"(?:up|down|increas\w*|decreas\w*|declin\w*|grew|grow\w*|rose|rise|fell|drop\w*|improv\w*|gain\w*|higher|lower"
    r"|greater|less|reduc\w*|changed?|ahead|advanc\w*|climb\w*|jump\w*|doubl\w*|tripl\w*|quadrupl\w*|halved|narrow\w*|widen\w*|swung|slipp\w*|unchanged|flat|worsen\w*|expan\w*|contract\w*|surg\w*)"
)
_FINITE = (
    r"(?:was|were|is|are|totaled|totalled|increased|decreased|grew|rose|declined|fell|amounted|improved|reached|climbed"
    r"|jumped|dropped|advanced|doubled|tripled|quadrupled|halved|narrowed|widened|swung|slipped|surged|expanded|rises|generated|reported|recorded|posted|ended|had|came|remained|representing)"
)
_NEAR = r"(?:[\w&'\u2019/-]+\s){0,7}?"
_OLD = regex(
    rf"\bcompar(?:ed|es|ing|e)\b(?:\s(?:to|with))?|\bversus\b|\bvs\b\.?|\bas against\b"
    rf"|\b(?:exceeded|topped|surpassed)\b(?=\s(?:the\s|that of\s)?{PERIOD})"
    rf"|\bthan\b(?!\s(?:{FIGURE}|doubl|tripl|quadrupl|half))(?=\s{_NEAR}[{FIGURE}{PERIOD}])"
    rf"|(?<=[^\w])(?:from|over|on|against)\b(?!\soperations\b)(?=\s{_NEAR}[{FIGURE}{PERIOD}])|\((?={PERIOD}+[^\w{FIGURE}]*{FIGURE})"
)
_CHANGED = regex(rf"(?:\b{_MOVES}\b[^;]*|{FIGURE}\)?(?:\s\([^()]*\))?,?\s*|{FIGURE}[^;,{FIGURE}]*?{PERIOD},?\s*)$")
_NEW = regex(
    rf";|\bwhile\b|\bwhereas\b|\bbut\b|(?:,\sand\b|,|\band\b)\s(?=[^,;{FIGURE}]*\b{_FINITE}\b[^;{FIGURE}]*{FIGURE})"
)
_NAME = regex(
    r"\b(?:selling,?\s)?(?:general,?\s)?and\sadministrative\b|\bselling,\sgeneral\b|\bproperty,\splant\b"
    r"|\b(?:research|sales|depreciation|amortization|depletion|property|plant|cash|loss(?:es)?)\sand\s(?:product\s)?"
    r"(?:development|marketing|amortization|depreciation|equipment|cash|loss\sadjustment)\b"
)
"""Names of lines whose 'and' and commas part no clauses."""
_BACK = regex(rf"\bto\b(?=\s(?:(?:approximately|about|nearly|negative|an?|over|record)\s)*{FIGURE})")
"""'from 5 to 6': the second is new again."""


class Side(Enum):
    """Which side of a comparison words stand on."""

    NEW = "new"
    OLD = "old"


class Span(Struct, frozen=True):
    """A stretch of a sentence on one side."""

    start: int
    end: int
    side: Side
    words: int
    """Where its own words begin, after 'compared with' or 'from'."""


def masked(sentence: str, figures: Iterable[tuple[int, int]], periods: Iterable[tuple[int, int]]) -> str:
    """The sentence in lower case, same length, each figure as a run of one sign and each period of another."""
    text = sentence.lower() if len(sentence.lower()) == len(sentence) else sentence
    for sign, places in ((PERIOD, periods), (FIGURE, figures)):
        for start, end in places:
            text = text[:start] + sign * (end - start) + text[end:]
    return text


def _is_comparison(text: str, match: re.Match[str]) -> bool:
    word = match[0]
    if word == "on":
        return False
    if word not in {"from", "over"}:
        return True
    before = text[: match.start()]
    clause = re.split(r"[;]|\bwhile\b", before)[-1]
    return _CHANGED.search(clause) is not None


def _marks(text: str) -> Iterator[tuple[int, int, Side]]:
    """Where sides begin, and where their own words do."""
    for match in _OLD.finditer(text):
        if _is_comparison(text, match):
            yield match.start(), match.end(), Side.OLD
            closing = text.find(")", match.end()) if match[0] == "(" else -1
            if closing >= 0:
                yield closing, closing + 1, Side.NEW
            back = _BACK.search(text, match.end())
            if (
                match[0] == "from"
                and back
                and not re.search(r"[;]|\bwhile\b|\bcompared\b", text[match.end() : back.start()])
            ):
                yield back.start(), back.start(), Side.NEW
    for match in _NEW.finditer(_NAME.sub(lambda name: re.sub(r"[\s,]", "_", name[0]), text)):
        if FIGURE in text[: match.start()]:
            yield match.start(), match.end(), Side.NEW


def spans(text: str) -> tuple[Span, ...]:
    """The sides of a masked sentence from left to right; the first is a new one."""
    marks: list[tuple[int, int, Side]] = [(0, 0, Side.NEW)]
    for mark in sorted(_marks(text), key=lambda mark: mark[:2]):
        if mark[0] >= marks[-1][1]:
            marks.append(mark)
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return tuple(Span(start, end, side, words) for (start, words, side), end in zip(marks, ends, strict=True))


def span_at(parts: tuple[Span, ...], place: int) -> int:
    """Number of the span in which a place lies."""
    return next(number for number in reversed(range(len(parts))) if parts[number].start <= place)
