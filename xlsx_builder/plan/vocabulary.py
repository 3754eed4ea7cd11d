"""The words by which accounting calls the lines that every analyst looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import LineItem, Unit


class Concept(Enum):
    """A key figure."""

    SALES = "Net sales"
    GROSS = "Gross profit"
    OPERATING = "Operating income"
    PRETAX = "Income before taxes"
    TAX = "Income taxes"
    NET = "Net income"
    EPS = "Earnings per share"
    CASH = "Net cash from operating activities"
    ASSETS = "Total assets"
    FUNDS = "Total liabilities and equity"


RESULT = r"(?:income|earnings|profit|loss|results?)"

AND_OTHER = r"(?: and (?:other )?(?:sales|revenues?|income))?"
NET_OF = r"(?:,? net(?: of .*)?)?"

PATTERNS: dict[Concept, tuple[str, ...]] = {
    Concept.SALES: (
        rf"total (?:net |operating |consolidated )*(?:sales|revenues?)(?:{AND_OTHER}|{NET_OF})",
        rf"(?:net |operating |consolidated )*(?:sales|revenues?)(?: to customers)?(?:{AND_OTHER}|{NET_OF})",
    ),
    Concept.GROSS: (r"gross (?:profit|margin|income)(?: on sales)?",),
    Concept.OPERATING: (
        rf"(?:total )?(?:operating {RESULT}|{RESULT} from operations)",
        rf"operating {RESULT} before interest.*",
    ),
    Concept.PRETAX: (rf"(?:consolidated )?{RESULT}(?: from continuing operations)? before .*tax.*",),
    Concept.TAX: (
        r"(?:less:? )?(?:provision|benefit|credit)(?: or benefit)? for (?:federal )?(?:income )?taxes.*",
        r"(?:total )?income tax(?:es)?(?: provision| expense| benefit| credit)*",
        r"(?:total )?(?:provision|taxes) on income|taxes",
    ),
    Concept.NET: (
        rf"net {RESULT}(?:,? after (?:income )?tax(?:es)?| -+ as reported)?",
        rf"(?:consolidated )?net {RESULT}(?: attributable| applicable| available) to (?!non|minor).*",
        rf"net {RESULT} including .*",
        r"profit",
    ),
    Concept.CASH: (
        r"(?:net |total )?cash(?: flows?)?,? (?:.*\b)?(?:provided|generated|used|from|flows?)\b.*operat(?:ing|ions).*",
    ),
    Concept.ASSETS: (r"total assets|assets,? total",),
    Concept.FUNDS: (
        r"total (?:liabilities|capitali[sz]ation|equity)\b.* (?:and|&) .*\b(?:equity|defici\w*|capital|liabilities).*",
    ),
}

OFF_THE_POINT = regex(r"\b(?:discontinued|adjustments?|reconcile|supplemental|non-gaap|pro forma)\b")
"""Words of lines that only sound like a key figure."""

PER_SHARE = regex(rf"\b(?:eps|{RESULT})\b")
"""Words of what is earned per share, in a label or in the headings over it."""

PER_SHARE_OFF = regex(
    r"\b(?:before|discontinued|continuing|cumulative|extraordinary|dividends?|adjust\w*|non-gaap|book value)\b"
)
"""Words of per-share lines that are a part of the earnings per share, or something else."""

ASIDE = regex(r"\([^)]*\)|\[[^\]]*\]")


def plain(label: str) -> str:
    """A label without what is in brackets, in small letters: 'Net income (loss)' is 'net income'."""
    words = " ".join(ASIDE.sub(" ", label).replace("/", " ").lower().split())
    return words.replace("’", "'").strip(" :.,–—-*").replace(" ,", ",")  # noqa: RUF001


def called(line: LineItem) -> str:
    """What a line is called; a figure without a label is the total of the block that it stands in."""
    return line.label or " ".join(("Total", *line.section[-1:]))


def first_of(lines: Iterable[LineItem], concept: Concept) -> LineItem | None:
    """The line of money that is a concept: by the pattern that says it best, then the first one printed.

    Figures without a label come after those with one.
    """
    money = [(plain(called(line)), line) for line in lines if line.unit is Unit.MONEY]
    for pattern in PATTERNS[concept]:
        fit = [line for label, line in money if re.fullmatch(pattern, label) and not OFF_THE_POINT.search(label)]
        if fit:
            return next((line for line in fit if line.label), fit[0])
    return None
