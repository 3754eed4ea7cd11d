"""Which headings a line stands under: opened by headings, closed by totals, by indentation and by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from xlsx_builder.interpret.closers import ASIDE, TOTAL, closer_of, words
from xlsx_builder.interpret.headings import is_heading, uncentred
from xlsx_builder.interpret.labels import bare
from xlsx_builder.interpret.lines import Entry
from xlsx_builder.interpret.sums import Values, add, agrees, exponent_of, foots, summed
from xlsx_builder.interpret.times import times
from xlsx_builder.interpret.units import COMPUTES_SHARES, PER_SHARE
from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex


class Open(Struct):
    """A heading whose section is not closed yet."""

    label: str
    indent: int
    style: tuple[bool, bool, bool]
    closer: int | None
    """Place of the total that its own words name, where one comes."""
    inner: int | None = None
    """Indentation of the first line under it."""
    parts: list[Values] = field(default_factory=list)
    """Its lines, subsections with a total as that total."""
    per_share: bool = False
    leads: bool = False
    """Whether another heading follows it at once, as one does not below the headings inside it."""


ACRONYM = regex(r"\b(?:GAAP|IFRS|EPS|EBITDA|A?FFO|NOI)\b")
"""Words that are in capitals everywhere, and no weightier type."""
DIVIDES = regex(r"\battributable to$|\ballocated to$|\bof which$", re.IGNORECASE)
"""How a heading ends whose lines are the parts of the line above it: the last of them is what the others leave."""
REACH = 40
"""How many lines back a line may be looked for that a section is added to or taken from."""


def section_paths(entries: Sequence[Entry], values: Sequence[Values]) -> tuple[tuple[str, ...], ...]:
    """For each line the headings it stands under, outermost first; for a heading those it is nested in.

    Args:
        entries: The lines of a statement from top to bottom.
        values: The figures of each, one for each column; empty for headings.
    """
    entries = uncentred(entries)
    closers = tuple(closer_of(place, entries) if is_heading(entry) else None for place, entry in enumerate(entries))
    stack: list[Open] = []
    paths: list[tuple[str, ...]] = []
    for place, entry in enumerate(entries):
        if entry.cells:
            paths.append(place_line(place, entries, values, stack))
        elif is_heading(entry):
            open_heading(place, entries, values, stack, closers[place])
            paths.append(tuple(o.label for o in stack[:-1]))
        else:
            paths.append(tuple(o.label for o in stack))
    return tuple(paths)


def open_heading(
    place: int, entries: Sequence[Entry], values: Sequence[Values], stack: list[Open], closer: int | None
) -> None:
    """Put a heading on the stack, and take those off whose section it ends."""
    entry = entries[place]
    upper = ACRONYM.sub("", ASIDE.sub("", entry.label)).isupper()
    style = (upper, entry.bold, entry.label.endswith((":", "-", "\u2013", "\u2014")))
    follows = (
        place > 0 and not entries[place - 1].cells and bool(stack) and bare(entries[place - 1].label) == stack[-1].label
    )
    below = entries[place + 1 : place + 2]
    leads = any(is_heading(next_one) and next_one.indent == entry.indent for next_one in below)
    per_share = bool(PER_SHARE.search(entry.label)) and not COMPUTES_SHARES.search(entry.label)
    inserted = interrupts(place, entries, values)
    while stack and not (follows and entry.indent >= stack[-1].indent):
        top = stack[-1]
        if top.closer is not None and top.closer > place:
            break
        if top.per_share and COMPUTES_SHARES.search(entry.label):
            close(stack)
            continue
        if entry.indent > top.indent and not (top.inner is not None and entry.indent < top.inner):
            break
        if entry.indent == top.indent == top.inner and inserted:
            break
        if entry.indent == top.indent and (outranks(top.style, style) or (top.leads > leads and top.style == style)):
            break
        close(stack)
    stack.append(Open(bare(entry.label), entry.indent, style, closer, per_share=per_share, leads=leads))


def interrupts(place: int, entries: Sequence[Entry], values: Sequence[Values]) -> bool:
    """Whether lines go on behind a heading's own, no further in than it, that are not what its lines lead to."""
    ends = (later for later in range(place + 1, len(entries)) if entries[later].indent <= entries[place].indent)
    behind = next(ends, place + 1)
    own = [value for value in values[place + 1 : behind] if value]
    if not own or not entries[behind].cells or TOTAL.search(entries[behind].label):
        return False
    before = [value for value in values[max(0, place - REACH) : place] if value]
    return not any(leads_to(values[behind], before, part) for part in (summed(own), own[-1]))


def outranks(upper: tuple[bool, bool, bool], lower: tuple[bool, bool, bool]) -> bool:
    """Whether one heading's type is weightier than another's: capitals, then bold, then no colon."""
    return (upper[0], upper[1], not upper[2]) > (lower[0], lower[1], not lower[2])


def close(stack: list[Open], total: Values | None = None) -> None:
    """Take the innermost heading off; its total, or else its lines, become part of the one around it."""
    done = stack.pop()
    if stack:
        stack[-1].parts.extend([total] if total is not None else done.parts)
        if stack[-1].inner is None:
            stack[-1].inner = done.indent


def place_line(place: int, entries: Sequence[Entry], values: Sequence[Values], stack: list[Open]) -> tuple[str, ...]:
    """The path of a line of figures; sections that end before it or with it are taken off the stack."""
    entry, own = entries[place], values[place]
    closing = next((depth for depth, o in enumerate(stack) if o.closer == place), None)
    if closing is not None:
        del stack[closing + 1 :]
        path = tuple(o.label for o in stack)
        close(stack, own)
        return path
    while stack:
        top = stack[-1]
        if top.closer is not None and top.closer > place:
            break
        if ends_section(entry, own, top, stack):
            path = tuple(o.label for o in stack)
            nested = top.inner is not None and top.inner > top.indent and entry.indent > top.indent
            nested = nested and (bool(entry.label) or goes_on(entries[place + 1 : place + 2], top))
            part = " and " in top.label.lower() and words(entry.label) < words(top.label) and bool(entry.label)
            partial = part or re.match(r"sub-?total", entry.label, re.IGNORECASE) or not called_total(entry, top)
            if nested or partial or top.per_share:
                top.parts = [own]  # what follows may stand as far in as its lines, and then belongs to them
            else:
                close(stack, own)
            return path
        if not leaves(place, entries, values, top):
            break
        close(stack)
    path = tuple(o.label for o in stack)
    if stack:
        stack[-1].parts.append(own)
        if stack[-1].inner is None:
            stack[-1].inner = entry.indent
            stack[-1].per_share &= per_share_like(entry, own)
    return path


def goes_on(below: Sequence[Entry], top: Open) -> bool:
    """Whether the line below one without a label stands as far in as the lines of the section do."""
    return any(bool(entry.label) and entry.indent >= (top.inner or 0) for entry in below)


def ends_section(entry: Entry, own: Values, top: Open, stack: list[Open]) -> bool:
    """Whether a line is the total of the innermost open section."""
    if len(top.parts) < 2 or times(top.label):
        return False
    if re.fullmatch(r"(?:sub-?)?totals?", bare(entry.label), re.IGNORECASE):
        return True
    if foots(own, top.parts):
        outdented = top.inner is not None and entry.indent < top.inner and entry.indent <= top.indent
        return not outdented or called_total(entry, top)
    # A total of everything so far is no line of the section it stands behind.
    whole = [part for o in stack for part in o.parts]
    return (
        bool(re.match(r"total\b", entry.label, re.IGNORECASE))
        and not foots(own, whole)
        and (words(entry.label) <= words(top.label) and bool(words(entry.label)) and entry.indent >= (top.inner or 0))
    )


def called_total(entry: Entry, top: Open) -> bool:
    """Whether a line's words, or their absence, let it be the total of a section."""
    own, above = words(entry.label), words(top.label)
    return not entry.label or bool(TOTAL.search(entry.label)) or own <= above or above <= own


def leaves(place: int, entries: Sequence[Entry], values: Sequence[Values], top: Open) -> bool:
    """Whether a line stands outside of the section that is open before it."""
    entry = entries[place]
    if top.inner is None:
        return False
    if top.per_share and amounts_per_share(entry, values[place]):
        return False
    if DIVIDES.search(top.label) and entry.indent >= top.inner and not TOTAL.search(entry.label):
        return False
    if entry.indent < top.inner and entry.indent <= top.indent:
        return True
    if times(top.label) and re.search(r"\bgrowth\b|\bchange\b", entry.label, re.IGNORECASE):
        return True
    if top.per_share and not per_share_like(entry, values[place]):
        return not (PER_SHARE.search(entry.label) and words(top.label) <= words(entry.label))
    if not words(top.label) and not times(top.label) and TOTAL.search(entry.label):
        return True
    if len(top.parts) > 1 and (entry.rule_above is not Rule.NONE or entry.bold) and builds_on(place, values, top):
        return True
    if top.inner > top.indent and entry.indent >= top.inner and not TOTAL.search(entry.label) and entry.label:
        return False
    noun = words(entry.label.split()[-1]) if entry.label else frozenset()
    if noun and noun <= words(top.label) and not TOTAL.search(entry.label):
        return False  # equity under 'Liabilities and equity', which is all assets less the lines above it
    if (
        entry.label.isupper()
        and " " in entry.label
        and not any(e.label.isupper() for e in entries[max(0, place - len(top.parts)) : place] if e.cells)
    ):
        return True
    return builds_on(place, values, top)


def per_share_like(entry: Entry, own: Values) -> bool:
    """Whether a line may be one of amounts per share: not called shares, and its figures small."""
    if re.search(r"\bshares\b(?!.*\bper\b)", entry.label, re.IGNORECASE):
        return False
    known = [abs(value) for value in own if value is not None]
    return not known or max(known) < 1000


def amounts_per_share(entry: Entry, own: Values) -> bool:
    """Whether figures are printed as amounts per share are, with cents, and small, or as a dash; and called so."""
    if any("%" in cell.text for cell, _ in entry.cells) or re.search(r"\bshares?\b", entry.label, re.IGNORECASE):
        return False
    return all(value is None or not value or (exponent_of(value) <= -2 and abs(value) < 100) for value in own)


def builds_on(place: int, values: Sequence[Values], top: Open) -> bool:
    """Whether a line is an earlier one outside the section plus or less all of the section's lines."""
    if not top.parts:
        return False
    inside = set(map(id, top.parts))
    earlier = [v for v in values[max(0, place - REACH) : place] if v and id(v) not in inside]
    return leads_to(values[place], earlier, summed(top.parts), len(top.parts))


def leads_to(own: Values, earlier: Sequence[Values], part: Values, rounded: int = 1) -> bool:
    """Whether a line is an earlier one plus or less the sum of so many rounded ones."""
    return any(
        agrees(own, tuple(add(b, s, sign) for b, s in zip(base, part, strict=True)), rounded + 1)
        for base in earlier
        for sign in (1, -1)
    )
