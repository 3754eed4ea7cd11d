"""How many of something, as a sentence says it."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """So many of a thing: '1 statement', '1,200 inputs'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
