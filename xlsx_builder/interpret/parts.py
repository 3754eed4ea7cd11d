"""The parts of a release that are statements: each table with what stands above it, page breaks healed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.interpret.fiscal import Calendar
from xlsx_builder.interpret.kinds import OUTLOOK, kind_of
from xlsx_builder.interpret.panels import Panel, panels, speaks_of_time, stub_words, wording
from xlsx_builder.interpret.period_blocks import in_blocks, told_by_heading
from xlsx_builder.interpret.scales import merged
from xlsx_builder.interpret.tables import Part
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import (
    SCALE_LINE,
    TELLS_AMOUNT,
    TIME_LINE,
    Titles,
    is_sentence,
    is_title_like,
    titles_of,
)
from xlsx_builder.model.document import Document, Paragraph, Row, Table
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import StatementKind

LOOK_BACK = 3
"""Paragraphs above a table without a caption among which its title may stand."""
LONG = 250
"""Characters from which on a paragraph tells a matter of its own."""
TITLE_LENGTH = 140
"""Characters; longer paragraphs are prose."""


class Known(Struct, frozen=True):
    """What is known about the whole release."""

    company: str
    calendar: Calendar


def parts_of(document: Document, known: Known) -> Iterable[Part]:
    """The parts of a release that are statements, in order."""
    recent: list[Paragraph] = []
    before: Part | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            recent = [*recent, block][-LOOK_BACK:]
            continue
        for part in parts_of_table(block, recent, before, known):
            before = part
            yield part
        recent = []


def parts_of_table(table: Table, recent: Sequence[Paragraph], before: Part | None, known: Known) -> Iterable[Part]:
    """The parts of a table.

    Args:
        table: The table.
        recent: The last paragraphs between it and the table before.
        before: The part before it; None where it is the first.
        known: What is known about the release.
    """
    if before is not None and introduces(recent, table, before.table):
        table, recent = replace(table, caption=tuple(recent)), ()
    alone = before is not None and not recent and not headed_anew(table, before)
    table, inner = with_inner_titles(table, alone=alone)
    for place, found in enumerate(block for panel in panels(table) for block in in_blocks(panel)):
        lone = place > 0 or not (table.caption or recent) or (before is not None and of_another_period(table, before))
        above = () if place else inner
        if before is not None and lone and not place and any(row.cells for row in found.header):
            above = (*before.panel.tail, *above)
        panel = replace(found, titles=(*above, *found.titles))
        titles = titles_for(table, panel, recent, known)
        if before is not None:
            titles = inherited(titles, before.titles, lone=lone)
        titles = replace(titles, when=told_by_heading(panel) or titles.when)
        before = Part(table, panel, titles, known.calendar, follows=not recent)
        yield before


def of_another_period(table: Table, before: Part) -> bool:
    """Whether only a period stands above a table, and the column headings are those of the statement before it."""
    timed = all(TIME_LINE.match(paragraph.text) for paragraph in table.caption)
    return timed and bool(table.header) and wording(table.header) == wording(before.panel.header)


def introduces(recent: Sequence[Paragraph], table: Table, before: Table) -> bool:
    """Whether the only words between two tables head the second, which has no column headings of its own."""
    lone = len(recent) == 1 and len(recent[0].text) <= TITLE_LENGTH and recent[0].text.endswith(":")
    return lone and not table.caption and not table.header and table.columns == before.columns


def headed_anew(table: Table, before: Part) -> bool:
    """Whether a table has other column headings than the statement before it, so that it is no block of it."""
    said = wording(table.header)
    whole = kind_of(before.titles.full, "", ("adjustments",)) not in (StatementKind.OTHER, StatementKind.SEGMENTS)
    outlook = any(OUTLOOK.search(p.text) for p in table.caption)
    return bool(said) and said != wording(before.panel.header) and (whole or outlook)


BLOCK_TITLE = 6
"""Words that a title of a block inside a statement has at most."""


def with_inner_titles(table: Table, *, alone: bool) -> tuple[Table, tuple[Row, ...]]:
    """A table, those lines of its caption taken out that title only a block of it: the ones below its scale.

    Args:
        table: The table.
        alone: Whether nothing but its caption stands between it and the table before.
    """
    scaled = [place for place, p in enumerate(table.caption) if SCALE_LINE.search(p.text)]
    alone = alone and not any(SCALE_LINE.search(row.label) for row in table.header)
    start = scaled[-1] + 1 if scaled else 0 if alone and len(table.caption) == 1 else len(table.caption)
    inner = [p for p in table.caption[start:] if is_block_title(p.text)]
    if not inner or len(inner) != len(table.caption) - start:
        return table, ()
    rows = tuple(Row(p.line, p.text, 0, bold=p.bold) for p in inner)
    return replace(table, caption=table.caption[:start]), rows


def is_block_title(text: str) -> bool:
    """Whether a line may title a block of lines inside a statement."""
    bare = text.strip(" :")
    kind = kind_of(bare, "", ("adjustments",))
    plain = kind in (StatementKind.OTHER, StatementKind.SEGMENTS)
    return plain and len(bare.split()) <= BLOCK_TITLE and bool(titles_of([bare]).title)


def inherited(titles: Titles, before: Titles, *, lone: bool) -> Titles:
    """Titles with what they leave to the table before them: the scale, and the title where nothing stands between."""
    told = merged((titles.told, before.told))
    whole = kind_of(titles.inside, "", ("adjustments",)) not in (StatementKind.OTHER, StatementKind.SEGMENTS)
    title = titles.title or (before.title if lone and not whole else "")
    return replace(titles, told=told, title=title)


def titles_for(table: Table, panel: Panel, recent: Sequence[Paragraph], known: Known) -> Titles:
    """What stands above a part of a table."""
    lines = [paragraph.text for paragraph in table.caption]
    if not titles_of([line for line in lines if not is_sentence(line)], known.company).title:
        lines = [*(line for paragraph in leading_up(recent) for line in context_lines(paragraph)), *lines]
    inside = [row.label for row in panel.titles]
    above, whole = titles_of(lines, known.company), titles_of([*lines, *inside], known.company)
    stubs = titles_of([text for text, _ in stub_words(panel)], known.company)
    within = titles_of(inside, known.company).title
    # A headline of the release titles nothing where the table has a title of its own inside.
    title = above.title if not within or above.title in whole.title else ""
    return replace(whole, title=title, inside=within, told=merged((whole.told, stubs.told)))


def leading_up(recent: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs that lead up to a table: those behind the last long one, and that one itself."""
    long = [place for place, p in enumerate(recent) if len(p.text) > LONG and not ANNOUNCES.search(p.text)]
    return recent[long[-1] :] if long else recent


ANNOUNCES = regex(r":$|\bfollowing (?:table|information|is\b|are\b)|\btables? below\b", re.IGNORECASE)
"""How a paragraph announces the table below it."""


def context_lines(paragraph: Paragraph) -> list[str]:
    """The lines of a paragraph above a table without a caption that may title it."""
    text = paragraph.text
    if len(text) <= TITLE_LENGTH and (paragraph.bold or paragraph.centred or text.endswith(":")):
        return [] if TELLS_AMOUNT.search(text) else [text]
    run: list[str] = []
    opens = True
    for line in paragraph.lines:
        if opens and is_title_like(line):
            run.append(line)
        opens = line.rstrip().endswith((".", ":")) or (opens and is_title_like(line))
    last = re.split(r"(?<=[.])\s+(?=[A-Z])", text)[-1]
    return [*run, last] if text.endswith(":") else run


def joined_parts(parts: Iterable[Part]) -> list[Part]:
    """The parts; those that a page break parted are one again."""
    made: list[Part] = []
    for part in parts:
        if made and goes_on(made[-1], part):
            made[-1] = replace(made[-1], more=(*made[-1].more, rest_of(made[-1], part)))
        else:
            made.append(part)
    return [headed(part, before) for part, before in zip(made, (None, *made), strict=False)]


def headed(part: Part, before: Part | None) -> Part:
    """A part under no column headings at all, given those of the part before it that has as many columns."""
    bare = not part.titles.when and not any(row.cells for row in part.panel.header)
    if before is None or not bare or part.table.columns != before.table.columns:
        return part
    dated = speaks_of_time(part.panel.titles) or any(times(row.label) for row in part.panel.body)
    if dated or not speaks_of_time(before.panel.header):
        return part
    return replace(part, panel=replace(part.panel, header=before.panel.header))


def goes_on(first: Part, second: Part) -> bool:
    """Whether a part is the rest of the one before it: behind a page break, or without column headings of its own."""
    if first.table is second.table:
        return (
            second.panel.again
            and kind_of(" ".join(row.label for row in second.panel.titles), "", ()) is StatementKind.OTHER
        )
    if first.table.columns != second.table.columns:
        return False
    if second.titles.continued and headings(first.panel) == headings(second.panel):
        return second.titles.title.lower() in ("", first.titles.title.lower())
    bare = not any(row.cells for row in second.panel.header)
    own = titles_of([line for p in second.table.caption for line in p.lines])
    return bare and second.follows and not own.entity and not own.when and len(second.table.caption) <= 1


def headings(panel: Panel) -> tuple[str, ...]:
    """The column headings of a part as one text for each."""
    return tuple(" ".join(cell.text.split()).lower() for row in panel.header for cell in row.cells)


def rest_of(first: Part, part: Part) -> Panel:
    """A part that goes on with another: what stands above it is a heading inside."""
    left = min((row.indent for row in part.panel.body), default=0)
    above = () if part.titles.continued or part.panel.again else part.table.caption
    inside = () if part.titles.continued else part.panel.titles
    headed = [Row(p.line, p.text, left, bold=p.bold, gap_above=True) for p in above]
    headed += [replace(row, indent=left, cells=(), gap_above=True) for row in inside]
    stubs = [panel.stub.label for panel in (first.panel, *first.more) if panel.stub]
    if part.panel.stub and part.panel.stub.label not in stubs:
        headed.append(replace(part.panel.stub, indent=left, cells=(), gap_above=True))
    return replace(part.panel, body=(*headed, *part.panel.body))
