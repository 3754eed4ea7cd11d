"""Prose that a page of a PDF sets in two columns, put one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.read.pdf_page import CHUNK_GAP
from xlsx_builder.read.pdf_words import PageLine

FEWEST = 4
"""Lines side by side that no accident brings together."""
WORDS = 3
"""Words that a line of prose has on each side at least."""
APART = 1.3
"""Of the usual distance of lines: what stands farther below goes on with nothing."""
LEVEL = 2
"""Points within which lines begin at one edge."""


def in_order(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of a page, those of two columns of prose after each other as they are read."""
    made: list[PageLine] = []
    place = 0
    while place < len(lines):
        end = _end(lines, place)
        if end - place < FEWEST:
            made.append(lines[place])
            place += 1
            continue
        edge = lines[place].words[_cut(lines[place])].left
        beside = lines[place : _past_rest(lines, place, end, edge)]
        made += [part for line in beside if (part := _part(line, edge, left=True)).words]
        made += [part for line in beside if (part := _part(line, edge, left=False)).words]
        place += len(beside)
    return made


def _end(lines: Sequence[PageLine], place: int) -> int:
    """Just after the lines from a place on whose right stretches begin at one edge."""
    edge = _right_edge(lines[place])
    end = place
    while edge and end < len(lines) and _right_edge(lines[end]) == edge:
        end += 1
    return end


def _past_rest(lines: Sequence[PageLine], place: int, end: int, edge: float) -> int:
    """Just after the lines that go on, on one side alone, where the columns are not equally long."""
    step = (lines[end - 1].base - lines[place].base) / (end - 1 - place)
    while end < len(lines) and lines[end].base - lines[end - 1].base < step * APART:
        words = lines[end].words
        if words[0].left < edge - LEVEL and words[-1].right > edge - LEVEL:
            break
        end += 1
    return end


def _part(line: PageLine, edge: float, *, left: bool) -> PageLine:
    """The words of a line left of an edge, or from it on."""
    return replace(line, words=tuple(word for word in line.words if (word.left < edge - LEVEL) is left))


def _right_edge(line: PageLine) -> int:
    """Where the right one of two stretches of prose begins, roughly; 0 where a line is no such pair."""
    cut = _cut(line)
    return round(line.words[cut].left / LEVEL) if cut else 0


def _cut(line: PageLine) -> int:
    """The word with which the second of two stretches of prose on a line begins; 0 where there are not just two."""
    words = line.words
    wide = [n for n in range(1, len(words)) if words[n].left - words[n - 1].right > CHUNK_GAP * words[n].height]
    if len(wide) != 1 or not WORDS <= wide[0] <= len(words) - WORDS:
        return 0
    sides = (words[: wide[0]], words[wide[0] :])
    prose = all(sum(word.text.isalpha() for word in side) >= WORDS - 1 for side in sides)
    return wide[0] if prose else 0
