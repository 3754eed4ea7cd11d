"""The currency of each statement: told in its caption, else by signs at its figures, else as in the whole release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from xlsx_builder.model.document import Document, Paragraph
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Statement

NAMED = (
    (r"\bRMB\b|\brenminbi\b|\bCNY\b", "CNY"),
    (r"\bCanadian dollars?\b|\bC\$|\bCdn\b|\bCAD\b", "CAD"),
    (r"\bAustralian dollars?\b|\bA\$|\bAUD\b", "AUD"),
    (r"\bNew Zealand dollars?\b|\bNZ\$", "NZD"),
    (r"\bHong Kong dollars?\b|\bHK\$", "HKD"),
    (r"\bSingapore dollars?\b|\bS\$", "SGD"),
    (r"\b(?:NT|new Taiwan) ?(?:\$|dollars?)", "TWD"),
    (r"\bSwedish kron(?:or|a)\b|\bSEK\b", "SEK"),
    (r"\bNorwegian kron(?:er|e)\b|\bNOK\b", "NOK"),
    (r"\bDanish kron(?:er|e)\b|\bDKK\b", "DKK"),
    (r"\bSwiss francs?\b|\bCHF\b", "CHF"),
    (r"\b(?:reais|R\$)|\bBRL\b", "BRL"),
    (r"\b(?:rupees|INR)\b|\u20b9", "INR"),
    (r"\bJapanese yen\b|\bJPY\b", "JPY"),
    (r"\bKorean won\b|\bKRW\b|\u20a9", "KRW"),
)
"""Currencies by name, before those of a bare sign."""
SIGNS = (
    ("US$", "USD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("\u20ac", "EUR"),
    ("\u00a3", "GBP"),
    ("\u00a5", "JPY"),
    ("$", "USD"),
)
DOLLARS = frozenset(["CAD", "AUD", "NZD", "HKD", "SGD", "TWD"])
"""Currencies whose sign may be printed as a bare dollar sign."""
STATES = regex(
    r"\b(?:all|amounts?|figures?|expressed|stated|thousands|millions|billions|unless otherwise)\b|\b000", re.IGNORECASE
)
"""Words of a caption that tells in which currency its table is printed."""
STATES_ALL = regex(
    r"\ball (?:dollar )?(?:amounts|figures)\b|\bunless otherwise\b|\b(?:amounts|figures|statements) (?:are|in)\b"
    r"|\bexpressed in\b",
    re.IGNORECASE,
)
"""Words of a sentence that tells it for a whole release."""


def with_currencies(document: Document, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each with its currency where the release lets it be known."""
    stated = stated_currency(document)
    found = [of_statement(statement, stated) for statement in statements]
    usual = Counter(code for code in found if code).most_common(1)
    general = stated or (usual[0][0] if usual else "")
    return tuple(
        replace(statement, currency=code or general) for statement, code in zip(statements, found, strict=True)
    )


def of_statement(statement: Statement, stated: str) -> str:
    """The currency of a statement by its caption and its signs; '' where it shows none."""
    if statement.currency and not (statement.currency == "USD" and stated in DOLLARS):
        return statement.currency
    signed = sign_of(fact.text for item in statement.items for fact in item.facts)
    plain = signed in ("USD", "") and stated in DOLLARS
    yuan = signed == "JPY" and stated == "CNY"
    return stated if plain or yuan else signed


def sign_of(texts: Iterable[str]) -> str:
    """The currency whose sign stands most often at figures; '' where none does."""
    said: Counter[str] = Counter()
    for text in texts:
        code = next((code for sign, code in SIGNS if sign in text), "")
        if code:
            said[code] += 1
    return said.most_common(1)[0][0] if said else ""


def stated_currency(document: Document) -> str:
    """The currency that a release says all its amounts are in; '' where it does not say."""
    for line in telling(document):
        code = next((code for pattern, code in NAMED if re.search(pattern, line)), "")
        if code:
            return code
    return ""


def telling(document: Document) -> Iterable[str]:
    """The lines that may tell a currency: over tables, beside column headings, and sentences about all amounts."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from filter(STATES_ALL.search, re.split(r"(?<=[.;])\s", block.text))
            continue
        lines = (*(p.text for p in block.caption), *(row.label for row in block.header if row.label))
        yield from filter(STATES.search, lines)
