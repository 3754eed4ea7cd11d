"""Recalculate a workbook that we built, edited since or not, and read what its checks say now."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from xlsx_builder.model.deadline import deadline
from xlsx_builder.model.files import content_of
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.package import MARK, MASTER, opening, without_macros
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import Role

OK, DIFFERS, IN_PRINT = "OK", "differs", "in the print"
"""What the cells of a check say."""
NAMES, VERDICT, DIFFERENCE, WHOSE = ("line", "check", "period", "sheet"), "verdict", "difference", "where it differs"
"""Headings of the sheet of checks, in small letters."""


class CheckResult(Struct, frozen=True):
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
    whose: str = ""
    """Whose difference it was when the workbook was built, where there was one: 'in the print' or 'in the model'."""

    @property
    def in_print(self) -> bool:
        """Whether it is a difference that the release itself prints."""
        return self.verdict == DIFFERS and self.whose == IN_PRINT


class CheckReport(Struct, frozen=True):
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
    def printed(self) -> tuple[CheckResult, ...]:
        """The differences that the release itself prints; they do not count against the workbook."""
        return tuple(result for result in self.results if result.in_print)

    @property
    def failing(self) -> tuple[CheckResult, ...]:
        """The checks that do not hold, or come to an error."""
        return tuple(result for result in self.results if result.verdict != OK and not result.in_print)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong but what the release itself printed so."""
        return self.master == OK and not self.failing


def check(path: Path, limits: Limits = LIMITS) -> CheckReport:
    """Recalculate a workbook and read its checks.

    Args:
        path: The workbook.
        limits: How large it may be, and how long it may take.

    Raises:
        ReleaseError: there is no such file, or it is not a workbook that we built.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (a fifth of a second to import)

    content = content_of(path, limits.bytes)
    with deadline(str(path), limits.seconds), opening(str(path)):
        book: Any = load_workbook(io.BytesIO(_recalculated(content, path)), data_only=True)
        return _report(book, path)


def _report(book: Any, path: Path) -> CheckReport:  # noqa: ANN401  (openpyxl's workbooks are loosely typed)
    if MARK not in (entry.name for entry in book.custom_doc_props.props) or MASTER not in book.defined_names:
        raise ReleaseError(f"{path}: it is not a workbook that xlsx-builder built.")
    places = list(book.defined_names[MASTER].destinations)
    if len(places) != 1 or places[0][0] not in book.sheetnames:
        return CheckReport(path.name, "", ())
    sheet, master = book[places[0][0]], places[0][1].replace("$", "")
    return CheckReport(path.name, str(sheet[master].value or ""), tuple(_results(sheet, master)))


def _recalculated(content: bytes, path: Path) -> bytes:
    from formualizer import recalculate_xlsx_bytes  # noqa: PLC0415

    try:
        result: bytes = recalculate_xlsx_bytes(without_macros(content, str(path)))["bytes"]
    except (OSError, ValueError, RuntimeError) as error:
        raise ReleaseError(f"{path}: its formulas cannot be calculated ({error}).") from error
    return result


def _results(sheet: Any, master: str) -> Iterator[CheckResult]:  # noqa: ANN401  (openpyxl's sheets are loosely typed)
    """The checks of a sheet: the rows below the heading 'Verdict' that have one, but for the master check."""
    columns: dict[str, int] = {}
    rows: dict[int, dict[int, Any]] = {}
    for (number, column), cell in sorted(vars(sheet)["_cells"].items()):  # `iter_rows` makes cells that are not there
        rows.setdefault(number, {})[column] = cell
    for row in rows.values():
        words = {str(cell.value).strip().lower(): at for at, cell in row.items() if isinstance(cell.value, str)}
        if VERDICT in words:
            columns = words
            continue
        found = {name: row[column] for name, column in columns.items() if column in row}
        verdict = found.get(VERDICT)
        if verdict is None or not isinstance(verdict.value, str) or verdict.coordinate == master:
            continue  # numbers in that column count the checks of a group
        if verdict.style == Role.CHECK.value:
            yield _result(sheet.title, found)


def _result(sheet: str, row: Mapping[str, Any]) -> CheckResult:
    gap = row[DIFFERENCE].value if DIFFERENCE in row else None
    names = (str(row[name].value).strip() for name in NAMES if name in row and row[name].value is not None)
    return CheckResult(
        sheet=sheet,
        cell=row[VERDICT].coordinate,
        label=", ".join(names),
        verdict=str(row[VERDICT].value),
        difference=float(gap) if isinstance(gap, int | float) else None,
        whose=str(row[WHOSE].value or "") if WHOSE in row else "",
    )
