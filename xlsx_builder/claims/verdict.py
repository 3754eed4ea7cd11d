"""Verdict: which reading of a mention is meant, and whether the tables agree with it."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from xlsx_builder.claims.mentions import Mention
from xlsx_builder.claims.options import Option
from xlsx_builder.claims.roles import Role
from xlsx_builder.model.claim import ClaimKind, Finding
from xlsx_builder.model.patterns import regex

NEAR = 0.12
"""Readings that far behind the best are as good where only they agree."""
BESIDE = 0.03
"""Readings this near each other are told apart by nothing."""
FAR = 0.3
"""Readings this far behind the best are not meant, even where they agree."""
SPOKEN = 0.78
"""Share of the words about a figure that a line must have; a word more is another measure, 'online sales'."""
SAME = Decimal("0.001")
"""Two figures this near to each other, relative to them, are the same figure."""
DIGITS = 3
"""Digits of a figure from which agreement is hardly chance."""


DIGIT, ENOUGH = 0.05, 0.8
"""Each digit that agrees makes up for words that are left open; together they must reach this."""


class Decision(Struct, frozen=True):
    """The reading taken, and what it shows."""

    finding: Finding
    option: Option | None
    tolerance: Decimal
    reason: str


def _gap(mention: Mention, option: Option) -> Decimal:
    claimed, found = mention.figure.value, option.recomputed
    if mention.standing.role is Role.CHANGE and not mention.standing.direction:
        claimed, found = abs(claimed), abs(found)
    return abs(claimed - found)


def _allowed(mention: Mention, option: Option) -> Decimal:
    """Half a unit of the claim's last digit, and what the cells' own rounding may add to it."""
    own = mention.figure.tolerance
    if option.kind is ClaimKind.LEVEL:
        return max(own, option.slack, ROUNDED if IN_FULL.search(mention.figure.text) else own)
    if option.kind is ClaimKind.CHANGE:
        return own + (option.slack if option.slack >= own else 0)
    return own + option.slack


IN_FULL = regex(r"[$\u20ac\u00a3]\s?[\d,]*\d,000\)?$")
ROUNDED = Decimal(500)
"""Prose rounds '$2,104,010' of a table in full dollars to '$2,104,000'."""


def agrees(mention: Mention, option: Option) -> bool:
    """Whether the cells come to the claimed figure."""
    return _gap(mention, option) <= _allowed(mention, option)


def telling_digits(mention: Mention) -> int:
    """Digits that tell something: noughts before, and noughts that only give the size, do not."""
    number = re.sub(r"[^\d.]", "", mention.figure.text)
    whole = number.rstrip("0") if "." not in number else number.replace(".", "")
    return len(whole.lstrip("0"))


def decided(mention: Mention, found: list[Option], *, notes: bool, foreign: bool) -> Decision:
    """The reading of a mention that is meant.

    Args:
        mention: the figure and its words.
        found: its readings, best worded first.
        notes: whether it stands among the notes to the tables, where a figure is often of something else.
        foreign: whether it stands under a heading that the tables do not know.
    """
    own = mention.figure.tolerance
    if not found:
        return Decision(Finding.NONE, None, own, "No line of the tables has such a name and period.")
    best = found[0]
    held = [o for o in found if agrees(mention, o) and o.score >= best.score - FAR and o.worded.explained >= SPOKEN]
    held = [
        o
        for o in held
        if o.score >= best.score - NEAR or (telling_digits(mention) >= DIGITS and not best.strong) or o.strong
    ]
    digits = telling_digits(mention)
    held = [
        o for o in held if (o.strong or o.score + DIGIT * min(digits, 5) >= ENOUGH) and (digits >= DIGITS or not notes)
    ]
    if held:
        return _agreeing(mention, held, best)
    if notes or foreign or not mention.firm or not best.strong or agrees(mention, best):
        return Decision(Finding.NONE, None, own, "No line that the words may mean comes to this figure.")
    if _is_scaled(mention, best):
        return Decision(Finding.AMBIGUOUS, None, own, "The line that it names prints it in another scale.")
    rivals = [o for o in found if o.score >= best.score - BESIDE and _is_other(o, best)]
    if len(rivals) > 1:
        return Decision(Finding.AMBIGUOUS, None, own, f"{len(rivals) + 1} lines would fit, and none comes to it.")
    return Decision(Finding.DIFFERS, best, own, "The line that it names comes to another figure.")


def _is_scaled(mention: Mention, option: Option) -> bool:
    """Whether only thousands or millions stand between the claim and the cell, whose scale the release may not tell."""
    if option.kind is not ClaimKind.LEVEL or not option.recomputed:
        return False
    ratio = abs(mention.figure.value / option.recomputed)
    return any(abs(ratio / scale - 1) < SAME for scale in (1000, 1000000))


def _is_other(option: Option, first: Option) -> bool:
    """Whether two readings say different things: of lines that are not each other's repeats, other figures."""
    return option.fact != first.fact and option.roots != first.roots and option.spots[0].value != first.spots[0].value


def _agreeing(mention: Mention, held: list[Option], best: Option) -> Decision:
    first = held[0]
    rivals = [o for o in held[1:] if o.score >= first.score - BESIDE and _is_other(o, first)]
    if rivals and not first.strong:
        return Decision(Finding.AMBIGUOUS, None, mention.figure.tolerance, f"{len(rivals) + 1} lines come to it.")
    exact = _gap(mention, first) <= mention.figure.tolerance
    allowed = mention.figure.tolerance if exact else _allowed(mention, first)
    said = "Named by its words." if first is best else "Named by its words and told from its neighbours by the figure."
    return Decision(Finding.OK, first, allowed, said)
