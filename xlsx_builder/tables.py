"""The short pipeline for any table: cells -> sums -> the same table with live formulas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from xlsx_builder.infer.table import parsed, searched
from xlsx_builder.model.deadline import deadline
from xlsx_builder.model.files import OUTPUT, hold_place, hold_suffix
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.table import CellSum, TableSums
from xlsx_builder.model.workbook import Outcome
from xlsx_builder.read.cells import read_cells


class TableBuild(Struct, frozen=True):
    """A table whose sums became formulas."""

    path: Path
    found: TableSums
    outcome: Outcome
    problems: tuple[Problem, ...]
    """What could not be written as it stands in the table."""


def cell_sums(table: Path, limits: Limits = LIMITS) -> TableSums:
    """The sums among the cells of a table file.

    Args:
        table: CSV, TSV or .xlsx.
        limits: How large it may be, and how long it may take.

    Raises:
        ReleaseError: it cannot be read, or holds no table.
    """
    with deadline(str(table), limits.seconds):
        return searched(read_cells(table, limits))


def build_table(table: Path, output: Path | None = None, *, force: bool = False, limits: Limits = LIMITS) -> TableBuild:
    """Write a table back as a workbook with live formulas.

    Args:
        table: CSV, TSV or .xlsx.
        output: The workbook to write; by default `output/<name of the table>-formulas.xlsx`.
        force: Replace an existing file even when somebody has edited it.
        limits: How large the table may be, and how long it may take.

    Raises:
        ReleaseError: the table cannot be read or the workbook not be written.
    """
    from xlsx_builder.plan.table_book import plan_table  # noqa: PLC0415  (the sums alone need neither)
    from xlsx_builder.write import write  # noqa: PLC0415

    if output is not None:
        hold_suffix(output, ".xlsx")
        hold_place(output, table)
    path = output or OUTPUT / f"{table.stem}-formulas.xlsx"
    with deadline(str(table), limits.seconds):
        rows = read_cells(table, limits)
        found = searched(rows)
        workbook = plan_table(table.name, rows, parsed(rows), (*found.sums, *found.averages))
        problems = write(workbook, path, force=force, make_folder=output is None)
    return TableBuild(path, found, workbook.outcome, problems)


def sums_json(sums: Sequence[CellSum]) -> list[dict[str, Any]]:
    """Sums as plain JSON values: `{"cell": [row, column], "terms": [[row, column, weight], …]}`, from 0."""
    return [{"cell": list(one.cell), "terms": [list(term) for term in one.terms]} for one in sums]


def limit_sentences(found: TableSums) -> list[str]:
    """What to tell where the search stopped early."""
    if not found.limited:
        return []
    return [
        f"In {found.limited} rows and columns too many figures agree by accident; not all of their sums were tried."
    ]
