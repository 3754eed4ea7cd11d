"""Recalculate a workbook that we built, edited since or not, and read what its checks say now."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsx_builder.model.package import MARK, MASTER, parts
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import Role

OK = "OK"
DIFFERENCE = "difference"
"""Heading of the column of differences."""
NAMES = (Role.LABEL.value, Role.TEXT.value)
"""Styles of the cells that say what a row checks."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check as it stands."""

    sheet: str
    cell: str
    """Address of the verdict."""
    label: str
    """What is checked."""
    verdict: str
    """What its cell says: OK, differs, or an error value."""
    difference: float | None
    """Computed less reported; None where there is no figure."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All checks of a workbook."""

    source: str
    """File name."""
    master: str
    """What the master check says: OK or CHECK, or an error value; '' where somebody has deleted it."""
    results: tuple[CheckResult, ...]
    """In the order of the sheet."""

    @property
    def passed(self) -> tuple[CheckResult, ...]:
        """The checks that hold."""
        return tuple(result for result in self.results if result.verdict == OK)

    @property
    def failing(self) -> tuple[CheckResult, ...]:
        """The checks that do not hold, differences of the release's own print among them."""
        return tuple(result for result in self.results if result.verdict != OK)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong but what the release itself printed so."""
        broken = any(result.verdict.startswith("#") for result in self.results)  # a master that counts words sees none
        return self.master == OK and not broken


def check(path: Path) -> CheckReport:
    """Recalculate a workbook and read its checks.

    Raises:
        ReleaseError: there is no such file, or it is not a workbook that we built.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (a fifth of a second to import)

    content = _content(path)
    strange = ReleaseError(f"{path}: it is not a workbook that xlsx-builder built.")
    try:
        book: Any = load_workbook(io.BytesIO(_recalculated(content, path)), data_only=True)
    except (ValueError, KeyError, TypeError, OSError, SyntaxError) as error:
        raise strange from error
    if MARK not in (entry.name for entry in book.custom_doc_props.props) or MASTER not in book.defined_names:
        raise strange
    places = list(book.defined_names[MASTER].destinations)
    if len(places) != 1 or places[0][0] not in book.sheetnames:
        return CheckReport(path.name, "", ())
    sheet, master = book[places[0][0]], places[0][1].replace("$", "")
    return CheckReport(path.name, str(sheet[master].value or ""), tuple(_results(sheet, master)))


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{path}: it cannot be read ({error.strerror or error}).") from error
    parts(content, str(path))
    return content


def _recalculated(content: bytes, path: Path) -> bytes:
    from formualizer import recalculate_xlsx_bytes  # noqa: PLC0415

    try:
        result: bytes = recalculate_xlsx_bytes(content)["bytes"]
    except (OSError, ValueError, RuntimeError) as error:
        raise ReleaseError(f"{path}: its formulas cannot be calculated ({error}).") from error
    return result


def _results(sheet: Any, master: str) -> Iterator[CheckResult]:  # noqa: ANN401  (openpyxl's sheets are loosely typed)
    """The verdicts of a sheet, a row each, but for the master check."""
    column = 0
    for row in sheet.iter_rows():
        cells = [cell for cell in row if cell.value is not None]
        column = next((c.column for c in cells if str(c.value).strip().lower() == DIFFERENCE), column)
        verdicts = [cell for cell in cells if cell.style == Role.CHECK.value and cell.coordinate != master]
        names = [str(cell.value).strip() for cell in cells if cell.style in NAMES]
        for verdict in verdicts:
            gap = next((c.value for c in cells if c.column == column and isinstance(c.value, int | float)), None)
            label = ", ".join(names)
            difference = None if gap is None else float(gap)
            yield CheckResult(sheet.title, verdict.coordinate, label, str(verdict.value), difference)
