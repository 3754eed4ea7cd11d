"""Lines and statements of a release by the words that a cell names them with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import ColumnRole, LineItem, Statement, Unit
from xlsx_builder.pipeline import Model
from xlsx_builder.udf.periods import Wanted, column_of
from xlsx_builder.udf.values import Argument, NotFoundError, WrongValueError, text

STEP = ">"
"""Between a heading and the line under it: 'Rubber Group > Net sales'."""
MOST_NAMED = 4
"""Candidates that a reason names; more would not be read."""
PER_CENTS = frozenset({ColumnRole.PERCENT_CHANGE, ColumnRole.PERCENT_OF})
MARKS = regex(r"[^\w%$&/+-]+")


class Found(Struct, frozen=True):
    """A figure of a release."""

    statement: Statement
    item: LineItem
    column: int

    @property
    def value(self) -> Decimal:
        """The figure as the workbook's cell holds it: in printed units, 12.3% as 0.123."""
        printed = self.item.facts[self.column].value
        assert printed is not None
        return printed / 100 if self.is_percent else printed

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of its last printed digit."""
        digits = self.item.facts[self.column].decimals + (2 if self.is_percent else 0)
        return Decimal(5).scaleb(-digits - 1)

    @property
    def is_percent(self) -> bool:
        """Whether it is a per cent, which cells hold as a fraction."""
        column = self.statement.columns[self.column]
        return column.role in PER_CENTS or (column.unit or self.item.unit) is Unit.PERCENT


def statements_of(model: Model, statement: Argument) -> tuple[Statement, ...]:
    """The statements that a cell means: a number from the top, a kind, or words of a title; all where it is empty.

    Raises:
        NotFoundError: there is none.
    """
    printed, wanted = model.statements.statements, text(statement, "statement")
    if not printed:
        raise NotFoundError("the release has no statements.")
    if not wanted:
        return printed
    if wanted.isdecimal():
        chosen = printed[int(wanted) - 1 : int(wanted)] if int(wanted) else ()
    else:
        words = plain(wanted)
        kinds = tuple(each for each in printed if words in plain(each.kind.value.replace("_", " ")))
        chosen = kinds or tuple(each for each in printed if words in plain(each.title))
    if not chosen:
        titles = "; ".join(each.title or each.kind.value for each in printed[:MOST_NAMED])
        raise NotFoundError(f"the release has no statement '{wanted}', only: {titles}.")
    return chosen


def find(statements: tuple[Statement, ...], item: Argument, wanted: Wanted | None) -> Found:
    """The figure of a line in a period.

    The line is the one whose label is just what is asked for; where there is none, one that begins with it, or else
    one that holds it. The first statement that has such a line with a figure in the period gives the answer.

    Raises:
        UdfError: there is no such line or figure, or the statement has several that differ.
    """
    name = text(item, "item")
    if not name:
        raise WrongValueError("item must be the label of a line.")
    lines = list(_named(statements, name))
    if not lines:
        raise NotFoundError(f"the release has no line '{name}'.")
    found = [
        Found(statement, line, column)
        for statement, line in lines
        if (column := column_of(statement, line, wanted)) is not None
    ]
    if not found:
        raise NotFoundError(f"the line '{name}' has no figure in that period.")
    rivals = [each for each in found if each.statement is found[0].statement]
    if len({each.value for each in rivals}) > 1:
        places = "; ".join(_path(each.item) for each in rivals[:MOST_NAMED])
        raise NotFoundError(f"'{name}' may be {len(rivals)} lines: {places}.")
    return found[0]


def _named(statements: tuple[Statement, ...], name: str) -> Iterator[tuple[Statement, LineItem]]:
    """The lines that a name means, in printed order, by the closest way of meaning that any of them has."""
    *above, last = (plain(part) for part in name.split(STEP))
    lines = [(statement, line) for statement in statements for line in statement.items]
    close = [each for each in lines if each[1].id == name]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for under in (str.startswith, str.__contains__):
            close = close or [
                (statement, line)
                for statement, line in lines
                if fits(plain(line.label), last) and _under(line, above, under)
            ]
    yield from close


def _under(line: LineItem, above: list[str], fits: Callable[[str, str], bool]) -> bool:
    """Whether a line stands under these headings, in their order, others between them or not."""
    headings = iter(plain(heading) for heading in line.section)
    return all(any(fits(heading, wanted) for heading in headings) for wanted in above)


def _path(line: LineItem) -> str:
    return f" {STEP} ".join((*line.section, line.label or line.id))


def plain(words: str) -> str:
    """Words without case and the marks between them."""
    return " ".join(MARKS.sub(" ", words.casefold()).split())
