"""Rows as printed become lines: labels that wrap are joined, and figures found to stand beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.interpret.labels import clean
from xlsx_builder.interpret.panels import holds_figures
from xlsx_builder.interpret.times import times
from xlsx_builder.model.document import Cell, Row, Rule
from xlsx_builder.model.patterns import regex


class Entry(Struct, frozen=True):
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


HANGING = regex(
    r"(?:\b(?:of|and|to|the|for|in|before|from|with|or|by|per|on|as|at|than|an?|its|net of|after|under"
    r"|between|into|less"
    r"|which|that|are|is|were|including|excluding|attributable|related|due)|[,&/(]|\s[-\u2013\u2014])$",
    re.IGNORECASE,
)
"""How a label ends that cannot be complete."""
WRAPPED = regex(r"\(?[a-z][a-z\s,.;:)'\u2019-]|\(?[a-z]$|[&)]|and\b")
"""How the rest of a wrapped label begins: in small letters ('iPad' is a name)."""

CAPITALS = regex(r"(?:PER (?:\w+ )*SHARE|AND|OR|OF)\b")
"""How it begins where all labels are in capitals."""


def entries(rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The lines of a table's body."""
    stub = stub_of(rows)
    made: list[Entry] = []
    waiting: list[Row] = []
    for place, row in enumerate(rows):
        if waiting and not continues(waiting, rows[place:], stub):
            made.append(entry_of(waiting))
            waiting = []
        if not holds_figures(row) and row.label and not waiting and made and made[-1].cells and trails(made[-1], row):
            made[-1] = replace(made[-1], label=spliced(made[-1].label, clean(row.label)), rule_below=row.rule_below)
        elif row.label or row.cells:
            waiting.append(row)
        if holds_figures(row):
            made.append(entry_of(waiting))
            waiting = []
    if waiting:
        made.append(entry_of(waiting))
    return tuple(made)


def entry_of(rows: Sequence[Row]) -> Entry:
    """Rows that are one line; it stands as far in as the first of them, its figures beside the last."""
    first, last = rows[0], rows[-1]
    cells = tuple((cell, last.line) for cell in last.cells) if holds_figures(last) else ()
    above = next((row.rule_above for row in rows if row.rule_above is not Rule.NONE), Rule.NONE)
    label = " ".join(row.label.strip() for row in rows)
    return Entry(clean(label), first.indent, first.line, cells, above, last.rule_below, first.gap_above, first.bold)


ACRONYM = 6
"""Letters of 'GAAP' or 'EBITDA', whose capitals tell nothing of the style of a label."""


class Stub(Struct, frozen=True):
    """Where the labels of a table wrap."""

    width: int
    """How far labels beside figures reach, in characters."""
    steps: frozenset[int]
    """How much further in the rest of a label is set, where the words leave no doubt that it is one."""


def stub_of(rows: Sequence[Row]) -> Stub:
    """What the certain cases tell about how the labels of a table wrap."""
    sure = [
        (first, second)
        for before, first, second in zip((None, *rows), rows, rows[1:], strict=False)
        if first.label and second.label and not first.cells and not second.gap_above
        if WRAPPED.match(second.label.strip()) and (before is None or before.cells or not before.label)
    ]
    widths = [row.indent + len(row.label) for row in (*(r for r in rows if r.cells), *(first for first, _ in sure))]
    return Stub(max(widths, default=0), frozenset(second.indent - first.indent for first, second in sure))


def continues(waiting: Sequence[Row], rows: Sequence[Row], stub: Stub) -> bool:
    """Whether the first of the rows goes on with the label of those waiting above it, which have no figures."""
    row, last = rows[0], waiting[-1]
    label, rest = " ".join(w.label for w in waiting).rstrip(), row.label.strip()
    if goes_on_in_shares(label, rest):
        return not row.gap_above
    parted = (row.gap_above or last.rule_below is not Rule.NONE) and not re.match(r"[a-z]{2}", rest)
    if parted or label.endswith(":") or EMPTY.match(label):
        return False
    if not rest:
        return bool(row.cells) and not is_heading_like(waiting[0])
    below = next((r for r in rows[1:] if r.label), None)
    if heads_by_dash(label, waiting[0], rows) or (below and BASIC.match(rest) and BASIC.match(below.label)):
        return False
    hangs = " " in label and HANGING.search(label)
    goes_on = WRAPPED.match(rest) or (label.isupper() and CAPITALS.match(rest))
    if goes_on or hangs or label.count("(") > label.count(")"):
        return row.indent >= waiting[0].indent or bool(goes_on)
    if last.bold != row.bold or (label.isupper() != rest.isupper() and len(rest) > ACRONYM):
        return False
    if row.cells and below is not None and below.indent == row.indent > waiting[0].indent:
        return False  # lines side by side under a heading
    filled = last.indent + len(last.label) + 1 + len(rest.split()[0]) > stub.width
    step = row.indent - last.indent
    usual = step == 0 if len(waiting) > 1 else step in (stub.steps or {step})
    return filled and usual and step >= (len(waiting) == 1) and label.count(" ") >= 2


def goes_on_in_shares(label: str, rest: str) -> bool:
    """Whether numbers of shares go on with a label: 'Common stock, $1 par value; authorized', '10,000 shares'."""
    if COUNTS_SHARES.match(rest) and re.search(r"\bstock\b|\bshares\b", label, re.IGNORECASE):
        return True
    dated = rest[:1].isdigit() or bool(times(rest[:18]).days)
    return dated and label.endswith(":") and bool(re.search(r"\bshares\b", rest))


COUNTS_SHARES = regex(
    r"\d[\d,.]*(?:(?:\s(?:and|or|million)\s?[\d,.]*)?\s(?:common |preferred )?shares\b"
    r"|\sand\s\d[\d,.]*(?:\srespectively|$))"
)


def heads_by_dash(label: str, first: Row, rows: Sequence[Row]) -> bool:
    """Whether words that end in a dash head the rows below, which stand alike: 'Net income per share -'."""
    below = next((row for row in rows[1:] if row.label), None)
    if not DASHED.search(label) or not rows[0].cells or below is None or not below.cells:
        return False
    return rows[0].indent == below.indent >= first.indent and len(rows[0].label.split()) <= FEW


BASIC = regex(r"\W*(?:basic|diluted)\W*$", re.IGNORECASE)
"""Two lines of these words alone stand under a heading, and go on with no label."""
DASHED = regex(r"(?:\s|[a-z)]{3})[-\u2013\u2014]+$")
FEW = 4
"""Words of a line under a heading that ends in a dash, which are no rest of it."""
EMPTY = regex(r"\(.*\)$", re.DOTALL)
"""Words in parentheses are complete."""


def is_heading_like(row: Row) -> bool:
    """Whether words without figures look like a heading rather than a label whose figures stand below."""
    return row.bold or row.label.isupper() or row.label.rstrip().endswith(":")


def trails(entry: Entry, row: Row) -> bool:
    """Whether a row without figures goes on with the label of the line of figures above it."""
    if row.gap_above or row.label.rstrip().endswith(":") or not entry.label or entry.rule_below is not Rule.NONE:
        return False
    unfinished = bool(HANGING.search(entry.label)) or entry.label.count("(") > entry.label.count(")")
    alike = row.bold == entry.bold and row.indent >= entry.indent
    return unfinished or (alike and bool(WRAPPED.match(row.label.strip())))


def spliced(first: str, second: str) -> str:
    """Two parts of a label; a word parted at the line's end ('de-', 'emphasized') stays as printed."""
    return f"{first.rstrip()} {second.strip()}".strip()
