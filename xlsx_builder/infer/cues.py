"""What layout and wording say about a line being a total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.infer.candidates import Candidate
from xlsx_builder.infer.grid import RATES, Grid, Hint
from xlsx_builder.infer.labels import counterparts, words
from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import LineItem, Statement

TOTAL = regex(r"\b(sub-?)?totals?\b", re.IGNORECASE)
COMBINED = regex(r"\bcombined\b", re.IGNORECASE)
"""What a total of rates is called instead; of money it only says that companies are taken together."""
TOTAL_BITS = 4.0
OF_WHICH = regex(r"\W*(of which|thereof|including|incl\.|included (in|above))\b", re.IGNORECASE)
"""How a line begins that tells a part of the line above it."""
UNLABELLED_BITS = 4.0
RULE_BITS = 4.0
BLOCK_WHOLE = 2.0
BLOCK_CUT = -4.0
"""Bits for a sum that reaches back to where its block begins, and against one that begins in its middle."""
COUNTERPART_BITS = 7.0
"""Bits for a total that is its first term's counterpart: GAAP to non-GAAP, beginning to end."""
KNOWN_BITS = 6.0
"""Bits for a sum that is found elsewhere in the release under the same labels, or a block under a total's label."""


def hints(statement: Statement) -> tuple[Hint, ...]:
    """A hint for each line of a statement."""
    return tuple(hint(item, statement.title) for item in statement.items)


def hint(item: LineItem, title: str) -> Hint:
    """What a line says about itself."""
    bits, cues = 0.0, []
    if TOTAL.search(item.label) or (item.unit in RATES and COMBINED.search(item.label)):
        bits += TOTAL_BITS
        cues.append("total wording")
    if not item.label:
        bits += UNLABELLED_BITS
        cues.append("no label")
    if item.rule_above is not Rule.NONE:
        bits += RULE_BITS
        cues.append("rule above")
    depth = item.depth + bool(OF_WHICH.match(item.label))
    headings = tuple(words(heading) for heading in (title, *item.section))
    label = " ".join(item.label.lower().split())
    return Hint(item.section, bits, tuple(cues), label, words(item.label), headings, depth, item.unit in RATES)


def candidate_bits(grid: Grid, total: int, candidate: Candidate) -> tuple[float, tuple[str, ...]]:
    """What layout and wording say for a sum, in bits and in words."""
    hint = grid.hints[total]
    cues = [*hint.cues]
    bits = hint.total
    lines = [line for line, _ in candidate.terms]
    if lines[-1] == total - 1:
        cues.append("adjacent")
    before = candidate.before
    if before.below is None or grid.hints[before.line].block != grid.hints[lines[0]].block:
        bits += BLOCK_WHOLE
        cues.append("whole block")
    elif candidate.shape == "added" and not before.total:
        bits += BLOCK_CUT
    if is_bridge(grid, total, lines):
        bits += COUNTERPART_BITS
        cues.append("counterpart of its first term")
    if grid.pattern(total, candidate.terms) in grid.patterns:
        bits += KNOWN_BITS
        cues.append("known pattern")
    elif "whole block" in cues and len(lines) > 1 and hint.label in grid.known:
        bits += KNOWN_BITS
        cues.append("a total elsewhere")
    return bits, tuple(cues)


def is_bridge(grid: Grid, total: int, lines: Sequence[int]) -> bool:
    """Whether a sum leads from its first term to the counterpart of it, by what the other terms adjust."""
    return len(lines) > 1 and counterparts(grid.hints[total].words, grid.hints[lines[0]].words)


RESULTS = frozenset({"income", "profit", "earnings", "loss", "margin"})
"""What is left when something is taken off."""


def siblings(grid: Grid, total: int, lines: Sequence[int]) -> bool:
    """Whether in 'whole less part' the remainder is worded like the part and unlike the whole, so both are parts."""
    whole, part = grid.hints[lines[0]].words, grid.hints[lines[1]].words
    other = grid.hints[total].words
    common = (other & part) - whole
    left = bool(RESULTS & other) and not RESULTS & part  # income is what expenses leave, though both are 'operating'
    return bool(common) and not left and not (other & whole) and not (part & whole)
