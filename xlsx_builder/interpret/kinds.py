"""What a printed table reports: by the words of its title, and where they say nothing by its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import StatementKind

OUTLOOK = regex(r"\b(?:guidance|outlook|targets?|forecast)\b", re.IGNORECASE)
BRIDGES = regex(
    r"\b(?:gaap|adjust|exclud|includ|add|less|plus|impact|reported|amortization|charges?|tax effect|cash"
    r"|items?|ebitda)",
    re.IGNORECASE,
)
"""Words of lines that lead from one measure to another."""
BY_TITLE = (
    (r"\b(?:computations?|calculations?)\b.*\b(?:per\b.*\bshare|EPS)\b", StatementKind.PER_SHARE),
    (
        (
            r"\bfree cash flow|\bfunds from operations\b|\bA?FFO\b"
            r"|reconcil|\bnon\s?-?\s?gaap\b|\badjusted\b|\bEBITDA\b|\bpro\s?-?forma\b"
            r"|\b(?:significant|special|unusual|non-?recurring) items\b"
        ),
        StatementKind.RECONCILIATION,
    ),
    (r"\bcash flows?\b", StatementKind.CASH_FLOW),
    (
        r"\bbalance sheets?\b|\bfinancial (?:position|condition)\b|\bassets and liabilities\b",
        StatementKind.BALANCE,
    ),
    (
        r"\b(?:changes in|statements? of)\b.*\b(?:equity|deficit|capital|investment)\b|\bretained earnings\b",
        StatementKind.EQUITY,
    ),
    (
        (
            r"\bsegment(?:s|al)?\b|\bgeograph|\bby (?:\w+ )?(?:region|product|category|business|division|country|market"
            r"|application)|\bdisaggregation\b"
            r"|\bby\b.*\b(?:service offerings?|product lines?|region|markets?)\b|\bproduct (?:summary|lines?"
            r"|categor\w+)\b|\brevenue categor"
        ),
        StatementKind.SEGMENTS,
    ),
    (
        (
            r"\b(?:computations?|calculation|impacting|significant)\b.*\b(?:per\b.*\bshare|EPS)\b|^(?:earnings"
            r"|income|loss) per\b.*\bshare\b"
        ),
        StatementKind.PER_SHARE,
    ),
    (
        (
            r"\bstatements? of (?:\S+ ){0,3}?(?:income|operations|earnings|loss|profit)|\b(?:income|operating"
            r"|earnings) statements?\b"
            r"|\bresults of operations\b|\bconsolidated (?:income|earnings|operations|results)$|\bprofit and loss\b"
        ),
        StatementKind.INCOME,
    ),
)


def kind_of(title: str, headings: str, labels: Sequence[str]) -> StatementKind:
    """The kind of a statement.

    Args:
        title: Its title.
        headings: What stands over its columns.
        labels: Its lines and headings, in order.
    """
    found = [kind for pattern, kind in BY_TITLE if re.search(pattern, title, re.IGNORECASE)]
    content = kind_by_lines(labels)
    if OUTLOOK.search(title):
        bridge = bridged(labels) or re.search(r"reconcil", title, re.IGNORECASE)
        return StatementKind.RECONCILIATION if bridge else StatementKind.OTHER
    if found and found[0] is StatementKind.RECONCILIATION and not BRIDGES.search("\n".join((*labels, headings))):
        found = found[1:] or [StatementKind.OTHER]
    if StatementKind.SEGMENTS in found and StatementKind.INCOME in found:
        return StatementKind.SEGMENTS
    if found:
        if found[0] is StatementKind.RECONCILIATION and content in (StatementKind.BALANCE, StatementKind.CASH_FLOW):
            return content
        return found[0]
    if content is not StatementKind.OTHER:
        return content
    if re.search(r"\bnon-gaap\b|\badjustments\b", headings, re.IGNORECASE):
        return StatementKind.RECONCILIATION
    return content


def bridged(labels: Sequence[str]) -> bool:
    """Whether lines lead from a measure under GAAP to one that is not."""
    start: int | None = None
    for place, label in enumerate(labels):
        if re.search(r"\bnon\s?-\s?gaap\b", label, re.IGNORECASE):
            if start is not None and place - start >= 2:
                return True
        elif re.search(r"\bgaap\b", label, re.IGNORECASE):
            start = place
    return False


def kind_by_lines(labels: Sequence[str]) -> StatementKind:
    """The kind of a statement by the lines that only its kind has."""
    text = "\n".join(labels).lower()

    def has(*patterns: str) -> bool:
        return all(re.search(pattern, text) for pattern in patterns)

    if has(r"^(?:net )?cash.*operating|operating activities", r"investing activities", r"financing activities"):
        return StatementKind.CASH_FLOW
    if has(r"total assets", r"total (?:current )?liabilities|liabilities and .*equity"):
        return StatementKind.BALANCE
    if bridged(labels) or has(r"pre-tax", r"post-tax") or (has(r"add back|excluding") and has(r"as reported|ebitda")):
        return StatementKind.RECONCILIATION
    income = (
        r"^(?:total |net )?(?:net )?(?:sales|revenues?)",
        r"^(?:net|income|loss|earnings).*(?:income|earnings|loss|taxes)|^net (?:income|earnings|loss)",
        r"tax",
        r"\bcosts?\b|\bexpenses?\b",
    )
    if all(re.search(pattern, text, re.MULTILINE) for pattern in income) and len(labels) >= 8:
        return StatementKind.INCOME
    return StatementKind.OTHER
