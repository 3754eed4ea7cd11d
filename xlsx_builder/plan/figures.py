"""How printed figures are held in cells: units, scales, digits and the rounding that each figure carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from xlsx_builder.model.statement import Column, ColumnRole, Fact, LineItem, Statement, Unit
from xlsx_builder.model.workbook import NumberKind

HUNDRED = Decimal(100)
HALF = Decimal("0.5")

DERIVED = frozenset({ColumnRole.CHANGE, ColumnRole.PERCENT_CHANGE, ColumnRole.PERCENT_OF})
"""Columns whose figures come from other columns."""


def is_derived(column: Column) -> bool:
    """Whether a column's figures come from other columns, or are rates, which may."""
    return column.role in DERIVED or column.unit is Unit.PERCENT


SCALES = {0: "", 3: "thousand", 6: "million", 9: "billion"}

KINDS = {
    Unit.MONEY: NumberKind.MONEY,
    Unit.PER_SHARE: NumberKind.PER_SHARE,
    Unit.SHARES: NumberKind.SHARES,
    Unit.PERCENT: NumberKind.PERCENT,
    Unit.RATIO: NumberKind.RATIO,
    Unit.COUNT: NumberKind.COUNT,
}


def unit_of(item: LineItem, column: Column) -> Unit:
    """What the line's figure in the column counts."""
    if column.unit is not None:
        return column.unit
    if column.role in (ColumnRole.PERCENT_CHANGE, ColumnRole.PERCENT_OF):
        return Unit.PERCENT
    return item.unit


def scale_of(item: LineItem, column: Column) -> int:
    """Power of ten of the line's figure in the column."""
    if unit_of(item, column) is Unit.PERCENT:
        return 0
    return item.scale if column.scale is None else column.scale


def comparable(item: LineItem, column: Column, other: LineItem, beside: Column) -> bool:
    """Whether two figures count the same thing in the same size, so that they may be added or set equal."""
    return unit_of(item, column) is unit_of(other, beside) and scale_of(item, column) == scale_of(other, beside)


def number_of(item: LineItem, column: Column) -> NumberKind:
    """The number format of the line's figure in the column."""
    return KINDS[unit_of(item, column)]


def decimals_of(item: LineItem, statement: Statement, index: int) -> int:
    """Digits after the point of the line's figures of this unit; a dash takes those of its neighbours."""
    column = statement.columns[index]
    unit = unit_of(item, column)
    beside = zip(item.facts, statement.columns, strict=True)
    own = _digits(fact for fact, other in beside if unit_of(item, other) is unit)
    if own is not None:
        return own
    return _digits(other.facts[index] for other in statement.items if unit_of(other, column) is unit) or 0


def _digits(facts: Iterable[Fact]) -> int | None:
    """The most digits after the point; None where there are only dashes and empty places."""
    return max((fact.decimals for fact in facts if fact.value or any(map(str.isdigit, fact.text))), default=None)


def held(value: Decimal, unit: Unit) -> Decimal:
    """The figure as its cell holds it: 12.3% is 0.123."""
    return value / HUNDRED if unit is Unit.PERCENT else value


def half_unit(decimals: int, unit: Unit) -> Decimal:
    """Half of what the last printed digit counts, as the cell holds it: how far print and truth may be apart."""
    return held(HALF.scaleb(-decimals), unit)


def slack(item: LineItem, statement: Statement, index: int) -> Decimal:
    """The rounding of one printed figure; an empty place has none."""
    if item.facts[index].value is None:
        return Decimal(0)
    return half_unit(decimals_of(item, statement, index), unit_of(item, statement.columns[index]))


def digits_shown(value: Decimal, decimals: int) -> int:
    """Digits after the point that show all of a value, at least so many."""
    exponent = value.normalize().as_tuple().exponent
    return max(decimals, -exponent) if isinstance(exponent, int) else decimals


def cell_value(item: LineItem, statement: Statement, index: int) -> Decimal | None:
    """The printed figure as its cell holds it; None where the place is empty."""
    value = item.facts[index].value
    return None if value is None else held(value, unit_of(item, statement.columns[index]))


def unit_text(item: LineItem, currency: str) -> str:
    """What the unit column says: 'USD thousand', 'USD per share', '%'."""
    size = SCALES.get(item.scale, f"10^{item.scale}")
    match item.unit:
        case Unit.PERCENT:
            return "%"
        case Unit.PER_SHARE:
            return f"{currency} per share".strip()
        case Unit.RATIO:
            return "ratio"
        case Unit.SHARES:
            return f"shares, {size}" if size else "shares"
        case Unit.COUNT:
            return f"number, {size}" if size else "number"
    return f"{currency} {size}".strip() or "units"


def scale_text(statement: Statement) -> str:
    """What the lines under the title say of the money figures, most of them at least: 'USD, in thousands'."""
    scales = Counter(item.scale for item in statement.items if item.unit is Unit.MONEY)
    if not scales:
        return statement.currency
    scale = scales.most_common(1)[0][0]
    size = SCALES.get(scale, f"units of 10^{scale}")
    words = f"in {size}s" if size else "in whole units"
    return f"{statement.currency}, {words}" if statement.currency else words.capitalize()


def quotient_rounding(part: Decimal, rounding: Decimal, whole: Decimal, base_rounding: Decimal) -> Decimal:
    """How far a quotient may be off when both of its figures are rounded (to first order)."""
    exact = rounding / abs(whole) + abs(part) * base_rounding / (whole * whole)
    return exact.quantize(Decimal("0.000001"))
