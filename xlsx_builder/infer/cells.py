"""Text of a table's cells -> figures, in the number format that the table itself shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.table import Number

CURRENCY = "$€£¥"
SPACES = "\u00a0\u2007\u2009\u202f "
DASHES = frozenset({"-", "\u2013", "\u2014", "\u2212", "--", "---", "."})
"""What stands where a figure is zero."""
UNTOLD = frozenset({"..", "...", "\u2026", "n/a", "na", "n.a.", "x"})
"""What stands, in small letters, where a figure is not told; a sum passes over it."""
FLAGGED = regex(r"\*?(\d[\d.,' ]*\d\d)\s?[A-Za-z*]\*?$")
"""A figure with the letter or star that points to a note."""
SHAPE = regex(r"[+-]?\d[\d.,' ]*$|[+-]?[.,]\d+$")
ENGLISH = regex(r",\d{3}(,\d{3})*(\.\d+)?$")
"""A comma that may part thousands."""
EUROPEAN = regex(r",\d+$|\.\d{3}\.\d{3}")
"""A comma that begins a fraction, or points that part thousands."""
DIGITS = 15
"""A spreadsheet's binary fractions carry no more; what follows is noise."""


class NumberFormat(Struct, frozen=True):
    """How a table writes numbers."""

    point: str = "."
    thousands: str = ","


def bare(text: str) -> tuple[str, bool, bool]:
    """A cell without currency, parentheses and per cent sign; whether it is negative, and whether a per cent."""
    text = text.strip().strip(SPACES)
    percent = text.endswith("%")
    text = text.rstrip("%").strip(CURRENCY + SPACES)
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip(CURRENCY + SPACES)
    for sign in ("\u2212", "\u2013"):
        text = text.replace(sign, "-")
    if text.endswith("-") and len(text) > 1:
        negative, text = True, text[:-1]
    for space in SPACES:
        text = text.replace(space, " ")
    return text, negative, percent


def table_format(rows: Sequence[Sequence[str]]) -> NumberFormat:
    """The number format that more cells of a table can only be read in."""
    point = comma = 0
    for row in rows:
        for cell in row:
            if "," in cell or "." in cell:
                text = bare(cell)[0]
                if SHAPE.match(text):
                    european = bool(EUROPEAN.search(text)) and not ENGLISH.search(text)
                    comma += european
                    point += "." in text and not european
    return NumberFormat(",", ".") if comma > point else NumberFormat()


def number(text: str, style: NumberFormat) -> Number | None:
    """The figure in a cell; a mark for nothing is zero; None where the cell holds none."""
    if not text or text.isspace():
        return None
    plain, negative, percent = bare(text)
    if plain in DASHES or is_untold(text):
        return Number(Decimal(0), 0)
    flagged = FLAGGED.match(plain)
    plain = flagged[1] if flagged else plain
    if not SHAPE.match(plain):
        return None
    plain = plain.replace(" ", "").replace("'", "").replace(style.thousands, "").replace(style.point, ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Number(-value if negative else value, decimals, percent)


def is_untold(text: str) -> bool:
    """Whether a cell says that its figure is not told."""
    return text.strip().lower() in UNTOLD


def significant(value: Decimal) -> int:
    """Digits after the point that are not zero."""
    digits = f"{value:.{DIGITS}f}".rstrip("0")
    return len(digits) - digits.index(".") - 1
