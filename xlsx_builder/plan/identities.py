"""What must be true of any company's accounts: assets are financed, and cash flows end at the cash that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Column, ColumnRole, LineItem, Statement, StatementKind, Unit
from xlsx_builder.model.workbook import CellRef, Link
from xlsx_builder.plan.comparable import follows
from xlsx_builder.plan.figures import comparable
from xlsx_builder.plan.ground import Draft, Ground, Group, comparison
from xlsx_builder.plan.values import precedents
from xlsx_builder.plan.vocabulary import Concept, first_of, plain

CASH_AT_END = regex(r"cash\b.*\b(?:end|ending)\b.*|(?:end|ending)\b.*\bcash\b.*")
CASH = regex(r"cash\b.*")
AT_END = regex(r"\b(?:end|ending|close|closing)\b")
AT_BEGINNING = regex(r"\b(?:beginning|start|opening)\b")

Place = tuple[str, int]
"""A line and a column of its statement."""


def add_accounting(draft: Draft, ground: Ground) -> None:
    """Compare what must be the same by the rules of accounting, where the two are not compared already."""
    done = {_read(each.computed, each.reported) for each in draft.comparisons}
    pairs = [("Assets = liabilities and equity", *pair) for pair in _balances(ground)]
    pairs += [("Cash at the end = cash in the balance sheet", *pair) for pair in _ends_of_cash(ground)]
    pairs += [("A balance at the beginning = the one at the end before", *pair) for pair in _carried(ground)]
    for label, one, other in pairs:
        cells = ground.cell(*one), ground.cell(*other)
        if frozenset(cells) in done or draft.contents.get(cells[0]) == Link(cells[1]):
            continue
        printed = [ground.printed(*place) for place in (one, other)]
        assert printed[0] is not None
        assert printed[1] is not None
        tolerance = ground.slack(*one) + ground.slack(*other)
        made = comparison(ground, *one, Group.IDENTITY, Link(cells[0]))
        draft.comparisons.append(
            replace(
                made,
                label=label,
                reported=Link(cells[1]),
                tolerance=tolerance,
                printed_differs=abs(printed[0] - printed[1]) > tolerance,
            )
        )


def _read(computed: object, reported: object) -> frozenset[CellRef]:
    """The cells that a comparison looks at."""
    return frozenset(cell for side in (computed, reported) if isinstance(side, Link) for cell in precedents(side))


def _balances(ground: Ground) -> Iterator[tuple[Place, Place]]:
    """What finances the assets, and the assets."""
    for statement in ground.statements.statements:
        if statement.kind is StatementKind.BALANCE:
            funds, assets = (first_of(statement.items, concept) for concept in (Concept.FUNDS, Concept.ASSETS))
            if funds is not None and assets is not None:
                for index, column in enumerate(statement.columns):
                    if column.role is ColumnRole.PERIOD and _both(statement, (funds, assets), index):
                        yield (funds.id, index), (assets.id, index)


def _both(statement: Statement, items: tuple[LineItem, LineItem], index: int) -> bool:
    column = statement.columns[index]
    return comparable(items[0], column, items[1], column) and None not in (item.facts[index].value for item in items)


def _ends_of_cash(ground: Ground) -> Iterator[tuple[Place, Place]]:
    """Where cash flows end, and the line of the balance sheet that shows the same cash, where there is one."""
    statements = ground.statements.statements
    flows = [statement for statement in statements if statement.kind is StatementKind.CASH_FLOW]
    sheets = [statement for statement in statements if statement.kind is StatementKind.BALANCE]
    for flow in flows:
        ends = [item for item in flow.items if item.unit is Unit.MONEY and CASH_AT_END.fullmatch(plain(item.label))]
        lines = [item for sheet in sheets for item in sheet.items if CASH.fullmatch(plain(item.label))]
        for end in ends[-1:]:
            same = (tuple(_dates_in_common(ground, end, line)) for line in lines)
            # Cash that is bound may be left out of one of the two; then neither line must equal the other.
            fits = (
                pairs for pairs in same if pairs and all(ground.printed(*a) == ground.printed(*b) for a, b in pairs)
            )
            yield from next(fits, ())


def _carried(ground: Ground) -> Iterator[tuple[Place, Place]]:
    """Where running balances begin, and where the period before ended: on the same lines, or in the balance sheet."""
    sheets = [each for each in ground.statements.statements if each.kind is StatementKind.BALANCE]
    cash = [item for sheet in sheets for item in sheet.items if CASH.fullmatch(plain(item.label))]
    for calculation in ground.structure.calculations:
        end = ground.items[calculation.total]
        terms = [ground.items[term.line] for term in calculation.terms]
        start = next((item for item in terms if AT_BEGINNING.search(plain(item.label))), None)
        if start is not None and AT_END.search(plain(end.label)):
            yield from _fitting(ground, start, [end])
            if CASH_AT_END.fullmatch(plain(end.label)):
                yield from _fitting(ground, start, cash)


def _fitting(ground: Ground, start: LineItem, lines: Iterable[LineItem]) -> Iterator[tuple[Place, Place]]:
    """The dates at which a balance begins, with the first line that shows the same there; a restated one has none."""
    for line in lines:
        pairs = [
            ((start.id, index), (line.id, there))
            for index, day in _filled(ground, start)
            for there, before in _filled(ground, line)
            if _begins(ground.column(start.id, index), day, before)
            and comparable(start, ground.column(start.id, index), line, ground.column(line.id, there))
        ]
        if pairs and all(ground.printed(*one) == ground.printed(*other) for one, other in pairs):
            yield from pairs
            return


def _begins(column: Column, end: date, before: date) -> bool:
    """Whether a period that ends on a day begins where another day ends."""
    months = column.period.months if column.period is not None else None
    return months is not None and follows(end, before, months)


def _dates_in_common(ground: Ground, end: LineItem, line: LineItem) -> Iterator[tuple[Place, Place]]:
    """The figures of two lines at the same dates."""
    days: dict[date, int] = {}
    for index, day in _filled(ground, line):
        days.setdefault(day, index)
    for index, day in _filled(ground, end):
        there = days.get(day)
        if there is not None and comparable(end, ground.column(end.id, index), line, ground.column(line.id, there)):
            yield (end.id, index), (line.id, there)


def _filled(ground: Ground, item: LineItem) -> Iterator[tuple[int, date]]:
    """The columns with figures, and the days that they end on."""
    for index, column in enumerate(ground.homes[item.id].statement.columns):
        day = column.period.end if column.period is not None and column.role is ColumnRole.PERIOD else None
        if day is not None and item.facts[index].value is not None:
            yield index, day
