"""Who reports, and on which day: from the captions of the tables and the dateline of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from xlsx_builder.interpret.fiscal import Calendar
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.titles import names_company, title_case
from xlsx_builder.model.document import Document, Paragraph, Table
from xlsx_builder.model.patterns import regex

FIRST = 40
"""Blocks in which a dateline may stand."""
LATE = timedelta(days=200)
"""A release comes within half a year of the period that it reports."""
LISTED = regex(r"\(\s*(?:NYSE|Nasdaq\w*|AMEX|TSX|LSE|OTC\w*|symbol)\b", re.IGNORECASE)
NAME = regex(r"[^\W\d_][\w&.,'\u2019 -]*$")
REACH = 1_000
"""Characters before an exchange's name in which the company's may begin."""
SUBSIDIARIES = regex(r",?\s+(?:and|&)\s+(?:its\s+)?(?:consolidated\s+)?subsidiar(?:y|ies)\b.*$", re.IGNORECASE)
DATELINE = regex(
    r"(?:PR\s?Newswire|BUSINESS WIRE|GLOBE NEWSWIRE|Marketwired?|ACCESSWIRE|--|\u2014|\u2013|\s-\s)", re.IGNORECASE
)
REPORTS = regex(
    r"\s*(?P<name>[^\W\d_][\w&.,'\u2019 -]{1,60}?),? (?:reports|announces|posts"
    r"|today (?:reported|announced|posted)|(?:reported|announced|posted) today)\b",
    re.IGNORECASE,
)
NOBODY = regex(r"[a-z]|(?i:the )?(?i:company|corporation|group|board|management|we|it)\b")
"""How what comes before 'reports' begins where it is no name."""


def company_of(document: Document) -> str:
    """The company that reports; '' where the release does not tell."""
    said = Counter[str]()
    for block in document.blocks:
        if isinstance(block, Table):
            names = [line for p in block.caption for line in p.lines if names_company(" ".join(line.split()), "")]
            if names:
                said[SUBSIDIARIES.sub("", " ".join(names[0].split()))] += 1
    paragraphs = [block for block in document.blocks[:FIRST] if isinstance(block, Paragraph)]
    text = " ".join(p.text for p in paragraphs)
    if said:
        name = said.most_common(1)[0][0]
        return as_in_prose(name, text)
    heads = (text[max(0, listed.start() - REACH) : listed.start()].rstrip() for listed in LISTED.finditer(text))
    name = next((found[0] for head in heads if (found := NAME.search(head))), "")
    listed = re.split(r"\s[-\u2013\u2014]+\s|\d{4}\s|^.*\)\s", name)[-1].strip(" ,-")
    reporter = _reporter(document)
    return listed or as_in_prose(reporter, text.replace(reporter, ""))


def _reporter(document: Document) -> str:
    """Who reports by the words of a headline or of the sentence behind the dateline; '' where nobody is named so."""
    sentences = (part for text in _heads(document) for part in DATELINE.split(text[:REACH]))
    names = (found["name"] for part in sentences if (found := REPORTS.match(part)))
    return next((name for name in names if not NOBODY.match(name) and not times(name)), "")


def as_in_prose(name: str, text: str) -> str:
    """A name as the prose writes it, where a caption has it in capitals; small ones leave gaps in a PDF ('AC ME')."""
    if name != name.upper():
        return name
    letters = r"\s*".join(map(re.escape, "".join(name.rstrip(".").split())))
    found = [m[0] for m in re.finditer(rf"\b{letters}\b\.?", text, re.IGNORECASE) if m[0] != m[0].upper()]
    if found:
        return " ".join(found[0].split())
    return " ".join(
        word if f" {word} " in f" {text} " else plain
        for word, plain in zip(name.split(), title_case(name).split(), strict=True)
    )


def released_on(document: Document, calendar: Calendar) -> date | None:
    """The day of the release; None where no dateline tells it."""
    latest = calendar.latest
    for text in _heads(document):
        head = text[:220]
        found = times(head[:120] if not DATELINE.search(head) else head)
        for day in found.days:
            if day.day is None:
                continue
            years = [day.year] if day.year else [latest.year, latest.year + 1] if latest else []
            for year in years:
                on = day.on(year)
                if (
                    on
                    and (latest is None or latest < on <= latest + LATE)
                    and (DATELINE.search(head) or len(text) < 60)
                ):
                    return on
    return None


def _heads(document: Document) -> Iterator[str]:
    """The paragraphs in which a dateline may stand; of the titles of tables only those that begin the release."""
    for number, block in enumerate(document.blocks[:FIRST]):
        if isinstance(block, Paragraph):
            yield block.text
        elif number == 0:
            yield from (paragraph.text for paragraph in block.caption)
