"""Which line is called the total of a heading: by the words that both have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsx_builder.interpret.labels import bare
from xlsx_builder.interpret.lines import Entry
from xlsx_builder.model.patterns import regex

NOT_KEY = frozenset(
    [
        "total",
        "net",
        "cash",
        "flow",
        "flows",
        "from",
        "provided",
        "used",
        "generated",
        "by",
        "in",
        "for",
        "the",
        "of",
        "and",
        "to",
        "a",
        "an",
        "added",
        "deducted",
        "add",
        "back",
        "less",
        "plus",
        "subtotal",
        "s",
    ]
)
TOTAL = regex(r"^(?:sub-?)?totals?\b|\btotals?$|^net\b|^(?:adjusted|non-gaap|gross)\b", re.IGNORECASE)
ASIDE = regex(r"\(.*?\)")


def words(label: str) -> frozenset[str]:
    """What a label is about: its words without those that totals and headings only add."""
    return frozenset(re.findall(r"[a-z&]+", ASIDE.sub(" ", label.lower()))) - NOT_KEY


def key_words(label: str) -> tuple[frozenset[str], ...]:
    """The ways in which a heading's total may name it: by its words or by the abbreviation behind them."""
    named = re.findall(r"\(([A-Z][A-Za-z&]+)\)", label)
    return (words(label), *(frozenset([name.lower()]) for name in named))


def closer_of(place: int, entries: Sequence[Entry]) -> int | None:
    """Place of the line that is called the total of a heading; None where there is none before it comes again."""
    heading = entries[place].label
    keys = key_words(heading)
    for later in range(place + 1, len(entries)):
        entry = entries[later]
        if not entry.cells and bare(entry.label) == bare(heading):
            return None
        if entry.cells and names_total(entry.label, keys, heading):
            return later
    return None


def names_total(label: str, keys: tuple[frozenset[str], ...], heading: str) -> bool:
    """Whether a label says that it is the total of the section under a heading."""
    about = words(label)
    if re.search(r"\bfrom\b", label, re.IGNORECASE):
        about -= {"income", "loss", "earnings", "gain"}
        if about and about in keys:
            return True
    if not about or about not in keys:
        return False
    said = TOTAL.search(label) or re.match(r"cash (?:flows? )?(?:provided|used|generated|from)", label, re.IGNORECASE)
    return bool(said) or bool(re.match(rf"{re.escape(bare(heading))}\b.*\b(?:net|total)$", label, re.IGNORECASE))
