"""Tables written as text: CSV and TSV with their delimiter told by use, and Markdown pipe tables inside prose."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from xlsx_builder.model.patterns import regex
from xlsx_builder.read.assemble import assemble
from xlsx_builder.read.delimiters import possible, sampled
from xlsx_builder.read.flow import Item, Preformatted, TextLine
from xlsx_builder.read.grid_affixes import is_figure
from xlsx_builder.read.numbers import american, uses_decimal_comma
from xlsx_builder.read.plain_grid import Field, items_of_rows
from xlsx_builder.read.text import Reading

REGULAR = 0.6
"""Of the lines with a delimiter, so many have the same number of fields, in all or table by table."""
FIGURES = 0.4
"""Of the filled fields beyond the first, so many are figures: prose with commas has none."""
SEPARATOR = regex(r"\s*+\|?\s*+:?-{2,}:?\s*+(?:\|\s*+:?-{2,}:?\s*+)*\|?\s*+")
"""The line under the head of a pipe table: '|---|---:|'."""
HEADING = regex(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
EMPHASIS = regex(r"(\*\*|__)(.+?)\1")


def delimiter_of(text: str) -> str | None:
    """The delimiter of a table in fields; None where the text is no such table."""
    lines = sampled(text)
    scored = {mark: score for mark in possible(lines) if (score := _score(lines, mark))}
    return max(scored, key=scored.__getitem__, default=None)


def _score(lines: Sequence[str], delimiter: str) -> float:
    """How much a delimiter looks like one: share of regular rows times share of figures; 0 where it does not."""
    rows = [row for row in _fields(lines, delimiter) if sum(bool(field.strip()) for field in row) > 1]
    if len(rows) < 2:
        return 0.0
    filled = [field for row in rows for field in row[1:] if field.strip()]
    comma = uses_decimal_comma(filled, likely=delimiter == ";")
    figures = sum(is_figure(american(field.strip()) if comma else field.strip()) for field in filled)
    regular, share = _regular([len(row) for row in rows]), figures / len(filled)
    if regular < REGULAR or share < FIGURES or 2 * len(rows) < len(lines):
        return 0.0
    return regular * share


def _regular(widths: Sequence[int]) -> float:
    """The share of rows of the width that most have, or of those that stand together in one width as in a table."""
    runs = [len(list(run)) for _, run in groupby(widths)]
    return max(Counter(widths).most_common(1)[0][1], sum(run for run in runs if run > 2)) / len(widths)


def _fields(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    spaced = any(f'{delimiter} "' in line for line in lines)
    try:
        return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced))
    except csv.Error:
        return []


def read_delimited(text: str, delimiter: str) -> Reading:
    """The source lines and blocks of a table in fields.

    Args:
        text: The table, with titles above and notes below it where it has them.
        delimiter: What parts its fields.

    Returns:
        One line for each row.
    """
    rows = _fields(text.splitlines(keepends=True), delimiter)
    figures = [field for row in rows for field in row[1:]]
    comma = uses_decimal_comma(figures, likely=delimiter == ";")
    return assemble(
        items_of_rows(
            [[Field(american(field) if comma and place else field) for place, field in enumerate(row)] for row in rows]
        )
    )


def is_markdown(text: str) -> bool:
    """Whether a text has a pipe table."""
    lines = text.splitlines()
    return any(_heads_table(lines, place) for place in range(len(lines) - 1))


def _heads_table(lines: Sequence[str], place: int) -> bool:
    below = lines[place + 1] if place + 1 < len(lines) else ""
    return "|" in lines[place] and "|" in below and SEPARATOR.fullmatch(below) is not None


def read_markdown(text: str) -> Reading:
    """The source lines and blocks of Markdown: pipe tables, headings, paragraphs, fenced text."""
    lines = text.splitlines()
    items: list[Item] = []
    place = block = 0
    while place < len(lines):
        line = lines[place]
        fence = re.match(r"\s*(```|~~~)", line)
        if fence:
            end = next((n for n in range(place + 1, len(lines)) if lines[n].strip().startswith(fence[1])), len(lines))
            items.append(Preformatted("\n".join(lines[place + 1 : end])))
            place = end + 1
        elif _heads_table(lines, place):
            end = next((n for n in range(place, len(lines)) if "|" not in lines[n]), len(lines))
            items += items_of_rows([_pipes(row) for row in lines[place:end] if not SEPARATOR.fullmatch(row)])
            place = end
        else:
            heading = HEADING.match(line)
            block += not line.strip() or heading is not None or line.lstrip().startswith(("* ", "- ", "+ "))
            if words := EMPHASIS.sub(r"\2", heading[1] if heading else line).strip():
                bold = heading is not None or EMPHASIS.fullmatch(line.strip()) is not None
                items.append(TextLine(" ".join(words.split()), block, bold=bold))
            block += heading is not None
            place += 1
    return assemble(items)


def _pipes(line: str) -> list[Field]:
    """The fields of one line of a pipe table."""
    parts = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [
        Field(EMPHASIS.sub(r"\2", part.replace("\\|", "|")), bold=EMPHASIS.fullmatch(part.strip()) is not None)
        for part in parts
    ]
