"""Decimal commas, and spaces in figures: whether a table or a text uses them, and figures written without them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlsx_builder.model.patterns import regex

_GROUPED = r"\d{1,3}(?:[.\s\u00a0'\u2019]\d{3})+"
EUROPEAN = regex(rf"(?:{_GROUPED}|\d+),\d{{1,2}}(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}|{_GROUPED},\d+|\d{{4,}},\d+")
AMERICAN = regex(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.\d{1,2}(?!\d)|\d{4,}\.\d+")
DOUBTFUL_POINT = regex(r"\d{1,3}\.\d{3}")
DOUBTFUL_COMMA = regex(r"\d{1,3},\d{3}")
NUMBER = regex(rf"(?:{_GROUPED}|\d+)(?:,\d+)?")
PARTED = regex(r"\d+(?:[.,]\d+)+")
SIGNS = regex(r"[^\w.,]+")
SPACE = r"[^\S\n\t]"
ENGLISH = regex(rf"{AMERICAN.pattern}|{DOUBTFUL_COMMA.pattern}")
CONTINENTAL = regex(rf"{EUROPEAN.pattern}|{DOUBTFUL_POINT.pattern}")
SPACED = regex(rf"(?:^|\s\s|\s[^\w\s])\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\w|[.,]\d{{3}})", re.MULTILINE)
"""Figures of a column whose thousands a space parts."""
CLOSE = regex(rf"\d{SPACE}(?:\d{{1,2}}|\d{{4,}})(?![\w.,])")
"""Figures a space apart, as those of narrow columns and dates are."""
SPACED_FIELD = regex(r"[^\w,.]*\d{1,3}(?:\s\d{3})+(?:\.\d+)?[^\w,.]*")
IN_GROUPS = regex(r"(?<=\d)\s(?=\d{3}(?!\d))")
FEWEST = 5
"""Figures of one manner that no accident brings together."""


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


def prints_spaces(fields: Iterable[str]) -> bool:
    """Whether spaces part the thousands of a layout's figures, decimal points allowed, and commas part none.

    Args:
        fields: Cells of a table.
    """
    fields = tuple(fields)
    commas = any(ENGLISH.fullmatch(text) and "," in text for field in fields if (text := SIGNS.sub("", field)))
    return not commas and sum(SPACED_FIELD.fullmatch(field) is not None for field in fields) > 1


def closed(field: str) -> str:
    """A field with commas for the spaces in its number: '1 234.5' -> '1,234.5'."""
    return IN_GROUPS.sub(",", field) if SPACED_FIELD.fullmatch(field) else field


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


def pointed(text: str) -> str:
    """A text in columns, its figures rewritten place for place where it parts them with decimal commas or spaces."""
    parted = PARTED.findall(text)
    english = sum(ENGLISH.fullmatch(field) is not None for field in parted)
    comma = sum(CONTINENTAL.fullmatch(field) is not None for field in parted) >= max(FEWEST, english + 1)
    spaced = not any(DOUBTFUL_COMMA.fullmatch(field) for field in parted) and uses_spaces(text, 1 if comma else FEWEST)
    if not (comma or spaced):
        return text
    part = SPACE if spaced else r"\."
    mark = "," if comma else "."
    figure = rf"(?<![\w.,])(?:\d{{1,3}}(?:{part}\d{{3}})+|\d+)(?:{re.escape(mark)}\d+)?(?!\w|[.,]\d)"
    return re.sub(figure, lambda found: _pointed(found[0], mark), text)


def _pointed(figure: str, mark: str) -> str:
    """A figure, whatever parts its thousands a comma, its decimal mark a point."""
    whole, _, fraction = figure.partition(mark)
    return re.sub(r"\D", ",", whole) + ("." + fraction if fraction else "")


def uses_spaces(text: str, least: int) -> bool:
    """Whether spaces part the thousands of the figures in a text set in columns, of so many at least."""
    return sum(1 for _ in SPACED.finditer(text)) >= least and sum(1 for _ in CLOSE.finditer(text)) < FEWEST
