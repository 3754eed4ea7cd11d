"""What openpyxl leaves open in the package: texts for charts, the order of the parts, and the same bytes each time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from xlsx_builder.model.package import packed, parts
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import Chart, Workbook
from xlsx_builder.write.text import cleaned

NEGATIVE_ZERO = (b"<v>-0</v>", b"<v>0</v>")
"""The engine gives either for the same rounded dust, by chance; the same workbook must be the same bytes."""
CHART_NAME = regex(rb'<(\w+:)?cNvPr id="(\d+)" name="Chart \d+"\s*/>')


def finished(content: bytes, workbook: Workbook) -> bytes:
    """The package as it goes to the reader."""
    found = parts(content)
    charts = (chart for sheet in workbook.sheets for chart in sheet.charts)
    for number in itertools.count(1):  # drawings are numbered in the order of their sheets
        name = f"xl/drawings/drawing{number}.xml"
        if name not in found:
            break
        found[name] = _described(found[name], charts)
    for name in found:
        if name.startswith("xl/worksheets/"):
            found[name] = found[name].replace(*NEGATIVE_ZERO)
    # The standard lets the table of contents stand anywhere, but readers that stream want it first.
    first = ("[Content_Types].xml", "_rels/.rels")
    return packed({name: found[name] for name in (*first, *(n for n in found if n not in first))})


def _described(drawing: bytes, charts: Iterator[Chart]) -> bytes:
    """The drawing with a name and an alternative text for each chart, in their order."""

    def described(found: re.Match[bytes]) -> bytes:
        chart = next(charts)
        title, alt = (_quoted(cleaned(" ".join(text.split()))) for text in (chart.title, chart.alt))
        prefix = (found[1] or b"").decode()
        return f'<{prefix}cNvPr id="{int(found[2]) + 1}" name={title} descr={alt}/>'.encode()

    return CHART_NAME.sub(described, drawing)


def _quoted(text: str) -> str:
    """A text as the value of an attribute; the standard library's own way to do so imports what the web needs."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return f'"{text}"'
