"""The same fact in two places, told by its figures first and its wording second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from math import log2

from msgspec import Struct

from xlsx_builder.infer.labels import likeness, opposed
from xlsx_builder.infer.places import Line, Place, placed_lines, same_time
from xlsx_builder.model.statement import Statements, Unit
from xlsx_builder.model.structure import Evidence, Tie

BUCKET = 40
"""So many places of one figure are looked at; a figure that is more frequent tells nothing."""
PRIOR = -14.0
"""Bits against two lines showing one fact."""
COLUMN_BITS = 14.0
"""No single figure proves more than this."""
LABEL_BITS = 13.0
"""Bits for the same label."""
PATH_BITS = 7.0
"""Bits for a label that only the headings of the other line repeat."""
UNLIKE = 0.3
UNLIKE_BITS = -4.0
"""Up to this likeness labels count as unlike, and cost so many bits."""
OPPOSED_BITS = -16.0
"""Bits against 'basic' and 'diluted' being one fact, and the like."""
SAME_STATEMENT = -30.0
"""Bits against a repeat inside one statement under another label: lines of equal figures usually are two facts."""
LIKE_ENOUGH = 0.7
"""From this likeness on a repeat inside one statement is as credible as elsewhere."""
TURNED = -3.0
"""Bits against a repeat with its sign turned."""
UNDATED = -2.0
"""Bits against figures agreeing in columns whose period is not told."""
UNMATCHED = -COLUMN_BITS
"""Bits against a line that also shows other figures of the same period: what one figure of it proves at most."""
MIN_BITS = 1.0
"""Figures that prove less than this are no ground for a tie, whatever the labels."""
NEIGHBOUR = 5.0
"""Bits for a line whose neighbour repeats the neighbour of the same source."""
NEAR = 2
"""How far apart neighbours may be, in lines."""

Figures = Mapping[tuple[Decimal, Unit, int], Sequence[Line]]


class Match(Struct, frozen=True):
    """Two lines that might show the same fact."""

    line: Line
    source: Line
    weight: int
    pairs: tuple[tuple[int, int], ...]
    bits: float
    cues: tuple[str, ...]


def ties(
    statements: Statements, parts: Mapping[str, Collection[int]], leaves: Mapping[str, Collection[str]]
) -> list[Tie]:
    """The lines that repeat an earlier one, each with the most credible of them.

    Args:
        statements: The release.
        parts: For each statement the columns that are parts of another column.
        leaves: For each total the lines that it depends on.
    """
    offers = [match for match in all_matches(placed_lines(statements, parts)) if not explained(match, leaves)]
    first = assigned(offers, {})
    places = {(one.line.order, one.source.order): one for one in first}
    return [tie(match) for match in assigned(offers, places)]


def explained(match: Match, leaves: Mapping[str, Collection[str]]) -> bool:
    """Whether a calculation tells why two lines agree: one is the other's term, or both are sums of other lines."""
    line, source = match.line.item.id, match.source.item.id
    if source in leaves.get(line, ()) or line in leaves.get(source, ()):
        return True
    return match.line.statement == match.source.statement and line in leaves and source in leaves


def all_matches(lines: Sequence[Line]) -> list[Match]:
    """Every pair of lines that share a figure and contradict each other nowhere."""
    seen: dict[tuple[Decimal, Unit, int], list[Line]] = defaultdict(list)
    found: list[Match] = []
    for line in lines:
        found.extend(matches(line, seen))
        for key in {(abs(place.value), *place.kind) for place in line.places if place.value}:
            seen[key].append(line)
    return found


def assigned(offers: Sequence[Match], known: Mapping[tuple[int, int], Match]) -> list[Match]:
    """The best match of each line, and for each source at most one line of a statement.

    Args:
        offers: All matches.
        known: Matches believed so far, which make their neighbours more credible.
    """
    strengths = [(match.bits + (NEIGHBOUR if has_neighbour(match, known) else 0.0), match) for match in offers]
    strengths.sort(key=lambda one: (-one[0], one[1].line.order, one[1].source.order))
    chosen: dict[int, Match] = {}
    used: dict[tuple[int, int], Line] = {}
    for bits, match in strengths:
        place = (match.line.statement, match.source.order)
        rival = used.get(place)
        taken = rival is not None and rival.label != match.line.label
        if bits > 0 and match.line.order not in chosen and not taken:
            chosen[match.line.order] = match
            used[place] = match.line
    return [chosen[order] for order in sorted(chosen)]


def has_neighbour(match: Match, known: Mapping[tuple[int, int], Match]) -> bool:
    """Whether a line next to this one repeats a line next to its source."""
    here, there = match.line.order, match.source.order
    return any(
        (here + away, there + apart) in known
        for away in range(-NEAR, NEAR + 1)
        for apart in range(-NEAR, NEAR + 1)
        if away * apart > 0
    )


def matches(line: Line, seen: Figures) -> Iterator[Match]:
    """The earlier lines that share a figure with this one and contradict it nowhere."""
    tried: set[int] = set()
    for place in line.places:
        if not place.value:
            continue
        bucket = seen.get((abs(place.value), *place.kind), ())
        for source in (*bucket[: BUCKET // 2], *bucket[BUCKET // 2 :][-BUCKET // 2 :]):
            if source.order not in tried:
                tried.add(source.order)
                for weight in (1, -1):
                    match = matched(line, source, weight)
                    if match:
                        yield match


def matched(line: Line, source: Line, weight: int) -> Match | None:
    """How two lines agree; None where a period that both report says otherwise, or no figure agrees."""
    pairs: list[tuple[int, int]] = []
    bits = 0.0
    proven: set[Decimal] = set()
    for moment in dict.fromkeys(place.moment for place in line.places):
        here = [place for place in line.places if place.moment == moment]
        there = [place for place in source.places if same_time(moment, place.moment)]
        found = [(a, b) for a in here for b in there if a.kind == b.kind and a.value == weight * b.value]
        if contradict(here, there, weight, agreed=bool(found)):
            return None
        if found:
            pairs.extend(one_to_one(found))
            bits += matched_bits(here, found, there, proven)
    if not pairs or bits < MIN_BITS or (line.statement == source.statement and differ(line, source, weight)):
        return None
    return weighed(line, source, weight, (tuple(pairs), bits))


def matched_bits(
    here: Sequence[Place], found: Sequence[tuple[Place, Place]], there: Sequence[Place], proven: set[Decimal]
) -> float:
    """What the figures of one period prove; those in `proven`, which is added to, prove nothing again."""
    bits = 0.0
    undated = here[0].moment is None
    own, others = zip(*found, strict=True)
    # A part of what the source reports may be repeated alone.
    whole = not any(place.part for place in others)
    if not undated and (more_than(here, own) or (whole and more_than(there, others))):
        bits += UNMATCHED
    for one, other in sorted(found, key=lambda pair: (pair[0].part, -abs(pair[0].value))):
        if not one.value or abs(one.value) in proven:
            continue
        proven.add(abs(one.value))
        strength = log2(float(abs(one.value).scaleb(one.decimals)) + 1) - log2(len(here) * len(there)) / 2
        strength += UNDATED if undated or other.moment is None else 0.0
        bits += max(0.0, min(COLUMN_BITS, strength))
        if not undated:
            break
    return bits


def more_than(own: Sequence[Place], matched: Sequence[Place]) -> bool:
    """Whether a line shows other figures of a period than those that the other line has too."""
    kind, columns = matched[0].kind, {place.column for place in matched}
    return any(
        place.value and place.kind == kind and place.column not in columns and not (place.part or place.adjusted)
        for place in own
    )


def weighed(line: Line, source: Line, weight: int, agreed: tuple[tuple[tuple[int, int], ...], float]) -> Match:
    """A match with what wording and place say for it."""
    pairs, bits = agreed
    cues = ["figures agree"]
    alike = likeness(line.label, source.label)
    nested = max(likeness(line.path, source.label), likeness(line.label, source.path))
    bits += PRIOR + (max(LABEL_BITS * alike, PATH_BITS * nested) if nested > UNLIKE else UNLIKE_BITS)
    if alike > LIKE_ENOUGH:
        cues.append("like label")
    if opposed(line.path, source.path):
        bits += OPPOSED_BITS
    if line.statement == source.statement and alike < LIKE_ENOUGH:
        bits += SAME_STATEMENT
    if weight < 0:
        bits += TURNED
        cues.append("sign turned")
    return Match(line, source, weight, pairs, bits, tuple(cues))


def contradict(here: Sequence[Place], there: Sequence[Place], weight: int, *, agreed: bool) -> bool:
    """Whether two lines report the same in the same unit with unequal figures, so that they are two facts.

    Columns of one period may differ where others of that period agree; those that only share a heading may not.
    """
    return any(
        a.moment == b.moment and (not agreed if a.moment is not None else a.heading == b.heading and not a.adjusted)
        for a in here
        for b in there
        if a.kind == b.kind and a.value != weight * b.value
    )


def differ(line: Line, source: Line, weight: int) -> bool:
    """Whether two lines of a table show unequal figures in one column: equal adjustments of two lines are no repeat."""
    there = {place.column: place for place in source.places}
    return any(
        place.kind == there[place.column].kind and place.value != weight * there[place.column].value
        for place in line.places
        if place.column in there
    )


def one_to_one(found: Sequence[tuple[Place, Place]]) -> Iterator[tuple[int, int]]:
    """Columns in pairs, each column once."""
    left: set[int] = set()
    right: set[int] = set()
    for a, b in found:
        if a.column not in left and b.column not in right:
            left.add(a.column)
            right.add(b.column)
            yield a.column, b.column


def tie(match: Match) -> Tie:
    """A match in the terms of the release."""
    held = len(match.pairs)
    evidence = Evidence(held, held, Decimal(0), match.cues)
    return Tie(match.line.item.id, match.source.item.id, match.weight, match.pairs, evidence)
