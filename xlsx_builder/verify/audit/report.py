"""What an audit finds, rule by rule; adjoining cells told once, and never more of a sheet than anybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.formula import address

MOST = 8
"""Findings listed for one rule on one sheet; more of them are counted."""


class Place(Struct, frozen=True):
    """A cell by row and column, or by 0 and 0 the sheet as a whole."""

    sheet: str
    """'' for the workbook as a whole."""
    row: int = 0
    column: int = 0


class Fault(Struct, frozen=True):
    """One breach of a rule, before neighbours are told together."""

    place: Place
    message: str
    """A whole sentence."""


class Finding(Struct, frozen=True):
    """One breach of a rule in a cell or in a run of cells."""

    sheet: str
    """'' for the workbook as a whole."""
    cell: str
    """'C5' or 'C5:F5'; '' for the sheet as a whole."""
    rule: str
    message: str


class State(Enum):
    """What became of a rule."""

    HELD = "held"
    BROKEN = "broken"
    NOT_CHECKED = "not checked"


class RuleResult(Struct, frozen=True):
    """A rule and how the workbook stands to it."""

    rule: str
    sentence: str
    origin: str
    """Where the rule comes from."""
    state: State
    count: int = 0
    """Findings, those not listed included."""
    reason: str = ""
    """Why it was not checked."""


class AuditReport(Struct, frozen=True):
    """How a workbook stands to all rules."""

    source: str
    """File name."""
    findings: tuple[Finding, ...]
    """By rule and sheet, at most `MOST` of each."""
    rules: tuple[RuleResult, ...]

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return all(rule.state is not State.BROKEN for rule in self.rules)

    @property
    def count(self) -> int:
        """All findings, those not listed included."""
        return sum(rule.count for rule in self.rules)

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return {
            "source": self.source,
            "ok": self.ok,
            "count": self.count,
            "findings": [
                {"sheet": f.sheet, "cell": f.cell, "rule": f.rule, "message": f.message} for f in self.findings
            ],
            "rules": [
                {
                    "rule": r.rule,
                    "sentence": r.sentence,
                    "from": r.origin,
                    "state": r.state.value,
                    "count": r.count,
                    "reason": r.reason,
                }
                for r in self.rules
            ],
        }


def findings_of(rule: str, faults: Iterable[Fault]) -> tuple[tuple[Finding, ...], int]:
    """The findings to list, and how many there are in all."""
    told: dict[str, int] = {}
    listed: list[Finding] = []
    for first, last, message in _runs(sorted(set(faults), key=_order)):
        sheet = first.sheet
        told[sheet] = told.get(sheet, 0) + 1
        if told[sheet] <= MOST:
            listed.append(Finding(sheet, _range(first, last), rule, message))
    return tuple(listed), sum(told.values())


def _order(fault: Fault) -> tuple[str, str, int, int]:
    return fault.place.sheet, fault.message, fault.place.row, fault.place.column


def _runs(faults: list[Fault]) -> list[tuple[Place, Place, str]]:
    """The same said of cells side by side, or of such runs one below the other, is said once; in reading order."""
    rows = list(_joined(((f.place, f.place, f.message) for f in faults), down=False))
    rows.sort(key=lambda run: (run[0].sheet, run[2], run[0].column, run[1].column, run[0].row))
    return sorted(_joined(rows, down=True), key=lambda run: (run[0].sheet, run[0].row, run[0].column, run[2]))


def _joined(runs: Iterable[tuple[Place, Place, str]], *, down: bool) -> Iterator[tuple[Place, Place, str]]:
    open_run: tuple[Place, Place, str] | None = None
    for run in runs:
        if open_run is not None and _adjoin(open_run, run, down=down):
            open_run = (open_run[0], run[1], run[2])
            continue
        if open_run is not None:
            yield open_run
        open_run = run
    if open_run is not None:
        yield open_run


def _adjoin(one: tuple[Place, Place, str], other: tuple[Place, Place, str], *, down: bool) -> bool:
    if one[2] != other[2] or not one[1].row:
        return False
    if down:
        return other[0].column == one[0].column and replace(one[1], row=one[1].row + 1) == other[1]
    return replace(one[1], column=one[1].column + 1) == other[0]


def _range(first: Place, last: Place) -> str:
    if not first.row:
        return ""
    start, end = address(first.row, first.column), address(last.row, last.column)
    return start if start == end else f"{start}:{end}"
