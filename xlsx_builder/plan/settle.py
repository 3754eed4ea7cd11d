"""How each comparison stands with the figures as printed: it agrees, the print differs from itself, or we do."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.workbook import CellRef, Formula, NumberKind
from xlsx_builder.plan.ground import Comparison, Draft, Group
from xlsx_builder.plan.values import Value


class Standing(Enum):
    """What a check says before anybody changes an input."""

    AGREES = "agrees"
    PRINTED = "in the print"
    """The release's own figures differ from each other."""
    OURS = "in the model"


class Settled(Struct, frozen=True):
    """A comparison with its tolerance and how it stands."""

    comparison: Comparison
    tolerance: Decimal
    difference: Decimal
    standing: Standing


def settle(draft: Draft) -> tuple[Settled, ...]:
    """All comparisons, those that differ first: the print's own, then ours."""
    values: dict[CellRef, Value] = {}
    known = [_settled(comparison, draft, values) for comparison in draft.comparisons]
    rotten = {each.comparison.place for each in known if each.standing is Standing.PRINTED}
    final = [_blamed(each, rotten, draft) for each in known]
    order = {Standing.PRINTED: 0, Standing.OURS: 1, Standing.AGREES: 2}
    groups = list(Group)
    return tuple(sorted(final, key=lambda each: (order[each.standing], groups.index(each.comparison.group))))


def _settled(comparison: Comparison, draft: Draft, values: dict[CellRef, Value]) -> Settled:
    difference = _value(draft, comparison.computed, values) - _value(draft, comparison.reported, values)
    tolerance = comparison.tolerance
    if abs(difference) > tolerance and not comparison.printed_differs:
        # Subtotals on the way are computed anew, so the rounding of all the figures behind them takes part.
        wide = tolerance + sum(_bound(draft, side, values) for side in (comparison.computed, comparison.reported))
        tolerance = wide if abs(difference) <= wide else tolerance
    if comparison.printed_differs and abs(difference) > tolerance:
        standing = Standing.PRINTED
    else:
        standing = Standing.AGREES if abs(difference) <= tolerance else Standing.OURS
    return Settled(comparison, tolerance, difference, standing)


def _bound(draft: Draft, side: Formula | Decimal, values: dict[CellRef, Value]) -> Decimal:
    """How far rounding can move one side; a constant's own rounding is in the tolerance already."""
    return Decimal(0) if isinstance(side, Decimal) else draft.bound(side, values)


def _value(draft: Draft, side: Formula | Decimal, values: dict[CellRef, Value]) -> Decimal:
    value = side if isinstance(side, Decimal) else draft.value_of_formula(side, values)
    return value if isinstance(value, Decimal) else Decimal(0)


def _blamed(settled: Settled, rotten: set[CellRef], draft: Draft) -> Settled:
    """A difference that only carries one of the print further is the print's too."""
    if settled.standing is not Standing.OURS:
        return settled
    behind = {settled.comparison.place, *draft.behind(settled.comparison.computed)}
    if not isinstance(settled.comparison.reported, Decimal):
        behind |= draft.behind(settled.comparison.reported)
    if behind & rotten:
        return Settled(settled.comparison, settled.tolerance, settled.difference, Standing.PRINTED)
    return settled


def problems_of(settled: Iterable[Settled]) -> tuple[Problem, ...]:
    """What the user should know about the checks that differ."""
    return tuple(_problem(each) for each in settled if each.standing is not Standing.AGREES)


def _problem(settled: Settled) -> Problem:
    check = settled.comparison
    where = f"'{check.label}' ({check.period}) on sheet {check.statement}"
    gap = _gap(settled)
    if settled.standing is Standing.PRINTED:
        message = f"The release's own figures differ by {gap} at {where}; see Checks."
        return Problem(Severity.WARNING, message, check.line)
    message = f"The model differs by {gap} from what is printed at {where}; see Checks."
    return Problem(Severity.ERROR, message, check.line)


def _gap(settled: Settled) -> str:
    """The difference with one digit more than is printed, per cents as such."""
    check = settled.comparison
    if check.number is NumberKind.PERCENT:
        return f"{settled.difference * 100:,.{check.decimals + 1}f} points"
    return f"{settled.difference:,.{check.decimals}f}"
