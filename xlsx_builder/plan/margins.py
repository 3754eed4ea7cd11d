"""Margins and the tax rate under the income statement, where the release has the figures for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsx_builder.model.statement import ColumnRole, Unit
from xlsx_builder.model.workbook import CellRef, Formula, Link, NumberKind, PlannedCell, Ratio, Role, ScaledDifference
from xlsx_builder.plan.checks import FACTOR
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.layout import FIRST_FIGURE, LABEL, UNIT, Layout, Measure
from xlsx_builder.plan.rates import Rate, rates_of
from xlsx_builder.plan.vocabulary import Concept

MARGINS = (
    ("Gross margin", Concept.GROSS, Concept.SALES),
    ("Operating margin", Concept.OPERATING, Concept.SALES),
    ("Net margin", Concept.NET, Concept.SALES),
    ("Effective tax rate", Concept.TAX, Concept.PRETAX),
)
"""Name, the part and the whole."""

MARGIN_DECIMALS = 1
HEADING = "Margins and tax rate (computed)"


def computed_margins(ground: Ground, layout: Layout) -> dict[str, tuple[int, str, str]]:
    """Name of a margin -> its row under the statement, and the lines of its part and whole.

    Those that the release prints itself, in lines or columns of per cents, are left out; so are those that columns of
    shares show but no single formula along a row could repeat.
    """
    if any(column.role is ColumnRole.PERCENT_OF for column in layout.statement.columns):
        return {}
    own = {item.id for item in layout.statement.items}
    printed = set(rates_of(layout.statement).values())
    have = [
        (name, rate)
        for name, rate in _wanted(ground.concepts)
        if {rate.part, rate.whole} <= own and rate not in printed and _has_formula(ground, layout, rate)
    ]
    return {name: (layout.last_row + 3 + place, r.part, r.whole) for place, (name, r) in enumerate(have)}


def margin_row(ground: Ground, layout: Layout, name: str) -> int | None:
    """The row that shows a margin, printed or computed; None where there is none."""
    rate = dict(_wanted(ground.concepts)).get(name)
    printed = next((line for line, made in rates_of(layout.statement).items() if made == rate), None)
    if printed is not None:
        return layout.rows[printed]
    computed = computed_margins(ground, layout).get(name)
    return None if computed is None else computed[0]


def _wanted(found: Mapping[Concept, str]) -> list[tuple[str, Rate]]:
    return [(name, Rate(found[p], found[w])) for name, p, w in MARGINS if p in found and w in found]


def _has_formula(ground: Ground, layout: Layout, rate: Rate) -> bool:
    filled, shares = _filled(ground, layout, rate.part, rate.whole), layout.shares(rate.whole)
    return not shares.keys() & set(filled) or _in_step(shares, filled)


def _in_step(shares: Mapping[int, int], filled: list[int]) -> bool:
    """Whether each column has a column of shares, all as far away."""
    return set(filled) <= shares.keys() and len({shares[index] - index for index in filled}) == 1


def _filled(ground: Ground, layout: Layout, part: str, whole: str) -> list[int]:
    """The columns of periods in which both lines have a figure."""
    return [
        index
        for index, column in enumerate(layout.statement.columns)
        if column.role is ColumnRole.PERIOD
        and column.unit in (None, Unit.MONEY)
        and None not in (ground.printed(part, index), ground.printed(whole, index))
    ]


def margin_cells(ground: Ground, layout: Layout) -> Iterator[PlannedCell]:
    """The block of margins: one formula along each row, changes in basis points."""
    rows = computed_margins(ground, layout)
    if rows:
        yield PlannedCell(layout.last_row + 2, LABEL, HEADING, Role.HEADING)
    for name, (row, part, whole) in rows.items():
        yield PlannedCell(row, LABEL, name, Role.LABEL)
        yield PlannedCell(row, UNIT, "%", Role.UNIT)
        filled = _filled(ground, layout, part, whole)
        for index, formula in _formulas(layout, part, whole, filled, _weight(ground, part, whole)).items():
            yield PlannedCell(row, layout.column(index), formula, Role.RATIO, NumberKind.PERCENT, MARGIN_DECIMALS)
        for place, analysis in enumerate(layout.analyses):
            if analysis.measure is Measure.CHANGE and {analysis.pair.new, analysis.pair.old} <= set(filled):
                new, old = (
                    CellRef(layout.sheet, row, layout.column(i)) for i in (analysis.pair.new, analysis.pair.old)
                )
                points = ScaledDifference(new, old, FACTOR, bounded=True)
                at = FIRST_FIGURE + len(layout.headings) + place
                yield PlannedCell(row, at, points, Role.CHANGE, NumberKind.BASIS_POINTS)


def _weight(ground: Ground, part: str, whole: str) -> int:
    """-1 where the part is added to the whole, as a tax that is printed as what it takes away; its rate is no less."""
    for calculation in ground.structure.calculations:
        weights = {term.line: term.weight for term in calculation.terms}
        if part in weights and weights[part] == weights.get(whole):
            return -1
    return 1


def _formulas(layout: Layout, part: str, whole: str, filled: list[int], weight: int) -> dict[int, Formula]:
    """The ratios; links where columns of shares have them already, in step with the periods."""
    shares = layout.shares(whole)
    if _in_step(shares, filled):
        return {index: Link(CellRef(layout.sheet, layout.rows[part], shares[index])) for index in filled}
    return {index: Ratio(layout.cell(part, index), layout.cell(whole, index), weight) for index in filled}
