"""A run: every input once, results as they come, the tables at the end."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from xlsx_builder import __version__
from xlsx_builder.batch.child import limited
from xlsx_builder.batch.extras import BATCH, CLUSTER, require
from xlsx_builder.batch.inputs import addresses, read_ahead
from xlsx_builder.batch.progress import Progress, progress
from xlsx_builder.batch.schedulers import Place, cluster, local
from xlsx_builder.batch.store import NAME, Store
from xlsx_builder.batch.tables import PARTIAL, TABLES, Totals, write_tables
from xlsx_builder.batch.work import Line, Order, Release, Result, Status, without
from xlsx_builder.house import read_template
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import HouseStyle
from xlsx_builder.write import replace_file
from xlsx_builder.write.text import cleaned

WORKBOOKS = "workbooks"
"""Folder of the workbooks, in that of the run."""


class Batch(Struct, frozen=True):
    """What to build, where to, and with what."""

    inputs: tuple[str, ...]
    """Files, folders, patterns, URLs; '-' is a list on standard input."""
    output: Path
    """Folder of the run."""
    limits: Limits = LIMITS
    megabytes: float = 2000
    """The most memory that the process of a release may take."""
    template: Path | None = None
    """The workbook whose named styles give the house style; the default one where None."""
    jobs: int | None = None
    """Releases at one time; as many as there are processors, or workers, where None."""
    scheduler: str | None = None
    """Address of a Dask scheduler; this machine where None."""
    resume: bool = False
    """Go on with an earlier run."""
    force: bool = False
    """Begin anew, over an earlier run and over workbooks that were edited."""


def run(batch: Batch) -> Totals:
    """Build all releases, then write the tables of the run.

    Raises:
        ReleaseError: nothing can be done, or the cluster is gone; its text says why in one sentence.
    """
    require(BATCH, "batch")
    if batch.scheduler:
        require(CLUSTER, "cluster")
    house = read_template(batch.template)
    size = batch.limits._replace(seconds=0)  # more time changes nothing that is done
    maker = f"{__version__} {hashlib.sha256(house.content).hexdigest()} {size}"
    with _folders(batch.output), _opened(batch, maker) as store:
        total = store.take(addresses(batch.inputs, _own(batch.output)))
        if not total:
            raise ReleaseError("No release is named.")
        with _place(batch) as place, progress(total) as shown:
            _Run(batch, house, store, shown).go(place)
        return write_tables(batch.output, store.entries())


@contextmanager
def _folders(folder: Path) -> Iterator[None]:
    """The folders of a run; those that stay empty go again."""
    books = folder / WORKBOOKS
    made = not folder.exists()
    try:
        books.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReleaseError(f"{folder}: it cannot be made a folder ({error.strerror or error}).") from error
    try:
        yield
    finally:
        for place in (books, folder) if made else (books,):
            with suppress(OSError):  # there is something in it
                place.rmdir()


@contextmanager
def _opened(batch: Batch, maker: str) -> Iterator[Store]:
    """What was done before, all of which a new run forgets; a run that does nothing leaves nothing."""
    folder = batch.output
    store = Store(folder, maker)
    try:
        if not (batch.resume or batch.force) and (store.used or any((folder / name).exists() for name in TABLES)):
            raise ReleaseError(f"{folder}: it holds an earlier run; go on with it by --resume, or anew by --force.")
        for leftover in (*folder.glob(f".*{PARTIAL}"), *(folder / WORKBOOKS).glob(f".*{PARTIAL}")):
            leftover.unlink(missing_ok=True)
        if not batch.resume:
            store.forget()
        yield store
    except (OSError, sqlite3.Error) as error:
        raise ReleaseError(f"{folder}: the run cannot go on ({error}); mend that, then use --resume.") from error
    finally:
        used = store.used
        store.close()
        if not used:
            (folder / NAME).unlink(missing_ok=True)


def _own(folder: Path) -> frozenset[Path]:
    """What a run writes, which is no release of the next one."""
    names = (WORKBOOKS, NAME, f"{NAME}-wal", f"{NAME}-shm", *TABLES)
    return frozenset(folder.resolve() / name for name in names)


def _place(batch: Batch) -> AbstractContextManager[Place]:
    return cluster(batch.scheduler, batch.jobs) if batch.scheduler else local(batch.jobs or os.cpu_count() or 1)


class _Run:
    """Gives out releases and keeps what they give; only this process writes files."""

    def __init__(self, batch: Batch, house: HouseStyle, store: Store, shown: Progress) -> None:
        self._batch = batch
        self._house = house
        self._store = store
        self._shown = shown
        self._underway: set[str] = set()

    def go(self, place: Place) -> None:
        """Work on all inputs, never holding more than the place takes at one time."""
        wanted = self._wanted()
        waiting: dict[Future[Result], _Underway] = {}
        while True:
            for release in islice(wanted, place.window - len(waiting)):
                order = Order(release, self._house, self._batch.limits, self._batch.megabytes)
                future = place.executor.submit(limited, order)
                waiting[future] = _Underway(release.name, release.key, f"{WORKBOOKS}/{release.workbook}")
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                done = waiting.pop(future)
                self._keep(done, self._result(done, future))

    def _wanted(self) -> Iterator[Release]:
        """The releases that are still to be built, each once."""
        for source, found in read_ahead(self._store.sources(), self._batch.limits.bytes):
            self._store.identify(source, found)
            if isinstance(found, ReleaseError):
                self._shown.done(source.shown, Line(Status.FAILED, cleaned(str(found))))
            elif found.key in self._underway or self._store.has(found.key):
                self._shown.done(source.shown, None)
            else:
                self._underway.add(found.key)
                yield found

    def _result(self, order: _Underway, future: Future[Result]) -> Result:
        try:
            result = future.result()
        except CancelledError:
            raise ReleaseError(f"{self._batch.scheduler}: the scheduler is gone; --resume goes on from here.") from None
        except Exception as error:  # noqa: BLE001  (workers of the cluster that died over it, or no more processes)
            why = f"it could not be worked on, {type(error).__name__}: {error}"
            return without(Status.UNFINISHED, f"{order.name}: {why}")
        if result.version != __version__:
            wrong = f"its workers have version {result.version} of xlsx-builder, not {__version__}"
            raise ReleaseError(f"{self._batch.scheduler}: {wrong}.")
        return result

    def _keep(self, order: _Underway, result: Result) -> None:
        """First the workbook, then the note that it is there."""
        workbook = None
        if result.workbook is not None:
            path = self._batch.output / order.workbook
            try:
                replace_file(path, result.workbook, force=self._batch.force, make_folder=True)
                workbook = order.workbook
            except ReleaseError as error:
                result = without(Status.UNFINISHED, str(error), result.seconds)
        self._store.put(order.key, result, workbook)
        self._underway.discard(order.key)
        self._shown.done(order.name, result.line)


class _Underway(Struct, frozen=True):
    """A release that is being worked on, without its bytes."""

    name: str
    key: str
    workbook: str
