"""The sheet About: where the workbook comes from, how to read it, and why each relation in it is believed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder import __version__
from xlsx_builder.model.document import Document
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.structure import Evidence
from xlsx_builder.model.workbook import PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.across import column_key
from xlsx_builder.plan.convention import LEGEND, OF_ROLE, RULES
from xlsx_builder.plan.ground import Draft, Ground
from xlsx_builder.plan.headings import day_text
from xlsx_builder.plan.layout import FIRST_ROW
from xlsx_builder.plan.names import ABOUT
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.words import column_words, sum_words

WIDTHS = {1: 46.0, 2: 90.0, 3: 30.0, 4: 12.0, 5: 12.0, 6: 44.0, 7: 9.0, 8: 11.0}
EVIDENCE = {
    "Line": "",
    "Relation": "",
    "Sheet": "",
    "Columns held": "In how many of the columns that have the figures the relation comes to the printed one.",
    "Largest difference": "Between what the relation comes to and what is printed, in printed units.",
    "Signs of it": "What else speaks for the relation: layout, order, wording.",
    "Rivals": "How many other relations would have come to the printed figures too.",
    "Source line": "",
}
"""Headings and the notes on them."""

Row = tuple[PlannedCell, ...]
"""Cells of one row; they get its number when all rows are known."""


class Origin(Struct, frozen=True):
    """What a workbook is made from."""

    document: Document
    problems: tuple[Problem, ...]
    rows: dict[int, int]
    """Source line -> row of the sheet Release."""


def about_sheet(origin: Origin, ground: Ground, draft: Draft, roles: Collection[Role]) -> Sheet:
    """Origin, conventions as far as cells of these roles need them, inferences with their evidence, and problems."""
    rows = [
        *_facts(origin, ground),
        *_block("How to read it", tuple(rule for rule in RULES if OF_ROLE.get(rule[0], Role.CHECK) in roles)),
        (),
        (_cell(1, "Colours", Role.HEADING),),
        *_legend(roles),
        *_inferences(origin, ground, draft),
        *_left_alone(origin, ground, draft),
        *_problems(origin),
    ]
    cells = [replace(cell, row=number) for number, row in enumerate(rows, start=FIRST_ROW) for cell in row]
    top = top_cells(ABOUT, "About this workbook", "Where it comes from, how to read it, and why it is believed")
    heads = next(cell.row for cell in cells if cell.role is Role.PERIOD)
    return Sheet(
        ABOUT,
        Tab.ABOUT,
        (*top, *cells),
        WIDTHS,
        freeze=(FIRST_ROW, 1),
        title_rows=(heads, heads),
        flags=(flag_range(ABOUT),),
    )


def _cell(column: int, content: str | int, role: Role) -> PlannedCell:
    return PlannedCell(0, column, content, role)


def _block(title: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    yield ()
    yield (_cell(1, title, Role.HEADING),)
    for topic, text in pairs:
        yield _cell(1, topic, Role.LABEL), _cell(2, text, Role.TEXT)


def _legend(roles: Collection[Role]) -> Iterator[Row]:
    for role, text in LEGEND:
        if role in roles:
            name = role.value.removeprefix("xb ")
            yield _cell(1, name.capitalize(), Role.LABEL), _cell(2, text, Role.TEXT), _cell(3, name, role)


def _facts(origin: Origin, ground: Ground) -> Iterator[Row]:
    statements, document = ground.statements, origin.document
    coverage = statements.coverage
    facts = (
        ("Company", statements.company or "not told"),
        ("Release of", day_text(statements.released) if statements.released else "not told"),
        ("Source", document.source),
        ("SHA-256 of the source", document.digest),
        ("Format of the source", document.format),
        ("Built by", f"xlsx_builder {__version__}"),
        ("Figures in tables", f"{coverage.seen} seen, {coverage.placed} in the workbook, {coverage.left} left"),
    )
    yield from list(_block("Origin", facts))[1:]


def _inferences(origin: Origin, ground: Ground, draft: Draft) -> Iterator[Row]:
    yield ()
    yield (_cell(1, "What was inferred, and why", Role.HEADING),)
    heads = enumerate(EVIDENCE.items(), start=1)
    yield tuple(replace(_cell(column, text, Role.PERIOD), note=note) for column, (text, note) in heads)
    for calculation in ground.structure.calculations:
        if draft.used.get(("sum", calculation.total)):
            words = f"= {sum_words(calculation.terms, ground.names)}"
            yield _inference(origin, ground, calculation.total, words, calculation.evidence)
    for tie in ground.structure.ties:
        verb = "links to" if draft.used.get(("tie", tie.line)) == "link" else "is compared with"
        sign = "minus " if tie.weight < 0 else ""
        words = f"{verb} {sign}{ground.names[tie.source]} on {ground.homes[tie.source].sheet}"
        yield _inference(origin, ground, tie.line, words, tie.evidence)
    for check in ground.structure.checks:
        words = f"is compared with {sum_words(check.terms, ground.names)}"
        yield _inference(origin, ground, check.total, words, check.evidence)
    yield from _columns(ground, draft)
    for each in draft.stated:
        yield (
            _cell(1, each.name, Role.LABEL),
            replace(_cell(3, each.place.sheet, Role.TEXT), link=each.place),
            _cell(2, each.words, Role.TEXT),
            *_evidence(each.evidence),
        )


def _inference(origin: Origin, ground: Ground, line: str, words: str, evidence: Evidence) -> Row:
    item, home = ground.items[line], ground.homes[line]
    at = next((i for i, fact in enumerate(item.facts) if fact.value is not None), 0)
    cells = [
        _cell(1, ground.names[line], Role.LABEL),
        replace(_cell(3, home.sheet, Role.TEXT), link=home.cell(line, at)),
        _cell(2, words, Role.TEXT),
        *_evidence(evidence),
    ]
    if item.line is not None:
        cells.append(replace(_cell(8, item.line, Role.SOURCE), link=citation(origin.rows, item.line)))
    return tuple(cells)


def _evidence(evidence: Evidence) -> Row:
    return (
        _cell(4, f"{evidence.columns_held} of {evidence.columns_tested}", Role.TEXT),
        _cell(5, f"{evidence.residual:,f}", Role.TEXT),
        _cell(6, ", ".join(evidence.cues), Role.TEXT),
        _cell(7, str(len(evidence.rivals)), Role.TEXT),
    )


def _columns(ground: Ground, draft: Draft) -> Iterator[Row]:
    homes = {layout.statement.id: layout for layout in ground.layouts}
    for calculation in ground.structure.columns:
        home = homes[calculation.statement]
        headings = [text.replace("\n", " ") for text in home.headings]
        verb = "=" if column_key(calculation) in draft.used else "is compared with"
        yield (
            _cell(1, f"Column {headings[calculation.total]}", Role.LABEL),
            _cell(3, home.sheet, Role.TEXT),
            _cell(2, f"{verb} {column_words(calculation.terms, headings)}", Role.TEXT),
            *_evidence(calculation.evidence),
        )


def _left_alone(origin: Origin, ground: Ground, draft: Draft) -> Iterator[Row]:
    """Relations that became no formula, and totals by their wording for which no sum was found."""
    known = {calculation.total for calculation in ground.structure.calculations}
    known |= {tie.line for tie in ground.structure.ties}
    rows = [
        (c.total, "its sum would read itself, or counts in another unit")
        for c in ground.structure.calculations
        if ("sum", c.total) not in draft.used
    ]
    rows += [
        (item.id, "called a total, but no lines were found that come to it")
        for item in ground.items.values()
        if item.id not in known and item.label.lower().startswith("total")
    ]
    yield ()
    yield (_cell(1, "What was not inferred", Role.HEADING),)
    for line, words in rows:
        item = ground.items[line]
        source = replace(_cell(8, item.line or 0, Role.SOURCE), link=citation(origin.rows, item.line))
        yield (
            _cell(1, ground.names[line], Role.LABEL),
            _cell(2, words, Role.TEXT),
            _cell(3, ground.homes[line].sheet, Role.TEXT),
            *((source,) if item.line is not None else ()),
        )
    if not rows:
        yield (_cell(1, "Nothing was left aside.", Role.TEXT),)


def _problems(origin: Origin) -> Iterator[Row]:
    yield ()
    yield (_cell(1, "Problems", Role.HEADING),)
    for problem in origin.problems:
        cells = [_cell(1, problem.severity.value, Role.LABEL), _cell(2, problem.message, Role.TEXT)]
        if problem.line is not None:
            cells.append(
                replace(_cell(8, problem.line, Role.SOURCE), link=citation(origin.rows, problem.line)),
            )
        yield tuple(cells)
    if not origin.problems:
        yield (_cell(1, "None.", Role.TEXT),)
