"""Times written short, spelt out: '1QFY22' as 'Q1 FY2022', '1-6/2018' as 'january-june 2018'."""

from __future__ import annotations

import re

from xlsx_builder.interpret.time_words import MONTHS, YEAR
from xlsx_builder.model.patterns import regex

COMPACT = regex(
    r"(?<![\w$.,])(?:"
    rf"(?:F?Q(?P<quarter>[1-4])|F?(?P<number>[1-4])Q)[-\s:]?(?P<fiscal>FY)?[-\s]?['\u2019]?(?P<year>{YEAR}|\d\d)"
    rf"|(?:(?P<called>FY)['\u2019]?(?P<short>\d\d)|(?:FY)?(?P<full>{YEAR}))[-\s]?F?Q(?P<last>[1-4])"
    rf"|(?P<months>[369]|12)M[-\s]?['\u2019]?(?P<to>{YEAR}|\d\d)"
    rf"|(?:H(?P<half>[12])|(?P<part>[12])H)[-\s]?['\u2019]?(?P<of>{YEAR}|\d\d)"
    r")[AEP]?(?![\w%-]|[.,]\d)"
)
"""'Q1-21', '1QFY22', 'FY22Q1', '9M22', '1H22'."""
NUMBERED_SPAN = regex(rf"(?<![\w/.])(?P<first>1?\d)\s?[^\w\s,.;/&]\s?(?P<last>1?\d)/(?P<year>{YEAR})(?![\d/])")
"""'1-6/2018': its first six months."""


def spelt_out(text: str) -> str:
    """A text, the short times in it spelt out."""
    return NUMBERED_SPAN.sub(named_span, COMPACT.sub(spelt, text))


def spelt(found: re.Match[str]) -> str:
    """A quarter, half or number of months glued to its year, with blanks between: '1QFY22' as 'Q1 FY2022'."""
    year = century(int(found["year"] or found["short"] or found["full"] or found["to"] or found["of"]))
    if found["months"]:
        return f"{found['months']} months {year}"
    if half := found["half"] or found["part"]:
        return f"H{half} {year}"
    return f"Q{found['quarter'] or found['number'] or found['last']} {found['fiscal'] or found['called'] or ''}{year}"


def named_span(found: re.Match[str]) -> str:
    """'1-6/2018' as 'january-june 2018'; what is no pair of months as it is."""
    names = {number: name for name, number in reversed(MONTHS.items())}
    first, last = (names.get(int(found[part])) for part in ("first", "last"))
    return f"{first}-{last} {found['year']}" if first and last else found[0]


def century(year: int) -> int:
    """95 -> 1995, 23 -> 2023; a full year stays."""
    if year >= 100:
        return year
    return year + (1900 if year >= 70 else 2000)
