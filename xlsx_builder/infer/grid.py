"""A grid of printed figures with what the layout says about each line: all that the search for sums looks at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from xlsx_builder.infer.rounding import MAX_DECIMALS, Series, figure, printed
from xlsx_builder.model.statement import Column, ColumnRole, LineItem, Statement, Unit

Terms = tuple[tuple[int, int], ...]
"""Lines and weights, in printed order."""
Pattern = tuple[str, tuple[tuple[str, int], ...]]
"""Label of a total, labels and weights of its terms."""

ADDITIVE = (ColumnRole.PERIOD, ColumnRole.CHANGE, ColumnRole.PERCENT_OF, ColumnRole.OTHER)
"""Roles of columns in which a total is the sum of its parts; the growth of a total is not the sum of growths."""
RATES = frozenset({Unit.PERCENT, Unit.RATIO})
"""Units that do not add up; a column of them beside columns of money is left out."""


class Hint(Struct, frozen=True):
    """What layout and wording say about a line before any figure is looked at."""

    block: object = ()
    """Lines of one block stand under the same heading."""
    total: float = 0.0
    """Bits in favour of the line being a total."""
    cues: tuple[str, ...] = ()
    """The reasons for `total`, in words."""
    label: str = ""
    words: frozenset[str] = frozenset()
    """The telling words of its label."""
    headings: tuple[frozenset[str], ...] = ()
    """Those of the title and the headings it stands under."""
    depth: int = 0
    """Levels of indentation."""
    rate: bool = False
    """It holds per cents or ratios, which are seldom differences of each other."""


class Search(Struct, frozen=True):
    """How far and how freely sums are looked for."""

    reach: int = 60
    """How many untaken lines a sum may span; the longest in the labelled releases spans 20."""
    beam: int = 8
    """Readings kept side by side; more of them changed nothing on the labelled releases."""
    shapes: frozenset[str] = frozenset({"added", "repeated", "deducted", "outlined", "signed", "skipping"})
    keys: int = 1
    """Columns in which candidates are looked for; the others only confirm them."""
    hits: int = 8
    """Sums of one line that are looked up in a bucket of one column; more say that the column tells nothing."""
    failures: float = 0.0
    """Share of the columns that may fail, each against evidence."""
    rounded: float = 0.0
    """Bits for a sum that holds within rounding only, by the share of such columns."""


RELEASE = Search()
"""A statement: few columns, all of them additive."""


class Digits(Struct, frozen=True):
    """Whether figures of a line need digits after the point."""

    mostly: bool = False
    """Most do: it holds rates, which are no part of a count."""
    partly: bool = False
    """More do than an average or two beside counts."""


class Grid(Struct, frozen=True):
    """Lines of figures that share columns."""

    lines: tuple[Series, ...]
    hints: tuple[Hint, ...]
    columns: tuple[int, ...]
    """Columns in which sums are tested."""
    finest: int
    """Digits after the point of the finest figure."""
    patterns: frozenset[Pattern] = frozenset()
    """Sums found elsewhere in the release, by the labels of their lines."""
    known: frozenset[str] = frozenset()
    """The labels of their totals."""
    search: Search = RELEASE
    fineness: tuple[Digits, ...] = ()
    """What each line needs, where that tells counts from rates; empty where it does not."""

    def pattern(self, total: int, terms: Terms) -> Pattern:
        """A sum by the labels of its lines."""
        return (self.hints[total].label, tuple((self.hints[line].label, weight) for line, weight in terms))

    def printed(self, half_units: int) -> Decimal:
        """A difference in printed units."""
        return printed(half_units, self.finest)


def finest_digits(statement: Statement) -> int:
    """Digits after the point of the finest figure of a statement."""
    places = [fact.decimals for item in statement.items for fact in item.facts if fact.value is not None]
    return min(MAX_DECIMALS, max(places, default=0))


def statement_series(statement: Statement) -> tuple[tuple[Series, ...], int]:
    """The figures of a statement, line by line, and the digits of the finest one."""
    finest = finest_digits(statement)
    return tuple(item_series(item, statement.columns, finest) for item in statement.items), finest


def item_series(item: LineItem, columns: Sequence[Column], finest: int) -> Series:
    """The figures of one line; a dash counts as printed with the digits of the figures beside it."""
    kinds = [
        (column.unit or item.unit, item.scale if column.scale is None else column.scale)
        for _, column in zip(item.facts, columns, strict=False)
    ]
    digits: dict[object, int] = {}
    for fact, kind in zip(item.facts, kinds, strict=False):
        if fact.value:
            digits[kind] = max(digits.get(kind, 0), fact.decimals)
    return tuple(
        None
        if fact.value is None or (kind[0] in RATES and item.unit not in RATES)
        else figure(fact.value, fact.decimals if fact.value else digits.get(kind, finest), finest, kind)
        for fact, kind in zip(item.facts, kinds, strict=False)
    )


def additive_columns(statement: Statement) -> tuple[int, ...]:
    """Columns in which a line may be the sum of others; what is better or worse of each has a sign of its own."""
    return tuple(i for i, column in enumerate(statement.columns) if column.role in ADDITIVE and not column.judged)
