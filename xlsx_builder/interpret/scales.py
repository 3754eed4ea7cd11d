"""What one printed unit is worth: 'in thousands, except per share data', for money and for shares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from xlsx_builder.model.patterns import regex


class Scales(Struct, frozen=True):
    """Powers of ten that a text tells; None where it tells none."""

    money: int | None = None
    shares: int | None = None
    currency: str = ""
    units: int | None = None
    """Of what columns count beside money."""


POWERS = {"hundreds": 2, "thousand": 3, "000": 3, "million": 6, "000,000": 6, "billion": 9}
WORTH = r"(thousand|million|billion)s?"
SCALE = regex(
    rf"\bin\s+(?:\S+\s+)?(?:of\s+)?{WORTH}\b|{WORTH}\s+(?:of|except|\(except)\b|\(\s*\$?\s*{WORTH}\b|\b{WORTH}\s*[,;]\s*except"
    rf"|\b(?:dollars|amounts|figures|shares|EUR|GBP|CHF|CAD|SEK|NOK|DKK)\s+{WORTH}\b|^\W*{WORTH}\W*$",
    re.IGNORECASE,
)
ZEROS = regex(
    r"(?:[$€£]\s?['\u2019]?|\bin\s+(?:\S+\s)?|\()(000,000|000)(?:['\u2019]?s)?\b|\b(000)['\u2019]?s\b", re.IGNORECASE
)
LETTER = regex(r"(?:[$€£]|\b(?:EUR|GBP|CHF|CAD|SEK|NOK|DKK))\s?(mm|bn|mn|[kmb])\b", re.IGNORECASE)
LETTERS = {"k": 3, "m": 6, "mm": 6, "mn": 6, "b": 9, "bn": 9}
SHARE_SCALE = regex(
    r"\bshares?\b(?:[^,;()]*?\b(?:are|is|reflected|presented|stated"
    r"|shown)\b)?\s*(?:reflected\s*)?in\s+(thousand|million|billion)s?",
    re.IGNORECASE,
)
UNIT_SCALE = regex(r"\b(?:units?|volumes?|subscribers|customers) in (thousand|million)s?\b[,;]?", re.IGNORECASE)
"""The scale of what is counted beside money: 'units in thousands, revenue in millions'."""
WHOLE_SHARES = regex(
    r"\bexcept\b(?:(?!in thousands|in millions).)*?(?<!\bper )(?<!common )\bshares?\b(?!\s+(?:which|are|in\b))",
    re.IGNORECASE,
)
PER = regex(r"\bper\s+(?:\w+\s+)?share\b|-per-share", re.IGNORECASE)
CURRENCY = (
    (r"US\$|U\.?S\.? dollars|USD", "USD"),
    (r"Canadian dollars|C\$|CAD\b|Cdn|(?i:Canadian funds)", "CAD"),
    (r"€|\beuros?\b|\bEUR\b", "EUR"),
    (r"£|\bpounds? sterling\b|\bGBP\b", "GBP"),
    (r"¥|\byen\b|\bJPY\b", "JPY"),
    (r"\bSwiss francs\b|\bCHF\b", "CHF"),
    (r"\bSEK\b|\bSwedish kron", "SEK"),
    (r"\bNOK\b|\bNorwegian kron", "NOK"),
    (r"\bDKK\b|\bDanish kron", "DKK"),
    (r"\$|\bdollars?\b", "USD"),
)


def scales(text: str) -> Scales:
    """The scales and the currency that a text tells."""
    counted = UNIT_SCALE.search(text)
    units = POWERS[counted[1].lower()] if counted else None
    return Scales(money_scale(text), share_scale(text), currency(text), units)


def money_scale(text: str) -> int | None:
    """The power of ten of money: the first that is told."""
    text = UNIT_SCALE.sub(" ", text) if UNIT_SCALE.sub("", text).strip("() ,;") else text
    share = SHARE_SCALE.search(text)
    rest = (
        text[: share.start()] + text[share.end() :]
        if share and not re.match(r"\W*shares", text[share.start() :])
        else text
    )
    found = SCALE.search(rest)
    if found:
        return POWERS[next(g for g in found.groups() if g).lower()]
    zeros = ZEROS.search(rest)
    if zeros:
        return POWERS[zeros[1] or zeros[2]]
    letter = LETTER.search(rest)
    return LETTERS[letter[1].lower()] if letter else None


def share_scale(text: str) -> int | None:
    """The power of ten of numbers of shares: told for them, 0 where they are excepted, else that of money."""
    told = SHARE_SCALE.search(text)
    if told:
        return POWERS[told[1].lower()]
    if WHOLE_SHARES.search(PER.sub("per-unit", text)):
        return 0
    return money_scale(text)


def currency(text: str) -> str:
    """The currency that a text names, by its sign or its name; '' where it names none."""
    return next((code for pattern, code in CURRENCY if re.search(pattern, text, re.IGNORECASE)), "")


def merged(found: Iterable[Scales]) -> Scales:
    """The first of each that is told."""
    found = tuple(found)
    return Scales(
        next((s.money for s in found if s.money is not None), None),
        next((s.shares for s in found if s.shares is not None), None),
        next((s.currency for s in found if s.currency), ""),
        next((s.units for s in found if s.units is not None), None),
    )
