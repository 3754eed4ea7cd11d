"""A single statement as it is pasted from elsewhere: a pipe table of Markdown, or comma- and tab-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from render_figures import FigureStyle, printed, scale_note, with_dollar
from render_headers import HeaderStyle, header
from render_model import Heading, Release, Statement


def cells_of(statement: Statement, figures: FigureStyle) -> Iterator[list[str]]:
    """The body, a list of texts a row."""
    dollars = with_dollar(statement, figures)
    for line in statement.lines:
        if isinstance(line, Heading):
            yield [f"{line.label}:", *[""] * len(statement.columns)]
            continue
        made = [printed(line, n, c, figures, dollar=line.id in dollars) for n, c in enumerate(statement.columns)]
        yield [line.label, *(f"{'$' if f.dollar else ''}{f.text}" if f else "" for f in made)]


def header_cells(statement: Statement, style: HeaderStyle) -> Iterator[list[str]]:
    """The header, the text of a span over the first of its columns."""
    for spans in header(statement, style).rows:
        row = [""] * (1 + len(statement.columns))
        for span in spans:
            row[span.first] = span.text
        yield row


def titles(release: Release, statement: Statement, style: HeaderStyle) -> list[str]:
    texts = [release.company, statement.title, *header(statement, style).caption, scale_note(statement)]
    return [text for text in texts if text]


def render_values(release: Release, header_style: HeaderStyle, figures: FigureStyle, separator: str) -> bytes:
    """The first statement as separated values, its titles in rows of their own."""
    statement = release.statements[0]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([text] for text in titles(release, statement, header_style))
    writer.writerows(header_cells(statement, header_style))
    writer.writerows(cells_of(statement, figures))
    return out.getvalue().encode()


def render_markdown(release: Release, header_style: HeaderStyle, figures: FigureStyle) -> bytes:
    """The first statement as a pipe table under its titles; the header is one row, as Markdown wants it."""
    statement = release.statements[0]
    rows = list(header_cells(statement, header_style))
    columns = [" ".join(filter(None, texts)) for texts in zip(*spread(rows), strict=True)]
    body = [columns, ["---", *["---:"] * len(statement.columns)], *cells_of(statement, figures)]
    lines = [f"**{text}**\n" for text in titles(release, statement, header_style)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in body), ""]).encode()


def spread(rows: list[list[str]]) -> list[list[str]]:
    """Texts of spans over all the columns that they cover: up to the next text of their row."""
    made = []
    for number, row in enumerate(rows):
        wide = list(row)
        for place in range(2, len(row)):
            if not wide[place] and number < len(rows) - 1:
                wide[place] = wide[place - 1]
        made.append(wide)
    return made
