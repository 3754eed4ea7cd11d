"""Headings among lines that tell the time, of columns of years, quarters or segments: each begins a statement."""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.interpret.columns import stack_over
from xlsx_builder.interpret.panels import Panel, holds_figures
from xlsx_builder.interpret.times import Times, times
from xlsx_builder.interpret.titles import TIME_LINE
from xlsx_builder.model.document import Row


def in_blocks(panel: Panel) -> tuple[Panel, ...]:
    """A panel, parted before headings: 'Three months ended June 30:' under years, 'Fiscal 1997' under quarters."""
    last = max((cell.last for row in panel.header for cell in row.cells), default=0)
    over = times(" ".join(text for number in range(1, last + 1) for text in stack_over(panel.header, number)))
    tells = next((tells for named, tells in TELLERS if named(panel.header, over)), None)
    starts = [place for place, row in enumerate(panel.body) if tells and tells(row)]
    if len(starts) < (2 if tells is tells_period else 1):
        return (panel,)
    ends = [*starts, len(panel.body)]
    lead = panel.body[: starts[0]]
    beside = tuple(replace(row, cells=()) for row in panel.header if row.label)
    over_all = (*beside, *(() if any(map(holds_figures, lead)) else lead))  # '(in thousands)'
    made = [replace(panel, body=lead)]
    for start, end in zip(starts, ends[1:], strict=True):
        row = panel.body[start]
        titles = (*panel.titles, *over_all, replace(row, label=row.label.rstrip(" :")))
        header = tuple(replace(row, label="") for row in panel.header)
        made.append(replace(panel, titles=titles, header=header, body=panel.body[start:end], again=False))
    return tuple(part for part in made if any(map(holds_figures, part.body)))


def told_by_heading(panel: Panel) -> Times:
    """What the heading that a part begins with says of time."""
    first = panel.body[0]
    return times(first.label) if first.label.rstrip(" :") in [row.label for row in panel.titles] else Times()


def names_years(header: tuple[Row, ...], over: Times) -> bool:
    """Whether column headings name years, and nothing else of time."""
    beside = any(times(row.label) for row in header)
    return len(over.years) > 1 and not (over.lengths or over.days or over.quarter or over.to_date or beside)


def names_no_time(header: tuple[Row, ...], over: Times) -> bool:
    """Whether column headings name parts of the company, and no time."""
    return bool(header) and not over and not any(times(row.label) for row in header)


def names_quarters(_: tuple[Row, ...], over: Times) -> bool:
    """Whether column headings number quarters, or name their last days, and tell no year."""
    if over.years or any(day.year for day in over.days):
        return False
    return len(over.days) > 1 or bool(over.quarter and not over.days)


def tells_year(row: Row) -> bool:
    """Whether a heading is a year."""
    found = times(row.label)
    only = len(found.years) == 1 and not (found.days or found.quarter)
    return only and not row.cells and bool(TIME_LINE.match(row.label))


def tells_part(row: Row) -> bool:
    """Whether a heading is a length or a day of no year."""
    found = times(row.label)
    told = bool(found.lengths or found.quarter or found.days) and not found.years
    return told and not row.cells and not any(day.year for day in found.days) and bool(TIME_LINE.match(row.label))


def tells_period(row: Row) -> bool:
    """Whether a heading is a length and its last day."""
    found = times(row.label)
    told = bool(found.lengths) and len(found.days) == 1 and bool(found.days[0].year)
    return told and not row.cells and bool(TIME_LINE.match(row.label))


TELLERS = ((names_years, tells_part), (names_quarters, tells_year), (names_no_time, tells_period))
"""What column headings name, and the headings among the lines that then tell the rest."""
