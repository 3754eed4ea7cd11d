"""The text of a formula taken apart: what it reads and calls, which numbers it holds, how it looks from its cell."""

from __future__ import annotations

import re

from msgspec import Struct

from xlsx_builder.model.formula import column_number
from xlsx_builder.model.patterns import regex

PIECE = regex(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!))
  | (?P<sheet>'(?:[^']|'')+'!|(?:\[\d+\])?[^\W\d][\w.]*(?::[\w.]+)?!)?
    (?P<cells>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)(?![\w(.])
  | (?P<call>[^\W\d][\w.]*)\(
  | (?P<other>(?:'(?:[^']|'')+'!|\[\d+\][\w.]*!)?[^\W\d][\w.]*!?[\w.]*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)
  | (?P<open>\()
  | (?P<close>\))
  | (?P<columns>\[[^\[\]]*(?:\[[^\]]*\][^\[\]]*)*\])
  | (?P<mark>[^\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
CORNER = regex(r"(\$?)([A-Z]*)(\$?)(\d*)", re.IGNORECASE)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""As many as a sheet of Excel has."""


class Area(Struct, frozen=True):
    """Cells that a formula reads."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Formula(Struct, frozen=True):
    """What the rules ask of a formula."""

    text: str
    """Beginning with '='."""
    relative: str
    """The same in two cells where copying one gives the other."""
    absolute: str
    """The same in two cells that compute the same from the same cells."""
    areas: tuple[Area, ...]
    calls: tuple[str, ...]
    """Functions in capitals, in order."""
    numbers: tuple[str, ...]
    """Literal numbers."""
    operands: int
    """References, names, texts and numbers."""
    nested_if: bool
    outside: bool
    """Whether it reads another file."""

    @property
    def is_link(self) -> bool:
        """Whether it only repeats another cell, its sign perhaps turned."""
        bare = self.operands == 1 and len(self.areas) == 1 and not self.calls
        return bare and self.text.count("+") + self.text.count("-") + self.text.count("%") <= 1


class _Scan(Struct):
    """What was found so far."""

    areas: list[Area]
    calls: list[str]
    numbers: list[str]
    stack: list[str]
    operands: int = 0
    nested_if: bool = False
    outside: bool = False


def parsed(text: str, sheet: str, row: int, column: int) -> Formula:
    """The formula of a cell.

    Args:
        text: The formula, beginning with '='.
        sheet: The sheet that the cell is on.
        row: Its row.
        column: Its column.
    """
    scan = _Scan([], [], [], [])
    relative: list[str] = []
    absolute: list[str] = []
    for found in PIECE.finditer(text.removeprefix("=")):
        kind, piece = found.lastgroup or "mark", found[0]
        if kind == "cells":
            prefix = (found["sheet"] or "").rstrip("!")
            target = unquoted(prefix) or sheet
            scan.outside |= "[" in prefix
            scan.operands += 1
            area = _area(found["cells"], target)
            scan.areas.append(area)
            relative.append(f"{prefix.upper()}!{_relative(found['cells'], row, column)}")
            absolute.append(f"{target.upper()}!{area.first_row},{area.first_column},{area.last_row},{area.last_column}")
            continue
        _note(kind, piece, scan)
        shown = piece if kind == "text" else piece.upper()
        relative.append(shown)
        absolute.append(shown)
    return Formula(
        text,
        " ".join(relative),
        " ".join(absolute),
        tuple(scan.areas),
        tuple(scan.calls),
        tuple(scan.numbers),
        scan.operands,
        scan.nested_if,
        scan.outside,
    )


def _note(kind: str, piece: str, scan: _Scan) -> None:
    if kind == "call":
        name = piece[:-1].upper().removeprefix("_XLFN.")
        scan.nested_if |= name == "IF" and "IF" in scan.stack
        scan.calls.append(name)
        scan.stack.append(name)
    elif kind == "open":
        scan.stack.append("")
    elif kind == "close" and scan.stack:
        scan.stack.pop()
    elif kind in ("text", "other", "error"):
        scan.operands += 1
        scan.outside |= kind == "other" and "[" in piece
    elif kind == "number":
        scan.operands += 1
        scan.numbers.append(piece)


def unquoted(name: str) -> str:
    """The name of a sheet without the quotes that formulas put around it."""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _area(cells: str, sheet: str) -> Area:
    first, _, last = cells.partition(":")
    top, left = _corner(first, 1, 1)
    bottom, right = _corner(last or first, LAST_ROW, LAST_COLUMN)
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(text: str, row: int, column: int) -> tuple[int, int]:
    """Row and column; those given where the text names only one of them."""
    found = CORNER.fullmatch(text)
    assert found is not None
    return (int(found[4]) if found[4] else row), (column_number(found[2]) if found[2] else column)


def _relative(cells: str, row: int, column: int) -> str:
    """R[-1]C[0]: references as seen from the cell; fixed ones as they are."""
    shown = []
    for corner in cells.split(":"):
        found = CORNER.fullmatch(corner)
        assert found is not None
        across = found[2] and (f"C{column_number(found[2])}" if found[1] else f"C[{column_number(found[2]) - column}]")
        down = found[4] and (f"R{found[4]}" if found[3] else f"R[{int(found[4]) - row}]")
        shown.append(f"{down}{across}")
    return ":".join(shown)
