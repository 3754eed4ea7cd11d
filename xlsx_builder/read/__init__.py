"""Bytes -> Document: the format is told by the content, never by the file's name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from xlsx_builder.model.document import Block, Document, Paragraph, SourceLine, Table
from xlsx_builder.model.files import content_of
from xlsx_builder.model.limits import LIMITS, Limits, hold
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import Problem, ReleaseError
from xlsx_builder.read.delimiters import possible, sampled
from xlsx_builder.read.encodings import decode
from xlsx_builder.read.submission import is_submission, read_submission
from xlsx_builder.read.text import Reading, read_text
from xlsx_builder.read.widest import widest

_HTML = regex(r"<(?:!doctype\s+html|html|body|tr|td|div|span|br|p|pre|font|h[1-6])[\s/>]", re.IGNORECASE)
"""Tags of HTML; <TABLE>, <CAPTION> and <S> alone are the SGML of plain text filings."""
_GAP = regex(r"[^,\s] {2,}[-$(]*\s*\d|\d,\d{3}\)? [-$(]*\d{1,3},\d{3}\)?$")
"""A figure with empty space before it, as columns set with spaces have it, or two that one space sets apart."""
HEAD = 200_000
"""Characters in which a format shows itself."""
PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How the files begin that are no text; OLE is the form of old Word and Excel files."""
WORKBOOK = b"xl/workbook.xml"
"""Name of a part that every .xlsx file has."""


def read(path: Path, limits: Limits = LIMITS) -> tuple[Document, tuple[Problem, ...]]:
    """Read a release from a file.

    Args:
        path: The file.
        limits: How large it may be.

    Returns:
        The document, and what went wrong in reading it.

    Raises:
        ReleaseError: The file is missing, empty, too large, or of no kind that can be read.
    """
    return read_bytes(content_of(path, limits.bytes), path.name, limits)


def read_bytes(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[Document, tuple[Problem, ...]]:
    """Read a release from bytes; as `read`."""
    if not data.strip():
        raise ReleaseError(f"{name} is empty.")
    try:
        kind, (lines, blocks) = _reading(data, limits)
        _hold_all(lines, blocks, limits)
    except ReleaseError as error:
        raise ReleaseError(f"{name}: {error}") from None
    source = name.encode("utf-8", "replace").decode()  # a name on the disk may be no text
    return Document(source, hashlib.sha256(data).hexdigest(), kind, lines, blocks), ()


def _hold_all(lines: tuple[SourceLine, ...], blocks: tuple[Block, ...], limits: Limits) -> None:
    """Make sure that what was read is within the limits."""
    tables = [block for block in blocks if isinstance(block, Table)]
    captions = (paragraph for table in tables for paragraph in table.caption)
    paragraphs = (*captions, *(block for block in blocks if isinstance(block, Paragraph)))
    hold("lines", len(lines), limits.lines)
    hold("tables", len(tables), limits.tables)
    hold("columns", max((table.columns for table in tables), default=0), limits.columns)
    hold("characters", max((len(line.text) for line in lines), default=0), limits.characters, " in one line")
    longest = max((sum(map(len, paragraph.lines)) for paragraph in paragraphs), default=0)
    hold("characters", longest, limits.characters, " in one paragraph")


def _reading(data: bytes, limits: Limits) -> tuple[str, Reading]:
    """Format and reading of a file that is not empty."""
    if PDF in data[:1024]:
        return "pdf", _read_pdf(data)
    if data.startswith(ZIP) and WORKBOOK in data:
        return "xlsx", _read_xlsx(data, limits)
    text = None if data.startswith((ZIP, OLE)) else decode(data)
    if text is None:
        raise ReleaseError("this is no text, HTML, PDF or .xlsx file; save the release as one of these.")
    if not text.strip():
        raise ReleaseError("the file holds nothing but white space.")
    hold("columns", widest(text, limits.columns), limits.columns)
    return _read_words(text, limits)


def _read_words(text: str, limits: Limits) -> tuple[str, Reading]:
    """Format and reading of a text."""
    if is_submission(text):
        return "submission", read_submission(text, is_html, _read_html)
    if is_html(text):
        return "html", _read_html(text)
    hold("lines", text.rstrip("\n").count("\n") + 1, limits.lines)
    return _read_plain(text)


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than plain text."""
    return bool(_HTML.search(text[:HEAD]))


def is_aligned(text: str) -> bool:
    """Whether wide gaps set the figures of a text apart, so that its commas stand inside them."""
    return sum(bool(_GAP.search(line)) for line in text[:HEAD].splitlines()) > 2


def _read_html(text: str) -> Reading:
    """HTML, its reader loaded only when there is some."""
    from xlsx_builder.read.html import read_html  # noqa: PLC0415 (lxml is slow to load)

    return read_html(text)


def _read_plain(text: str) -> tuple[str, Reading]:
    """Format and reading of a text without tags."""
    in_figures = {","} if is_aligned(text) else set[str]()
    if "|" not in text and in_figures.issuperset(possible(sampled(text))):
        return "text", read_text(text)
    from xlsx_builder.read import table_text  # noqa: PLC0415 (knows the grids of HTML)

    if table_text.is_markdown(text):
        return "markdown", table_text.read_markdown(text)
    delimiter = table_text.delimiter_of(text)
    if delimiter and delimiter not in in_figures:
        return "csv", table_text.read_delimited(text, delimiter)
    return "text", read_text(text)


def _read_pdf(data: bytes) -> Reading:
    """PDF, its reader loaded only when there is one."""
    from xlsx_builder.read.pdf import read_pdf  # noqa: PLC0415 (heavy)

    return read_pdf(data)


def _read_xlsx(data: bytes, limits: Limits) -> Reading:
    """A workbook, its reader loaded only when there is one."""
    from xlsx_builder.read.xlsx import read_xlsx  # noqa: PLC0415 (openpyxl is slow to load)

    return read_xlsx(data, limits)
