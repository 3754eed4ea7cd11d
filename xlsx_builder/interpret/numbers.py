"""A printed figure is a sign, digits and a mark: read as a Decimal, nil or zero, or not read at all."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.patterns import regex


class Mark(Enum):
    """What is printed beside the digits and says what they count."""

    NONE = "none"
    MONEY = "money"
    CENTS = "cents"
    PERCENT = "percent"
    POINTS = "points"
    """Percentage points: the difference of two per cents."""
    BASIS_POINTS = "basis points"
    COUNTED = "counted"
    """'3.2 years'."""
    MULTIPLE = "multiple"
    """'1.5x', '2.1 to 1'."""


class Figure(Struct, frozen=True):
    """A figure as printed."""

    value: Decimal | None
    """None where the print says that there is no meaningful figure ('n/m')."""
    decimals: int = 0
    mark: Mark = Mark.NONE
    scale: int | None = None
    """Power of ten said beside it ('$1.7 billion'); None where nothing is said."""


TYPEWRITTEN = str.maketrans(
    dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d", "-")
    | dict.fromkeys("\u00a7\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", "\u2021")
    | {"\u2019": "'", "\u2248": "~", "\u200b": None}
)
"""Dashes, footnote marks and quotes as the patterns have them: a set of letters beyond ASCII takes as long to
compile as a long pattern."""
CURRENCIES = r"(?:US|C|A|CA|AU|NZ|HK|S|R|NT)?\$|US\s?D|EUR|GBP|CHF|JPY|CAD|AUD|€|£|¥|₹|₩|Rs\.?"
NOT_MEANINGFUL = regex(
    r"(?:n\s?[./]?\s?m\.?|n\s?[./]?\s?a\.?|n/c|not meaningful|not applicable|\*{1,3}|\#|\u2020)", re.IGNORECASE
)
FOOTNOTE = regex(
    r"\s*(?:\((?:[^\W\d_]{1,2}|\d{1,2}|[ivx]{1,4})\)|\[(?:\w{1,2})\]|\*{1,3}|[\u2020\u2021]+)$", re.IGNORECASE
)
SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "mm": 6, "m": 6, "bn": 9, "b": 9}
MARKS = (
    (regex(r"\s*(?:basis points?|bps?\.?)$", re.IGNORECASE), Mark.BASIS_POINTS),
    (
        regex(r"\s*(?:percentage points?|%?\s?-?points?|%?\s?pts?\.?|%?\s?ppts?\.?|pp)$", re.IGNORECASE),
        Mark.POINTS,
    ),
    (regex(r"\s*(?:%|percent|per cent)$", re.IGNORECASE), Mark.PERCENT),
    (regex(r"\s*(?:cents?|¢)$|(?<=[\d)])[cp]$", re.IGNORECASE), Mark.CENTS),
    (regex(r"(?:(?<=\.\d)|(?<=\.\d\)))\s*years?$", re.IGNORECASE), Mark.COUNTED),
    (regex(r"\s*(?:x|times|to 1|:\s?1)$", re.IGNORECASE), Mark.MULTIPLE),
)
DIGITS = regex(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ ']\d{3})+|\d+)?(?:\.\d+)?")
EUROPEAN = regex(r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)?(?:,\d+)?")
ZERO = regex(r"(?:[-_]\s?){1,5}|-\s?0\s?-|nil", re.IGNORECASE)
PLAIN = regex(
    r"(?P<money>\$\s?)?(?P<open>\()?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?(open)\))(?P<percent>\s?%)?"
)
"""How nearly all figures are printed: '1,963', '$ (12.50)', '4.1%'."""
WORDED = regex(r"(?P<way>up|down|negative|minus|increased|decreased)\s+(?P<figure>[$\d.].*)", re.IGNORECASE)
ROUGH = regex(r"~\s*")
BEFORE = regex(rf"(~?\s*[-(+]?\s*)(?:{CURRENCIES})\s*(?=[\d.,(+-]|nil)")
BEHIND = regex(r"(?<=[\d)])\s*(?:€|EUR|£|¥|USD|CHF)$")
ALONE = regex(rf"(?:{CURRENCIES})\s*(\S.*)")
"""Where a currency sign stands: before the digits, behind them, or before words in their place."""
BRACKETED = regex(r"\(\s*(.+?)\s*\)")
SIGN = regex(rf"[-+]\s*(?:(?:{CURRENCIES})\s*)?")
SIGN_BEHIND = regex(r"[\d.,]+-")
DIGIT_AT_END = regex(r"\d\s*\)?$")
WORD_SCALE = regex(r"\s*(thousand|million|billion|trillion|mm|bn|[kmb])s?$", re.IGNORECASE)


LONGEST = 200
"""Characters; no figure or range is as long, and looking for one in a longer text could take hours."""
CACHED = 8192
"""Texts remembered: the cells and headings of a large release, which are asked for again and again."""


@lru_cache(maxsize=CACHED)
def figure(text: str, *, european: bool = False) -> Figure | None:
    """The figure that a cell's text prints; None where the text is no single figure.

    Args:
        text: Text of a cell, its '$', ')' and '%' joined to it.
        european: Whether a comma is the decimal point and a point or space parts the thousands.
    """
    if len(text) > LONGEST:
        return None
    rest = " ".join(text.translate(TYPEWRITTEN).split())
    if not european and (usual := PLAIN.fullmatch(rest)):
        return plain(usual)
    if NOT_MEANINGFUL.fullmatch(rest):
        return Figure(None)
    worded = WORDED.fullmatch(rest)
    if worded:
        found = figure(worded["figure"], european=european)
        down = worded["way"].lower() in ("down", "negative", "minus", "decreased")
        return found and replace(found, value=-found.value if down and found.value else found.value)
    rest, money = without_currency(rest)
    zero = re.sub(r"\s*%$", "", rest)
    if ZERO.fullmatch(zero):
        return Figure(Decimal(0), 0, Mark.PERCENT if zero != rest else Mark.MONEY if money else Mark.NONE)
    for candidate in (rest, FOOTNOTE.sub("", rest), FOOTNOTE.sub("", FOOTNOTE.sub("", rest))):
        found = signed(candidate.strip(), european=european)
        if found is not None:
            return in_money(found) if money else found
        if NOT_MEANINGFUL.fullmatch(candidate.strip()):
            return Figure(None)
        if ZERO.fullmatch(candidate.strip()):
            return Figure(Decimal(0), 0, Mark.MONEY if money else Mark.NONE)
    return None


def in_money(found: Figure) -> Figure:
    """The figure with a currency sign before it, which says more than '$.05 cents' does behind it."""
    if found.mark is Mark.CENTS and found.value is not None:
        return Figure(found.value.scaleb(2), found.decimals - 2, Mark.MONEY, found.scale)
    return replace(found, mark=Mark.MONEY) if found.mark is Mark.NONE else found


def plain(usual: re.Match[str]) -> Figure:
    """The figure in a text of the usual form."""
    part = usual["part"] or ""
    value = Decimal(usual["whole"].replace(",", "") + (f".{part}" if part else ""))
    mark = Mark.PERCENT if usual["percent"] else Mark.MONEY if usual["money"] else Mark.NONE
    return Figure(-value if usual["open"] and value else value, len(part), mark)


def without_currency(text: str) -> tuple[str, bool]:
    """The text without its currency sign, which may stand before or inside the parenthesis or behind the digits."""
    before = BEFORE.match(text)
    if before:
        return before[1] + text[before.end() :], True
    behind = BEHIND.search(text)
    if behind:
        return text[: behind.start()], True
    alone = ALONE.fullmatch(text)
    return (alone[1], True) if alone else (text, False)


def signed(text: str, *, european: bool) -> Figure | None:
    """The figure in a text of sign, digits and mark."""
    rough = ROUGH.match(text)
    text = text[rough.end() :] if rough else text
    mark, text = marked(text)
    behind = WORD_SCALE.search(text)
    if behind and text[: behind.start()].endswith(")"):
        found = signed(text[: behind.start()], european=european)
        return found and replace(found, scale=SCALES[behind[1].lower()])
    negative = False
    bracketed = BRACKETED.fullmatch(text)
    if bracketed:
        negative = True
        inner, text = marked(bracketed[1])
        mark = mark if inner is Mark.NONE else inner
        text, money = without_currency(text)
        mark = Mark.MONEY if money and mark is Mark.NONE else mark
    sign = SIGN.match(text)
    if sign:
        negative = negative != (text[0] != "+")
        text = text[sign.end() :]
    elif SIGN_BEHIND.fullmatch(text):
        negative, text = True, text[:-1]
    scale = WORD_SCALE.search(text)
    if scale:
        text = text[: scale.start()]
    number = digits(text, european=european)
    if number is None:
        return None
    value, decimals = number
    if mark is Mark.CENTS:
        value, decimals = value / 100, decimals + 2
    value = -value if negative and value else value
    return Figure(value, decimals, mark, SCALES[scale[1].lower()] if scale else None)


def marked(text: str) -> tuple[Mark, str]:
    """The mark behind a figure, and the text before it."""
    for pattern, mark in MARKS:
        found = pattern.search(text)
        if found and DIGIT_AT_END.search(text[: found.start()]):
            return mark, text[: found.start()]
    return Mark.NONE, text


def digits(text: str, *, european: bool) -> tuple[Decimal, int] | None:
    """The number in a text of digits and separators, and how many digits stand after the decimal point."""
    if not re.search(r"\d", text) or not (EUROPEAN if european else DIGITS).fullmatch(text):
        return None
    point = "," if european else "."
    whole, _, part = text.rpartition(point) if point in text else (text, "", "")
    whole = re.sub(r"\D", "", whole)
    return Decimal(f"{whole or 0}.{part}" if part else whole), len(part)


RANGE = regex(r"(?P<low>.*?\d[^-]*?)\s*(?:-|\bto\b|\band\b)\s*(?P<high>\D{0,3}\d.*)", re.IGNORECASE)


MARGIN = regex(r"(?<=[\d%)a-z])[,\s]*(?:\u00b1|\+\s?/\s?-|plus or minus)\s*\S.*$", re.IGNORECASE)
"""How far a forecast may be off; the figure itself stands before it."""


@lru_cache(maxsize=CACHED)
def figure_range(text: str) -> tuple[Figure, Figure] | None:
    """The low and the high figure of a range ('$1.2 - $1.4 billion', '10.85 to 11.15'); None where it is none.

    What is said once, at the end, goes for both: the scale word and the per cent sign.
    """
    if len(text) > LONGEST:
        return None
    text = " ".join(text.translate(TYPEWRITTEN).split())
    bare = re.sub(r"^\s*(?:between|from|approximately|about|approx\.?|~)\s+", "", text, flags=re.IGNORECASE)
    found = RANGE.fullmatch(bare)
    if not found:
        return None
    low, high = figure(found["low"]), figure(found["high"])
    if low is None or high is None or low.value is None or high.value is None or low.value > high.value:
        return None
    if low.scale is None and high.scale is not None:
        low = Figure(low.value, low.decimals, low.mark, high.scale)
    if low.mark is Mark.NONE and high.mark is not Mark.NONE:
        low = Figure(low.value, low.decimals, high.mark, low.scale)
    return low, high


@lru_cache(maxsize=CACHED)
def approximate(text: str) -> Figure | None:
    """A figure with a word of doubt before it or a margin behind: 'approximately 24.6%', '54.5% +/- 1%'."""
    if len(text) > LONGEST:
        return None
    text = MARGIN.sub("", text.translate(TYPEWRITTEN))
    bare = re.sub(
        r"^\s*(?:approximately|about|approx\.?|around|up to|~|\u2265|\u2264|>|<)\s*",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return figure(bare)


def looks_european(texts: tuple[str, ...]) -> bool:
    """Whether figures are printed with a decimal comma: some can be read only so, and none only the other way."""
    plain = ["".join(text.translate(TYPEWRITTEN | dict.fromkeys(map(ord, "-()$€£%+"))).split()) for text in texts]
    numbers = [text for text in plain if re.fullmatch(r"[\d.,]*\d", text)]
    only_european = sum(
        1
        for text in numbers
        if EUROPEAN.fullmatch(text) and not re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?", text)
    )
    only_english = sum(1 for text in numbers if not EUROPEAN.fullmatch(text))
    return only_european > 0 and only_english == 0
