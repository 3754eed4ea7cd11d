"""The lines that every analyst looks for, by accounting's own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, StatementKind, Unit
from xlsx_builder.plan.ground import Ground


class Concept(Enum):
    """A key figure."""

    SALES = "Net sales"
    GROSS = "Gross profit"
    OPERATING = "Operating income"
    PRETAX = "Income before taxes"
    TAX = "Income taxes"
    NET = "Net income"
    EPS = "Diluted earnings per share"
    CASH = "Net cash from operating activities"


RESULT = r"(?:income|earnings|profit|loss|results?)"

AND_OTHER = r"(?: and (?:other )?(?:sales|revenues?|income))?"

PATTERNS: dict[Concept, tuple[str, ...]] = {
    Concept.SALES: (
        rf"total (?:net |operating |consolidated )*(?:sales|revenues?){AND_OTHER}",
        rf"(?:net |operating |consolidated )*(?:sales|revenues?)(?:,? net)?{AND_OTHER}",
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
        rf"net {RESULT}",
        rf"(?:consolidated )?net {RESULT}(?: attributable| applicable| available) to (?!non|minor).*",
        rf"net {RESULT} including .*",
        r"profit",
    ),
    Concept.CASH: (
        r"(?:net |total )?cash(?: flows?)?,? (?:.*\b)?(?:provided|generated|used|from|flows?)\b.*operat(?:ing|ions).*",
    ),
}

OFF_THE_POINT = re.compile(r"\b(?:discontinued|adjustments?|reconcile|supplemental|non-gaap|pro forma)\b")
"""Words of lines that only sound like a key figure."""

PER_SHARE_OFF = re.compile(
    r"\b(?:before|discontinued|continuing|cumulative|extraordinary|dividends?|adjust\w*|non-gaap)\b"
)
"""Words of per-share lines that are a part of the earnings per share, or something else."""

ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def plain(label: str) -> str:
    """A label without what is in brackets, in small letters: 'Net income (loss)' is 'net income'."""
    words = " ".join(ASIDE.sub(" ", label).replace("/", " ").lower().split())
    return words.replace("’", "'").strip(" :.,–—-*").replace(" ,", ",")  # noqa: RUF001


def find(ground: Ground) -> dict[Concept, str]:
    """The line of each concept that the release has."""
    found = {}
    for concept, patterns in PATTERNS.items():
        kinds = (StatementKind.CASH_FLOW,) if concept is Concept.CASH else (StatementKind.INCOME,)
        line = _first(_lines(ground, kinds), patterns)
        if line is None and not (concept is not Concept.CASH and _has(ground, StatementKind.INCOME)):
            line = _first(_lines(ground, ()), patterns)
        if line is not None:
            found[concept] = line.id
    share = _diluted(_lines(ground, (StatementKind.INCOME, StatementKind.PER_SHARE)))
    if share is not None:
        found[Concept.EPS] = share.id
    return found


def _has(ground: Ground, kind: StatementKind) -> bool:
    return any(statement.kind is kind for statement in ground.statements.statements)


def _lines(ground: Ground, kinds: tuple[StatementKind, ...]) -> list[LineItem]:
    """The lines of statements of these kinds (of all where none is named) that report periods which are told."""
    return [
        item
        for statement in ground.statements.statements
        if (statement.kind in kinds or not kinds) and reports_periods(statement)
        for item in statement.items
    ]


def reports_periods(statement: Statement) -> bool:
    """Whether a column of the statement is of a period whose end the release tells."""
    return any(
        column.role is ColumnRole.PERIOD and column.period is not None and column.period.end is not None
        for column in statement.columns
    )


def _first(lines: Iterable[LineItem], patterns: tuple[str, ...]) -> LineItem | None:
    money = [(plain(line.label), line) for line in lines if line.unit is Unit.MONEY]
    return next(
        (
            line
            for pattern in patterns
            for label, line in money
            if re.fullmatch(pattern, label) and not OFF_THE_POINT.search(label)
        ),
        None,
    )


def _diluted(lines: list[LineItem]) -> LineItem | None:
    """The last per-share line that is diluted by its label or section: what is left after all its parts."""
    found = [line for line in lines if line.unit is Unit.PER_SHARE and "diluted" in " ".join(_words(line))]
    final = [line for line in found if not PER_SHARE_OFF.search(plain(line.label))]
    return final[0] if final else found[-1] if found else None


def _words(line: LineItem) -> Iterator[str]:
    yield line.label.lower()
    yield from (section.lower() for section in line.section)
