"""Ways from a result to EBITDA: those that the release prints, and those that its lines allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import LineItem, StatementKind, Unit
from xlsx_builder.plan.frame import plain_columns
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.vocabulary import PATTERNS, Concept, plain

EBITDA = regex(
    r"(?:total |consolidated |segment |adjusted |less |plus )*"
    r"(?:ebitda\w*|earnings before (?:net )?interest\b.*\bdepreciation.*)(?! margin)"
)
NOT_MONEY = regex(r"\b(?:margin|ratio|multiple|per share|percentage)\b|%")
DEPRECIATION = regex(r"(?:total )?(?:depreciation(?:,| and| &).*amorti[sz]ation.*|d&a)")
DEPRECIATION_ALONE = regex(r"(?:total )?depreciation(?: expense)?(?: of .*)?")
AMORTIZATION_ALONE = regex(
    r"(?:total )?amorti[sz]ation(?: expense)?(?: of (?:\w+ )*(?:intangibles?|assets|goodwill)(?: .*)?)?"
)
INTEREST = regex(
    r"(?:net |finance |less:? )*interest(?: expense| charges| costs?| income)*(?:,? *-* ?net)?(?: of .*| excluding .*)?"
)
ADDED_BACK = regex(
    r".*\b(?:cumulative effect|discontinued|extraordinary|minority interests?|noncontrolling interests?)\b.*"
)
"""What stands between net income and the earnings of the business that goes on."""


class Start(Enum):
    """Where a bridge begins."""

    NET = "net income"
    OPERATING = "operating income"
    EBITDA = "EBITDA"
    REPORTED = "the reported figure"
    """Of any other kind."""


class Part(Struct, frozen=True):
    """A line and how it counts."""

    line: str
    weight: int


class Bridge(Struct, frozen=True):
    """A result and what is added back to it."""

    start: Start
    base: Part
    parts: tuple[Part, ...]
    reported: str | None = None
    """The line that prints what the bridge comes to; None where it is ours."""
    segment: str = ""
    name: str = ""
    """What it comes to; '' where that is EBITDA, or what the release calls it."""


def bridges(ground: Ground) -> tuple[Bridge, ...]:
    """All bridges: of the company from net income, from operating income, of adjusted figures; then by segment."""
    printed = list(_printed(ground))
    company = [bridge for bridge in printed if not bridge.segment]
    net = next((bridge for bridge in company if bridge.start is Start.NET), None) or _from_net_income(ground)
    operating = next((bridge for bridge in company if bridge.start is Start.OPERATING), None)
    operating = operating or _from_operating_income(ground, net)
    first = [bridge for bridge in (net, operating) if bridge is not None]
    rest = [bridge for bridge in company if bridge not in first]
    return (*first, *rest, *(bridge for bridge in printed if bridge.segment))


def is_ebitda(item: LineItem) -> bool:
    """Whether the line, or the block that it stands in, is EBITDA."""
    if item.unit is not Unit.MONEY or NOT_MONEY.search(item.label.lower()):
        return False
    return any(EBITDA.fullmatch(plain(text)) for text in (item.label, *item.section[-1:]))


def _printed(ground: Ground) -> Iterator[Bridge]:
    for calculation in ground.structure.calculations:
        total = ground.items[calculation.total]
        if not is_ebitda(total):
            continue
        starts = [(term, _start(ground.items[term.line])) for term in calculation.terms]
        bases = [(term, start) for term, start in starts if start is not None and term.weight > 0]
        if len(bases) != 1 or len(calculation.terms) < 2:
            continue
        base, start = bases[0]
        parts = tuple(Part(term.line, term.weight) for term in calculation.terms if term is not base)
        segment = "" if EBITDA.fullmatch(plain(total.label)) else total.label
        yield Bridge(start, Part(base.line, 1), parts, total.id, segment)


def _start(item: LineItem) -> Start | None:
    """What kind of result a term is, by its label or by the block that it stands in."""
    if is_ebitda(item):
        return Start.EBITDA
    for text in (item.label, *item.section[-1:]):
        for concept, start in ((Concept.NET, Start.NET), (Concept.OPERATING, Start.OPERATING)):
            if any(re.fullmatch(pattern, plain(text)) for pattern in PATTERNS[concept]):
                return start
    return None


def _from_net_income(ground: Ground) -> Bridge | None:
    """Ours: net income, with interest, taxes, depreciation and amortization as they counted in it."""
    found = ground.concepts
    depreciation = _depreciation(ground)
    if Concept.NET not in found or not depreciation:
        return None
    chain = _chain(ground, found[Concept.NET], found.get(Concept.OPERATING, ""))
    labels = {line: plain(ground.items[line].label) for line in chain}
    interest = [line for line in chain if INTEREST.fullmatch(labels[line])]
    tax = [line for line in chain if line == found.get(Concept.TAX)]
    other = [line for line in chain if ADDED_BACK.fullmatch(labels[line])]
    if not interest or not tax:
        return None
    back = [line for line in (*interest, *tax, *other) if line not in {part.line for part in depreciation}]
    parts = (*(Part(line, -chain[line]) for line in back), *depreciation)
    return Bridge(Start.NET, Part(found[Concept.NET], 1), parts)


def _from_operating_income(ground: Ground, net: Bridge | None) -> Bridge | None:
    """Ours: operating income and what the bridge from net income adds to it, so that both must come to the same."""
    found = ground.concepts
    if Concept.OPERATING not in found:
        return None
    base = Part(found[Concept.OPERATING], 1)
    depreciation = _depreciation(ground)
    if net is None:
        return Bridge(Start.OPERATING, base, depreciation) if depreciation else None
    between = _chain(ground, origin(ground, net.base.line), base.line)
    if base.line not in between:
        return None
    weights = {line: weight for line, weight in between.items() if line != base.line}
    lines = {line: line for line in weights}
    for part in net.parts:
        source = origin(ground, part.line)
        weights[source] = weights.get(source, 0) + part.weight
        lines[source] = lines.get(source, part.line)
    if any(abs(weight) > 1 for weight in weights.values()):
        return None
    parts = tuple(Part(lines[line], weight) for line, weight in weights.items() if weight)
    return Bridge(Start.OPERATING, base, parts) if parts else None


def origin(ground: Ground, line: str) -> str:
    """The line that a repeating line repeats in the end, its sign not turned."""
    sources = {tie.line: tie.source for tie in ground.structure.ties if tie.weight > 0}
    seen = {line}
    while line in sources and sources[line] not in seen:
        line = sources[line]
        seen.add(line)
    return line


def _chain(ground: Ground, line: str, stop: str) -> dict[str, int]:
    """What a result is made of and how each line counts, sums opened up to those of the stopping line."""
    sums = {calculation.total: calculation.terms for calculation in ground.structure.calculations}
    made: dict[str, int] = {}
    waiting = [(line, 1)]
    while waiting:
        current, weight = waiting.pop()
        if current in sums and current != stop:
            waiting.extend((term.line, weight * term.weight) for term in reversed(sums[current]))
        else:
            made[current] = made.get(current, 0) + weight
    return made


def _depreciation(ground: Ground) -> tuple[Part, ...]:
    """Depreciation and amortization of the whole company: one line, or one of each."""
    kinds = (StatementKind.INCOME, StatementKind.RECONCILIATION, StatementKind.CASH_FLOW, StatementKind.SEGMENTS)
    lines = [
        item
        for kind in kinds
        for statement in ground.statements.statements
        if statement.kind is kind
        for item in statement.items
        if item.unit is Unit.MONEY and (kind is not StatementKind.SEGMENTS or item.label.lower().startswith("total"))
    ]
    together = _widest(ground, [item for item in lines if DEPRECIATION.fullmatch(plain(item.label))])
    if together is not None:
        return (_added(together),)
    alone = [item for item in lines if DEPRECIATION_ALONE.fullmatch(plain(item.label))]
    beside = [item for item in lines if AMORTIZATION_ALONE.fullmatch(plain(item.label))]
    pair = _widest(ground, alone), _widest(ground, beside)
    return tuple(_added(item) for item in pair if item is not None) if None not in pair else ()


def _added(item: LineItem) -> Part:
    """A cost as it is added back, whether the release prints it as a positive or a negative figure."""
    first = next((value for value in item.values if value), 0)
    return Part(item.id, -1 if first < 0 else 1)


def _widest(ground: Ground, items: list[LineItem]) -> LineItem | None:
    """The line with figures for most periods of the whole company, the first of equals."""

    def periods(item: LineItem) -> int:
        columns = plain_columns(ground.homes[item.id].statement)
        return sum(item.facts[index].value is not None for index in columns)

    return max(items, key=periods, default=None)
