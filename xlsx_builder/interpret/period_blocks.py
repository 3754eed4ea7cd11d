"""Columns of bare years, and headings among the lines that tell which part of them: each begins a statement."""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.interpret.panels import Panel, holds_figures
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import TIME_LINE
from xlsx_builder.model.document import Row


def in_blocks(panel: Panel) -> tuple[Panel, ...]:
    """A panel, parted before each heading such as 'Three months ended June 30:' where years stand over the columns."""
    starts = [place for place, row in enumerate(panel.body) if tells_part(row)] if names_years(panel.header) else []
    if not starts:
        return (panel,)
    ends = [*starts, len(panel.body)]
    made = [replace(panel, body=panel.body[: starts[0]])]
    for start, end in zip(starts, ends[1:], strict=True):
        row = panel.body[start]
        titles = (*panel.titles, replace(row, label=row.label.rstrip(" :")))
        made.append(replace(panel, titles=titles, body=panel.body[start:end], again=False))
    return tuple(part for part in made if any(map(holds_figures, part.body)))


def names_years(header: tuple[Row, ...]) -> bool:
    """Whether column headings name years, and nothing else of time."""
    found = times(" ".join(cell.text for row in header for cell in row.cells))
    beside = any(times(row.label) for row in header)
    return len(found.years) > 1 and not (found.lengths or found.days or found.quarter or found.to_date or beside)


def tells_part(row: Row) -> bool:
    """Whether a heading is a length or a day of no year."""
    found = times(row.label)
    told = bool(found.lengths or found.quarter or found.days) and not found.years
    return told and not row.cells and not any(day.year for day in found.days) and bool(TIME_LINE.match(row.label))
