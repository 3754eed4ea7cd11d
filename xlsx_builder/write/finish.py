"""What openpyxl leaves open in the package: descriptions of charts, fonts in the order of the standard, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from xlsx_builder.model.package import packed, parts
from xlsx_builder.model.workbook import Chart, Workbook
from xlsx_builder.write.text import cleaned

FONT = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
PROPERTY = re.compile(rb"<(\w+)\b[^>]*/>")
FONT_ORDER = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u"),
    *(b"vertAlign", b"sz", b"color", b"name", b"family", b"charset", b"scheme"),
)
"""As Excel writes the properties of a font (ECMA-376, CT_Font)."""
CHART_NAME = re.compile(rb'<(\w+:)?cNvPr id="(\d+)" name="Chart \d+"\s*/>')


def finished(content: bytes, workbook: Workbook) -> bytes:
    """The package as it goes to the reader."""
    found = parts(content, "the workbook")
    found["xl/styles.xml"] = FONT.sub(_ordered, found["xl/styles.xml"])
    drawn = [sheet.charts for sheet in workbook.sheets if sheet.charts]
    for number, charts in enumerate(drawn, 1):
        name = f"xl/drawings/drawing{number}.xml"
        found[name] = _described(found[name], iter(charts))
    # The standard lets the table of contents stand anywhere, but readers that stream want it first.
    first = ("[Content_Types].xml", "_rels/.rels")
    return packed({name: found[name] for name in (*first, *(n for n in found if n not in first))})


def _ordered(font: re.Match[bytes]) -> bytes:
    properties = sorted(PROPERTY.finditer(font[1]), key=lambda found: FONT_ORDER.index(found[1]))
    return b"<font>" + b"".join(found[0] for found in properties) + b"</font>"


def _described(drawing: bytes, charts: Iterator[Chart]) -> bytes:
    """The drawing with a name and an alternative text for each chart, in their order."""

    def described(found: re.Match[bytes]) -> bytes:
        chart = next(charts)
        title, alt = (quoteattr(cleaned(" ".join(text.split()))) for text in (chart.title, chart.alt))
        prefix = (found[1] or b"").decode()
        return f'<{prefix}cNvPr id="{int(found[2]) + 1}" name={title} descr={alt}/>'.encode()

    return CHART_NAME.sub(described, drawing)
