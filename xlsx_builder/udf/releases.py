"""Releases read for functions: each file once, and again when it changes on disk."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.request import url2pathname

from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.pipeline import Model, extract
from xlsx_builder.udf.values import Argument, NotFoundError, WrongValueError, text

KEPT = 32
"""Releases held in memory; more than anybody has open side by side."""


def release_of(source: Argument) -> Model:
    """The model of the release at a path, read anew only where the file's time or size is another.

    Raises:
        UdfError: there is no such file, or it cannot be read as a release.
    """
    path = path_of(source)
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise NotFoundError(f"there is no file {path}.") from None
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(KEPT)
def _read(path: Path, _time: int, _size: int) -> Model:
    try:
        return extract(path)
    except ReleaseError as error:
        raise NotFoundError(str(error)) from None


def path_of(source: Argument) -> Path:
    """The file that a cell names, as a path, in quotes as Windows copies it, or as a file link."""
    written = text(source, "source").strip('"')
    if not written:
        raise WrongValueError("source must be the path of a release.")
    if written.lower().startswith("file:"):
        return Path(url2pathname(written[len("file:") :]))
    return Path(os.path.expanduser(written))  # noqa: PTH111  (the method raises where there is no such user)
