"""The default house style as data: one look for each role, in a restrained palette."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.template import FLAG_BAD, FLAG_OK, NEEDED, VERBATIM, Option, Part
from xlsx_builder.model.workbook import NumberKind, Role, Tab

FONT = "Arial"
"""On every machine, with figures of one width."""
FIXED_FONT = "Courier New"

INK = "1B2A41"
GREY = "5B6675"
BLACK = "000000"
BLUE = "0000FF"
GREEN = "00703C"
VIOLET = "5B2C83"
RED = "9C1C1C"
BAND = "E4EAF2"
PALE_YELLOW = "FFF8DC"
PALE_GREEN = "E3F1E7"
PALE_RED = "F9E1E1"
ACCENTS = ("2F5D8A", "5C9E7C", "C0504D", "8A94A3", "D19A3D", "6B5B95")
"""Colours of the theme, which charts take in this order."""


class Edge(Enum):
    """Rules that accountants draw around totals; the values are Excel's."""

    NONE = ""
    THIN = "thin"
    DOTTED = "dotted"
    DOUBLE = "double"


class Look(Struct, frozen=True):
    """How the cells of one named style look."""

    colour: str = BLACK
    size: float = 10
    bold: bool = False
    italic: bool = False
    fill: str = ""
    above: Edge = Edge.NONE
    below: Edge = Edge.NONE
    side: str = ""
    """Horizontal alignment; '' leaves text left and figures right."""
    wrap: bool = False
    top: bool = False
    """Whether text that wraps beside it leaves it at the top."""
    font: str = FONT
    open: bool = False
    """Whether it may be changed while the sheet is protected."""


TEXT_AS_FIGURE = "General_);General_);General_);@_)"
"""Text in columns of figures stands back from the edge like positive figures, whose closing parenthesis is missing."""

LOOKS: dict[str, Look] = {
    Role.TITLE.value: Look(INK, 14, bold=True),
    Role.SUBTITLE.value: Look(GREY, 9),
    Role.PERIOD.value: Look(INK, 9, bold=True, fill=BAND, below=Edge.THIN, side="right", wrap=True),
    Role.HEADING.value: Look(INK, bold=True, wrap=True),
    Role.LABEL.value: Look(wrap=True),
    Role.TEXT.value: Look(wrap=True, top=True),
    Role.UNIT.value: Look(GREY, 8),
    Role.INPUT.value: Look(BLUE, open=True, side="right"),
    Role.SUBTOTAL.value: Look(bold=True, above=Edge.THIN, side="right"),
    Role.TOTAL.value: Look(bold=True, above=Edge.THIN, below=Edge.DOUBLE, side="right"),
    Role.CALCULATION.value: Look(side="right"),
    Role.LINK.value: Look(GREEN, side="right"),
    Role.CHANGE.value: Look(side="right"),
    Role.RATIO.value: Look(italic=True, side="right"),
    Role.REPORTED.value: Look(BLUE, italic=True, side="right"),
    Role.SWITCH.value: Look(BLUE, bold=True, fill=PALE_YELLOW, side="center", open=True),
    Role.PARAMETER.value: Look(BLUE, fill=PALE_YELLOW, side="right", open=True),
    Role.CLAIM.value: Look(BLUE, side="right"),
    Role.CHECK.value: Look(VIOLET, 9, bold=True, side="center"),
    Role.SOURCE.value: Look(GREY, 8, side="center"),
    VERBATIM: Look(size=9, font=FIXED_FONT, wrap=True),
    FLAG_OK: Look(GREEN, fill=PALE_GREEN),
    FLAG_BAD: Look(RED, bold=True, fill=PALE_RED),
}

PURPOSES: dict[str, str] = {
    Role.TITLE.value: "Title of a sheet",
    Role.SUBTITLE.value: "What stands under a title: company, scale, status",
    Role.PERIOD.value: "Header of a column",
    Role.HEADING.value: "Heading of a group of lines",
    Role.LABEL.value: "Name of a line",
    Role.TEXT.value: "Sentences and notes",
    Role.UNIT.value: "Unit of a line",
    Role.INPUT.value: "Figure of the release; may be changed",
    Role.SUBTOTAL.value: "Sum that goes into another sum",
    Role.TOTAL.value: "Sum at the end of its lines",
    Role.CALCULATION.value: "Other formula",
    Role.LINK.value: "Formula that repeats another cell",
    Role.CHANGE.value: "Change between two periods",
    Role.RATIO.value: "Margin or other ratio",
    Role.REPORTED.value: "What was printed where a formula stands",
    Role.SWITCH.value: "1 or 0; may be changed",
    Role.PARAMETER.value: "Tolerance or other constant; may be changed",
    Role.CLAIM.value: "Figure from the text of the release",
    Role.CHECK.value: "Verdict of a check",
    Role.SOURCE.value: "Source line, linked to the release",
    VERBATIM: "Line of the release, as printed",
    FLAG_OK: "Colours of a cell that says OK",
    FLAG_BAD: "Colours of a cell that says differs or CHECK",
}

FIGURE = '{0}_);({0});"\u2013"_);@_)'
"""Positive, negative in parentheses, zero as a dash, text; `_)` keeps the digits in one column."""


def figures(digits: str, zeros: tuple[int, ...] = (0, 1, 2, 3, 4), suffix: str = "") -> tuple[str, ...]:
    """A format for each number of digits after the point."""
    return tuple(FIGURE.format(digits + ("." + "0" * n if n else "") + suffix) for n in zeros)


FORMATS: dict[NumberKind, tuple[str, ...]] = {
    NumberKind.GENERAL: ("General",),
    NumberKind.MONEY: figures("#,##0"),
    NumberKind.PER_SHARE: figures("#,##0", (2, 2, 2, 3, 4)),
    NumberKind.SHARES: figures("#,##0"),
    NumberKind.PERCENT: figures("#,##0", suffix="%"),
    NumberKind.RATIO: figures("#,##0", (0, 1, 2, 3, 4)),
    NumberKind.COUNT: figures("#,##0"),
    NumberKind.BASIS_POINTS: figures("#,##0", (0, 1), suffix='" bp"'),
    NumberKind.DATE: ("yyyy\\-mm\\-dd",),
    NumberKind.TEXT: ("@",),
}
"""By digits after the point, from 0; per-share figures show two at least."""

TABS: dict[Tab, str] = {
    Tab.SUMMARY: INK,
    Tab.STATEMENT: "2F5D8A",
    Tab.ANALYSIS: "5C9E7C",
    Tab.CHECK: VIOLET,
    Tab.SOURCE: "8A94A3",
    Tab.ABOUT: "C9CED6",
}

PLACES = {Part.STATEMENTS: "Place of all statements", Part.EBITDA: "Place of EBITDA and Adjusted"}

SETTINGS: tuple[tuple[str, str | int, str], ...] = (
    ("paper", "printer", "A4, Letter, or printer: as the printer is set"),
    ("zoom", 100, "Per cent on the screen"),
    ("gridlines", "no", "yes or no"),
    ("footer left", "{source}", "{source}, {sheet}, {page} and {pages} stand for what they say"),
    ("footer middle", "{sheet}", ""),
    ("footer right", "Page {page} of {pages}", ""),
    *(
        (f"sheet {part.value}", place, f"{PLACES.get(part, 'Place')}: 1, 2, 3 …{'' if part in NEEDED else '; or no'}")
        for place, part in enumerate(Part, 1)
    ),
    *((f"analysis {option.value}", "yes", "yes or no") for option in Option),
)


class Design(Struct, frozen=True):
    """One house style."""

    file: str
    title: str
    looks: Mapping[str, Look]
    tabs: Mapping[Tab, str]
    accents: tuple[str, ...]
    """Colours of charts, in their order."""
    edge: str = INK
    """Colour of rules."""


DEFAULT = Design("default.xlsx", "House style of xlsx_builder", LOOKS, TABS, ACCENTS)

WHITE = "FFFFFF"
PALE_GREY = "EDEDED"
PLAIN_LOOKS: dict[str, Look] = {
    **{name: replace(look, colour=BLACK, fill="") for name, look in LOOKS.items()},
    Role.PERIOD.value: replace(LOOKS[Role.PERIOD.value], colour=BLACK, fill="", above=Edge.THIN),
    Role.INPUT.value: replace(LOOKS[Role.INPUT.value], colour=BLACK, below=Edge.DOTTED),
    Role.REPORTED.value: replace(LOOKS[Role.REPORTED.value], colour=BLACK, below=Edge.DOTTED),
    Role.CLAIM.value: replace(LOOKS[Role.CLAIM.value], colour=BLACK, below=Edge.DOTTED),
    Role.LINK.value: replace(LOOKS[Role.LINK.value], colour=BLACK, italic=True),
    Role.RATIO.value: replace(LOOKS[Role.RATIO.value], colour=BLACK, italic=False),
    Role.SWITCH.value: replace(LOOKS[Role.SWITCH.value], colour=BLACK, fill=PALE_GREY, below=Edge.DOTTED),
    Role.PARAMETER.value: replace(LOOKS[Role.PARAMETER.value], colour=BLACK, fill=PALE_GREY, below=Edge.DOTTED),
    FLAG_OK: replace(LOOKS[FLAG_OK], colour=BLACK, fill=WHITE),
    FLAG_BAD: replace(LOOKS[FLAG_BAD], colour=WHITE, fill=BLACK),
}
"""Black on white: a dotted line under what is typed in, slant for links, black cells for what differs."""

PLAIN = Design(
    "plain.xlsx",
    "Plain house style of xlsx_builder",
    PLAIN_LOOKS,
    dict(zip(Tab, ("000000", "595959", "7F7F7F", "A6A6A6", "BFBFBF", "D9D9D9"), strict=True)),
    ("404040", "A6A6A6", "000000", "7F7F7F", "D9D9D9", "595959"),
    edge=BLACK,
)
