"""How much of everything a release or workbook may have before it is refused: input comes from strangers."""

from __future__ import annotations

from typing import NamedTuple

from xlsx_builder.model.problem import ReleaseError


class Limits(NamedTuple):
    """What one input may cost; each field is an option of the command line."""

    bytes: int = 30_000_000
    """Of a file as it lies on the disk: the largest release known has two million, and a page takes some sixty times
    its size in memory."""
    lines: int = 100_000
    """Of a release as read, or rows of a table; ten times those of a bank's annual report."""
    columns: int = 500
    """Of figures in one table, or of cells in a row; statements have up to some twenty."""
    tables: int = 2_000
    characters: int = 32_000
    """Of one line or paragraph: a cell can show no more, and looking for words in it takes more than in proportion."""
    seconds: float = 300
    """On the clock, for reading, understanding and planning; the largest release known takes two."""


LIMITS = Limits()
"""What holds where nobody says otherwise."""


def hold(thing: str, count: int, most: int, where: str = "") -> None:
    """Make sure that there are not too many.

    Args:
        thing: What is counted, as in the option `--max-<thing>`.
        count: How many there are.
        most: How many there may be.
        where: Begins with a blank: ' in one paragraph'.

    Raises:
        ReleaseError: there are more.
    """
    if count > most:
        limit = f"more than the limit of {most:,}; --max-{thing} raises it"
        raise ReleaseError(f"it has {count:,} {thing}{where}, {limit}.")
