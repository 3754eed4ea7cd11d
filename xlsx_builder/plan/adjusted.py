"""The sheet Adjusted: from figures as reported to those that the release adjusts, with a switch for each step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import LineItem, StatementKind, Unit
from xlsx_builder.model.structure import Calculation, Term
from xlsx_builder.model.workbook import Sheet
from xlsx_builder.plan.bridge_sheet import BridgePlan, bridge_sheet
from xlsx_builder.plan.bridges import Bridge, Part, Start, is_ebitda
from xlsx_builder.plan.frame import Frame
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.layout import FIRST_FIGURE
from xlsx_builder.plan.names import ADJUSTED
from xlsx_builder.plan.vocabulary import Concept, plain
from xlsx_builder.plan.widths import Widths

SUBTITLE = "From figures as reported to those that the release adjusts, step by step"

MEASURE = regex(
    r"\b(?:adjusted|non-?gaap|core|underlying|normali[sz]ed|comparable|organic|pro forma|excluding|before special"
    r"|free cash flow|constant currency)\b|\bas adjusted$"
)
"""Words of figures that are not of the accounting standards."""

UNITS = frozenset({Unit.MONEY, Unit.PER_SHARE, Unit.PERCENT})

REPORTED = regex(r"\b(?:gaap|reported)\b")
SAME = {**dict.fromkeys(("earnings", "profit", "loss"), "income"), **dict.fromkeys(("revenue", "revenues"), "sales")}
"""Words of the same figure."""
ANY = frozenset({"total", "net", "before", "after", "from", "for", "and", "the", "excluding"})
"""Words that tell no figure from another."""


FREE = "Free cash flow"

SPENT = regex(
    r"(?:less:? )?(?:payments for |cash paid for )?capital expenditures?(?: .*)?"
    r"|(?:purchases?|acquisitions?|additions?|expenditures|payments) (?:of|to|for) (?:\w+ )?"
    r"(?:property|plant|premises|fixed assets|capital assets)\b.*"
)
"""What a company spends on its plant, in a statement of cash flows."""


def adjustments(ground: Ground) -> tuple[Bridge, ...]:
    """Bridges that the release prints; and free cash flow, which is ours where it prints none."""
    printed = tuple(_printed(ground))
    labels = [plain(item.label) for item in ground.items.values()]
    return (*printed, *(() if any(FREE.lower() in label for label in labels) else _free_cash_flow(ground)))


def _free_cash_flow(ground: Ground) -> Iterator[Bridge]:
    """Net cash from operations less what was spent on plant, where one line of the cash flows tells it."""
    cash = ground.concepts.get(Concept.CASH)
    statement = None if cash is None else ground.homes[cash].statement
    if cash is None or statement is None or statement.kind is not StatementKind.CASH_FLOW:
        return
    spent = [item for item in statement.items if item.unit is Unit.MONEY and SPENT.fullmatch(plain(item.label))]
    if len(spent) == 1:
        first = next((value for value in spent[0].values if value), 0)
        part = Part(spent[0].id, 1 if first < 0 else -1)
        yield Bridge(Start.REPORTED, Part(cash, 1), (part,), name=FREE)


def _printed(ground: Ground) -> Iterator[Bridge]:
    """The sums that lead from one reported line over its adjustments to a measure of the company's own."""
    seen: set[tuple[str, ...]] = set()
    for calculation in ground.structure.calculations:
        base, lines = _base(ground, calculation), tuple(term.line for term in calculation.terms)
        if base is not None and lines not in seen:
            seen.add(lines)
            steps = tuple(Part(term.line, term.weight) for term in calculation.terms if term is not base)
            yield Bridge(Start.REPORTED, Part(base.line, 1), steps, calculation.total)


def _is_measure(item: LineItem) -> bool:
    return item.unit in UNITS and bool(MEASURE.search(plain(item.label)))


def _base(ground: Ground, calculation: Calculation) -> Term | None:
    """Where a bridge begins: at the reported figure that comes first, or at the organic part of a reported rate."""
    total, first = ground.items[calculation.total], calculation.terms[0]
    if len(calculation.terms) < 2 or is_ebitda(total):
        return None
    if _is_measure(total):
        start = ground.items[first.line]
        return first if first.weight > 0 and not _is_measure(start) and _is_same(start, total) else None
    measures = [term for term in calculation.terms if _is_measure(ground.items[term.line])]
    return measures[0] if total.unit is Unit.PERCENT and len(measures) == 1 and measures[0].weight > 0 else None


def _is_same(reported: LineItem, measure: LineItem) -> bool:
    """Whether a measure is what becomes of the reported figure, and not the sum of parts of which this is one."""
    label = plain(reported.label)
    return reported.unit is Unit.PER_SHARE or bool(
        REPORTED.search(label) or _words(label) & _words(plain(measure.label))
    )


def _words(label: str) -> set[str]:
    return {SAME.get(word, word) for word in re.findall(r"\w[\w&]{2,}", label)} - ANY


def adjusted_sheet(plan: BridgePlan, rows: dict[int, int], widths: Widths) -> Sheet:
    """The sheet."""
    return bridge_sheet(plan, SUBTITLE, (), rows, widths.of(plan.switch_column + 2 - FIRST_FIGURE))


def empty_plan(ground: Ground, frame: Frame) -> BridgePlan:
    """The plan of the sheet before its bridges."""
    return BridgePlan(ground, frame, sheet=ADJUSTED)
