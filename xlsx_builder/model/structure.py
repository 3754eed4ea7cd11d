"""What the figures have to do with each other: calculations and ties, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """A line's part in a calculation (an arc of XBRL's calculation link base)."""

    line: str
    """Id of the line item."""
    weight: int
    """1 or -1."""


@dataclass(frozen=True, slots=True)
class Evidence:
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


@dataclass(frozen=True, slots=True)
class Calculation:
    """A line as the signed sum of others."""

    total: str
    """Id of the line item."""
    terms: tuple[Term, ...]
    """In printed order."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tie:
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


@dataclass(frozen=True, slots=True)
class Check:
    """A true relation that is not the formula of its line."""

    total: str
    terms: tuple[Term, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ColumnCalculation:
    """A column as the signed sum of others of the same statement."""

    statement: str
    """Id of the statement."""
    total: int
    """0-based column."""
    terms: tuple[tuple[int, int], ...]
    """Pairs of 0-based column and weight."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Structure:
    """All that was inferred about a release; no line depends on itself."""

    calculations: tuple[Calculation, ...] = ()
    """At most one for each line."""
    ties: tuple[Tie, ...] = ()
    """At most one for each line, to a line that stands before it or carries a calculation."""
    checks: tuple[Check, ...] = ()
    columns: tuple[ColumnCalculation, ...] = ()
