"""Bytes -> Document: the format is told by the content, never by the file's name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from xlsx_builder.model.document import Document
from xlsx_builder.model.problem import Problem, ReleaseError
from xlsx_builder.read.submission import Reading, is_submission, read_submission
from xlsx_builder.read.text import read_text

_HTML = re.compile(r"<(?:!doctype\s+html|html|body|tr|td|div|span|br|p|pre|font|h[1-6])[\s/>]", re.IGNORECASE)
"""Tags of HTML; <TABLE>, <CAPTION> and <S> alone are the SGML of plain text filings."""
HEAD = 200_000
"""Characters in which a format shows itself."""


def read(path: Path) -> tuple[Document, tuple[Problem, ...]]:
    """Read a release from a file.

    Args:
        path: The file.

    Returns:
        The document, and what went wrong in reading it.

    Raises:
        ReleaseError: The file is missing, empty, or of no kind that can be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReleaseError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise ReleaseError(f"{path} is a folder, not a release.") from None
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read: {error.strerror}.") from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a release from bytes; as `read`."""
    if not data.strip():
        raise ReleaseError(f"{name} is empty.")
    digest = hashlib.sha256(data).hexdigest()
    text = _decoded(data, name)
    kind, (lines, blocks) = _read_words(text)
    return Document(name, digest, kind, lines, blocks), ()


def _decoded(data: bytes, name: str) -> str:
    """Bytes of a text as text."""
    if b"\0" in data:
        raise ReleaseError(f"{name} is not a text, HTML, PDF or spreadsheet file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _read_words(text: str) -> tuple[str, Reading]:
    """Format and reading of a text."""
    if is_submission(text):
        return "submission", read_submission(text, (is_html, _read_html, read_text))
    if is_html(text):
        return "html", _read_html(text)
    return "text", read_text(text)


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than plain text."""
    return bool(_HTML.search(text[:HEAD]))


def _read_html(text: str) -> Reading:
    """HTML, its reader loaded only when there is some."""
    from xlsx_builder.read.html import read_html  # noqa: PLC0415 (lxml is slow to load)

    return read_html(text)
