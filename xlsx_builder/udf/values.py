"""What cells hand to a function, and the typed errors that it answers with.

Figures are floats here, unlike everywhere else: a spreadsheet computes with them, and a function must give the very
number of the formula that it stands beside.
"""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite

Value = float | str | bool | date | None
"""One cell; None where it is empty or an argument is left out."""
Block = tuple[tuple[Value, ...], ...]
"""Cells row by row."""
Argument = Value | Block

NO_MEANING = "n.m."
"""What a change or ratio says where its base gives it no meaning; the same as in the workbook."""


class UdfError(Exception):
    """What a function cannot answer; its text is the reason in one sentence."""

    code = "#VALUE!"
    """The error value of a spreadsheet that comes nearest."""

    def __str__(self) -> str:
        return f"{self.code} XB: {self.reason}"

    @property
    def reason(self) -> str:
        """Why there is no answer."""
        return str(self.args[0]) if self.args else ""


class WrongValueError(UdfError):
    """An argument is of a kind that the function cannot work with."""

    code = "#VALUE!"


class NotFoundError(UdfError):
    """The release, line or period asked for is not there, or more than one would do."""

    code = "#N/A"


class OutOfRangeError(UdfError):
    """The figures have no answer of this kind."""

    code = "#NUM!"


def block(value: Argument) -> Block:
    """Cells row by row, whatever a host makes of a range: one value, a row, or rows."""
    if not isinstance(value, tuple | list):
        return ((value,),)
    rows = [tuple(row) if isinstance(row, tuple | list) else row for row in value]
    if any(isinstance(row, tuple) for row in rows):
        return tuple(row if isinstance(row, tuple) else (row,) for row in rows)
    return (tuple(rows),)  # type: ignore[arg-type]  # checked above: no rows among them


def single(value: Argument, name: str) -> Value:
    """The one cell of an argument.

    Raises:
        WrongValueError: there are more cells than one.
    """
    cells = [cell for row in block(value) for cell in row]
    if len(cells) > 1:
        raise WrongValueError(f"{name} must be one cell, not {len(cells)}.")
    cell = cells[0] if cells else None
    _pass_on(cell)
    return cell


def number(value: Argument, name: str) -> float:
    """A figure; an empty cell counts as zero, as in a formula.

    Raises:
        UdfError: it is text, or itself an error.
    """
    cell = single(value, name)
    return 0.0 if _empty(cell) else _figure(cell, name)


def optional_number(value: Argument, name: str) -> float | None:
    """A figure, or None where the cell is empty or the argument left out."""
    cell = single(value, name)
    return None if _empty(cell) else _figure(cell, name)


def numbers(value: Argument, name: str) -> tuple[float, ...]:
    """The figures of a range, empty cells left out.

    Raises:
        UdfError: one is text, or itself an error.
    """
    cells = [cell for row in block(value) for cell in row]
    for cell in cells:
        _pass_on(cell)
    return tuple(_figure(cell, name) for cell in cells if not _empty(cell))


def text(value: Argument, name: str) -> str:
    """What a cell says; '' where it is empty."""
    cell = single(value, name)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _empty(cell: Value) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _figure(cell: Value, name: str) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        shown = cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
        raise WrongValueError(f"{name} must be a number, not '{shown}'.")
    if not isfinite(cell):
        raise OutOfRangeError(f"{name} is no finite number.")
    return float(cell)


def _pass_on(cell: Value) -> None:
    """An error that comes in goes out again, with the reason that it came with."""
    if not isinstance(cell, str) or not cell.startswith("#"):
        return
    code, _, reason = cell.partition(" XB: ")
    for error in (NotFoundError, OutOfRangeError):
        if code.strip() == error.code:
            raise error(reason or f"a cell that it reads says {cell}.")
    if code.strip().endswith(("!", "?")):
        raise WrongValueError(reason or f"a cell that it reads says {cell}.")
