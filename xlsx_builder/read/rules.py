"""Ruled lines made of dashes and equal signs: where they run, and whether single or double."""

from __future__ import annotations

from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex

_RULE_LINE = regex(
    r"[-_=~\s\N{EM DASH}\N{EN DASH}\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{BOX DRAWINGS DOUBLE HORIZONTAL}]+$"
)
_STROKE = regex(r"\S+")
_LONG = regex(r"(?<!\S)[-_=]{4,}(?!\S)")
_DOUBLE = "=\N{BOX DRAWINGS DOUBLE HORIZONTAL}"
SHORTEST = 3
"""Fewer dashes are a zero or a bullet, if they stand alone."""


def strokes(line: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stroke of a ruled line; none where the line is no ruled line."""
    if not line.strip() or not _RULE_LINE.match(line):
        return ()
    found = tuple((stroke.start(), stroke.end()) for stroke in _STROKE.finditer(line))
    lengths = [end - start for start, end in found]
    side_by_side = len(found) > 1 and min(lengths) == SHORTEST - 1
    return found if max(lengths) >= SHORTEST or side_by_side else ()


def inner_strokes(line: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stroke of a line that may hold words beside them, as under some of the headings above."""
    return strokes(line) or tuple((stroke.start(), stroke.end()) for stroke in _LONG.finditer(line))


def without_strokes(line: str) -> str:
    """A line of words without the strokes beside them, every word at its place."""
    return _LONG.sub(lambda stroke: " " * len(stroke.group()), line)


def kind_of(line: str) -> Rule:
    """Which rule a line draws under what stands above it."""
    if not strokes(line):
        return Rule.NONE
    return Rule.DOUBLE if any(character in _DOUBLE for character in line) else Rule.SINGLE


def stronger(one: Rule, other: Rule) -> Rule:
    """The heavier of two rules that stand at the same place."""
    weight = (Rule.NONE, Rule.SINGLE, Rule.DOUBLE)
    return max(one, other, key=weight.index)
