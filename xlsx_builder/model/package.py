"""An .xlsx file as bytes: what marks it as ours, when it is safe to open, and how it is made the same every time."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError

MARK = "xlsx_builder content"
"""Document property of a built workbook: the digest of the sheets, formulas and constants that it was built with."""
PROPERTIES = "docProps/custom.xml"
"""The part that holds it."""
PROPERTIES_READ = 100_000
"""Bytes of that part in which it must stand."""

MASTER = "Master_check"
"""Defined name of the cell that says OK or CHECK for the whole workbook."""

UNPACKED_LIMIT = 100_000_000
"""Bytes that the parts of a package may come to: twenty times what the largest release needs, and openpyxl takes some
fifteen times as much memory for it."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip entry can carry: a build must not depend on the clock."""

FONT = regex(rb"<font>(.*?)</font>", re.DOTALL)
PROPERTY = regex(rb"<(\w+)\b[^>]*/>")
FONT_ORDER = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u"),
    *(b"vertAlign", b"sz", b"color", b"name", b"family", b"charset", b"scheme"),
)
"""As Excel writes the properties of a font (ECMA-376, CT_Font)."""
APPLICATION = regex(rb"<Application>[^<]*</Application>")
"""openpyxl says Microsoft Excel, which would have set the rows' heights; other programs then believe they are set."""
CONTENT_TYPES = "[Content_Types].xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
"""What a package says that it is: a workbook without or with macros."""
DECLARATION = regex(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""Of entities, which may refer to other files or grow without end; no part of a workbook has any."""
UNZIPPABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What Python raises over a damaged zip file."""
CLOCK = regex(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def is_built(file: BinaryIO) -> bool:
    """Whether a file is a workbook that we built, edited or not; little of it is read."""
    try:
        with zipfile.ZipFile(file) as package, package.open(PROPERTIES) as properties:
            return MARK.encode() in properties.read(PROPERTIES_READ)
    except (KeyError, *UNZIPPABLE):
        return False


def parts(content: bytes, name: str = "") -> dict[str, bytes]:
    """The parts of a package by their names, in order.

    Args:
        content: The package.
        name: The file, as the sentence shall name it; '' where whoever catches it does.

    Raises:
        ReleaseError: it is no zip file, would fill the memory, or declares entities.
    """
    told = _beginning(name)
    strange = ReleaseError(f"{told}it is not an Excel workbook (.xlsx), or a damaged one.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(entry.file_size for entry in package.infolist())
            if size > UNPACKED_LIMIT:
                raise ReleaseError(f"{told}it would unpack to {size // 1_000_000} MB, which is no workbook to open.")
            found = {entry.filename: package.read(entry) for entry in package.infolist()}
    except UNZIPPABLE as error:
        raise strange from error
    if any(map(_declares, found.values())):
        raise ReleaseError(f"{told}it declares XML entities, which no workbook does, and is not opened.")
    return found


def _beginning(name: str) -> str:
    return f"{name}: " if name else ""


def _declares(part: bytes) -> bool:
    """Whether a part declares entities, also where it is written in characters of two bytes."""
    return DECLARATION.search(part.replace(b"\0", b"")) is not None


@contextmanager
def opening(name: str = "") -> Iterator[None]:
    """Whatever a library raises over a damaged workbook, as one sentence; its warnings are nobody's concern.

    Args:
        name: As in `parts`.

    Raises:
        ReleaseError: in the place of any other exception.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except ReleaseError:
        raise
    except Exception as error:
        raise ReleaseError(f"{_beginning(name)}it is not an Excel workbook (.xlsx) that can be read.") from error


def without_macros(content: bytes, name: str) -> bytes:
    """The workbook for programs that take none with macros; any other one as it is."""
    found = parts(content, name)
    if MACRO_TYPE not in found.get(CONTENT_TYPES, b""):
        return content
    return packed({**found, CONTENT_TYPES: found[CONTENT_TYPES].replace(MACRO_TYPE, PLAIN_TYPE)})


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, the same bytes whenever it is made: no clock in it, fonts in order."""
    buffer = io.BytesIO()
    tidied = {
        **parts,
        "docProps/core.xml": CLOCK.sub(b"", parts["docProps/core.xml"]),
        "docProps/app.xml": APPLICATION.sub(b"<Application>xlsx_builder</Application>", parts["docProps/app.xml"]),
        "xl/styles.xml": FONT.sub(_ordered, parts["xl/styles.xml"]),
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in tidied.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it tells the operating system that built it
            package.writestr(entry, data)
    return buffer.getvalue()


def _ordered(font: re.Match[bytes]) -> bytes:
    properties = sorted(PROPERTY.finditer(font[1]), key=lambda found: FONT_ORDER.index(found[1]))
    return b"<font>" + b"".join(found[0] for found in properties) + b"</font>"
