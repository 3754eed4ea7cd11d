"""Tables that lost their columns: paragraphs in which figures follow labels as they do in no sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.interpret.times import LONE_YEAR, without_days
from xlsx_builder.model.document import Document, Paragraph
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.statement import Coverage

FIGURE = regex(
    r"(?<![\w.,/:-])\(?[$\u20ac\u00a3]?\s?\(?(?:\d{1,3}(?:,\d{3})+|(?!0\d)\d+)(?:\.\d+)?\)?%?"
    r"|(?<=[A-Za-z\d)])[$\u20ac\u00a3]\s?\(?\d[\d,.]*\)?"
    r"|(?<=,\d{3})\d{1,3}(?:,\d{3})+"
)
"""A figure as tables print it; also one run together with what stands before it, where its form tells it apart."""
PHONE = regex(r"\(?\b\d{3}\)?[\s.-]*\d{3}[-.\s]\d{4}\b")
MARKS = regex(r"[$\u20ac\u00a3,(%]|\d\.\d")
MARKED = 0.2
"""Of the figures, so many carry a sign, a comma or a point at least; codes and page numbers carry none."""
WORD = regex(r"[A-Za-z][A-Za-z'\u2019.-]*")
LEAST = 8
"""Figures from which on a paragraph may be a table; a sentence that lists the results of a line has fewer."""
WORDS = 6
"""Words that stand before a figure on average at most."""
PAIRED = 0.3
"""Of the figures, so many directly follow another one, nothing but blanks and a sign between: a second column."""
PROSE = regex(
    r"\b(?:was|were|is|are|has|have|had|will|would|compared|increased?|decreased?|versus|we|our|that|which|this)\b",
    re.IGNORECASE,
)
"""What sentences are made of and labels are not."""
VERBS = 0.04
"""Of the words, so many are such in a sentence at least."""


def lost_tables(document: Document) -> tuple[tuple[int, int], ...]:
    """Line and number of figures of each paragraph that is a table without its columns."""
    found = ((block.line, figures_of(block.text)) for block in document.blocks if isinstance(block, Paragraph))
    return tuple((line, count) for line, count in found if count)


def with_lost(coverage: Coverage, lost: tuple[tuple[int, int], ...]) -> Coverage:
    """The coverage, the figures of tables that lost their columns seen but not placed."""
    return replace(coverage, seen=coverage.seen + sum(count for _, count in lost))


def figures_of(text: str) -> int:
    """How many figures a paragraph holds if it is a table without columns; 0 where it is anything else."""
    plain = LONE_YEAR.sub(" ", PHONE.sub(" by phone ", without_days(text)[1]))
    figures = list(FIGURE.finditer(plain))
    words = WORD.findall(plain)
    if len(figures) < LEAST or len(words) > WORDS * len(figures):
        return 0
    paired = sum(not plain[before.end() : after.start()].strip(" $\u20ac\u00a3") for before, after in pairwise(figures))
    marked = sum(bool(MARKS.search(figure[0])) for figure in figures)
    if paired < PAIRED * len(figures) or marked < MARKED * len(figures):
        return 0
    verbs = len(PROSE.findall(plain))
    return len(figures) if verbs <= VERBS * len(words) else 0


def lost_problems(lost: tuple[tuple[int, int], ...]) -> tuple[Problem, ...]:
    """A problem for each table that lost its columns."""
    return tuple(
        Problem(
            Severity.WARNING,
            f"A table stands here as running text: it has lost its columns, and its figures, at least "
            f"{count}, are not in the model.",
            line,
        )
        for line, count in lost
    )
