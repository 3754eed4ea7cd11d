"""Rules about what cells are for: inputs apart from formulas, open or locked, told by their looks, with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsx_builder.model.formula import address
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.workbook import OPEN, Role
from xlsx_builder.verify.audit.facts import TYPED, CellFact, Facts, Kind, Look
from xlsx_builder.verify.audit.figures import figures
from xlsx_builder.verify.audit.formula import unquoted
from xlsx_builder.verify.audit.report import Fault
from xlsx_builder.verify.audit.rule import Need, Rule

CITED = (Role.INPUT, Role.REPORTED)
"""Roles whose figures come from the release."""
TARGET = regex(r"('(?:[^']|'')+'|[^!']+)!\$?[A-Z]{1,3}\$?(\d+)")
DIGITS = regex(r"\d[\d,.'\u2019 \u00a0\u202f]*\d|\d")
MARKS = ((",", "."), (".", ","))
"""Between thousands and before decimals: 1,204.5 and 1.204,5."""
FULL = 255
"""The strongest shade of a part of a colour."""
NEAR = 1e-9


def inputs_apart(facts: Facts) -> Iterator[Fault]:
    """Constants in cells that are styled as formulas, and the reverse."""
    for sheet in facts.sheets:
        for cell in figures(facts, sheet):
            role = cell.look.role
            if cell.kind is Kind.NUMBER and role not in TYPED:
                name = role.value if role else cell.look.style
                yield cell.fault(f"A figure is typed into a cell of the style '{name}', which is none of inputs.")
            elif cell.formula is not None and role in TYPED:
                yield cell.fault(f"A formula stands in a cell of the style '{cell.look.style}', which is for inputs.")


def open_inputs(facts: Facts) -> Iterator[Fault]:
    """Inputs that are locked, and anything else that is not."""
    for cell in facts.cells:
        role = cell.look.role
        if role in OPEN and cell.kind is Kind.NUMBER and cell.look.locked:
            yield cell.fault("The input is locked.")
        elif role is not None and role not in OPEN and not cell.look.locked:
            yield cell.fault("The cell is not locked, though it is no input.")


def locked(facts: Facts) -> Iterator[Fault]:
    """Formulas that anybody can overwrite, and passwords."""
    for sheet in facts.sheets:
        protection = sheet.raw.protection
        if not protection.sheet:
            if sheet.formulas:
                yield sheet.fault("The sheet is not protected, so its formulas can be overwritten by accident.")
            continue
        if protection.password or protection.hashValue:
            yield sheet.fault("The sheet is protected with a password, so nobody can take it further.")
        for cell in sheet.formulas:
            if not cell.look.locked:
                yield cell.fault("The formula is not locked.")


def colours(facts: Facts) -> Iterator[Fault]:
    """Inputs that are not blue, formulas that are, links to other sheets that are not green."""
    if facts.has_roles:
        yield from _repainted(facts)
        if _plain_house(facts):
            return
    for sheet in facts.sheets:
        if not sheet.formulas:
            continue  # a list of data has no inputs to tell from formulas
        for cell in figures(facts, sheet):
            message = _wrong_colour(cell)
            if message:
                yield cell.fault(message)


def _wrong_colour(cell: CellFact) -> str:
    if cell.look.role is Role.CHECK:
        return ""  # checks have a colour of their own
    shade = _shade(cell.look.colour)
    if cell.formula is None:
        return "" if shade == "blue" else "A typed-in figure is not blue."
    away = cell.formula.is_link and cell.formula.areas[0].sheet != cell.place.sheet
    if away:
        return "" if shade == "green" else "A link to another sheet is not green."
    return "A formula is blue, as only typed-in figures are." if shade == "blue" else ""


def _shade(colour: str) -> str:
    """Blue, green, or '' for any other."""
    if not colour:
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    if blue > FULL / 3 and red <= blue / 2 and blue > green * 1.15:  # more red would be violet
        return "blue"
    return "green" if green > red * 1.3 and green > blue * 1.15 else ""


def _repainted(facts: Facts) -> Iterator[Fault]:
    """Cells whose letters have another colour than their named style."""
    styles = {style.name: style for style in vars(facts.book)["_named_styles"]}
    for cell in facts.cells:
        if cell.look.role is None:
            continue
        given = styles[cell.look.style].font.color
        wanted = str(given.rgb)[-6:].upper() if given is not None and given.type == "rgb" else cell.look.colour
        if wanted != cell.look.colour:
            yield cell.fault(f"Its colour is not that of the style '{cell.look.style}'.")


def _plain_house(facts: Facts) -> bool:
    """Whether the house style is black and white: then rules and slant tell what colours would."""
    looks: dict[Role, Look] = {}
    for cell in facts.cells:
        if cell.look.role is not None:
            looks.setdefault(cell.look.role, cell.look)
    shown = [look.colour for role, look in looks.items() if role in (Role.INPUT, Role.LINK, Role.REPORTED)]
    return bool(shown) and all(len({colour[at : at + 2] for at in (0, 2, 4)}) == 1 for colour in shown)


def sources(facts: Facts) -> Iterator[Fault]:
    """Figures of the release without a citation, and citations of lines that do not say them."""
    for sheet in facts.sheets:
        for cells in sheet.rows.values():
            typed = [c for c in cells if c.look.role in CITED and c.kind is Kind.NUMBER]
            cited = [c for c in cells if c.look.role is Role.SOURCE and c.link]
            if typed and not cited:
                for cell in typed:
                    yield cell.fault("The figure names no line of the release.")
            elif typed:
                said = {number for source in cited for number in _said(facts, source.link or "")}
                for cell in typed:
                    if not _agrees(cell.content, said):
                        yield cell.fault("The line of the release that its row cites does not say this figure.")


def _said(facts: Facts, link: str) -> Iterator[float]:
    """The figures in the row that a citation leads to."""
    found = TARGET.fullmatch(link)
    target = facts.by_name.get(unquoted(found[1]).lower()) if found else None
    if found is None or target is None:
        return
    for cell in target.rows.get(int(found[2]), ()):
        if cell.kind is Kind.TEXT:
            yield from printed(str(cell.content))


def printed(text: str) -> Iterator[float]:
    """The figures that a line prints, without their signs; a dash is zero."""
    if re.search(r"[-–—]|\bnil\b", text):  # noqa: RUF001
        yield 0.0
    for found in DIGITS.findall(text):
        for piece in (found, *re.split(r"[ \u00a0\u202f]+", found)):
            digits = re.sub(r"['\u2019 \u00a0\u202f]", "", piece).strip(".,")
            for thousands, point in MARKS:
                plain = digits.replace(thousands, "").replace(point, ".")
                if re.fullmatch(r"\d+(\.\d+)?", plain):
                    yield float(plain)
    yield from (float(piece) for piece in re.findall(r"(?<!\d)\.\d+", text))


def _agrees(value: object, said: set[float]) -> bool:
    """Whether a line says the figure, as it is or as a per cent."""
    assert isinstance(value, int | float)
    return any(abs(abs(value) * factor - each) <= NEAR * max(1.0, each) for factor in (1, 100) for each in said)


def switches(facts: Facts) -> Iterator[Fault]:
    """Switches that take anything."""
    for sheet in facts.sheets:
        ranges = [rule.sqref for rule in sheet.raw.data_validations.dataValidation if rule.type not in (None, "none")]
        for cell in sheet.cells.values():
            at = address(*cell.spot)
            if cell.look.role is Role.SWITCH and cell.kind is Kind.NUMBER and not any(at in each for each in ranges):
                yield cell.fault("The switch takes any value; let it take 1 and 0 only.")


RULES = (
    Rule(
        "inputs", "Figures are typed into inputs only, and inputs hold no formulas.", "FAST", inputs_apart, Need.ROLES
    ),
    Rule("open", "Inputs and switches are open, all else is locked.", "20 Principles 20", open_inputs, Need.ROLES),
    Rule("locked", "Formulas are protected, without a password.", "20 Principles 20", locked),
    Rule("colours", "Inputs are blue, formulas not, links to other sheets green.", "practice of banks", colours),
    Rule("source", "Each figure of the release cites the line that says it.", "practice", sources, Need.ROLES),
    Rule("switches", "Switches take only the values they know.", "ICAEW code", switches, Need.ROLES),
)
