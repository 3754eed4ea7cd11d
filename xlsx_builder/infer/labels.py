"""How alike two labels are, as far as wording can say that two lines report the same fact."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsx_builder.model.patterns import regex

WORD = regex(r"[^\W\d_]+(?:'[a-z]+)?|\d+")
FILLERS = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "to",
        "for",
        "from",
        "and",
        "or",
        "by",
        "at",
        "as",
        "per",
        "with",
        "our",
        "its",
    }
    | {"net", "total", "less", "add", "plus"}
)
"""Words that do not tell one fact from another; 'net' and 'total' come and go between two prints of one line."""
MIN_STEM = 4
"""Words are compared by so many first letters at least, so that 'gain' and 'gains' are one word."""
OPPOSITES = (
    ({"basic"}, {"dilut"}),
    ({"gaap"}, {"nongaap", "adjust"}),
    ({"begin"}, {"end"}),
    ({"current"}, {"noncurrent"}),
    ({"domest"}, {"internat", "foreign"}),
    ({"pretax"}, {"posttax", "aftertax"}),
)
"""Stems of which two lines that show one fact never have one each."""

POLES: frozenset[str] = frozenset().union(*(one | other for one, other in OPPOSITES))
COUNTERPART = 0.6
"""How like the rest of two labels must be."""


@lru_cache(maxsize=20_000)
def words(label: str) -> frozenset[str]:
    """The telling words of a label, cut to their stems."""
    text = label.lower().replace("\u2019", "'")
    text = re.sub(r"\b(non|pre|post|after)\s?[\u2010-\u2015-]\s?(?=\w)", r"\1", text)
    return frozenset(stem(word) for word in WORD.findall(text) if word not in FILLERS)


def stem(word: str) -> str:
    """A word without the endings of plural and tense."""
    word = word.removesuffix("'s")
    for ending in ("ional", "ning", "ings", "ing", "ies", "ic", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word


def likeness(here: frozenset[str], there: frozenset[str]) -> float:
    """From 0, no word in common, to 1, the same words; a label within the other counts for more than half."""
    if not here or not there:
        return 0.0
    common = len(here & there)
    return (common / len(here | there) + common / min(len(here), len(there))) / 2


def counterparts(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether two labels say the same but for 'GAAP' and 'non-GAAP', 'beginning' and 'end', or the like."""
    return here & POLES != there & POLES and likeness(here - POLES, there - POLES) > COUNTERPART


def opposed(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether one says 'basic' where the other says 'diluted', or the like."""
    for one, other in OPPOSITES:
        if (here & one and there & other and not (here & other or there & one)) or (
            here & other and there & one and not (here & one or there & other)
        ):
            return True
    return False
