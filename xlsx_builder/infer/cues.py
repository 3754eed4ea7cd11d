"""What layout and wording say about a line being a total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.infer.grid import Hint
from xlsx_builder.model.document import Rule
from xlsx_builder.model.statement import LineItem

TOTAL = re.compile(r"\b(sub-?)?totals?\b", re.IGNORECASE)
TOTAL_BITS = 4.0
UNLABELLED_BITS = 4.0
RULE_BITS = 4.0
DOUBLE_BITS = 2.0
BOLD_BITS = 0.5


def hints(items: Sequence[LineItem]) -> tuple[Hint, ...]:
    """A hint for each line of a statement."""
    return tuple(hint(item) for item in items)


def hint(item: LineItem) -> Hint:
    """What a line says about itself."""
    bits, cues = 0.0, []
    if TOTAL.search(item.label):
        bits += TOTAL_BITS
        cues.append("total wording")
    if not item.label:
        bits += UNLABELLED_BITS
        cues.append("no label")
    if item.rule_above is not Rule.NONE:
        bits += RULE_BITS
        cues.append("rule above")
    if item.rule_below is Rule.DOUBLE:
        bits += DOUBLE_BITS
        cues.append("double rule")
    if item.bold:
        bits += BOLD_BITS
        cues.append("bold")
    return Hint(item.section, bits, tuple(cues), item.depth)
