"""Bytes -> text: byte order marks, declared and guessed encodings, odd spaces and invisible characters."""

from __future__ import annotations

import codecs
import re

from xlsx_builder.model.patterns import regex

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer before the shorter that they begin with."""
DECLARED = regex(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page declares its encoding."""
LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252"})
"""Browsers take all of these for Windows-1252."""
WIDE_SHARE = 0.3
"""In UTF-16 without a mark, at least so many of the bytes of Western text are zero."""
BINARY_SHARE = 0.05
"""Of control characters; a text has hardly any."""
_SPACES = dict.fromkeys(map(ord, "\u2007\u2008\u200a\u202f\u205f"), "\u00a0")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\uff0d\ufe63"), "-")
_CLEAN = _SPACES | _INVISIBLE | _HYPHENS
_CONTROLS = regex(r"[\x00-\x08\x0e-\x1b]")


def decode(data: bytes) -> str | None:
    """Text of bytes; None where they are no text.

    Args:
        data: A file's content.

    Returns:
        The text with one kind of hyphen and of hard space, and without invisible characters.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"))
    wide = _wide(data)
    text = data.decode(wide, "replace") if wide else _narrow(data)
    controls = len(_CONTROLS.findall(text[:HEAD]))
    return None if controls > BINARY_SHARE * min(len(text), HEAD) else clean(text)


def clean(text: str) -> str:
    """Text with one kind of hyphen and of hard space, and without invisible characters."""
    return text.translate(_CLEAN)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of Western letters."""
    head = data[:HEAD]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if head and zeros.count(0) > WIDE_SHARE * len(head) and head.count(0) < len(head) * 0.6:
            return encoding
    return None


def _narrow(data: bytes) -> str:
    """UTF-8 where it is valid; else what the page declares; else Windows-1252, UTF-8 where single parts are."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(data[:HEAD])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name and name not in LATIN and name not in ("utf-8", "utf8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return data.decode("utf-8", _FALLBACK) if _mostly_utf8(data) else data.decode("cp1252", _FALLBACK)


def _mostly_utf8(data: bytes) -> bool:
    """Whether characters of several bytes that are valid outnumber the bytes that are not."""
    valid = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    high = len(re.findall(rb"[\x80-\xff]", data))
    return 4 * valid > high


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that do not fit as Windows-1252, and those it leaves undefined as Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in wrong), error.end


_FALLBACK = "xlsx_builder.one_byte"
codecs.register_error(_FALLBACK, _one_byte)
