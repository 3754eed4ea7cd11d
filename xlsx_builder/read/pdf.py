"""PDF -> lines and blocks: each page is set as plain text, everything in its place, and read as such.

pypdfium2 (Apache-2.0 or BSD-3-Clause, wheels for all systems) reads the characters. On five releases of 4 to 16
pages it took 0.07 to 0.35 s each where pdfplumber (MIT, over pdfminer) took 1.3 to 8 s, and its boxes are as good.
"""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.model.document import Block, Paragraph, Row, SourceLine, Table
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read.pdf_page import SetLine, set_page
from xlsx_builder.read.pdf_points import with_points
from xlsx_builder.read.pdf_prose import in_order
from xlsx_builder.read.pdf_words import characters_of, lines_of, strokes_of, turns_of
from xlsx_builder.read.text import Reading, read_text

PAGE_END = "\f"


def read_pdf(data: bytes) -> Reading:
    """The source lines, with their pages, and blocks of a PDF.

    Args:
        data: The file.

    Returns:
        Its lines without the empty and ruled ones, and the blocks that cite them.

    Raises:
        ReleaseError: The file is locked or damaged, or holds pictures of text only.
    """
    pages = _pages(data)
    if not any(pages):
        raise ReleaseError("The PDF holds no text, only pictures of it; a version with text is needed.")
    source = [(line, number) for number, page in enumerate(pages, 1) for line in [*page, SetLine(PAGE_END)]]
    return _renumbered(read_text("\n".join(line.text for line, _ in source)), source)


def _pages(data: bytes) -> list[list[SetLine]]:
    """Every page as plain text."""
    import pypdfium2  # noqa: PLC0415 (heavy)

    try:
        with pypdfium2.PdfDocument(data) as document:
            turns = [turns_of(page) for page in document]
            lines = with_points(
                [in_order(lines_of(characters_of(page, turn))) for page, turn in zip(document, turns, strict=True)]
            )
            strokes = [strokes_of(page, turn) for page, turn in zip(document, turns, strict=True)]
    except pypdfium2.PdfiumError:
        raise ReleaseError("The PDF cannot be opened: it is damaged or locked with a password.") from None
    return [set_page(page, drawn) for page, drawn in zip(lines, strokes, strict=True)]


def _renumbered(reading: Reading, source: list[tuple[SetLine, int]]) -> Reading:
    """Lines counted without those that hold no words, as printed, and known by their page."""
    numbers: list[int] = [0]
    kept: list[SourceLine] = []
    for line, page in source:
        if line.printed:
            kept.append(SourceLine(len(kept) + 1, line.printed, page))
        numbers.append(max(len(kept), 1))
    return tuple(kept), tuple(_moved(block, numbers, source) for block in reading[1])


def _moved(block: Block, numbers: list[int], source: list[tuple[SetLine, int]]) -> Block:
    """A block that cites the new numbers and knows what is bold."""

    def paragraph(old: Paragraph) -> Paragraph:
        return replace(old, line=numbers[old.line], bold=source[old.line - 1][0].bold)

    def row(old: Row) -> Row:
        return replace(old, line=numbers[old.line], bold=source[old.line - 1][0].bold)

    if isinstance(block, Paragraph):
        return paragraph(block)
    return Table(
        line=numbers[block.line],
        caption=tuple(paragraph(title) for title in block.caption),
        header=tuple(row(old) for old in block.header),
        body=tuple(row(old) for old in block.body),
        columns=block.columns,
        page=source[block.line - 1][1],
    )
