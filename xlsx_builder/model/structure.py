"""What the figures have to do with each other: calculations and ties, each with its evidence."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Term(Struct, frozen=True):
    """A line's part in a calculation (an arc of XBRL's calculation link base)."""

    line: str
    """Id of the line item."""
    weight: int
    """1 or -1."""


class Evidence(Struct, frozen=True):
    """Why a relation is believed."""

    columns_held: int
    """Columns in which it holds within the rounding of the printed figures."""
    columns_tested: int
    """Columns in which it could be tested: all figures printed, not all of them zero."""
    residual: Decimal
    """Largest difference found, in printed units."""
    cues: tuple[str, ...] = ()
    """What layout, order and wording say for it: 'rule above', 'total wording', 'adjacent' …"""
    rivals: tuple[tuple[Term, ...], ...] = ()
    """Other sums that hold in as many columns and were not chosen."""


class Calculation(Struct, frozen=True):
    """A line as the signed sum of others."""

    total: str
    """Id of the line item."""
    terms: tuple[Term, ...]
    """In printed order."""
    evidence: Evidence


class Tie(Struct, frozen=True):
    """The same fact reported in a second place (an auditor's tie-out)."""

    line: str
    """Id of the repeating line item."""
    source: str
    """Id of the line item that it repeats."""
    weight: int
    """1, or -1 where the sign is turned."""
    columns: tuple[tuple[int, int], ...]
    """Pairs of 0-based columns (of the line, of the source) that are the same context, non-empty in both."""
    evidence: Evidence


class Check(Struct, frozen=True):
    """A true relation that is not the formula of its line."""

    total: str
    terms: tuple[Term, ...]
    evidence: Evidence


class ColumnCalculation(Struct, frozen=True):
    """A column as the signed sum of others of the same statement."""

    statement: str
    """Id of the statement."""
    total: int
    """0-based column."""
    terms: tuple[tuple[int, int], ...]
    """Pairs of 0-based column and weight."""
    evidence: Evidence
    lines: tuple[str, ...] = ()
    """Ids of the lines that add up so, where not all do: flows over time, but no levels; () for all."""


class Average(Struct, frozen=True):
    """A line as the mean of others, or of one line over some columns."""

    line: str
    """Id of the line item."""
    parts: tuple[tuple[str, int], ...]
    """Id of a line, and how many columns to the right of the average's own its figure stands."""
    evidence: Evidence


class ColumnAverage(Struct, frozen=True):
    """A column as the mean of others of the same statement."""

    statement: str
    """Id of the statement."""
    column: int
    """0-based."""
    parts: tuple[int, ...]
    evidence: Evidence


class Structure(Struct, frozen=True):
    """All that was inferred about a release; no line depends on itself."""

    calculations: tuple[Calculation, ...] = ()
    """At most one for each line."""
    ties: tuple[Tie, ...] = ()
    """At most one for each line, to a line that stands before it or carries a calculation."""
    checks: tuple[Check, ...] = ()
    columns: tuple[ColumnCalculation, ...] = ()
    averages: tuple[Average, ...] = ()
    """At most one for each line, and for none that carries a calculation."""
    column_averages: tuple[ColumnAverage, ...] = ()
