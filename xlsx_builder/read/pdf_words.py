"""A page of PDF as characters on base lines and drawn strokes, turned upright, measured in points right and down."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from math import pi
from statistics import median
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

LEVEL = 1.5
"""Characters whose base lines differ by fewer points stand on one line."""
RAISED = 0.6
"""A footnote mark stands no more than this part of the letters' height above their base line."""
SMALL = 0.85
"""A footnote mark is at most this high, compared with the letters beside it."""
MARKS = "0123456789()*,abcdef\u2020\u2021"
"""What footnote marks are made of."""
MOST_MARKS = 8
"""Characters; marks that stand a little too large for marks are at least few."""
THIN = 2.5
"""Points; anything drawn higher than this is an area and no line."""
SHORTEST = 6.0
"""Points; shorter strokes are parts of letters."""
WORD_GAP = 0.13
"""Of the letters' height: a wider gap sets words apart, where the page has no space of its own between them."""
BOLD_NAMES = (b"bold", b"black", b"heavy")
"""Parts of the names of bold fonts."""
LONGEST_NAME = 128
"""Bytes of a font's name."""
FARTHEST = 14_400.0
"""Points from the corner of a page: PDF allows no larger one, and what stands beyond cannot be seen."""
UNKNOWN = "\0"
"""What a file gives for a glyph of which it does not tell the letters."""
READABLE = dict.fromkeys((0x02, 0xFFFE, 0xAD, 0x25B3), "-") | {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
}
"""Hyphens at line ends, the Japanese minus, and letters set as one."""


SAMPLE = 7
"""Of so many characters one tells how the text of a page is turned."""
Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge on the page as stored, upwards."""


class Character(Struct, frozen=True):
    """One printed character."""

    text: str
    left: float
    right: float
    base: float
    """Its base line, counted downwards."""
    height: float
    spaced: bool
    """A space stands before it."""
    bold: bool


class Word(Struct, frozen=True):
    """Characters without a gap."""

    text: str
    left: float
    right: float
    height: float


class PageLine(Struct, frozen=True):
    """Words on one base line, left to right."""

    base: float
    words: tuple[Word, ...]
    bold: bool


class Stroke(Struct, frozen=True):
    """A horizontal line drawn on the page."""

    level: float
    left: float
    right: float


def turns_of(page: Any) -> list[int]:  # noqa: ANN401 (pypdfium2 has no types)
    """By how many quarters the text of a page is turned clockwise, as wide tables on high pages are, most first."""
    text = page.get_textpage()
    found = Counter(_turn(text, place) for place in range(0, text.count_chars(), SAMPLE))
    return [turn for turn, _ in found.most_common()] or [0]


def _turn(text: Any, place: int) -> int:  # noqa: ANN401
    """By how many quarters a character is turned; 4 where it stands askew."""
    from pypdfium2 import raw  # noqa: PLC0415 (heavy)

    quarters = raw.FPDFText_GetCharAngle(text, place) * 2 / pi
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else 4


def characters_of(page: Any, turns: list[int]) -> list[Character]:  # noqa: ANN401
    """The visible characters of a page that are turned as most of it, in the order of the file."""
    from pypdfium2 import raw  # noqa: PLC0415

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    found: list[Character] = []
    spaced, bold = True, False
    for place in range(text.count_chars()):
        character = READABLE.get(code := raw.FPDFText_GetUnicode(text, place)) or chr(code)
        if character != UNKNOWN and (character.isspace() or not character.isprintable()):
            spaced = True
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        raw.FPDFText_GetLooseCharBox(text, place, box)
        visible = all(abs(edge) < FARTHEST for edge in (box.left, box.right, box.top, box.bottom, y.value))
        if not visible or (len(turns) > 1 and _turn(text, place) != turns[0]):
            continue
        left, right, upper, lower = upright((box.left, box.bottom, box.right, box.top), turns[0])
        base = upright((x.value, y.value, x.value, y.value), turns[0])[2]
        bold = _bold(text, place) if spaced else bold
        found.append(Character(character, left, right, base, lower - upper, spaced, bold))
        spaced = False
    return with_ligatures(found)


def upright(box: Box, turn: int) -> Box:
    """Left, right, upper and lower edge of a box, counted downwards, once a page turned by some quarters is upright."""
    left, bottom, right, top = box
    return (
        (left, right, -top, -bottom),
        (-top, -bottom, -right, -left),
        (-right, -left, bottom, top),
        (bottom, top, left, right),
    )[turn % 4]


def _bold(text: Any, place: int) -> bool:  # noqa: ANN401
    """Whether the name of a character's font says that it is bold."""
    from pypdfium2 import raw  # noqa: PLC0415

    buffer = ctypes.create_string_buffer(LONGEST_NAME)
    raw.FPDFText_GetFontInfo(text, place, buffer, LONGEST_NAME, None)
    name = buffer.value.lower()
    return any(word in name for word in BOLD_NAMES)


def with_ligatures(characters: list[Character]) -> list[Character]:
    """Glyphs of unknown letters read as joined letters, by their width and what follows them."""
    if all(c.text != UNKNOWN for c in characters):
        return characters
    wide, narrow = (_usual_width(characters, letter) for letter in "fi")
    made = []
    for place, character in enumerate(characters):
        if character.text == UNKNOWN:
            after = "".join(c.text for c in characters[place + 1 : place + 3])
            width = (character.right - character.left) / (character.height or 1.0)
            light = after[:1] in tuple("aoui") or (after[:1] == "e" and after[1:2] in tuple("xct"))
            shapes = {
                "fl" if light else "fi": wide + narrow,
                "ff": 2 * wide,
                "ffl" if light else "ffi": 2 * wide + narrow,
            }
            letters = min(shapes, key=lambda shape: abs(shapes[shape] - width))
            made.append(replace(character, text=letters))
        else:
            made.append(character)
    return made


def _usual_width(characters: list[Character], letter: str) -> float:
    """Width of a letter as a part of its height; that of common fonts where it does not occur."""
    widths = [(c.right - c.left) / c.height for c in characters if c.text == letter and c.height]
    return median(widths) if widths else 0.25


def strokes_of(page: Any, turns: list[int]) -> list[Stroke]:  # noqa: ANN401
    """The horizontal lines of a page, also those drawn as very flat boxes."""
    from pypdfium2 import raw  # noqa: PLC0415

    found = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        bounds = drawn.get_bounds()
        left, right, upper, lower = upright(bounds, turns[0])
        if all(abs(edge) < FARTHEST for edge in bounds) and lower - upper <= THIN and right - left >= SHORTEST:
            found.append(Stroke((upper + lower) / 2, left, right))
    return found


def lines_of(characters: list[Character]) -> list[PageLine]:
    """The characters as lines of words, from top to bottom."""
    levels: list[list[Character]] = []
    for character in sorted(characters, key=lambda c: c.base):
        if levels and character.base - levels[-1][0].base <= LEVEL:
            levels[-1].append(character)
        else:
            levels.append([character])
    return [line for level in _with_marks(levels) if (line := _line(level))]


def _with_marks(levels: list[list[Character]]) -> list[list[Character]]:
    """Raised marks put back on the line they belong to, the next one below."""
    kept: list[list[Character]] = []
    carried: list[Character] = []
    for place, level in enumerate(levels):
        below = levels[place + 1] if place + 1 < len(levels) else []
        if below and _raised(level, below):
            carried += level
            continue
        kept.append([*carried, *level])
        carried = []
    return kept


def _raised(level: list[Character], below: list[Character]) -> bool:
    """Whether a line is nothing but marks on the line below it."""
    height = median(c.height for c in below)
    small = all(c.height <= SMALL * height for c in level)
    marks = len(level) <= MOST_MARKS and all(c.text in MARKS for c in level)
    return (small or marks) and below[0].base - level[0].base <= RAISED * height


def _line(level: list[Character]) -> PageLine | None:
    """One line; footnote marks are left out where they follow a word."""
    level = sorted(level, key=lambda c: c.left)
    height = median(c.height for c in level)
    base = median(c.base for c in level)
    kept: list[Character] = []
    for character in level:
        raised = base - character.base
        mark = raised > LEVEL or (character.height <= SMALL * height and raised > LEVEL / 2)
        if not (mark and character.text in MARKS and any(c.text.isalpha() or c.base == base for c in kept)):
            kept.append(character)
    words = tuple(_words(kept, height))
    bold = 2 * sum(character.bold for character in kept) > len(kept)
    return PageLine(base, words, bold) if words else None


def _words(level: list[Character], height: float) -> Iterator[Word]:
    """Characters joined where nothing stands between them; one printed twice for boldness counts once."""
    run: list[Character] = []
    for character in level:
        if run and character.text == run[-1].text and character.left - run[-1].left < THIN / 5:
            continue
        if run and (character.spaced or character.left - run[-1].right > WORD_GAP * height):
            yield _word(run)
            run = []
        run.append(character)
    if run:
        yield _word(run)


def _word(run: list[Character]) -> Word:
    return Word("".join(c.text for c in run), run[0].left, run[-1].right, max(c.height for c in run))
