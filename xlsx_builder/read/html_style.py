"""What an element's tag, attributes and inline style say about how its text looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex

POINTS = {"pt": 1.0, "px": 0.75, "em": 10.0, "rem": 10.0, "ex": 5.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0}
"""Points in one unit; text of releases is near 10 points high."""
POINTS_IN_PERCENT = 5.0
"""Of a page about 500 points wide."""
BOLD_WEIGHT = 600
"""Font weights from here on look bold."""
BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
SMALLER = 0.8
"""What <small> and <sup> make of the height of letters."""
HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")
SHOWN = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}
LENGTH = regex(r"(-?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")


class Style(Struct, frozen=True):
    """What one element adds; None leaves a matter to the elements around it."""

    hidden: bool = False
    bold: bool | None = None
    centred: bool | None = None
    raised: bool | None = None
    size: float | None = None
    """Height of the letters in points."""
    zoom: float = 1.0
    """The same, as a part of the height around it."""
    margin: float = 0.0
    """Points by which it moves its text to the right, all lines of it."""
    first_line: float | None = None
    """Points by which it moves the first line of a paragraph; negative where labels hang."""
    rule_above: Rule = Rule.NONE
    rule_below: Rule = Rule.NONE
    page_break: bool = False
    shown_as: str = ""
    """The tag of that part of a table which 'display' makes of it."""


def style_of(tag: str, attributes: Mapping[str, str], sheet: Mapping[str, str]) -> Style:
    """The style of one element, from its tag, its attributes and the page's own rules for its classes."""
    if not attributes:
        return _style(tag, "", "", "")
    declared = attributes.get("style", "")
    names = attributes.get("class", "") if sheet else ""
    if names:
        declared = ";".join([*(sheet[name] for name in names.split() if name in sheet), declared])
    return _style(tag, declared, attributes.get("align", ""), attributes.get("size", "") if tag == "font" else "")


@lru_cache(maxsize=1 << 14)
def _style(tag: str, declared: str, align: str, size: str) -> Style:
    declared = declared.lower()
    rules = dict(_declarations(declared))
    text_align = rules.get("text-align", align.lower())
    margin = rules.get("margin-left", _left(rules.get("margin", "")))
    padding = rules.get("padding-left", _left(rules.get("padding", "")))
    return Style(
        hidden=HIDDEN.search(declared) is not None,
        bold=_bold(tag, rules),
        centred=(text_align == "center") if text_align else (True if tag == "center" else None),
        raised=_raised(tag, rules),
        size=_size(rules.get("font-size", ""), size),
        zoom=_zoom(tag, rules.get("font-size", "")),
        margin=points(margin) + points(padding),
        first_line=points(rules["text-indent"]) if "text-indent" in rules else None,
        rule_above=_rule(rules, "top"),
        rule_below=_rule(rules, "bottom"),
        page_break="page-break" in declared and ("always" in declared or "page;" in declared),
        shown_as=SHOWN.get(rules.get("display", ""), ""),
    )


def _declarations(declared: str) -> list[tuple[str, str]]:
    pairs = (part.partition(":") for part in declared.split(";"))
    return [(name.strip(), value.strip()) for name, _, value in pairs if value]


def _bold(tag: str, rules: Mapping[str, str]) -> bool | None:
    weight = rules.get("font-weight") or next((w for w in rules.get("font", "").split() if w == "bold"), None)
    if weight is None:
        return True if tag in BOLD_TAGS else None
    return weight.startswith("bold") or (weight.isdigit() and int(weight) >= BOLD_WEIGHT)


def _raised(tag: str, rules: Mapping[str, str]) -> bool | None:
    if tag == "sup" or rules.get("vertical-align") == "super":
        return True
    if rules.get("position") == "relative":
        return points(rules.get("top", "0")) < 0 or points(rules.get("bottom", "0")) > 0
    return None


def _size(declared: str, attribute: str) -> float | None:
    if declared and not declared.endswith(("%", "em")):
        return points(declared) or None
    steps = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0}
    return steps.get(attribute)


def _zoom(tag: str, declared: str) -> float:
    if declared.endswith("%"):
        return points(declared) / POINTS_IN_PERCENT / 100
    if declared.endswith("em"):
        return points(declared) / POINTS["em"]
    return SMALLER if tag in ("sup", "sub", "small") else 1.0


def _rule(rules: Mapping[str, str], side: str) -> Rule:
    text = rules.get(f"border-{side}") or rules.get(f"border-{side}-style") or rules.get("border", "")
    if "double" in text:
        return Rule.DOUBLE
    width = points(rules.get(f"border-{side}-width", text) if LENGTH.search(text) else "1")
    visible = any(word in text for word in ("solid", "dashed", "dotted", "groove", "ridge"))
    transparent = any(word in text for word in ("transparent", "#ffffff", "white"))
    return Rule.SINGLE if visible and width and not transparent else Rule.NONE


def _left(shorthand: str) -> str:
    """'2px 1pt 2px 13pt' (top, right, bottom, left) -> '13pt'; two or three values have the left one second."""
    values = shorthand.split()
    return "" if not values else values[(0, 1, 1, 3)[min(len(values), 4) - 1]]


def points(text: str) -> float:
    """Length in points: '-1.00em' is -10."""
    match = LENGTH.search(text)
    if match is None:
        return 0.0
    unit = match[2]
    return float(match[1]) * (POINTS_IN_PERCENT if unit == "%" else POINTS.get(unit, POINTS["px"]))


def class_rules(sheet: str) -> dict[str, str]:
    """Class name -> its declarations, from the text of a <style> element; other selectors are left out."""
    found: dict[str, str] = {}
    for selectors, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        for selector in selectors.split(","):
            match = re.fullmatch(r"\s*(?:[a-zA-Z]+)?\.([\w-]+)\s*", selector)
            if match:
                found[match[1]] = f"{found.get(match[1], '')};{declared}"
    return found
