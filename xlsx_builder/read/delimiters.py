"""The marks that may part the fields of a text: those that stand in at least half of its lines."""

from __future__ import annotations

DELIMITERS = "\t;,|"
SAMPLE = 400
"""Lines from which the delimiter is told."""


def sampled(text: str) -> list[str]:
    """The first lines that are not empty."""
    return [line for line in text.splitlines() if line.strip()][:SAMPLE]


def possible(lines: list[str]) -> list[str]:
    """The delimiters that lines may have, told without looking into fields."""
    return [mark for mark in DELIMITERS if 2 * sum(mark in line for line in lines) >= len(lines)]
