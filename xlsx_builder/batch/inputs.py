"""What the user named -> the releases: files, folders, patterns, a list, URLs of any store that fsspec knows."""

from __future__ import annotations

import glob
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from io import TextIOWrapper
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from msgspec import Struct

from xlsx_builder.batch.work import Release
from xlsx_builder.model.files import content_of
from xlsx_builder.model.package import is_built
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.write.text import cleaned

LIST = "-"
"""Stands for the list on standard input."""
SUFFIXES = frozenset(
    ("", ".txt", ".htm", ".html", ".xhtml", ".pdf", ".csv", ".tsv", ".md", ".xlsx", ".sgml", ".sgm", ".nc")
)
"""What releases are called; of a folder only such files are taken, those named one by one whatever they are called."""
PROBLEM_TABLE, SUMMARY = RUN = "problems.csv", "summary.xlsx"
"""Tables of a run that look like releases; where both stand, an earlier run wrote them."""
AHEAD = 16
"""Releases read before they are needed, so that no process waits for a store far away."""


class Source(Struct, frozen=True):
    """One file that was named."""

    position: int
    address: str
    """As it was named; of a file whose name is no text in a form that only the system understands."""

    @property
    def shown(self) -> str:
        """The address as it can be printed."""
        return cleaned(self.address)


def addresses(inputs: Iterable[str], own: frozenset[Path]) -> Iterator[str]:
    """The files that are meant, in order.

    Args:
        inputs: What the user named; '-' is a list on standard input that names files, one a line.
        own: Files and folders that the run itself writes. No folder or pattern means them, nor built workbooks.

    Raises:
        ReleaseError: a store cannot be reached, or a pattern or folder names no file.
    """
    for named in inputs:
        if named == LIST:
            if isinstance(sys.stdin, TextIOWrapper):
                sys.stdin.reconfigure(errors="surrogateescape")  # a name may be any bytes
            yield from (line for line in map(str.strip, sys.stdin) if line)
            continue
        count = 0
        for count, address in enumerate(_remote(named) if is_url(named) else _local(named, own), 1):  # noqa: B007
            yield address
        if not count:
            raise ReleaseError(f"{named}: there is no release in it.")


def is_url(address: str) -> bool:
    """Whether an address is of a store and not of this machine's files."""
    return "://" in address


def _local(named: str, own: frozenset[Path]) -> Iterator[str]:
    if os.path.isdir(named):  # noqa: PTH112
        yield from _walk(named, own)
    elif glob.has_magic(named) and not os.path.exists(named):  # noqa: PTH110
        found = (path for path in sorted(glob.glob(named, recursive=True)) if os.path.isfile(path))  # noqa: PTH113, PTH207
        yield from (path for path in found if not _is_output(path, own))
    else:
        yield named


def _walk(folder: str, own: frozenset[Path]) -> Iterator[str]:
    """The releases of a folder and the folders in it, by name."""
    for place, folders, files in os.walk(folder):
        inner = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in inner if not _is_own(str(Path(place, name)), own)]
        for path in (Path(place, name) for name in sorted(files)):
            wanted = path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
            if wanted and not _is_output(str(path), own):
                yield str(path)


def _is_own(path: str, own: frozenset[Path]) -> bool:
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100  (does not ask the disk)
    whole = _resolved(folder) / name
    return not own.isdisjoint((whole, *whole.parents))


def _is_output(path: str, own: frozenset[Path]) -> bool:
    """Whether this run writes the file, or an earlier run or build wrote it."""
    return _is_own(path, own) or _is_earlier(path, lambda one: Path(one).open("rb"), os.path.isfile)


def _is_earlier(path: str, opened: Callable[[str], BinaryIO], is_file: Callable[[str], bool]) -> bool:
    name = os.path.basename(path)  # noqa: PTH119  (of a store too)
    if name in RUN and all(is_file(path.removesuffix(name) + each) for each in RUN):
        return True
    if not name.lower().endswith(".xlsx") or not is_file(path):
        return False
    with suppress(OSError), opened(path) as file:  # whoever reads the release tells it
        return is_built(file)
    return False


@lru_cache
def _resolved(folder: str) -> Path:
    """The real place of a folder; to ask the disk for that of each file would take longer than to list them."""
    return Path(folder).resolve()


def _remote(named: str) -> Iterator[str]:
    if named.startswith(("http:", "https:")):  # a page with links would be a folder, and its query a pattern
        yield named
        return
    from fsspec.core import url_to_fs  # noqa: PLC0415  (only for URLs)

    try:
        store, path = url_to_fs(named)
        if glob.has_magic(path):
            meant = sorted(store.glob(path))
        elif store.isdir(path):
            meant = [one for one in sorted(store.find(path)) if PurePosixPath(one).suffix.lower() in SUFFIXES]
        else:
            meant = None
        found = meant and [one for one in meant if not _is_earlier(one, store.open, store.isfile)]
    except Exception as error:  # each store has errors of its own
        raise ReleaseError(f"{named}: {_reason(error)}") from error
    yield from [named] if found is None else map(store.unstrip_protocol, found)


def loaded(address: str, most: int) -> Release:
    """The release at an address, of so many bytes at most.

    Raises:
        ReleaseError: it cannot be read.
    """
    try:
        if not is_url(address):
            return Release(cleaned(Path(address).name), content_of(Path(address), most))
        import fsspec  # noqa: PLC0415  (only for URLs)

        with fsspec.open(address, "rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise ReleaseError(f"{address}: it has more than {most:,} bytes; --max-bytes raises it.")  # noqa: TRY301
        return Release(cleaned(PurePosixPath(urlsplit(address).path).name) or address, data)
    except ReleaseError:
        raise
    except FileNotFoundError:
        raise ReleaseError(f"{address}: there is no such file.") from None
    except Exception as error:  # each store has errors of its own
        raise ReleaseError(f"{address}: {_reason(error)}") from error


def read_ahead(sources: Iterable[Source], most: int) -> Iterator[tuple[Source, Release | ReleaseError]]:
    """The releases in order, some of them read before they are asked for; those that cannot be read as errors."""
    sources = iter(sources)
    with ThreadPoolExecutor(AHEAD) as readers:
        waiting: deque[tuple[Source, Future[Release | ReleaseError]]] = deque()
        try:
            while True:
                for source in islice(sources, AHEAD - len(waiting)):
                    waiting.append((source, readers.submit(_loaded_or_error, source.address, most)))
                if not waiting:
                    return
                source, reading = waiting.popleft()
                yield source, reading.result()
        finally:
            readers.shutdown(wait=False, cancel_futures=True)


def _loaded_or_error(address: str, most: int) -> Release | ReleaseError:
    try:
        return loaded(address, most)
    except ReleaseError as error:
        return error


def _reason(error: Exception) -> str:
    return f"it cannot be read ({getattr(error, 'strerror', None) or str(error) or type(error).__name__})."
