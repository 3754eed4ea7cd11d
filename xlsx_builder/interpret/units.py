"""What the figures of a line count, told by their marks, the line's words and the headings above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from xlsx_builder.interpret.numbers import Figure, Mark
from xlsx_builder.interpret.quantities import is_count, is_for_each
from xlsx_builder.interpret.scales import Scales, scales
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Unit

SHARES = regex(
    r"\b(?:average|weighted|number of|outstanding|total|diluted|basic|dilutive)\b.*\bshares\b"
    r"|\bshares\b.*\b(?:outstanding|used"
    r"|in calculation|in computation|computing|computation|compute|count)\b|^(?:basic|diluted)\s+shares\b"
    r"|\b(?:weighted|average)\b.*\b(?:common|limited|partner\w*|LP|OP) units\b"
    r"|\bshare count\b|^(?:(?:weighted|average|avg\.?|primary|diluted|basic|fully)\s+(?:common\s+)?)*shares"
    r"(?:\s\(in \w+\))?$",
    re.IGNORECASE,
)
NOT_SHARES = regex(
    r"\b(?:par value|authorized|issued|repurchase|purchase|proceeds|issuance|tax|compensation|expense|payment"
    r"|cash|income"
    r" |earnings|loss|dividends|stock,|stock-based)\w*\b",
    re.IGNORECASE,
)
PER_SHARE = regex(
    r"\bper\s+(?:\w+[\s-]+){0,4}(?:shares?|units?|ADS)\b|\bE\.?P\.?S\b|\b(?:earnings|income|loss|profit"
    r"|dividends?)\s*/\s*share\b|\bper-share\b",
    re.IGNORECASE,
)
AMOUNT_EACH = regex(r"[$\u20ac\u00a3]\s?\d*\.?\d+\s+(?:per|a)\s+(?:\w+\s+){0,2}(?:share|unit|ADS)\b", re.IGNORECASE)
"""An amount told in the words of a line, 'Dividends ($1.20 per share)', says nothing of its figures."""
BASIC = regex(r"(?:basic|(?:fully )?diluted|basic and diluted)\W*", re.IGNORECASE)
COMPUTES_SHARES = regex(r"\bshares\b.*\b(?:used|comput|calculat)|^denominator\b.*\bshares?\b", re.IGNORECASE)
PERCENT = regex(
    r"(?<!\d)%|(?<!-)\bper\s?cent(?:age)?\b(?=\s+of\b|\W*$|\s+change\b)|\bmargins?\b|\b(?:tax|interest|growth"
    r"|occupancy|churn|retention)\s+rate\b|\breturn on\b|\bload factor\b|\b(?:loss|LAE|expense|combined|underwriting"
    r"|efficiency|payout|capital|operating|overhead|medical)(?: care| expense)? ratio\b",
    re.IGNORECASE,
)
RATIO = regex(
    r"\b(?:ratios?|^(?!effect).*exchange rate\b(?! changes)|times"
    r"|(?<=[^\W\d_]\s)(?<!total\s)(?<!group\s)turnover|turns|length of stay|multiple"
    r"|days? (?:(?:of|in|supply of) )?(?:sales|payable|receivables?|inventor(?:y|ies)|outstanding)"
    r"|book[- ]to[- ]bill)\b",
    re.IGNORECASE,
)
DAYS = regex(
    r"\bdays? (?:(?:of|in|supply of) )?(?:sales|payable|receivables?|inventor(?:y|ies)|outstanding)|\bdays\W*$",
    re.IGNORECASE,
)
"""What is told in whole days."""


class Measure(Struct, frozen=True):
    """Unit and power of ten of a line or a column."""

    unit: Unit
    scale: int


def line_measure(label: str, section: Sequence[str], figures: Sequence[Figure], told: Scales) -> Measure:
    """What a line counts.

    Args:
        label: The line's own words.
        section: The headings above it, outermost first.
        figures: Its figures, those of columns with a unit of their own left out.
        told: The scales of the statement.
    """
    unit = line_unit(label, section, figures)
    said = next((s for s in (f.scale for f in figures) if s is not None), None)
    if said is None:
        near = [scales(text) for text in (label, *reversed(section)) if re.search(r"\(|\bin (?:thou|mill|bill)", text)]
        own = [s.shares if unit is Unit.SHARES else s.money for s in near]
        said = next((s for s in own if s is not None), None)
    if unit in (Unit.PER_SHARE, Unit.PERCENT, Unit.RATIO):
        return Measure(unit, 0)
    if unit is Unit.COUNT:
        return Measure(unit, said or 0)
    if unit is Unit.MONEY and said is None and any(is_for_each(text, figures) for text in (label, *section[-1:])):
        return Measure(unit, 0)
    general = told.shares if unit is Unit.SHARES else told.money
    return Measure(unit, said if said is not None else general or 0)


def line_unit(label: str, section: Sequence[str], figures: Sequence[Figure]) -> Unit:
    """What a line counts, by its marks first, its own words second and its headings last."""
    marks = [figure.mark for figure in figures if figure.mark is not Mark.NONE]
    known = [figure for figure in figures if figure.value is not None]
    if Mark.CENTS in marks:
        return Unit.MONEY if is_for_each(label, known) else Unit.PER_SHARE
    percents = sum(mark in (Mark.PERCENT, Mark.POINTS, Mark.BASIS_POINTS) for mark in marks)
    if percents and 2 * percents >= len(known):
        return Unit.PERCENT
    if Mark.MULTIPLE in marks:
        return Unit.RATIO
    if Mark.COUNTED in marks:
        return Unit.COUNT
    ratio = " ratio" if section and section[-1].lower().endswith("ratios") else ""
    own = unit_by_words(f"{label}{ratio}", section, known)
    if own is not None:
        return own
    for depth in range(len(section) - 1, -1, -1):
        inherited = unit_by_heading(section[depth], section[:depth], known)
        if inherited is not None:
            return inherited
    return Unit.PER_SHARE if BASIC.fullmatch(label) and small(known) else Unit.MONEY


def unit_by_words(label: str, section: Sequence[str], known: Sequence[Figure]) -> Unit | None:
    """What the words of a label say its figures count; None where they say nothing."""
    if COMPUTES_SHARES.search(label) and not small(known):
        return Unit.SHARES
    if PER_SHARE.search(AMOUNT_EACH.sub(" ", label)) and not large(known):
        return Unit.PER_SHARE
    money = any(figure.mark is Mark.MONEY for figure in known)
    if SHARES.search(label) and not NOT_SHARES.search(label) and not money:
        return Unit.SHARES
    if PERCENT.search(label) and not money and (percent_sized(known) and (plain_percent(label) or fractions(known))):
        return Unit.PERCENT
    if RATIO.search(label) and not money and (DAYS.search(label) or (fractions(known) and not large(known))):
        return Unit.RATIO
    if is_count(label, section, known):
        return Unit.COUNT
    return None


def unit_by_heading(heading: str, section: Sequence[str], known: Sequence[Figure]) -> Unit | None:
    """What a heading says that the figures under it count; None where it says nothing."""
    money = any(figure.mark is Mark.MONEY for figure in known)
    if COMPUTES_SHARES.search(heading) and not money and not small(known):
        return Unit.SHARES
    if PER_SHARE.search(heading) and not whole(known):
        return Unit.PER_SHARE
    if SHARES.search(heading) and not NOT_SHARES.search(heading) and not money:
        return Unit.SHARES
    if PERCENT.search(heading) and not money and percent_sized(known) and (plain_percent(heading) or fractions(known)):
        return Unit.PERCENT
    if is_count(heading, section, known):
        return Unit.COUNT
    return None


def plain_percent(text: str) -> bool:
    """Whether words name per cents outright, not only a margin or a rate."""
    return bool(re.search(r"%|\bper\s?cent|\brate\b", text, re.IGNORECASE))


def fractions(known: Sequence[Figure]) -> bool:
    """Whether some figure is printed with decimals."""
    return any(figure.decimals for figure in known)


def percent_sized(known: Sequence[Figure]) -> bool:
    """Whether all figures are such as per cents are."""
    return all(abs(figure.value) < 1000 for figure in known if figure.value is not None)


def small(known: Sequence[Figure]) -> bool:
    """Whether all figures are printed with two decimals and are below a hundred, as amounts per share are."""
    values = [figure for figure in known if figure.value]
    return bool(values) and all(f.decimals >= 2 and abs(f.value or Decimal(0)) < 100 for f in values)


def whole(known: Sequence[Figure]) -> bool:
    """Whether a figure other than zero is printed without decimals."""
    return any(figure.value and not figure.decimals for figure in known)


def large(known: Sequence[Figure]) -> bool:
    """Whether the figures are too large for amounts per share: whole numbers in the hundreds and more."""
    values = [figure for figure in known if figure.value]
    return bool(values) and all(not f.decimals and abs(f.value or Decimal(0)) >= 100 for f in values)
