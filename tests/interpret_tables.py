"""Tables drawn as text in the tests, as the readers would hand them over."""

from __future__ import annotations

import re

from xlsx_builder.model.document import Block, Cell, Document, Paragraph, Row, Rule, SourceLine, Table

GAP = re.compile(r"\s{2,}")


def row(text: str, line: int, columns: int, *, gap: bool = False) -> Row:
    """A line of a drawing: label, then cells two blanks apart; '.' is an empty cell, '^' begins a span of all."""
    indent = len(text) - len(text.lstrip())
    parts = GAP.split(text.strip())
    label = "" if parts[0].startswith("|") else parts.pop(0)
    texts = [part.lstrip("|") for part in parts]
    if len(texts) == 1 and texts[0].startswith("^"):
        return Row(line, label, indent, (Cell(texts[0][1:], 1, columns),), gap_above=gap)
    if any(part.startswith("^") for part in texts):
        width = columns // len(texts)
        spans = tuple(Cell(t.lstrip("^"), 1 + i * width, (i + 1) * width) for i, t in enumerate(texts))
        return Row(line, label, indent, spans, gap_above=gap)
    cells = tuple(Cell(t, i, i) for i, t in enumerate(texts, start=1) if t != ".")
    return Row(line, label, indent, cells, gap_above=gap)


def table(drawing: str, *, caption: tuple[str, ...] = (), columns: int = 2, header: int = 0, start: int = 1) -> Table:
    """A table from a drawing: its first `header` rows are column headings; a ruler is a rule below the row above."""
    rows: list[Row] = []
    gap = False
    for number, text in enumerate(drawing.strip("\n").split("\n"), start=start):
        if not text.strip():
            gap = True
        elif re.fullmatch(r"[\s=-]+", text) and rows:
            last = rows.pop()
            rule = Rule.DOUBLE if "=" in text else Rule.SINGLE
            rows.append(Row(last.line, last.label, last.indent, last.cells, last.rule_above, rule, last.gap_above))
        else:
            rows.append(row(text, number, columns, gap=gap))
            gap = False
    titles = tuple(Paragraph(start, (text,)) for text in caption)
    return Table(start, titles, tuple(rows[:header]), tuple(rows[header:]), columns)


def document(*blocks: Block) -> Document:
    """A document of blocks; its source lines are not looked at."""
    texts = [line for block in blocks if isinstance(block, Paragraph) for line in block.lines]
    lines = tuple(SourceLine(number, text) for number, text in enumerate(texts, start=1))
    return Document("drawn.txt", "", "text", lines, blocks)
