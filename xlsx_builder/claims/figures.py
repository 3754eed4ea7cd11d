"""Figures of the prose: amounts, per-share amounts, per cents, points, shares and counts, as printed and as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.claim import ClaimUnit
from xlsx_builder.model.patterns import regex

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "mm": 6, "mn": 6, "b": 9, "bn": 9}
"""Words and letters after an amount, as powers of ten."""
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
SMALL = {word: number for number, word in enumerate(_WORDS)}
"""Per cents and counts that are written out."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_SCALE = r"(?:\s?(?P<scale>(?i:thousand|million|billion|trillion|bn|mn|mm)\b|[MBK]\b|(?<=\d)[mk]\b))?"
_CURRENCY = r"(?:(?:US|U\.S\.|C|A|CA|AU|HK)?\$|\b(?:USD|EUR|GBP|CHF|CAD|SEK|NOK|DKK)(?=\s?\d))"
_TYPEWRITTEN = str.maketrans("\u2013\u2212\u2019€£¥", "--'$$$")
"""Dashes, quotes and currency signs as the patterns have them."""
_MONEY = regex(
    rf"(?P<open>\()?\s?(?P<minus>-\s?)?{_CURRENCY}\s?(?P<inner>\()?(?P<minus2>-)?(?P<number>{_NUMBER}){_SCALE}(?P<close>\))?"
)
_CENTS = regex(
    rf"(?P<open>\()?(?P<number>{_NUMBER})(?P<close>\))?(?:\s(?:cents?|¢)|\s?pence|(?<=\d)[pc](?!\.))\b", re.IGNORECASE
)
_POINTS = regex(
    rf"(?P<open>\()?(?P<minus>-)?(?P<number>{_NUMBER})(?P<close>\))?[\s-]"
    r"(?P<word>basis[\s-]points?|bps|percentage[\s-]points?|pts|points?)\b",
    re.IGNORECASE,
)
_PERCENT = regex(
    rf"(?P<open>\()?(?P<minus>-)?(?P<number>{_NUMBER}|\b(?:{'|'.join(SMALL)})\b)(?P<close>\))?(?P<inside>\s?%\)|\s?%|[\s-]per\s?cent\b)",
    re.IGNORECASE,
)
_PLAIN = regex(rf"(?P<number>{_NUMBER}){_SCALE}(?=\s[a-zA-Z])")
_APPROXIMATE = regex(
    r"(?:\b(?:approximately|about|nearly|almost|roughly|some|around|over|more than)|~)\s*"
    r"(?:[\d,.]+\s[\w-]+\s(?:and|or)\s)?$",
    re.IGNORECASE,
)
_TIME = regex(
    r"\s?-?\s?(?:weeks?|months?|years?|days?|hours?|minutes?|seconds?|quarters?|a\.m|p\.m|am|pm|EST|EDT|ET|PT|CT|GMT|to|and|or|at|of"
    r"|in|on|by|for|from|the|is|was|were|through|until|with|Form)\b",
    re.IGNORECASE,
)
_NOT_COUNTED = regex(
    r"(?:\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|Form|Exhibit|Item|Note|Notes|page|Rule|Section|Chapter|ASC|ASU|FASB|SFAS|Nos?|number|code|fiscal|FY|Q|Act|of|Statement"
    r"|since|top|S&P|Fortune|Type|Phase|Class|Level)\.?\s?|[\w)]-|[A-Za-z+#:/.]|\b[A-Z]\w+\s|\(\d+\)\s?)$"
)


class Figure(Struct, frozen=True):
    """A figure as it stands in a sentence."""

    start: int
    end: int
    text: str
    """As printed."""
    value: Decimal
    """In whole units of its kind, with the sign that is printed or said."""
    unit: ClaimUnit
    tolerance: Decimal
    """Half a unit of the last digit."""


def _half(number: str, scale: int, *, rough: bool) -> Decimal:
    """Half a unit of the last digit; of the last that is no nought where the noughts only round."""
    digits = number.replace(",", "")
    places = len(digits.partition(".")[2])
    if rough and not places:
        places = -(len(digits) - len(digits.rstrip("0")))
    return Decimal(5).scaleb(scale - places - 1)


def _minus(match: re.Match[str], sentence: str) -> bool:
    """Whether a sign, a parenthesis of its own or the word before makes it negative."""
    groups = match.groupdict()
    before = sentence[: match.start()].rstrip()
    if re.search(r"\b(?:negative|minus)$", before, re.IGNORECASE) or groups.get("minus") or groups.get("minus2"):
        return True
    if groups.get("open") and groups.get("close") and "inner" not in groups:
        return True
    closed = bool(groups.get("close")) or (groups.get("inside") or "").endswith(")")
    if not closed or not (groups.get("open") or groups.get("inner")):
        return False
    return (
        bool(groups.get("inner"))
        or re.search(r"\b(?:of|to|from|with|was|were|by|approximately|about|at|and)$", before) is not None
    )


def _made(match: re.Match[str], sentence: str, unit: ClaimUnit, scale: int) -> Figure:
    word = match["number"].lower()
    number = str(SMALL[word]) if word in SMALL else word
    value = Decimal(number.replace(",", "")).scaleb(scale)
    about = _APPROXIMATE.search(sentence[: match.start()]) is not None and unit in (ClaimUnit.COUNT, ClaimUnit.SHARES)
    rough = about or unit is ClaimUnit.BASIS_POINTS
    negative = _minus(match, sentence)
    printed = match[0].strip()
    if printed.count("(") != printed.count(")") or (printed.startswith("(") and not negative):
        printed = printed.strip("()").strip()
    start = sentence.index(printed, match.start())
    return Figure(
        start, start + len(printed), printed, -value if negative else value, unit, _half(number, scale, rough=rough)
    )


def _scale(match: re.Match[str]) -> int:
    return SCALES[match["scale"].lower()] if match["scale"] else 0


def _amounts(sentence: str) -> Iterator[Figure]:
    for match in _CENTS.finditer(sentence):
        yield _made(match, sentence, ClaimUnit.PER_SHARE, -2)
    for match in _POINTS.finditer(sentence):
        basis = match["word"].lower().startswith(("basis", "bps"))
        yield _made(match, sentence, ClaimUnit.BASIS_POINTS if basis else ClaimUnit.POINTS, 0)
    for match in _PERCENT.finditer(sentence):
        yield _made(match, sentence, ClaimUnit.PERCENT, 0)
    for match in _MONEY.finditer(sentence):
        yield _made(match, sentence, ClaimUnit.MONEY, _scale(match))


def _counts(sentence: str) -> Iterator[Figure]:
    for match in _PLAIN.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if not match["scale"] and not _is_count(match["number"], before, after):
            continue
        if match["scale"] and re.search(r"[$\d,.]$", before):
            continue
        noun = re.match(r"\s(?:[\w'-]+\s){0,4}?shares\b", after)
        yield _made(match, sentence, ClaimUnit.SHARES if noun else ClaimUnit.COUNT, _scale(match))


def _is_count(number: str, before: str, after: str) -> bool:
    if (
        "." in number
        or len(number) < 2
        or _TIME.match(after)
        or _NOT_COUNTED.search(before)
        or re.search(r"[\d$,-]$", before)
    ):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", number) or (len(number) > 3 and "," not in number):
        return False
    return (
        re.match(r"\s(?:[a-zA-Z][\w-]*\s){0,3}?(?:and\s[\d,]+\s(?:[\w-]+\s){0,3}?)?[a-z][\w-]*s\b", after) is not None
    )


def figures(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence from left to right; dates, times and numbers of forms are none."""
    found: list[Figure] = []
    plain = sentence.translate(_TYPEWRITTEN)
    for figure in (*_amounts(plain), *_counts(plain)):
        if all(figure.end <= other.start or figure.start >= other.end for other in found):
            found.append(replace(figure, text=sentence[figure.start : figure.end]))
    return tuple(sorted(found, key=lambda figure: figure.start))
