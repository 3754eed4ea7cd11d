"""Put a finished file in its place whole or not at all, and never over an analyst's own work."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.write.fingerprint import recorded_and_present


def replace(path: Path, content: bytes, *, force: bool, make_folder: bool) -> None:
    """Write the file, replacing one that we built and nobody edited since.

    Args:
        path: The file.
        content: All of it.
        force: Replace whatever stands there.
        make_folder: Create the folder where it is missing.

    Raises:
        ReleaseError: the file cannot be written, or it holds somebody's work.
    """
    try:
        target = path.resolve()
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise ReleaseError(f"{path}: it is a folder; name the workbook to write.")
        if not target.parent.is_dir():
            raise ReleaseError(f"{path}: the folder {path.parent} does not exist.")
        if target.exists() and not force:
            refuse_foreign(path, target.read_bytes(), content)
        _swap(target, content)
    except OSError as error:
        raise ReleaseError(_sentence(path, error)) from error


def refuse_foreign(path: Path, present: bytes, wanted: bytes) -> None:
    """Make sure that the present file may go.

    Raises:
        ReleaseError: it was edited since it was built, or was never built by us.
    """
    if present == wanted:
        return
    found = recorded_and_present(present, path.name)
    if found is None:
        raise ReleaseError(
            f"{path}: a file that xlsx-builder did not build stands there; use --force to replace it, or another name."
        )
    recorded, now = found
    if recorded != now:
        raise ReleaseError(f"{path}: it was edited since it was built; use --force to replace it, or another name.")


def _swap(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=".partial", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        partial.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        partial.replace(target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that new files of this process go without; temporary files ignore them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sentence(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError) and sys.platform == "win32" and path.exists():
        return f"{path}: it cannot be replaced while another program has it open; close it in Excel and try again."
    return f"{path}: it cannot be written ({error.strerror or error})."
