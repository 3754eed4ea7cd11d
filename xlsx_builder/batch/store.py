"""What the run has done so far, in one SQLite file: whole after any kill, and held by one run at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.batch.inputs import Source
from xlsx_builder.batch.work import Line, Release, Result, Status
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.write.text import cleaned

NAME = "run.sqlite"
PAGE = 1000
"""Rows read at a time, so that writing goes on between."""

TABLES = """
CREATE TABLE IF NOT EXISTS inputs (
    position INTEGER PRIMARY KEY,
    address BLOB NOT NULL UNIQUE,
    name TEXT,
    key TEXT,
    error TEXT
);
CREATE INDEX IF NOT EXISTS inputs_by_key ON inputs (key);
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY,
    maker TEXT NOT NULL,
    status TEXT NOT NULL,
    line BLOB NOT NULL,
    rows BLOB NOT NULL,
    workbook TEXT,
    seconds REAL NOT NULL
);
"""


class Entry(Struct, frozen=True):
    """One input and what became of it."""

    address: str
    name: str
    """File name; '' where the input could not be read."""
    key: str
    line: Line
    rows: bytes | None
    """Packed; None where the release is the same as one before."""
    workbook: str
    seconds: float


class Store:
    """Inputs and results of a run."""

    def __init__(self, folder: Path, maker: str) -> None:
        """Open or make it; `maker` is whatever else results depend on: those of another maker do not count."""
        self._folder = folder
        self._maker = maker
        try:
            self._db = sqlite3.connect(folder / NAME, timeout=0, isolation_level=None)
            # A write-ahead log: what is written is there after a kill, without waiting for the disk each time.
            for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
                self._db.execute(f"PRAGMA {setting}")
            self._db.executescript(TABLES)
        except sqlite3.Error as error:
            raise ReleaseError(f"{folder}: another run is at work in it, or it cannot be written ({error}).") from error

    def close(self) -> None:
        """Let another run have it."""
        self._db.close()

    @property
    def used(self) -> bool:
        """Whether it holds any result."""
        return self._db.execute("SELECT 1 FROM results LIMIT 1").fetchone() is not None

    def take(self, addresses: Iterable[str]) -> int:
        """Put these inputs in the place of those of earlier runs; how many they are, each counted once."""
        with self._transaction():
            self._db.execute("DELETE FROM inputs")
            self._db.executemany(
                "INSERT OR IGNORE INTO inputs (address) VALUES (?)", ((os.fsencode(one),) for one in addresses)
            )
        [(count,)] = self._db.execute("SELECT count(*) FROM inputs")
        return int(count)

    def forget(self) -> None:
        """Drop the results of earlier runs."""
        self._db.execute("DELETE FROM results")

    def sources(self) -> Iterator[Source]:
        """The inputs in order."""
        last = 0
        query = "SELECT position, address FROM inputs WHERE position > ? ORDER BY position LIMIT ?"
        while page := self._db.execute(query, (last, PAGE)).fetchall():
            yield from (Source(position, os.fsdecode(address)) for position, address in page)
            last = page[-1][0]

    def identify(self, source: Source, found: Release | ReleaseError) -> None:
        """Note which release an input is, or why it cannot be read."""
        if isinstance(found, Release):
            change = "UPDATE inputs SET name = ?, key = ? WHERE position = ?"
            self._db.execute(change, (found.name, found.key, source.position))
        else:
            self._db.execute("UPDATE inputs SET error = ? WHERE position = ?", (cleaned(str(found)), source.position))

    def has(self, key: str) -> bool:
        """Whether the same maker is done with a release."""
        query = "SELECT workbook FROM results WHERE key = ? AND maker = ? AND status != ?"
        found = self._db.execute(query, (key, self._maker, Status.UNFINISHED.value)).fetchone()
        return found is not None and (found[0] is None or (self._folder / found[0]).exists())

    def put(self, key: str, result: Result, workbook: str | None) -> None:
        """Note what a release gave; its workbook stands in its place already."""
        line, status = msgspec.json.encode(result.line), result.line.status.value
        row = (key, self._maker, status, line, result.rows, workbook, result.seconds)
        self._db.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def entries(self) -> Iterator[Entry]:
        """What became of each input, in order."""
        query = """
            SELECT i.address, i.name, i.key, i.error, r.line, r.rows, r.workbook, r.seconds,
                   (SELECT address FROM inputs f WHERE f.key = i.key ORDER BY f.position LIMIT 1)
            FROM inputs i LEFT JOIN results r ON r.key = i.key ORDER BY i.position
        """
        for raw, name, key, error, line, rows, workbook, seconds, first in self._db.execute(query):
            address = cleaned(os.fsdecode(raw))
            if key is None:
                yield Entry(address, "", "", Line(Status.FAILED, error), None, "", 0.0)
                continue
            made = msgspec.json.decode(line, type=Line)
            if raw == first:
                yield Entry(address, name, key, made, rows, workbook or "", seconds)
            else:
                made = replace(
                    made, message=f"The same release as {cleaned(os.fsdecode(first))}. {made.message}".rstrip()
                )
                yield Entry(address, name, key, made, None, workbook or "", 0.0)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
