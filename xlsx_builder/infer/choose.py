"""One sum a line, by reading the lines like a sentence: each is put down, and may take the lines it sums up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import log2

from msgspec import Struct, field

from xlsx_builder.infer.candidates import COST_REPEATED, Candidate, Place, candidates
from xlsx_builder.infer.cues import candidate_bits
from xlsx_builder.infer.families import Families, families
from xlsx_builder.infer.grid import Grid, Search, Terms
from xlsx_builder.infer.rounding import REPEAT_BITS, Agreement, agreement
from xlsx_builder.infer.stack import Index, Node, empty_stacks, indexed, pushed

OFFERS = 4
"""Sums of one line that are followed up."""
PRIOR = -6.0
"""Bits against any line being a sum: one in five is, and a wrong formula costs more than a missing one."""
REPEATED_BITS = 6.0
"""No more is proven by a total that only shows its single term again."""
FAILED_BITS = -3.0
"""Bits against a sum for each column in which it fails, set off against what the others prove."""
EXCEPTIONS_BITS = -3.0
"""Bits against a sum for each doubling of its failures, however well it holds elsewhere."""
ENOUGH = 30.0
BEYOND = 0.01
"""Share that bits beyond `ENOUGH` count."""
MAX_TESTED = 24
"""Candidates of one line that are tested in every column; in tables of ones all of thousands would agree."""
MAX_RANKED = 12
"""Sums of one line that are compared with each other."""
RATE_SHAPES = ("added", "repeated")
RATE_CUES = frozenset({"total wording", "no label", "rule above", "counterpart of its first term"})
"""What must speak for a rate as a sum: margins of one whole add up as its costs do, but none is made of the others."""


class Sum(Struct, frozen=True):
    """A line as a signed sum of others, with what speaks for it."""

    total: int
    terms: Terms
    agreement: Agreement
    bits: float
    cues: tuple[str, ...]
    shape: str


def relation(one: Sum) -> frozenset[int]:
    """The lines of a sum, whichever of them stands alone."""
    return frozenset({one.total, *(line for line, _ in one.terms)})


def whole_line(one: Sum) -> int:
    """The line that all others of a sum are parts of."""
    return one.total if one.shape != "deducted" else next(line for line, weight in one.terms if weight == 1)


def part_lines(one: Sum) -> set[int]:
    """The parts of the whole: of 'whole less part' the part and the remainder."""
    parts = {line for line, weight in one.terms if weight == (1 if one.shape != "deducted" else -1)}
    return parts if one.shape != "deducted" else parts | {one.total}


class Reading(Struct, frozen=True, eq=False):
    """One way to read the lines so far."""

    bits: float
    stacks: tuple[Node, ...]
    """Untaken lines by what they may be added to."""
    sums: Sums | None


class Sums(Struct, frozen=True, eq=False):
    """Sums found, the last one first."""

    found: Sum
    before: Sums | None


def best_sums(grid: Grid) -> tuple[dict[int, Sum], dict[int, tuple[Sum, ...]], frozenset[int]]:
    """The sums of the most credible reading by total, the other sums that hold, and the lines not tried to the end."""
    search = Finder(grid, families(grid), indexed(grid))
    readings = [Reading(0.0, empty_stacks(search.families, len(search.index.widths)), None)]
    offers: dict[int, dict[Terms, Sum]] = {}
    for total, line in enumerate(grid.lines):
        if any(line):
            readings, offers[total] = search.read(readings, total)
    chosen: dict[int, Sum] = {}
    node = max(readings, key=lambda reading: reading.bits).sums
    while node:
        chosen[node.found.total] = node.found
        node = node.before
    rivals = {
        total: tuple(other for other in offers[total].values() if other.terms != found.terms)
        for total, found in chosen.items()
    }
    return chosen, rivals, frozenset(search.limited)


class Finder(Struct, frozen=True):
    """What the search for the sums of one grid looks things up in."""

    grid: Grid
    families: Families
    index: Index
    limited: set[int] = field(default_factory=set)
    """Lines of which not all sums that agree somewhere were tried."""

    def read(self, readings: Sequence[Reading], total: int) -> tuple[list[Reading], dict[Terms, Sum]]:
        """The most credible readings with one line more, and the sums that might explain it."""
        home = self.families.home(total)
        memo: dict[Node, list[Sum]] = {}
        tested: dict[Terms, Agreement] = {}
        grown: list[Reading] = []
        offers: dict[Terms, Sum] = {}
        for reading in readings:
            top = reading.stacks[home]
            self.index.learn(home, top)
            if top not in memo:
                place = Place(self.grid, self.families, self.index, total, home, top, self.limited)
                offered = list(islice(candidates(place), MAX_TESTED + 1))
                if len(offered) > MAX_TESTED:
                    self.limited.add(total)
                memo[top] = weighed(place, offered[:MAX_TESTED], tested)
                offers.update((found.terms, found) for found in memo[top])
            grown.append(Reading(reading.bits, self.put(reading.stacks, total), reading.sums))
            grown.extend(self.taken(reading, found) for found in memo[top][:OFFERS] if found.bits > 0)
        # The line after this one may have the better claim to its terms: one reading keeps them for it.
        waiting = grown[0]
        grown.sort(key=lambda reading: -reading.bits)
        kept = grown[: self.grid.search.beam]
        return [*kept, *(() if waiting in kept else (waiting,))], offers

    def put(self, stacks: tuple[Node, ...], line: int, *, total: bool = False) -> tuple[Node, ...]:
        """The stacks with one line more."""
        after = list(stacks)
        for stack in self.families.stacks(line):
            after[stack] = pushed(after[stack], line, self.index.cells[line], total=total)
        return tuple(after)

    def taken(self, reading: Reading, found: Sum) -> Reading:
        """The reading after a line has taken its terms off the stacks."""
        terms = {line for line, _ in found.terms}
        first = min(terms)
        stacks = list(reading.stacks)
        for stack in {stack for line in terms for stack in self.families.stacks(line)}:
            node, kept = stacks[stack], []
            while node.below is not None and node.line >= first:
                if node.line not in terms:
                    kept.append(node)
                node = node.below
            for one in reversed(kept):
                node = pushed(node, one.line, self.index.cells[one.line], total=one.total)
            stacks[stack] = node
        after = self.put(tuple(stacks), found.total, total=True)
        return Reading(reading.bits + found.bits, after, Sums(found, reading.sums))


def weighed(place: Place, offered: Sequence[Candidate], tested: dict[Terms, Agreement]) -> list[Sum]:
    """The sums that might explain a line, the most credible first.

    Args:
        place: The line, and the untaken lines before it.
        offered: Sums of these that agree somewhere.
        tested: How sums of this line agree, as far as that is known; more is added.
    """
    grid, total = place.grid, place.total
    found = []
    for candidate in offered:
        if grid.hints[total].rate and candidate.shape not in RATE_SHAPES:
            continue
        if candidate.terms not in tested:
            terms = [(weight, grid.lines[line]) for line, weight in candidate.terms]
            tested[candidate.terms] = agreement(grid.lines[total], terms, grid.columns, grid.search.failures)
        agreed = tested[candidate.terms]
        failed = agreed.tested - agreed.held
        if agreed.tested == 0 or failed > grid.search.failures * agreed.tested:
            continue
        if not agreed.informative and (failed or adds_nothing(grid, candidate.terms)):
            continue
        bits, cues = candidate_bits(grid, total, candidate)
        if grid.hints[total].rate and not RATE_CUES.intersection(cues):
            continue
        bits += PRIOR - candidate.cost
        if agreed.informative:
            bits += weight_of(agreed, grid.search)
        else:
            bits += min(REPEATED_BITS, REPEAT_BITS * agreed.patterns) - COST_REPEATED
        found.append(Sum(total, candidate.terms, agreed, bits, cues, candidate.shape))
    found.sort(key=lambda one: -one.bits)
    del found[MAX_RANKED:]
    return [one for one in found if not any(idle(grid, one, other) for other in found)]


def adds_nothing(grid: Grid, terms: Terms) -> bool:
    """Whether a sum only puts zeros to what calls itself a total: it repeats that total and gathers nothing."""
    told = [line for line, _ in terms if any(cell and cell.centre for cell in grid.lines[line])]
    return len(told) == 1 < len(terms) and "total wording" in grid.hints[told[0]].cues


def weight_of(agreed: Agreement, search: Search) -> float:
    """What agreement and failures prove together, in bits."""
    failed = agreed.tested - agreed.held
    rounded = 1 - agreed.exact / max(1, agreed.held)
    proven = saturated(agreed.bits + FAILED_BITS * failed)
    return proven + EXCEPTIONS_BITS * log2(1 + failed) + search.rounded * rounded


def saturated(bits: float) -> float:
    """Proof beyond doubt counts little: between two sums that both surely hold, the simpler one is meant."""
    return min(bits, ENOUGH) + max(0.0, bits - ENOUGH) * BEYOND


def idle(grid: Grid, one: Sum, other: Sum) -> bool:
    """Whether a sum is another one and some lines besides that only cancel each other."""
    more = set(one.terms) - set(other.terms)
    if not more or len(one.terms) - len(more) != len(other.terms):
        return False
    if other.agreement.residual > one.agreement.residual:
        return False
    return any(
        (cell := grid.lines[line][column]) is not None and abs(cell.centre) > 2 * cell.radius
        for line, _ in more
        for column in grid.columns
        if grid.lines[one.total][column] is not None
    )
