"""Decimal commas: whether a table uses them, and its figures written with decimal points."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GROUPED = r"\d{1,3}(?:[.\s\u00a0'\u2019]\d{3})+"
EUROPEAN = re.compile(rf"(?:{_GROUPED}|\d+),\d{{1,2}}(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}|{_GROUPED},\d+|\d{{4,}},\d+")
AMERICAN = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.\d{1,2}(?!\d)|\d{4,}\.\d+")
DOUBTFUL_POINT = re.compile(r"\d{1,3}\.\d{3}")
DOUBTFUL_COMMA = re.compile(r"\d{1,3},\d{3}")
NUMBER = re.compile(rf"(?:{_GROUPED}|\d+)(?:,\d+)?")
PARTED = re.compile(r"\d+(?:[.,]\d+)+")
SIGNS = re.compile(r"[^\w.,]+")


def uses_decimal_comma(fields: Iterable[str], *, likely: bool) -> bool:
    """Whether figures have a decimal comma.

    Args:
        fields: Fields of a table; those that are no figures do no harm.
        likely: What to answer where nothing but '1.234' or '1,234' occurs.

    Returns:
        True for '1.234,5', '1 234,50' and the like.
    """
    bare = [SIGNS.sub("", field.replace("\u00a0", " ")) for field in fields if any(c.isdigit() for c in field)]
    european = sum(EUROPEAN.fullmatch(field) is not None for field in bare)
    us = sum(AMERICAN.fullmatch(field) is not None for field in bare)
    if european or us:
        return european > us
    points = any(DOUBTFUL_POINT.fullmatch(field) for field in bare)
    commas = any(DOUBTFUL_COMMA.fullmatch(field) for field in bare)
    return likely and points and not commas


def prints_decimal_commas(fields: Iterable[str]) -> bool:
    """Whether most figures of a layout that have a point or comma can only have a decimal comma; marks '1,2' may too.

    Args:
        fields: Cells of a table.
    """
    bare = [text for field in fields if (text := SIGNS.sub("", field)) and PARTED.fullmatch(text)]
    return 2 * sum(EUROPEAN.fullmatch(text) is not None for text in bare) > len(bare)


def american(field: str) -> str:
    """A field with its number rewritten: '1.234,5' -> '1,234.5', '(12,3 %)' -> '(12.3 %)'."""
    found = list(NUMBER.finditer(field))
    if len(found) != 1 or any(character.isalpha() for character in field):
        return field
    match = found[0]
    whole, _, fraction = match.group().partition(",")
    digits = re.sub(r"\D", "", whole)
    grouped = f"{int(digits):,}" if len(digits) < len(whole) else digits
    return f"{field[: match.start()]}{grouped}{'.' if fraction else ''}{fraction}{field[match.end() :]}"
