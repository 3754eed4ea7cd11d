"""What a line counts that is neither money nor shares: physical quantities, numbers of things, amounts for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.interpret.numbers import Figure, Mark
from xlsx_builder.model.patterns import regex

PHYSICAL = regex(
    r"\b(?:[kmg]wh?s?|(?:kilo|mega|giga)watt(?:[- ]hours?)?s?|(?:[mbt]|mm)?cfe?(?:s|p?d)?|m{0,2}boe(?:s|p?d)?"
    r"|m{0,2}(?:bbl(?:s|p?d)?|bpd)"
    r"|(?:mm?)?btus?|(?:deka)?therms?|dths?|cubic feet|barrels"
    r"|(?:passenger|seat|ton)[- ]miles|miles(?=\W*$|\s*\()|[ar][pst]ms?"
    r"|(?:degree|operating|drilling|rig|patient) days|block hours|departures"
    r"|(?:metric |short )?tons|tonnes|ounces|gallons|carloads|passengers (?:carried|boarded)|acres"
    r"|inches|linage|wells (?:drilled|completed|spudded))\b",
    re.IGNORECASE,
)
"""Units of energy, volume, weight and distance, and what traffic is counted in."""
NOT_PHYSICAL = regex(
    r"\bper\b(?! day\b)|/(?!\s?d(?:ay)?\b)|\bprices?\b|\bcosts?\b|\bexpenses?\b|\brevenues\b"
    r"|\byield\b|\$|\bdollars\b|\bcents\b",
    re.IGNORECASE,
)
HEADED = regex(
    r"\b(?:miles|grams|ounces|tons|tonnes|gallons|barrels|hours|loads|passengers|customers|employees|transactions)\s+per\s+[^\W\d_]",
    re.IGNORECASE,
)
"""'Miles per tractor': what is counted stands before the 'per'."""
COUNTED = (
    r"(?:headcount|employees|stores?|restaurants?|locations|square f(?:ee|oo)t\w*|customers|subscribers|units"
    r"|openings|branches|offices|rooms|hotels|projects|associates|beds|aircraft|vehicles|members|shipments|loads"
    r"|tractors|trailers|trucks|policies|accounts|homes|lots|passengers|communities|patients|students|theatres|theaters|screens|RGUs|admissions|visits)"
)
COUNT = regex(
    rf"\bnumber of\b|\b{COUNTED}(?=\W*$|\W*\(|\s*[-,]|\s+(?:at|in|open(?:ed)?|closed|operat\w+|owned|leased|served|of"
    r"|end|beginning|acquired|added|under|fleet|sold|produced|delivered|closing|backlog|with|counts?|updates?|activity|data|information|passed|metrics|statistics)\b)",
    re.IGNORECASE,
)
"""A thing counted is the last word of its label, or what follows says where and when."""
NOT_COUNT = regex(
    r"\b(?:sales|revenues?(?! (?:generating|passengers))|expenses?|costs?|income|earnings|margin|profit|charges?"
    r"|inventor\w+|receivables?"
    r"|deposits|awards?|fees?|cash|business units|stock units|deferred|operating units|accounts|gain|loss|advances"
    r"|assets|liabilities|equity|interests?|property|payments?|proceeds|dividends?)\b",
    re.IGNORECASE,
)
MONEY_HEADING = regex(
    r"\b(?:revenues?|sales|expenses?|costs|income|profits?|earnings|loss(?:es)?|ebitda|backlog|assets|liabilities"
    r"|equity|cash flows?|activities)\b",
    re.IGNORECASE,
)
"""Headings of a statement, under which 'Rooms' are what rooms brought in."""
EACH = regex(
    r"\bper\s+(?!share|cent\b|common|diluted|basic|ordinary|ADS|annum|unit\b)[^\W\d_]|/\s?(?:bbl|mcfe?|boe|kwh|mwh|ton)\b",
    re.IGNORECASE,
)
EACH_PRICE = regex(r"\baverage\b.*\b(?:rate|price|check|ticket|fare)\b|\brevpar\b|(?<!per )\bADR\b", re.IGNORECASE)
RATE = regex(r"\b(?:average|revenues?|sales|costs?|prices?|rates?|yield|revpar)\b", re.IGNORECASE)


def is_physical(text: str) -> bool:
    """Whether words name a physical unit that figures count, not a price for each."""
    return bool(PHYSICAL.search(text)) and not NOT_PHYSICAL.search(text)


def is_count(label: str, section: Sequence[str], known: Sequence[Figure]) -> bool:
    """Whether a label says that its figures are numbers of things.

    Args:
        label: The words of a line or a heading.
        section: The headings above it.
        known: The figures.
    """
    if any(figure.mark is Mark.MONEY for figure in known):
        return False
    if is_physical(label) or HEADED.search(label):
        return True
    if not COUNT.search(label) or NOT_COUNT.search(label) or any(figure.decimals for figure in known):
        return False
    outright = re.search(r"\bnumber of\b|\bheadcount\b|\bemployees\b", label, re.IGNORECASE)
    return bool(outright) or not any(MONEY_HEADING.search(heading) for heading in section)


def is_for_each(label: str, known: Sequence[Figure]) -> bool:
    """Whether a line of money is an amount for each barrel, mile or store, told in whole units."""
    cents = any(figure.decimals > 1 for figure in known)
    if cents and EACH_PRICE.search(label):
        return True
    if not EACH.search(label):
        return False
    return cents or bool(RATE.search(label))
