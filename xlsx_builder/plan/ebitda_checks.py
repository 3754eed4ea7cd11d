"""What the sheet EBITDA must agree with: every EBITDA that the release prints, and its own ways with each other."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from xlsx_builder.model.workbook import CellRef, Link
from xlsx_builder.plan.bridge_sheet import Block, BridgePlan, rounding
from xlsx_builder.plan.bridges import Start, origin
from xlsx_builder.plan.frame import columns_of
from xlsx_builder.plan.ground import Comparison, Group, comparison
from xlsx_builder.plan.names import EBITDA


def ebitda_checks(plan: BridgePlan) -> Iterator[Comparison]:
    """The comparisons of all bridges."""
    yield from printed_checks(plan)
    company = {block.bridge.start: block for block in plan.blocks if not block.bridge.segment}
    net, operating = company.get(Start.NET), company.get(Start.OPERATING)
    if net is not None and operating is not None and _same_measure(plan, net, operating):
        yield from _between(plan, operating, net.total, "EBITDA from operating income and from net income")
    if len(plan.segments) > 1 and (net or operating) is not None:
        whole = net or operating
        assert whole is not None
        if _segments_are_the_whole(plan, whole):
            yield from _between(plan, whole, plan.last_row, "EBITDA of the company and of all segments")


def printed_checks(plan: BridgePlan) -> Iterator[Comparison]:
    """Each bridge against what the release prints for it."""
    for block in plan.blocks:
        yield from _with_print(plan, block)


def _same_measure(plan: BridgePlan, net: Block, operating: Block) -> bool:
    """Whether both ways lead to one figure: ours does by construction, a printed one where the two are tied."""
    reported = net.bridge.reported, operating.bridge.reported
    if reported[1] is None or reported[0] is None:
        return reported[1] is None
    return origin(plan.ground, reported[0]) == origin(plan.ground, reported[1])


def _segments_are_the_whole(plan: BridgePlan, whole: Block) -> bool:
    """Whether some printed total of the segments is the company's EBITDA, so that the two must be the same."""
    segments = {block.bridge.reported for block in plan.segments}
    reported = whole.bridge.reported
    return any(
        {term.line for term in calculation.terms} == segments
        and reported is not None
        and origin(plan.ground, calculation.total) == origin(plan.ground, reported)
        for calculation in plan.ground.structure.calculations
    )


def _with_print(plan: BridgePlan, block: Block) -> Iterator[Comparison]:
    line = block.bridge.reported
    if line is None:
        return
    columns = columns_of(plan.ground, plan.frame, line)
    for place in block.places:
        if place in columns and plan.ground.printed(line, columns[place]) is not None:
            cell = CellRef(plan.sheet, block.total, plan.frame.column(place))
            group = Group.EBITDA if plan.sheet == EBITDA else Group.ADJUSTED
            made = comparison(plan.ground, line, columns[place], group, Link(cell))
            tolerance = made.tolerance + rounding(plan.ground, plan.frame, block.bridge, place)
            yield replace(made, place=cell, tolerance=tolerance, statement=plan.sheet)


def _between(plan: BridgePlan, block: Block, other: int, label: str) -> Iterator[Comparison]:
    """One way's total against that in another row."""
    for place in block.places:
        column = plan.frame.column(place)
        cell, beside = CellRef(EBITDA, block.total, column), CellRef(EBITDA, other, column)
        made = comparison(
            plan.ground,
            block.bridge.base.line,
            columns_of(plan.ground, plan.frame, block.bridge.base.line)[place],
            Group.EBITDA,
            Link(cell),
        )
        yield replace(
            made,
            place=cell,
            label=label,
            reported=Link(beside),
            tolerance=rounding(plan.ground, plan.frame, block.bridge, place) + made.tolerance,
            statement=EBITDA,
            line=None,
        )
