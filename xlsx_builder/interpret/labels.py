"""Labels without what only decorates them: footnote marks, colons, asides."""

from __future__ import annotations

import re

from xlsx_builder.model.patterns import regex

FOOTNOTES = regex(
    r"(?:\s*(?:-?\s*\((?i:see notes?)[^()]*\)|\((?:\d{1,2}|[a-hA-H])\)(?:\s*[,&]\s*(?=\())?|\[\w{1,2}\]"
    r"|\*|[\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]))+(?=$|\s*:$)"
)

OF_THE_FIGURE = regex(r"\s+[$\u20ac\u00a3\u00a5~]$")
"""What stands before a figure and was read with the label: a currency sign, or that it is about so much."""


def clean(label: str) -> str:
    """A label without the footnote marks at its end and signs of the figure behind it, white space collapsed."""
    text = " ".join(label.split())
    bare = FOOTNOTES.sub("", OF_THE_FIGURE.sub("", text)).strip()
    return bare or text


def bare(label: str) -> str:
    """A heading as a section's name."""
    plain = re.sub(r"\s*\((?:un)?audited\)", "", label, flags=re.IGNORECASE)
    return re.sub(r"^\((?:\d{1,2}|[a-zA-Z])\)\s+", "", plain).rstrip(" :-\u2013\u2014").strip()
