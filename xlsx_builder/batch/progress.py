"""How far a run is: a bar with rate and time left on a terminal, a line a release everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from xlsx_builder.batch.inputs import PROBLEM_TABLE
from xlsx_builder.batch.tables import Totals
from xlsx_builder.batch.work import Line, Status
from xlsx_builder.console import say
from xlsx_builder.model.counts import counted


class Progress(Protocol):
    """What a run tells while it goes on."""

    def done(self, name: str, line: Line | None) -> None:
        """One more input is done; `line` is None where nothing had to be done for it."""


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """A bar where somebody watches, else lines."""
    if sys.stdout.isatty():
        from xlsx_builder.batch.bar import bar  # noqa: PLC0415  (rich)

        with bar(total) as shown:
            yield shown
    else:
        yield _Lines(total)


class _Lines:
    def __init__(self, total: int) -> None:
        self._total = total
        self._count = 0

    def done(self, name: str, line: Line | None) -> None:
        self._count += 1
        say(f"{self._count:,} of {self._total:,}: {said(name, line)}")


def said(name: str, line: Line | None) -> str:
    """What became of a release, on one line."""
    if line is None:
        return f"{name}: nothing to do"
    if line.status is not Status.BUILT:
        return f"{line.status.value}: {line.message}"
    return (
        f"{name}: {line.company or 'no company'}, {counted(line.statements, 'statement')}, "
        f"{line.placed} of {counted(line.seen, 'figure')}, {counted(line.passed, 'check')} OK, {line.differ} differ"
    )


def ended(totals: Totals, folder: Path) -> Iterator[str]:
    """What became of a run."""
    found = totals.inputs
    yield (
        f"{counted(found.total(), 'input')}: {found[Status.BUILT]:,} built, {found[Status.FAILED]:,} failed, "
        f"{found[Status.UNFINISHED]:,} unfinished; in {counted(totals.differ, 'workbook')} a check differs"
    )
    yield f"{folder}: the workbooks and tables of all of them; {PROBLEM_TABLE} says what is not as it should be"
