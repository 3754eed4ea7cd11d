"""Prose and titles: lines of text that stand together."""

from __future__ import annotations

from collections.abc import Sequence

from xlsx_builder.model.document import Paragraph
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.lines import Kind, Line

_BULLET = regex(r"\s*(?:[-*\N{BULLET}\N{MIDDLE DOT}]|\(?\d{1,2}[.)]|\([a-z]\)|o)\s+\S")
CENTRED = 10
"""Spaces before a line that is set in from the margin on purpose."""
PAGE_WIDTH = 70
"""Characters of a line on a page of plain text."""


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of lines that are no table: an empty line, a rule, a page end or a bullet parts them."""
    groups: list[list[Line]] = []
    fresh = True
    for line in lines:
        if line.kind not in (Kind.TEXT, Kind.ROW):
            fresh = True
            continue
        joined = groups and groups[-1][-1].number == line.number
        if fresh or (_BULLET.match(line.text) and not joined):
            groups.append([])
        groups[-1].append(line)
        fresh = False
    return [_paragraph(group) for group in groups]


def captions(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The title lines above a table, each by itself, wrapped ones together."""
    groups: list[list[Line]] = []
    fresh = True
    for line in lines:
        if line.kind is not Kind.TEXT:
            fresh = True
            continue
        if not fresh and _wraps(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
        fresh = False
    return tuple(_paragraph(group) for group in groups)


def _wraps(group: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with the title begun on the lines before."""
    before = " ".join(other.text for other in group)
    if before.count("(") > before.count(")"):
        return True
    first = line.text.split()[0]
    if first.startswith("("):
        return False
    last = group[-1].text.split()[-1].lower()
    if first[0].islower() or last in ("and", "of", "the", "to", "for", "in", "&", "from", "with"):
        return True
    full = len(group[-1].text) + 1 + len(first) > PAGE_WIDTH
    return full and group[0].indent <= line.indent <= group[0].indent + 2 < CENTRED


def _paragraph(group: Sequence[Line]) -> Paragraph:
    """Lines of one paragraph; parts of a joined line become one again."""
    texts: dict[int, str] = {}
    for line in group:
        texts[line.number] = f"{texts[line.number]} {line.text.strip()}" if line.number in texts else line.text
    centred = all(line.indent >= CENTRED for line in group)
    return Paragraph(group[0].number, tuple(text.strip() for text in texts.values()), centred=centred)
