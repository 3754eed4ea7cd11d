"""Rows as printed become lines: labels that wrap are joined, and figures found to stand beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsx_builder.interpret.panels import holds_figures
from xlsx_builder.model.document import Cell, Row, Rule


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of figures, or words that stand alone, its wrapped label joined."""

    label: str
    indent: int
    line: int
    """Number of its first source line."""
    cells: tuple[tuple[Cell, int], ...] = ()
    """Its figures with the number of their source line."""
    rule_above: Rule = Rule.NONE
    rule_below: Rule = Rule.NONE
    gap_above: bool = False
    bold: bool = False


HANGING = re.compile(
    r"(?:\b(?:of|and|to|the|for|in|before|from|with|or|by|per|on|as|at|than|an?|its|net of|after|under|between|into|less"
    r"|which|that|are|is|were|including|excluding|attributable|related|due)|[,&/(]|\s[-\u2013\u2014])$",
    re.IGNORECASE,
)
"""How a label ends that cannot be complete."""
WRAPPED = re.compile(r"\(?[a-z][a-z\s,.;:)'\u2019-]|\(?[a-z]$|[&)]|and\b")
"""How the rest of a wrapped label begins: in small letters ('iPad' is a name)."""


def entries(rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The lines of a table's body."""
    width = stub_width(rows)
    made: list[Entry] = []
    waiting: Row | None = None
    for row in rows:
        if waiting is not None and continues(waiting, row, width) and (row.label or not is_heading_like(waiting)):
            row = joined(waiting, row)
            waiting = None
        if waiting is not None:
            made.append(entry_of(waiting))
            waiting = None
        if holds_figures(row):
            made.append(entry_of(row))
        elif row.label and made and made[-1].cells and trails(made[-1], row):
            made[-1] = replace(made[-1], label=spliced(made[-1].label, row.label), rule_below=row.rule_below)
        elif row.label:
            waiting = row
    if waiting is not None:
        made.append(entry_of(waiting))
    return tuple(made)


def entry_of(row: Row) -> Entry:
    """A row as a line."""
    cells = tuple((cell, row.line) for cell in row.cells) if holds_figures(row) else ()
    return Entry(clean(row.label), row.indent, row.line, cells, row.rule_above, row.rule_below, row.gap_above, row.bold)


def stub_width(rows: Sequence[Row]) -> int:
    """How far the labels of a table reach, in characters: where a label would have had to wrap."""
    return max((row.indent + len(row.label) for row in rows), default=0)


def continues(first: Row, second: Row, width: int) -> bool:
    """Whether a row goes on with the label of the row above it, which has no figures."""
    label, rest = first.label.rstrip(), second.label.strip()
    if second.gap_above or label.endswith(":") or first.rule_below is not Rule.NONE:
        return False
    if not rest:
        return bool(second.cells)
    if WRAPPED.match(rest) or HANGING.search(label) or label.count("(") > label.count(")"):
        return second.indent >= first.indent or bool(WRAPPED.match(rest))
    if first.bold != second.bold or label.isupper() != rest.isupper():
        return False
    filled = first.indent + len(label) + 1 + len(rest.split()[0]) > width
    return filled and second.indent > first.indent and label.count(" ") >= 2


def is_heading_like(row: Row) -> bool:
    """Whether words without figures look like a heading rather than a label whose figures stand below."""
    return row.bold or row.label.isupper() or row.label.rstrip().endswith(":")


def trails(entry: Entry, row: Row) -> bool:
    """Whether a row without figures goes on with the label of the line of figures above it."""
    if row.gap_above or row.label.rstrip().endswith(":") or not entry.label or entry.rule_below is not Rule.NONE:
        return False
    unfinished = bool(HANGING.search(entry.label)) or entry.label.count("(") > entry.label.count(")")
    return unfinished or (bool(WRAPPED.match(row.label.strip())) and row.bold == entry.bold)


def joined(first: Row, second: Row) -> Row:
    """Two rows that are one line; it stands as far in as its first row and begins there."""
    cells = second.cells
    return replace(
        second,
        label=spliced(first.label, second.label),
        indent=first.indent,
        cells=cells,
        rule_above=first.rule_above if first.rule_above is not Rule.NONE else second.rule_above,
        gap_above=first.gap_above,
        bold=first.bold,
    )


def spliced(first: str, second: str) -> str:
    """Two parts of a label; a word parted at the line's end ('de-', 'emphasized') stays as printed."""
    return f"{first.rstrip()} {second.strip()}".strip()


FOOTNOTES = re.compile(
    r"(?:\s*(?:\((?:\d{1,2}|[a-h])\)(?:\s*[,&]\s*(?=\())?|\[\w{1,2}\]|\*{1,3}|[\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]+))+(?=$|\s*:$)"
)


def clean(label: str) -> str:
    """A label without the footnote marks at its end, white space collapsed."""
    text = " ".join(label.split())
    bare = FOOTNOTES.sub("", text).strip()
    return bare or text
