"""Formulas as values over cell references, rendered to text by the stage that writes."""

from __future__ import annotations

from enum import Enum
from functools import cache

from msgspec import Struct


@cache
def column_letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """A column by its name: AB is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """A cell as spreadsheets name it: B7."""
    return f"{column_letters(column)}{row}"


class CellRef(Struct, frozen=True):
    """A cell by sheet name, row and column, both from 1."""

    sheet: str
    row: int
    column: int


class CellRange(Struct, frozen=True):
    """A block of cells of one sheet, both corners included."""

    first: CellRef
    last: CellRef


class SignedSum(Struct, frozen=True):
    """The sum of cells with weights 1 and -1: `=B5-B6`, `=SUM(B5:B9)`."""

    terms: tuple[tuple[int, CellRef], ...]


class Link(Struct, frozen=True):
    """The value of another cell, the sign turned where `weight` is -1: `='Income Statement'!B5`."""

    source: CellRef
    weight: int = 1


class Difference(Struct, frozen=True):
    """`new - old`."""

    new: CellRef
    old: CellRef


class Change(Struct, frozen=True):
    """The relative change `new / old - 1`, or `1 - new / old` by weight -1; 'n.m.' where the base is not positive."""

    new: CellRef
    old: CellRef
    still: bool = False
    """Whether nothing after nothing is a change of 0% instead, as in releases that print a dash there."""
    weight: int = 1


class Ratio(Struct, frozen=True):
    """`part / whole`, the sign turned where `weight` is -1; 'n.m.' where the whole is zero."""

    part: CellRef
    whole: CellRef
    weight: int = 1


class Mean(Struct, frozen=True):
    """The mean of cells that hold figures; empty places and texts do not count: `=AVERAGE(B5:B9)`."""

    cells: tuple[CellRange, ...]


class Product(Struct, frozen=True):
    """The product of two cells: a value and its switch, or a difference of margins and 10,000."""

    left: CellRef
    right: CellRef


class Lookup(Struct, frozen=True):
    """The value of another sheet's row in the column that has the same heading, where a link would change its course.

    `=INDEX('Income Statement'!$C9:$F9,MATCH(D$4,'Income Statement'!$C$4:$F$4,0))`
    """

    source: CellRef
    """The cell that is found as long as nobody edits a heading."""
    key: CellRef
    """The heading looked for, on the formula's own sheet."""
    keys: CellRange
    """The headings of the other sheet."""
    values: CellRange
    """The other sheet's row, as wide as `keys`."""
    weight: int = 1


class ScaledDifference(Struct, frozen=True):
    """`(new - old) * factor`, the change of a rate in basis points; 'n.m.' where a rate has no value."""

    new: CellRef
    old: CellRef
    factor: CellRef
    bounded: bool = False
    """Whether it is 'n.m.' also where a rate is beyond 100% either way, as that of taxes on next to no income."""


class SwitchedSum(Struct, frozen=True):
    """`base` and those of the `values` whose switch is 1: `=D7+SUMPRODUCT($C$8:$C$11,D8:D11)`."""

    base: CellRef
    switches: CellRange
    values: CellRange


class RoundedDifference(Struct, frozen=True):
    """`left - right` without the dust of binary fractions: rounded to as many digits as a parameter cell says."""

    left: CellRef
    right: CellRef
    digits: CellRef


class Within(Struct, frozen=True):
    """'OK' where a difference is no larger than the tolerance, whatever its sign, else 'differs'."""

    difference: CellRef
    tolerance: CellRef


class Moved(Struct, frozen=True):
    """'OK' where a difference is within its tolerance and a level went the way that is told, else 'differs'."""

    within: Within
    new: CellRef
    old: CellRef
    told: CellRef
    """1 for up, -1 for down."""


class Bar(Enum):
    """The four stacked parts that draw one step of a waterfall, also across zero."""

    LIFT = "lift"
    """Nothing to see, from zero up to the step."""
    SINK = "sink"
    """Nothing to see, from zero down to the step."""
    ABOVE = "above"
    """The step's part above zero."""
    BELOW = "below"
    """The step's part below zero."""


class Step(Struct, frozen=True):
    """One part of a waterfall's step from one running total to the next."""

    start: CellRef
    end: CellRef
    bar: Bar


class Tally(Struct, frozen=True):
    """How many cells of the range hold the text."""

    cells: CellRange
    text: str


class Others(Struct, frozen=True):
    """How many cells of the range hold anything else than the text, an error value included."""

    cells: CellRange
    text: str


class Verdict(Struct, frozen=True):
    """'OK' where the sum of the counting cells is zero, else 'CHECK'."""

    counts: tuple[CellRef, ...]


Formula = (
    SignedSum
    | Link
    | Lookup
    | Difference
    | RoundedDifference
    | ScaledDifference
    | Change
    | Ratio
    | Mean
    | Product
    | SwitchedSum
    | Step
    | Within
    | Moved
    | Tally
    | Others
    | Verdict
)
