"""One release -> its workbook and its rows of the run's tables: the task, the same wherever it runs."""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

import msgspec
from msgspec import Struct

from xlsx_builder import __version__
from xlsx_builder.batch.rows import Row, rows_of
from xlsx_builder.model.limits import Limits
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import Workbook
from xlsx_builder.pipeline import Model, built_bytes

KEY_LENGTH = 16
"""Hexadecimal digits that tell releases apart: among a million, two are alike once in thirty million runs."""
LONGEST_NAME = 80
"""Bytes of a release's name in that of its workbook: disks take 255 in all, Windows 260 letters with the folders."""


class Release(Struct, frozen=True):
    """A release as the run knows it: whatever has the same name and the same bytes is the same release."""

    name: str
    """File name, without folders."""
    data: bytes

    @property
    def key(self) -> str:
        """Tells it from all others; the same on every machine."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()[:KEY_LENGTH]

    @property
    def workbook(self) -> str:
        """File name of its workbook."""
        stem = re.sub(r"[^\w.-]+", "-", Path(self.name).stem).encode()[:LONGEST_NAME]
        return f"{stem.decode(errors='ignore')}-{self.key}.xlsx"


class Order(Struct, frozen=True):
    """What to build, how it shall look, and what it may take."""

    release: Release
    house: HouseStyle
    limits: Limits
    megabytes: float
    """The most memory that its process may take."""


class Status(Enum):
    """What became of a release."""

    BUILT = "built"
    FAILED = "failed"
    """Nothing could be built; another try would give the same."""
    UNFINISHED = "unfinished"
    """It took too long or too much memory, brought its process down, or could not be written: it is tried again."""


class Line(Struct, frozen=True):
    """What the summary says of a release."""

    status: Status
    message: str = ""
    """Why there is no workbook; one sentence."""
    company: str = ""
    released: str = ""
    statements: int = 0
    seen: int = 0
    placed: int = 0
    sums: int = 0
    links: int = 0
    passed: int = 0
    printed: int = 0
    differ: int = 0
    claims: int = 0
    problems: int = 0


class Result(Struct, frozen=True):
    """What a release gave."""

    line: Line
    rows: bytes
    """Rows of the run's tables by table, as packed JSON."""
    workbook: bytes | None
    seconds: float
    version: str = __version__


def work(order: Order) -> Result:
    """Build a release; whatever is wrong with it comes back as a result too."""
    release = order.release
    begin = time.perf_counter()
    try:
        model, workbook, content = built_bytes(release.data, release.name, order.house, order.limits)
        rows = packed(rows_of(model, workbook))
    except ReleaseError as error:
        return without(Status.FAILED, str(error), time.perf_counter() - begin)
    except MemoryError:
        return without(Status.UNFINISHED, f"{release.name}: there was not enough memory for it.")
    except Exception as error:  # noqa: BLE001  (one bad release never stops the run)
        fault = f"{release.name}: a fault of the program, {type(error).__name__}: {error}"
        return without(Status.FAILED, fault, time.perf_counter() - begin)
    return Result(_line(model, workbook), rows, content, time.perf_counter() - begin)


def packed(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """Rows by table in as few bytes as a store for a million releases likes."""
    return zlib.compress(msgspec.json.encode(rows))


def unpacked(data: bytes) -> dict[str, list[Row]]:
    """What `packed` was given."""
    return msgspec.json.decode(zlib.decompress(data), type=dict[str, list[Row]])


def without(status: Status, message: str, seconds: float = 0.0) -> Result:
    """The result of a release that gave no workbook."""
    return Result(Line(status, message), packed({}), None, seconds)


def _line(model: Model, workbook: Workbook) -> Line:
    statements, structure, outcome = model.statements, model.structure, workbook.outcome
    return Line(
        Status.BUILT,
        company=statements.company,
        released=statements.released.isoformat() if statements.released else "",
        statements=len(statements.statements),
        seen=statements.coverage.seen,
        placed=statements.coverage.placed,
        sums=len(structure.calculations),
        links=len(structure.ties),
        passed=outcome.passed,
        printed=outcome.printed,
        differ=outcome.failed,
        claims=len(model.claims),
        problems=len(model.problems),
    )
