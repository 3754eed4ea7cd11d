"""The run's tables, written release by release: parquet for figures, CSV for problems; whole or not at all."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct, field

from xlsx_builder.batch.inputs import PROBLEM_TABLE, SUMMARY
from xlsx_builder.batch.rows import ABOUT, CALCULATIONS, CLAIMS, FACTS, PROBLEMS, Columns, Row, Value
from xlsx_builder.batch.store import Entry
from xlsx_builder.batch.summary import Summary
from xlsx_builder.batch.work import Status, unpacked

PARQUET = {"facts": FACTS, "calculations": CALCULATIONS, "claims": CLAIMS}
CHUNK = 2_000
"""Rows held one by one before they are packed into columns, which take a tenth of the room."""
GROUP = 100_000
"""Rows held in columns before they are written as one group: enough for those who read, few enough for the memory."""
PARTIAL = ".partial"
"""End of the name of what is not whole yet."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With which a text in a CSV file begins that Excel calculates, or sends to another program."""
OPTIONAL = "claims"
"""The table that is only there where it has rows."""
TABLES = (*(f"{name}.parquet" for name in PARQUET), PROBLEM_TABLE, SUMMARY)
"""File names of all tables."""


class Totals(Struct):
    """How a run ended."""

    inputs: Counter[Status] = field(default_factory=Counter)
    differ: int = 0
    """Workbooks of which a check fails."""

    @property
    def good(self) -> bool:
        """Whether each input gave a workbook whose checks hold."""
        return not self.differ and self.inputs.total() == self.inputs[Status.BUILT]


def write_tables(folder: Path, entries: Iterable[Entry]) -> Totals:
    """Write all tables of a run from what became of its inputs, in their order."""
    totals = Totals()
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(_parquet(folder / f"{name}.parquet", columns, optional=name == OPTIONAL))
            for name, columns in PARQUET.items()
        }
        problems = csv.writer(stack.enter_context(_text(folder / PROBLEM_TABLE)), lineterminator="\n")
        problems.writerow(("input", "release", "company", *PROBLEMS))
        summary = stack.enter_context(_summary(folder / SUMMARY))
        for entry in entries:
            line = entry.line
            summary.add(entry)
            totals.inputs[line.status] += 1
            totals.differ += line.differ > 0
            rows = unpacked(entry.rows) if entry.rows is not None else {}
            for name, table in tables.items():
                table.add((entry.key, entry.name, line.company, *row) for row in rows.get(name, ()))
            why = [] if line.status is Status.BUILT else [(line.status.value, None, line.message)]
            for row in (*why, *rows.get("problems", ())):
                problems.writerow(map(_harmless, (entry.address, entry.key, line.company, *row)))
    return totals


def _harmless(value: Value) -> Value:
    """A value that Excel does not take for a formula when it opens the file."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class _Parquet:
    """One table of rows that come release by release."""

    def __init__(self, path: Path, columns: Columns) -> None:
        import pyarrow  # noqa: ICN001, PLC0415  (no other command needs it)
        from pyarrow import parquet  # noqa: PLC0415

        self._arrow = pyarrow
        self._schema = pyarrow.schema([(name, pyarrow.type_for_alias(kind)) for name, kind in (*ABOUT, *columns)])
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[Row] = []
        self._chunks: list[Any] = []
        self.rows = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Add a release's rows."""
        before = len(self._waiting)
        self._waiting.extend(rows)
        self.rows += len(self._waiting) - before
        if len(self._waiting) >= CHUNK:
            self._pack()
        if len(self._chunks) * CHUNK >= GROUP:
            self._write()

    def close(self) -> None:
        """Write what waits and end the file."""
        if self._waiting:
            self._pack()
        if self._chunks:
            self._write()
        self._writer.close()

    def _pack(self) -> None:
        columns = zip(zip(*self._waiting, strict=True), self._schema, strict=True)
        arrays = [self._arrow.array(values).cast(field.type) for values, field in columns]
        self._chunks.append(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()

    def _write(self) -> None:
        self._writer.write_table(self._arrow.concat_tables(self._chunks))
        self._chunks.clear()


@contextmanager
def _parquet(path: Path, columns: Columns, *, optional: bool) -> Iterator[_Parquet]:
    with _whole(path) as partial:
        table = _Parquet(partial, columns)
        try:
            yield table
        finally:
            table.close()
    if optional and not table.rows:
        path.unlink()


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    # With the mark by which Excel knows UTF-8.
    with _whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        yield file


@contextmanager
def _summary(path: Path) -> Iterator[Summary]:
    with _whole(path) as partial:
        summary = Summary()
        yield summary
        summary.save(partial)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """The name under which to write a file that takes its place when it is whole."""
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
