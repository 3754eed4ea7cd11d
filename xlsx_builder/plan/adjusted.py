"""The sheet Adjusted: from figures as reported to those that the release adjusts, with a switch for each step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.statement import LineItem, StatementKind, Unit
from xlsx_builder.model.structure import Calculation
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

MEASURE = re.compile(
    r"\b(?:adjusted|non-?gaap|core|underlying|normali[sz]ed|comparable|organic|pro forma|excluding|before special"
    r"|free cash flow|constant currency)\b|\bas adjusted$"
)
"""Words of figures that are not of the accounting standards."""

UNITS = frozenset({Unit.MONEY, Unit.PER_SHARE})


FREE = "Free cash flow"

SPENT = re.compile(
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
        total = ground.items[calculation.total]
        if not _is_measure(total) or is_ebitda(total) or not _starts_as_reported(ground, calculation):
            continue
        base, *parts = calculation.terms
        lines = tuple(term.line for term in calculation.terms)
        if lines not in seen:
            seen.add(lines)
            steps = tuple(Part(term.line, term.weight) for term in parts)
            yield Bridge(Start.REPORTED, Part(base.line, 1), steps, total.id)


def _is_measure(item: LineItem) -> bool:
    return item.unit in UNITS and bool(MEASURE.search(plain(item.label)))


def _starts_as_reported(ground: Ground, calculation: Calculation) -> bool:
    """Whether the first term is the reported figure and no other one has to be told apart from it."""
    base, *parts = calculation.terms
    return bool(parts) and base.weight > 0 and not _is_measure(ground.items[base.line])


def adjusted_sheet(plan: BridgePlan, rows: dict[int, int], widths: Widths) -> Sheet:
    """The sheet."""
    return bridge_sheet(plan, SUBTITLE, (), rows, widths.of(plan.switch_column + 2 - FIRST_FIGURE))


def empty_plan(ground: Ground, frame: Frame) -> BridgePlan:
    """The plan of the sheet before its bridges."""
    return BridgePlan(ground, frame, sheet=ADJUSTED)
