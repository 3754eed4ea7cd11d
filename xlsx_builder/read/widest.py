"""How many cells stand side by side in a text, counted before it is read: a table that wide costs too much to read."""

from __future__ import annotations

import re

from xlsx_builder.model.patterns import regex

SPREAD = 4
"""Cells that pages of HTML use for one figure: its sign, its digits, a parenthesis or per cent sign, a gap."""
ROW = regex(r"<tr\b", re.IGNORECASE)
CELL = regex(r"<t[dh]\b", re.IGNORECASE)
FIELD = regex(r"(?:\s\s|[\t;|,])[-\s$(]{0,9}\d")
"""A figure set apart from what stands before it."""
SHORTEST = 2
"""Characters of a figure and of what parts it from the next."""


def widest(text: str, most: int) -> int:
    """The cells of the widest row; 0 where they may be so few figure columns."""
    cells = SPREAD * most
    found = 0
    if text.count("<t") + text.count("<T") > cells:
        found = max(len(CELL.findall(row)) for row in ROW.split(text))
    for line in text.splitlines():
        if len(line) > SHORTEST * cells:
            found = max(found, len(FIELD.findall(line)))
    return found if found > cells else 0
