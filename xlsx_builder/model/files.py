"""A file's bytes read, or written whole or not at all; else the sentence that says why not."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlsx_builder.model.limits import LIMITS, hold
from xlsx_builder.model.problem import ReleaseError

OUTPUT = Path("output")
"""Where workbooks go when nobody says otherwise."""


def content_of(path: Path, most: int = LIMITS.bytes) -> bytes:
    """The content of a file.

    Args:
        path: The file, or a link to it; a device or a pipe might never end.
        most: Bytes that it may have.

    Raises:
        ReleaseError: there is no such file, it cannot be read, or it is too large.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ReleaseError("it is a folder, not a file.")  # noqa: TRY301  (one place names the file)
        if not stat.S_ISREG(found.st_mode):
            raise ReleaseError("it is a device or a pipe, not a file.")  # noqa: TRY301
        hold("bytes", found.st_size, most)
        content = path.read_bytes()
        hold("bytes", len(content), most)
    except ReleaseError as error:
        raise ReleaseError(f"{path}: {error}") from None
    except FileNotFoundError:
        raise ReleaseError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise ReleaseError(f"{path}: it cannot be read ({error.strerror or error}).") from error
    except ValueError:
        raise ReleaseError(f"{path}: no file can have such a name.") from None
    return content


Guard = Callable[[Path], None]


def write_whole(path: Path, content: bytes, *, make_folder: bool = False, guard: Guard | None = None) -> None:
    """Write a file; one that stands there is replaced only by the complete new one.

    Args:
        path: The file, or a link to it, which stays a link.
        content: All of it.
        make_folder: Create the folder where it is missing.
        guard: Raises where the file that stands there must not go.

    Raises:
        ReleaseError: it cannot be written.
    """
    with _told(path):
        target = path.resolve()
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        hold_place(path)
        if guard is not None and target.exists():
            guard(target)
        _swap(target, content)


def hold_place(path: Path, *others: Path | None) -> None:
    """Make sure that a file can stand where the path leads, and that it replaces none of the others.

    Args:
        path: The file to write.
        others: What is read, or written too.

    Raises:
        ReleaseError: its folder is missing, something stands there that is no file, or it is one of the others.
    """
    with _told(path):
        if path.is_dir():
            raise ReleaseError(f"{path}: it is a folder; name the file to write.")
        if not path.parent.is_dir():
            raise ReleaseError(f"{path}: the folder {path.parent} does not exist.")
        if path.exists() and not path.is_file():
            raise ReleaseError(f"{path}: it is a device or a pipe; name the file to write.")
        with suppress(FileNotFoundError):
            path.stat()  # tells of links that lead in a circle
        if any(other is not None and _is_same(path, other) for other in others):
            raise ReleaseError(f"{path}: it is the file of something else; name another one to write.")


def hold_suffix(path: Path, suffix: str) -> None:
    """Make sure that Excel, which goes by names too, will open a workbook.

    Raises:
        ReleaseError: its name has another ending.
    """
    if path.suffix.lower() != suffix:
        raise ReleaseError(f"{path}: Excel opens such a workbook only where its name ends in {suffix}.")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same file, which need not be there."""
    try:
        return one.samefile(other)  # knows links, and letters that a file system takes for the same
    except (OSError, ValueError):
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())


def _swap(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=".partial", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)  # a full disk or a failing one shall say so now
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


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against writing a file, as one sentence.

    Raises:
        ReleaseError: in the place of its exceptions.
    """
    try:
        yield
    except OSError as error:
        raise ReleaseError(_sentence(path, error)) from error
    except (ValueError, RuntimeError):  # a name with a null character; links that lead in a circle
        raise ReleaseError(f"{path}: no file can have such a name.") from None


def _sentence(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError) and sys.platform == "win32" and path.exists():
        return f"{path}: it cannot be replaced while another program has it open; close it in Excel and try again."
    return f"{path}: it cannot be written ({error.strerror or error})."
