"""A full SGML submission: its documents, and those of them that are the release."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.document import Block, Paragraph, SourceLine, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.text import Reading, read_text

_DOCUMENT = regex(
    r"^<DOCUMENT>[ \t]*\r?$(?P<head>.*?)^<TEXT>(?P<text>.*?)(?:^</TEXT>|^</DOCUMENT>|\Z)", re.MULTILINE | re.DOTALL
)
_TYPE = regex(r"^<TYPE>[ \t]*(?P<type>\S+)", re.MULTILINE)
_RELEASE = regex(r"EX-99", re.IGNORECASE)
_SKIPPED = regex(r"(?:GRAPHIC|ZIP|EXCEL|XML|COVER|EX-10[01])", re.IGNORECASE)
_NO_TEXT = regex(r"\s*(?:begin \d{3} \S+|<PDF>|<XBRL>|<\?xml(?!.{0,400}<html)|<XML>)", re.IGNORECASE | re.DOTALL)


class Part(Struct, frozen=True):
    """One document of a submission."""

    type: str
    """'8-K', 'EX-99.1' …"""
    text: str
    line: int
    """Number in the whole file of its first line."""


def is_submission(text: str) -> bool:
    """Whether a text is a submission, or one document of it, with its SGML around it."""
    return bool(_DOCUMENT.search(text[:200_000])) or "<SEC-DOCUMENT>" in text[:4_000]


def parts_of(text: str) -> tuple[Part, ...]:
    """The documents of a submission that hold words, in order."""
    found = []
    for match in _DOCUMENT.finditer(text):
        named = _TYPE.search(match["head"])
        kind = named["type"] if named else ""
        if not (_SKIPPED.match(kind) or _NO_TEXT.match(match["text"])):
            found.append(Part(kind, match["text"], text.count("\n", 0, match.start("text")) + 1))
    return tuple(found)


def read_submission(text: str, is_html: Callable[[str], bool], read_html: Callable[[str], Reading]) -> Reading:
    """The release exhibits of a submission as one reading.

    Args:
        text: The submission.
        is_html: What tells HTML from plain text.
        read_html: What reads it.

    Returns:
        Lines with their numbers in the file where all exhibits are plain text, counted up otherwise.
    """
    parts = parts_of(text)
    exhibits = [part for part in parts if _RELEASE.match(part.type)]
    hyper = {part: is_html(part.text) for part in parts}

    def read(part: Part, first: int) -> Reading:
        return shifted(read_html(part.text), first - 1) if hyper[part] else read_text(part.text, first)

    def together(chosen: list[Part]) -> Reading:
        counted = any(hyper[part] for part in chosen)
        lines: tuple[SourceLine, ...] = ()
        blocks: tuple[Block, ...] = ()
        for part in chosen:
            first = (lines[-1].number if lines else 0) + 1 if counted else part.line
            more_lines, more_blocks = read(part, first)
            lines, blocks = lines + more_lines, blocks + more_blocks
        return lines, blocks

    reading = together(exhibits)
    if any(isinstance(block, Table) for block in reading[1]):
        return reading
    whole = together(list(parts))
    return whole if any(isinstance(block, Table) for block in whole[1]) or not exhibits else reading


def shifted(reading: Reading, by: int) -> Reading:
    """A reading whose line numbers begin later."""
    lines, blocks = reading
    return tuple(replace(line, number=line.number + by) for line in lines), tuple(
        _shifted(block, by) for block in blocks
    )


def _shifted(block: Block, by: int) -> Block:
    """One block with later line numbers."""
    if isinstance(block, Paragraph):
        return replace(block, line=block.line + by)
    return replace(
        block,
        line=block.line + by,
        caption=tuple(replace(paragraph, line=paragraph.line + by) for paragraph in block.caption),
        header=tuple(replace(row, line=row.line + by) for row in block.header),
        body=tuple(replace(row, line=row.line + by) for row in block.body),
    )
