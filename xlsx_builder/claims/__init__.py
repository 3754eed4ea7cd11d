"""Claims: the figures of the prose tied to the cells of the tables that they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from xlsx_builder.claims.calendar import Calendar, calendar
from xlsx_builder.claims.cells import Index, index
from xlsx_builder.claims.context import carried, is_ahead, opening, section
from xlsx_builder.claims.mentions import Mention, Setting, parsed
from xlsx_builder.claims.ratios import options
from xlsx_builder.claims.periods import references
from xlsx_builder.claims.prose import Passage, Sentence, passages, sentences
from xlsx_builder.claims.verdict import Decision, decided
from xlsx_builder.model.claim import Claim, ClaimKind, Finding
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import StatementKind, Statements
from xlsx_builder.model.structure import Structure

MAIN = (StatementKind.INCOME, StatementKind.BALANCE, StatementKind.CASH_FLOW)
"""What follows the first of these is notes to the tables, not the release's story."""

__all__ = ["read_claims"]


def read_claims(statements: Statements, structure: Structure) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """The claims of a release, in reading order, each tied to the figures of the tables where its words allow.

    Args:
        statements: the tables and the prose around them.
        structure: what was inferred of the tables; figures that it ties are the same fact.
    """
    del structure
    prose = passages(statements.prose)
    named = [r for passage in prose for text in (*passage.headings, passage.text) for r in references(text)]
    dates = calendar(statements.statements, named)
    if dates is None:
        return (), ()
    spots = index(statements.statements, dates, statements.company)
    first = min((s.line for s in statements.statements if s.kind in MAIN), default=None)
    claims = tuple(claim for passage in prose for claim in _passage(passage, spots, dates, first))
    return claims, tuple(_problem(claim) for claim in claims if claim.verdict is Finding.DIFFERS)


def _passage(passage: Passage, spots: Index, dates: Calendar, first: int | None) -> Iterator[Claim]:
    at = section(passage, spots, dates)
    if at.ahead:
        return
    setting = opening(at, dates)
    for sentence in sentences(passage.text):
        made = parsed(sentence.text, spots, dates, setting)
        for mention in made:
            if is_ahead(sentence.text, mention.figure.start) or _is_later(mention, dates):
                continue
            line = passage.line(sentence.start + mention.figure.start)
            notes = first is not None and line > first
            decision = _decision(mention, setting, spots, notes=notes)
            yield _claim(mention, decision, sentence, line)
        setting = carried(setting, made, sentence.text, dates)


def _is_later(mention: Mention, dates: Calendar) -> bool:
    return bool(mention.new) and mention.new[0].end > dates.end + timedelta(days=40)


def _decision(mention: Mention, setting: Setting, spots: Index, *, notes: bool) -> Decision:
    return decided(mention, options(mention, setting.segment, spots), notes=notes, foreign=setting.foreign)


def _claim(mention: Mention, decision: Decision, sentence: Sentence, line: int) -> Claim:
    figure, option = mention.figure, decision.option
    return Claim(
        line=line,
        text=sentence.text,
        figure=figure.text,
        value=figure.value,
        unit=figure.unit,
        kind=option.kind if option else ClaimKind.NONE,
        cells=tuple(spot.key for spot in option.spots) if option else (),
        verdict=decision.finding,
        recomputed=option.recomputed if option else None,
        tolerance=decision.tolerance,
        reason=decision.reason,
        weight=option.weight if option else 1,
        complement=option.complement if option else False,
    )


def _problem(claim: Claim) -> Problem:
    message = f"The text says {claim.figure} where the tables give {claim.recomputed:,.6g}: {claim.text[:80]!r}."
    return Problem(Severity.WARNING, message, claim.line)
