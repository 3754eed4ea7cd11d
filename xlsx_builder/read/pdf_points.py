"""Words of a PDF whose figures have decimal commas or spaces in them, with points and commas instead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from xlsx_builder.read.numbers import pointed
from xlsx_builder.read.pdf_page import CHUNK_GAP
from xlsx_builder.read.pdf_words import PageLine, Word


def with_points(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The lines of all pages, their figures rewritten where the whole text shows that they are set so."""
    text = "\n".join(_text(line) for page in pages for line in page)
    made = pointed(text)
    if made == text:
        return [list(page) for page in pages]
    lines = iter(made.split("\n"))
    return [[replace(line, words=_words(line, next(lines))) for line in page] for page in pages]


def _text(line: PageLine) -> str:
    """A line with one space between neighbouring words and two between columns."""
    gaps = [" " if b.left - a.right <= CHUNK_GAP * b.height else "  " for a, b in pairwise(line.words)]
    return "".join(word.text + gap for word, gap in zip(line.words, (*gaps, ""), strict=True))


def _words(line: PageLine, text: str) -> tuple[Word, ...]:
    """The words of a line with the letters of a text as long as its own, those joined that it joins."""
    made: list[Word] = []
    place = 0
    for word in line.words:
        joined = bool(made) and not text[place - 1].isspace()
        while text[place].isspace():
            place += 1
        letters = text[place : place + len(word.text)]
        place += len(word.text) + 1
        if joined:
            made[-1] = replace(made[-1], text=f"{made[-1].text},{letters}", right=word.right)
        else:
            made.append(replace(word, text=letters))
    return tuple(made)
