"""The statements laid out, and the draft of their figures while formulas take the place of printed constants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from msgspec import Struct, field

from xlsx_builder.model.statement import Column, LineItem, Statements
from xlsx_builder.model.structure import Evidence, Structure
from xlsx_builder.model.workbook import CellRef, Change, Content, Formula, Mean, NumberKind, Ratio
from xlsx_builder.plan.concepts import find
from xlsx_builder.plan.figures import cell_value, decimals_of, number_of, quotient_rounding, slack
from xlsx_builder.plan.layout import Layout, layouts
from xlsx_builder.plan.values import Value, computed, precedents, value_of
from xlsx_builder.plan.vocabulary import Concept
from xlsx_builder.plan.words import name


class Ground(Struct, frozen=True):
    """All statements with their places."""

    statements: Statements
    structure: Structure
    layouts: tuple[Layout, ...]
    items: Mapping[str, LineItem]
    homes: Mapping[str, Layout]
    """Line id -> the layout of its statement."""
    concepts: Mapping[Concept, str]
    """Key figure -> the line that shows it."""
    names: Mapping[str, str]
    """Line id -> its label, with its heading where other lines of the sheet have the same: 'North (Net sales)'."""

    def cell(self, line: str, index: int) -> CellRef:
        """The cell of a figure."""
        return self.homes[line].cell(line, index)

    def column(self, line: str, index: int) -> Column:
        """The printed column of a figure."""
        return self.homes[line].statement.columns[index]

    def slack(self, line: str, index: int) -> Decimal:
        """The rounding of a printed figure."""
        return slack(self.items[line], self.homes[line].statement, index)

    def printed(self, line: str, index: int) -> Decimal | None:
        """A printed figure as its cell holds it."""
        return cell_value(self.items[line], self.homes[line].statement, index)

    def counterpart(self, line: str, index: int, other: str) -> int | None:
        """The column of another line's statement that has the same context; None where there is not just one."""
        return self.homes[line].statement.counterpart(index, self.homes[other].statement)


def ground_of(statements: Statements, structure: Structure) -> Ground:
    """Lay the statements out."""
    laid = layouts(statements, {calculation.total for calculation in structure.calculations})
    homes = {item.id: layout for layout in laid for item in layout.statement.items}
    names = {line: text for layout in laid for line, text in _names(layout).items()}
    return Ground(statements, structure, laid, statements.items, homes, find(statements), names)


def _names(layout: Layout) -> dict[str, str]:
    times = Counter(item.label for item in layout.statement.items)
    names = {}
    for item in layout.statement.items:
        block = item.section[-1] if item.section and item.label and times[item.label] > 1 else ""
        names[item.id] = name(item) + (f" ({block})" if block else "")
    return names


class Group(Enum):
    """Kinds of checks, in the order of the sheet."""

    SUM = "Sum"
    TIE = "Tie"
    IDENTITY = "Identity"
    ACROSS = "Across"
    AVERAGE = "Average"
    CHANGE = "Change, rate"
    EBITDA = "EBITDA"
    ADJUSTED = "Adjusted"


class Comparison(Struct, frozen=True):
    """Two figures that should be the same."""

    group: Group
    place: CellRef
    """The cell that it is about; where a click leads."""
    label: str
    period: str
    computed: Formula
    reported: Decimal | Formula
    """What was printed, as a constant; or the cell that holds it."""
    tolerance: Decimal
    """Half a unit of the last printed digit for each figure taking part."""
    printed_differs: bool = False
    """The printed figures alone already differ by more than that."""
    number: NumberKind = NumberKind.MONEY
    decimals: int = 0
    line: int | None = None
    """Source line of the reported figure."""
    statement: str = ""
    """Name of the sheet it is about."""


class Stated(Struct, frozen=True):
    """How cells come about that no calculation or tie explains, for the sheet About."""

    name: str
    """The line or column."""
    place: CellRef
    """Its first formula."""
    words: str
    """'= Gross profit / Net sales'."""
    evidence: Evidence


class Draft(Struct):
    """What the cells of figures hold so far, and what is to be checked."""

    contents: dict[CellRef, Content] = field(default_factory=dict)
    slacks: dict[CellRef, Decimal] = field(default_factory=dict)
    """The rounding of each printed figure."""
    notes: dict[CellRef, str] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)
    used: dict[tuple[str, str], str] = field(default_factory=dict)
    """('sum' or 'tie', line id) -> what became of the relation, in words."""
    stated: list[Stated] = field(default_factory=list)
    """Printed changes and rates that are computed."""

    def is_formula(self, cell: CellRef) -> bool:
        """Whether the cell holds a formula already."""
        content = self.contents.get(cell)
        return content is not None and not isinstance(content, str | int | Decimal)

    def set_formula(self, cell: CellRef, formula: Formula) -> bool:
        """Put a formula into a cell, unless it would read itself."""
        if cell in self.behind(formula):
            return False
        self.contents[cell] = formula
        return True

    def value(self, cell: CellRef) -> Value:
        """What the cell shows now."""
        return value_of(cell, self.contents, {})

    def value_of_formula(self, formula: Formula, known: dict[CellRef, Value] | None = None) -> Value:
        """What the formula would show now; `known` keeps values between calls while no content changes."""
        return computed(formula, self.contents, {} if known is None else known)

    def behind(self, formula: Formula) -> set[CellRef]:
        """All cells that a formula reads, directly or through others."""
        open_cells, seen = list(precedents(formula)), set[CellRef]()
        while open_cells:
            cell = open_cells.pop()
            content = self.contents.get(cell)
            if cell not in seen and content is not None and not isinstance(content, str | int | Decimal):
                open_cells.extend(precedents(content))
            seen.add(cell)
        return seen

    def bound(self, formula: Formula, known: dict[CellRef, Value]) -> Decimal:
        """How far rounding alone can move what a formula computes: the rounding of all inputs behind it."""
        bounds = [self._cell_bound(cell, known) for cell in precedents(formula)]
        if isinstance(formula, Mean):
            return sum(bounds, Decimal(0)) / len(bounds)
        if not isinstance(formula, Change | Ratio):
            return sum(bounds, Decimal(0))
        part, whole = (value_of(cell, self.contents, known) for cell in precedents(formula))
        if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or not whole:
            return Decimal(0)
        return quotient_rounding(part, bounds[0], whole, bounds[1])

    def _cell_bound(self, cell: CellRef, known: dict[CellRef, Value]) -> Decimal:
        content = self.contents.get(cell)
        if content is None or isinstance(content, str | int | Decimal):
            return self.slacks.get(cell, Decimal(0))
        return self.bound(content, known)


def draft_of(ground: Ground) -> Draft:
    """All figures as printed."""
    draft = Draft()
    for line in ground.items:
        for index in range(len(ground.items[line].facts)):
            printed = ground.printed(line, index)
            if printed is not None:
                cell = ground.cell(line, index)
                draft.contents[cell] = printed
                draft.slacks[cell] = ground.slack(line, index)
    return draft


def comparison(ground: Ground, line: str, index: int, group: Group, computed: Formula) -> Comparison:
    """A comparison of the figure as printed with what a formula gives; tolerance and the rest can be replaced."""
    item, home = ground.items[line], ground.homes[line]
    printed = ground.printed(line, index)
    return Comparison(
        group=group,
        place=home.cell(line, index),
        label=ground.names[line],
        period=home.headings[index].replace("\n", " "),
        computed=computed,
        reported=Decimal(0) if printed is None else printed,
        tolerance=ground.slack(line, index),
        number=number_of(item, home.statement.columns[index]),
        decimals=decimals_of(item, home.statement, index),
        line=item.facts[index].line,
        statement=home.sheet,
    )
