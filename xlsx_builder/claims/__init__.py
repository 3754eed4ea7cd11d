"""Claims: the figures of the prose tied to the cells of the tables that they speak of."""

from __future__ import annotations

from xlsx_builder.claims.calendar import calendar
from xlsx_builder.claims.cells import index
from xlsx_builder.claims.figures import figures
from xlsx_builder.claims.periods import references
from xlsx_builder.claims.prose import passages
from xlsx_builder.claims.reading import Release, claims_of
from xlsx_builder.model.claim import Claim, Finding
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import StatementKind, Statements
from xlsx_builder.model.structure import Structure

MAIN = (StatementKind.INCOME, StatementKind.BALANCE, StatementKind.CASH_FLOW)
"""What follows the first of these is notes to the tables, not the release's story."""
SHOWN = 80
"""Characters of a sentence that are enough to know it again."""

__all__ = ["read_claims"]


def read_claims(statements: Statements, structure: Structure) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """The claims of a release, in reading order, each tied to the figures of the tables where its words allow.

    Args:
        statements: the tables and the prose around them.
        structure: what was inferred of the tables; lines that it ties are one fact.
    """
    prose = passages(statements.prose)
    named = [r for passage in prose for text in (*passage.headings, passage.text) for r in references(text)]
    dates = calendar(statements, named)
    if dates is None or not prose:
        return (), ()
    release = Release(
        index=index(statements, structure, dates),
        calendar=dates,
        tables=min((s.line for s in statements.statements if s.kind in MAIN), default=None),
        masthead=len(next((p for p in prose if figures(p.text)), prose[-1]).headings),
    )
    claims = tuple(claim for passage in prose for claim in claims_of(passage, release))
    return claims, tuple(_problem(claim) for claim in claims if claim.verdict is Finding.DIFFERS)


def _problem(claim: Claim) -> Problem:
    text = claim.text if len(claim.text) <= SHOWN else f"{claim.text[:SHOWN]}…"
    if claim.recomputed is not None and abs(claim.recomputed - claim.value) <= claim.tolerance:
        return Problem(Severity.WARNING, f"{claim.reason} “{text}”", claim.line)
    found = f"{claim.recomputed:,f}" if claim.recomputed is not None else "another figure"
    return Problem(
        Severity.WARNING, f"The text says {claim.figure} where the tables come to {found}: “{text}”.", claim.line
    )
