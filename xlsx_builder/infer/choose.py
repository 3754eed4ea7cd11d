"""One sum a line, by reading the lines like a sentence: each is put down, and may take the lines it sums up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsx_builder.infer.candidates import REACH, Candidate, candidates, compatible
from xlsx_builder.infer.grid import Grid
from xlsx_builder.infer.rounding import Agreement, agreement

BEAM = 8
"""Readings kept side by side; more of them changed nothing on the labelled releases."""
OFFERS = 4
"""Sums of one line that are followed up."""
PRIOR = -6.0
"""Bits against any line being a sum: one in five is, and a wrong formula costs more than a missing one."""
BLOCK_WHOLE = 2.0
BLOCK_CUT = -4.0
"""Bits for a sum that reaches back to where its block begins, and against one that begins in its middle."""
MAX_FAILED = 0
MAX_SCAN = 3 * REACH


@dataclass(frozen=True, slots=True)
class Sum:
    """A line as a signed sum of others, with what speaks for it."""

    total: int
    terms: tuple[tuple[int, int], ...]
    agreement: Agreement
    bits: float
    cues: tuple[str, ...]
    shape: str


class Reading(NamedTuple):
    """One way to read the lines so far."""

    bits: float
    stack: Stack | None
    """Untaken lines, the last one first."""
    sums: Sums | None


class Stack(NamedTuple):
    """Untaken lines as a linked list, so that readings share their common past."""

    line: int
    below: Stack | None


class Sums(NamedTuple):
    """Sums found, the last one first."""

    found: Sum
    before: Sums | None


def best_sums(grid: Grid) -> tuple[dict[int, Sum], dict[int, tuple[Sum, ...]]]:
    """The sums of the most credible reading by their total, and for each total the other sums that hold."""
    readings = [Reading(0.0, None, None)]
    offers: dict[int, dict[tuple[tuple[int, int], ...], Sum]] = {}
    for total in range(len(grid.lines)):
        memo: dict[tuple[int, ...], list[Sum]] = {}
        grown: list[Reading] = []
        for reading in readings:
            visible = visible_lines(grid, total, reading.stack)
            key = tuple(visible)
            if key not in memo:
                memo[key] = weighed(grid, total, visible)
                offers.setdefault(total, {}).update((found.terms, found) for found in memo[key])
            grown.append(Reading(reading.bits, Stack(total, reading.stack), reading.sums))
            grown.extend(taken(reading, found) for found in memo[key][:OFFERS] if found.bits > 0)
        readings = pruned(grown)
    chosen: dict[int, Sum] = {}
    node = max(readings, key=lambda reading: reading.bits).sums
    while node:
        chosen[node.found.total] = node.found
        node = node.before
    rivals = {
        total: tuple(other for other in offers[total].values() if other.terms != found.terms)
        for total, found in chosen.items()
    }
    return chosen, rivals


def visible_lines(grid: Grid, total: int, stack: Stack | None) -> list[int]:
    """Untaken lines of the total's unit and scale, the nearest first."""
    visible: list[int] = []
    line = grid.lines[total]
    scanned = 0
    while stack and len(visible) < REACH and scanned < MAX_SCAN:
        if compatible(line, grid.lines[stack.line], grid.columns):
            visible.append(stack.line)
        stack = stack.below
        scanned += 1
    return visible


def taken(reading: Reading, found: Sum) -> Reading:
    """The reading after a line has taken its terms, and what stands between them, off the stack."""
    terms = {line for line, _ in found.terms}
    first = min(terms)
    kept: list[int] = []
    stack = reading.stack
    while stack and stack.line >= first:
        if stack.line not in terms:
            kept.append(stack.line)
        stack = stack.below
    for line in reversed(kept):
        stack = Stack(line, stack)
    return Reading(reading.bits + found.bits, Stack(found.total, stack), Sums(found, reading.sums))


def pruned(readings: list[Reading]) -> list[Reading]:
    """The best readings."""
    readings.sort(key=lambda reading: -reading.bits)
    return readings[:BEAM]


def weighed(grid: Grid, total: int, visible: Sequence[int]) -> list[Sum]:
    """The sums that might explain a line, the most credible first."""
    found = []
    for candidate in candidates(grid, total, visible):
        terms = [(weight, grid.lines[line]) for line, weight in candidate.terms]
        agreed = agreement(grid.lines[total], terms, grid.columns)
        if agreed.tested - agreed.held > MAX_FAILED or not agreed.informative:
            continue
        bits, cues = layout_bits(grid, total, candidate, visible)
        bits += agreed.bits - candidate.cost + PRIOR
        found.append(Sum(total, candidate.terms, agreed, bits, cues, candidate.shape))
    found.sort(key=lambda one: -one.bits)
    return found


def layout_bits(grid: Grid, total: int, candidate: Candidate, visible: Sequence[int]) -> tuple[float, tuple[str, ...]]:
    """What layout and wording say for a sum, in bits and in words."""
    hint = grid.hints[total]
    cues = [*hint.cues]
    bits = hint.total
    first = candidate.terms[0][0]
    place = visible.index(first)
    if candidate.terms[-1][0] == total - 1:
        cues.append("adjacent")
    below = visible[place + 1] if place + 1 < len(visible) else None
    if below is None or grid.hints[below].block != grid.hints[first].block:
        bits += BLOCK_WHOLE
        cues.append("whole block")
    elif candidate.shape == "added":
        bits += BLOCK_CUT
    return bits, tuple(cues)
