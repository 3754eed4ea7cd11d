"""Relations and evidence in words, for notes and the sheet About."""

from __future__ import annotations

from collections.abc import Mapping

from xlsx_builder.model.statement import LineItem
from xlsx_builder.model.structure import Evidence, Term

AS_PRINTED = "comes out as printed"
"""What speaks for a rate or a change, besides how often it does."""


def evidence_words(evidence: Evidence, counted: str = "columns") -> str:
    """Why a relation is believed, in a line or two of a note.

    Args:
        evidence: What speaks for it.
        counted: Where it was tested: in columns, or along the lines.
    """
    parts = []
    if evidence.columns_tested:
        parts.append(f"Holds in {evidence.columns_held} of {evidence.columns_tested} {counted}")
    if evidence.residual:
        parts.append(f"largest difference {evidence.residual:,f}")
    if evidence.cues:
        parts.append(", ".join(evidence.cues))
    if evidence.rivals:
        parts.append(f"rivals: {len(evidence.rivals)}")
    return "; ".join(parts) + "." if parts else "Inferred from the release."


def sum_words(terms: tuple[Term, ...], names: Mapping[str, str]) -> str:
    """Net sales - Cost of sales."""
    words = "".join(f" {'-' if term.weight < 0 else '+'} {names[term.line]}" for term in terms)
    return words.removeprefix(" + ").strip()


def name(item: LineItem) -> str:
    """The label of a line, or where it stands if it has none: 'Revenues (line 14, no label)'."""
    return item.label or f"{' '.join(item.section[-1:])} (line {item.line}, no label)".strip()


def column_words(terms: tuple[tuple[int, int], ...], headings: list[str]) -> str:
    """Domestic + International."""
    words = "".join(f" {'-' if weight < 0 else '+'} {headings[column]}" for column, weight in terms)
    return words.removeprefix(" + ").strip()
