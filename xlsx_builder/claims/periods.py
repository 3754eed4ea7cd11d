"""Periods as prose names them: 'third quarter of 2003', 'the first nine months', 'a year ago', 'at December 31'."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.patterns import regex

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_COUNTS = {
    word: number for number, word in enumerate(("three", "four", "five", "six", "seven", "eight", "nine"), 3)
} | {"twelve": 12}
_LONG = {
    "thirteen": 13,
    "fourteen": 14,
    "sixteen": 16,
    "twenty-four": 24,
    "twenty-six": 26,
    "twenty-seven": 27,
    "thirty-six": 36,
    "thirty-nine": 39,
    "forty": 40,
    "fifty-two": 52,
    "fifty-three": 53,
}
_WEEKS = "|".join(("twelve", *_LONG))
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    **{f"{number}{gap}{end}": number for number, end in enumerate(("st", "nd", "rd", "th"), 1) for gap in ("", " ")},
}
_ORDINAL = "|".join(_ORDINALS)
_COUNT = "|".join(_COUNTS)
_TRAILING = r"\b(?:last|past|trailing|latest|rolling)\s(?:four\squarters|(?:twelve|12)[\s-]months?|\w+\syears)\b"
_ATOMS = (
    ("growth", r"\byear[\s-](?:over|on)[\s-]year\b|\by/y\b|\byoy\b"),
    ("sequential", r"\bsequential(?:ly)?\b|\bq/q\b|\bquarter[\s-](?:over|on)[\s-]quarter\b"),
    (
        "trailing",
        rf"{_TRAILING}|\b(?:next|coming|upcoming|following)\s(?:\w+\s)?(?:quarters?|years?|months)\b",
    ),
    ("date", rf"{_MONTH}\s(?P<day>\d{{1,2}}),?\s(?P<year>(?:19|20)\d\d)\b"),
    ("date", rf"\b(?P<day>\d{{1,2}})\s{_MONTH}\s(?P<year>(?:19|20)\d\d)\b"),
    ("quarter", rf"\b(?P<ordinal>{_ORDINAL})[\s-](?:fiscal[\s-])?quarter(?:ly)?\b|\bq(?P<number>[1-4])\b"),
    ("weeks", rf"\b(?P<weeks>\d{{1,2}}|{_WEEKS})[\s-]weeks?\b"),
    ("months", rf"\b(?P<months>{_COUNT}|\d{{1,2}})[\s-]months?\b"),
    ("half", r"\b(?:first|second|1st|2nd)[\s-](?:fiscal[\s-])?half\b|\bhalf[\s-]year\b|\bh[12]\b"),
    ("todate", r"\byear[\s-]to[\s-]date\b|\bytd\b"),
    (
        "prior",
        r"\b(?:a|one)[\s-]year[\s-](?:ago|earlier|before)\b|\byear[\s-](?:ago|earlier)\b|\b(?:prior|previous|preceding|last|past)[\s-](?:fiscal[\s-])?year(?:'?s)?\b",
    ),
    ("previous", r"\b(?:prior|previous|preceding|last|linked|trailing)[\s-](?:fiscal[\s-])?(?=quarter)"),
    (
        "same",
        r"\b(?:same|comparable|corresponding|like|similar|current|this)(?=(?:\s\w+)?\s(?:fiscal\s)?(?:period|quarter|year|months?|\w+[\s-](?:month|week)))",
    ),
    ("yearend", r"\b(?:fiscal[\s-])?year[\s-]?end\b"),
    ("endof", r"\b(?:at|as\sof|by|from)?\s?(?:the\s)?(?:end|close)\sof\b|\bquarter[\s-]end\b|\bexiting\b"),
    (
        "year",
        r"\b(?:fiscal[\s-](?:year[\s-])?|fy\s?'?|calendar[\s-](?:year[\s-])?)?(?P<year>(?:19|20)\d\d)\b(?!\s(?:notes?|plan|act)\b)|\bfy\s?'?(?P<short>\d\d)\b",
    ),
    (
        "full",
        r"\bfull[\s-](?:fiscal[\s-])?year\b|\bfiscal[\s-]year\b|\btwelve[\s-]months?\b|\b(?:the|for\sthe|its)\s(?:fiscal\s)?year\b(?!-)|\byear\sended\b|\bannual\b(?!\s(?:recurring|contract|run|dividend|meeting))",
    ),
    ("generic", r"\bquarter\b"),
)
_PATTERNS = tuple((kind, regex(pattern)) for kind, pattern in _ATOMS)
_LINK = regex(r"[\s,]*(?:(?:of|in|the|for|a|its|ended|ending|fiscal|period|which|during|on|year|at|as)[\s,]*)*")
_DAY = regex(r"(?:^|\b(?:at|of|on|ended|ending|through|by|and|to|since|until|from|with|than))\s*$")
_TYPEWRITTEN = str.maketrans("\u2018\u2019\u2013\u2014", "''--")
"""Quotes and dashes as the patterns have them."""
_JOINS = 28
"""Characters between parts of one expression, ', of the preceding fiscal year' being about the longest."""


class Reference(Struct, frozen=True):
    """A period as far as an expression tells it."""

    start: int = 0
    end: int = 0
    months: int | None = None
    quarter: int | None = None
    year: int | None = None
    day: date | None = None
    """Its last day, where it is printed."""
    relation: str = ""
    """'prior' (a year before), 'previous' (the quarter before), 'same', 'yearend', 'trailing' or ''; of changes
    'growth' (over a year before) and 'sequential' (over the quarter before)."""
    instant: bool = False


_FIXED = {
    "half": Reference(months=6),
    "todate": Reference(months=0),
    "full": Reference(months=12),
    "generic": Reference(months=3, relation="same"),
    "yearend": Reference(relation="yearend", instant=True),
    "endof": Reference(instant=True),
}
"""What expressions without a number tell; the others tell only the relation that they are called by."""


def _weeks(count: int) -> int | None:
    return {12: 3, 13: 3, 14: 3, 16: 3, 24: 6, 26: 6, 27: 6, 36: 9, 39: 9, 40: 9, 52: 12, 53: 12}.get(count)


def _date(match: re.Match[str]) -> date | None:
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _number(word: str) -> int:
    return {**_LONG, **_COUNTS}.get(word) or int(word)


def _atom(kind: str, match: re.Match[str]) -> Reference | None:
    at = Reference(match.start(), match.end())
    if kind == "date":
        return replace(at, day=_date(match))
    if kind == "quarter":
        number = _ORDINALS.get(match["ordinal"] or "") or int(match["number"] or 0)
        return replace(at, months=3, quarter=number)
    if kind == "weeks":
        months = _weeks(_number(match["weeks"]))
        return replace(at, months=months) if months else None
    if kind == "months":
        return replace(at, months=_number(match["months"])) if _number(match["months"]) in (3, 6, 9, 12) else None
    if kind == "year":
        months = 12 if "year" in match[0] else None
        return replace(at, months=months, year=int(match["year"]) if match["year"] else 2000 + int(match["short"]))
    if kind in _FIXED:
        told = _FIXED[kind]
        return replace(told, start=at.start, end=at.end)
    return replace(at, relation=kind)


def _atoms(text: str) -> list[Reference]:
    found: list[Reference] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                atom = _atom(kind, match)
                if atom is not None:
                    found.append(atom)
    return sorted(found, key=lambda atom: atom.start)


def _clash(first: Reference, second: Reference) -> bool:
    both = ((first.year, second.year), (first.day, second.day), (first.quarter, second.quarter))
    if any(one is not None and other is not None for one, other in both):
        return True
    if first.day is not None and second.year is not None:
        return True
    if {first.relation, second.relation} & {"growth", "sequential", "trailing"}:
        return True
    strong = {"prior", "previous", "yearend"}
    return first.relation in strong and second.relation in strong


def _together(first: Reference, second: Reference) -> Reference:
    months = [m for m in (first.months, second.months) if m is not None]
    relations = sorted({first.relation, second.relation} - {""}, key=["prior", "previous", "yearend", "same"].index)
    return Reference(
        first.start,
        second.end,
        min((m for m in months if m), default=months[0] if months else None),
        first.quarter or second.quarter,
        first.year or second.year,
        first.day or second.day,
        relations[0] if relations else "",
        first.instant or second.instant,
    )


@lru_cache(maxsize=1 << 12)
def references(sentence: str) -> tuple[Reference, ...]:
    """The periods that a sentence names, left to right; a day alone is an instant."""
    text = sentence.lower().translate(_TYPEWRITTEN)
    joined: list[Reference] = []
    for atom in _atoms(text):
        if joined:
            last = joined[-1]
            between = text[last.end : atom.start]
            if len(between) <= _JOINS and _LINK.fullmatch(between) and not _clash(last, atom):
                joined[-1] = _together(last, atom)
                continue
        joined.append(atom)
    return tuple(finished for reference in joined if (finished := _finished(reference, text)))


def _finished(reference: Reference, text: str) -> Reference | None:
    """A period to be given out; a bare day needs a word that says what it does, or else it dates the release."""
    if reference.day is None or reference.months is not None or reference.relation:
        return reference
    if reference.instant or _DAY.search(text[: reference.start]):
        return replace(reference, instant=True)
    return None
