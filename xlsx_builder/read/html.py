"""HTML -> lines and blocks, in one pass over its tags."""

from __future__ import annotations

from xlsx_builder.read.assemble import assemble
from xlsx_builder.read.flow import Item, TextLine
from xlsx_builder.read.html_events import PageReader
from xlsx_builder.read.html_grid import finish_table
from xlsx_builder.read.html_text import Line
from xlsx_builder.read.text import Reading


def read_html(text: str) -> Reading:
    """The source lines and blocks of a page of HTML."""
    return assemble(items_of(text))


def items_of(text: str) -> list[Item]:
    """Text and tables of a page in reading order."""
    from lxml import etree  # noqa: PLC0415 (heavy)

    page = PageReader(finish_table)
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)  # type: ignore[arg-type] # stubs say bytes
    etree.fromstring(text.replace("\0", "").encode("utf-8", "ignore") or b" ", parser)
    return [
        TextLine(item.text, item.block, item.bold, item.centred) if isinstance(item, Line) else item
        for item in page.items
    ]
