"""A reading as text: one line for each paragraph, title and row, so that expected readings can be read."""

from __future__ import annotations

from xlsx_builder.model.document import Block, Cell, Paragraph, Row, Rule, SourceLine


def shown(reading: tuple[tuple[SourceLine, ...], tuple[Block, ...]]) -> str:
    """All blocks; indents as ranks inside each table, so that units do not matter."""
    return "\n".join(line for block in reading[1] for line in _block(block))


def _block(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [f"paragraph: {' / '.join(block.lines)}"]
    indents = sorted({row.indent for row in block.body if row.label})
    return [
        f"table of {block.columns}",
        *(f"  title: {title.text}" for title in block.caption),
        *(f"  head: {_row(row)}" for row in block.header),
        *(f"  {'> ' * (indents.index(row.indent) if row.label else 0)}{_row(row)}" for row in block.body),
    ]


def _row(row: Row) -> str:
    cells = "".join(f" | {_place(cell)} {cell.text}" for cell in row.cells)
    rules = "".join(
        f" ({rule.value} {side})"
        for rule, side in ((row.rule_above, "above"), (row.rule_below, "below"))
        if rule is not Rule.NONE
    )
    return f"{row.label}{cells}{rules}".strip()


def _place(cell: Cell) -> str:
    return f"{cell.first}" if cell.first == cell.last else f"{cell.first}-{cell.last}"
