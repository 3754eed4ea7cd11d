"""Options: the readings of a mention, each with its cells and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsx_builder.claims.calendar import Want
from xlsx_builder.claims.cells import Index, Spot
from xlsx_builder.claims.match import Match, matches
from xlsx_builder.claims.mentions import Mention
from xlsx_builder.claims.phrases import Phrase
from xlsx_builder.claims.roles import Role
from xlsx_builder.model.claim import ClaimKind, ClaimUnit
from xlsx_builder.model.statement import Unit

AMOUNTS = {
    ClaimUnit.MONEY: frozenset((Unit.MONEY,)),
    ClaimUnit.PER_SHARE: frozenset((Unit.PER_SHARE,)),
    ClaimUnit.SHARES: frozenset((Unit.SHARES, Unit.COUNT)),
    ClaimUnit.COUNT: frozenset((Unit.COUNT, Unit.SHARES)),
}
ANY_AMOUNT = frozenset((Unit.MONEY, Unit.PER_SHARE, Unit.SHARES, Unit.COUNT))
PERCENTS = frozenset((Unit.PERCENT,))
_INCOMES = frozenset(("INCOME", "NETINC", "OPINC", "PRETAX", "EBITDA", "PERSHARE", "GROSS", "EBIT"))
_RATIO_WORDS = frozenset(("margin", "rate", "ratio", "percentage"))
_HUNDRED = Decimal(100)
_LESS = 0.02
"""What a reading costs that has to be put together from more lines than another."""


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a mention."""

    kind: ClaimKind
    spots: tuple[Spot, ...]
    recomputed: Decimal
    """In the claim's unit, with the sign that its words give it."""
    slack: Decimal
    """By how much rounding of the cells may move it."""
    score: float
    strong: bool
    weight: int = 1
    complement: bool = False

    @property
    def fact(self) -> tuple[object, ...]:
        """What it says, so that the same figures in two tables are one."""
        return (self.kind, *((spot.value, spot.period) for spot in self.spots))


def options(mention: Mention, segment: tuple[str, ...], index: Index) -> list[Option]:
    """All readings of a mention, best worded first.

    Args:
        mention: the figure and its words.
        segment: the part of the company that a heading names.
        index: the figures of the tables.
    """
    unit, change = mention.figure.unit, mention.standing.role is Role.CHANGE
    if unit in {ClaimUnit.POINTS, ClaimUnit.BASIS_POINTS}:
        found = [*_ratio_changes(mention, segment, index)]
    elif unit is ClaimUnit.PERCENT and change:
        found = [*_changes(mention, segment, index), *_printed(mention, segment, index, growth=True)]
    elif unit is ClaimUnit.PERCENT:
        found = [*_printed(mention, segment, index, growth=False), *_ratios(mention, segment, index)]
    elif change:
        found = [*_changes(mention, segment, index)]
    else:
        found = [*_levels(mention, segment, index)]
    return sorted(found, key=lambda option: -option.score)


def _sign(mention: Mention, spot: Spot) -> int:
    """-1 where the words tell a sign that the cell prints."""
    incomes = bool(_INCOMES & set(mention.phrase.words))
    if spot.value >= 0:
        return -1 if mention.phrase.loss and spot.gain and incomes else 1
    if mention.figure.value < 0 and mention.standing.role is Role.LEVEL:
        return 1
    return -1 if mention.phrase.loss or not incomes else 1


def _levels(mention: Mention, segment: tuple[str, ...], index: Index) -> Iterator[Option]:
    for match in matches(mention.phrase, mention.new, AMOUNTS[mention.figure.unit], segment, index):
        sign = _sign(mention, match.spot)
        yield Option(
            ClaimKind.LEVEL, (match.spot,), sign * match.spot.value, match.spot.half, match.score, match.strong, sign
        )


def _other(spot: Spot, wants: tuple[Want, ...], index: Index) -> Iterator[tuple[int, Spot]]:
    """The same line in the periods it is compared with."""
    for rank, want in enumerate(wants):
        for other in index.lines[spot.line]:
            same = other.head == spot.head and other.unit is spot.unit and other.adjusted == spot.adjusted
            if (
                same
                and other.column != spot.column
                and want.fits(other.period)
                and other.period.months == spot.period.months
            ):
                yield rank, other


def _changes(mention: Mention, segment: tuple[str, ...], index: Index) -> Iterator[Option]:
    relative = mention.figure.unit is ClaimUnit.PERCENT
    units = ANY_AMOUNT if relative else AMOUNTS[mention.figure.unit]
    for match in matches(mention.phrase, mention.new, units, segment, index):
        new = match.spot
        for rank, old in _other(new, mention.old, index):
            value = match.score - _LESS * rank
            if not relative:
                sign = _sign(mention, new)
                yield Option(
                    ClaimKind.CHANGE,
                    (new, old),
                    sign * (new.value - old.value),
                    new.half + old.half,
                    value,
                    match.strong,
                    sign,
                )
            elif old.value and (new.value > 0) == (old.value > 0):
                slack = _HUNDRED * (new.half + old.half * abs(new.value / old.value)) / abs(old.value)
                yield Option(
                    ClaimKind.PERCENT_CHANGE,
                    (new, old),
                    (new.value / old.value - 1) * _HUNDRED,
                    slack,
                    value,
                    match.strong,
                )


def _printed(mention: Mention, segment: tuple[str, ...], index: Index, *, growth: bool) -> Iterator[Option]:
    """Per cents that a table prints."""
    ratio = bool(mention.whole) or bool(_RATIO_WORDS & set(mention.phrase.words)) or "GROSS" in mention.phrase.words
    for match in matches(mention.phrase, mention.new, PERCENTS, segment, index):
        spot = match.spot
        if spot.growth and not growth or spot.share and not spot.growth and (growth or not ratio):
            continue
        value = match.score - (0.1 if spot.growth else 0)
        strong = match.strong and (not growth or not spot.growth)
        sign = -1 if growth and not mention.standing.direction and spot.value < 0 else 1
        yield Option(ClaimKind.LEVEL, (spot,), sign * spot.value, Decimal(0), value, strong, sign)


def _part(mention: Mention) -> tuple[Phrase, Phrase, bool] | None:
    """What is divided by what in a margin or rate, and whether the part is what is left; None where it is no ratio."""
    phrase = mention.phrase
    if "TAXRATE" in phrase.words:
        rest = tuple(word for word in phrase.words if word not in {"TAXRATE", "effective"})
        return replace(phrase, words=("TAX", *rest)), replace(phrase, words=("PRETAX", *rest)), False
    hinted = mention.whole is not None or _RATIO_WORDS & set(phrase.words) or "GROSS" in phrase.words
    if not hinted or not phrase.words:
        return None
    part = replace(phrase, words=tuple(word for word in phrase.words if word not in _RATIO_WORDS))
    names = mention.whole.words if mention.whole else ("SALES",)
    whole = Phrase(tuple(dict.fromkeys((*names, *phrase.segment))), phrase.segment, known=True)
    return part, whole, False


def _ratios(mention: Mention, segment: tuple[str, ...], index: Index) -> Iterator[Option]:
    named = _part(mention)
    if named is None:
        return
    part, whole, _ = named
    wholes = [m for m in matches(whole, mention.new, frozenset((Unit.MONEY,)), segment, index) if m.score > 0.5]
    parts = matches(part, mention.new, frozenset((Unit.MONEY,)), segment, index)
    left = False
    if "GROSS" in part.words and not any("GROSS" in match.spot.label for match in parts):
        cost = replace(part, words=tuple("COGS" if word == "GROSS" else word for word in part.words))
        parts, left = matches(cost, mention.new, frozenset((Unit.MONEY,)), segment, index), True
    for match in parts:
        yield from (_ratio(match, other, left=left) for other in _beside(match, wholes))


def _beside(part: Match, wholes: list[Match]) -> list[Match]:
    """The wholes of the part's own column, or else of its period."""
    same = [w for w in wholes if w.spot.period == part.spot.period and w.spot.line != part.spot.line and w.spot.value]
    near = [
        w
        for w in same
        if w.spot.kind is part.spot.kind and w.spot.column == part.spot.column and w.spot.head == part.spot.head
    ]
    return near or same


def _ratio(part: Match, whole: Match, *, left: bool) -> Option:
    share = _HUNDRED * part.spot.value / whole.spot.value
    slack = (
        _HUNDRED * (part.spot.half + whole.spot.half * abs(part.spot.value / whole.spot.value)) / abs(whole.spot.value)
    )
    value = min(part.score, (part.score + whole.score) / 2) - _LESS
    value = _HUNDRED - share if left else share
    score = min(part.score, (part.score + whole.score) / 2) - _LESS - (0.1 if left else 0)
    return Option(
        ClaimKind.RATIO,
        (part.spot, whole.spot),
        value,
        slack,
        score,
        part.strong and whole.strong and not left,
        complement=left,
    )


def _ratio_changes(mention: Mention, segment: tuple[str, ...], index: Index) -> Iterator[Option]:
    """Changes of ratios in points: of ratios put together, or of per cents that a table prints."""
    factor = Decimal(100) if mention.figure.unit is ClaimUnit.BASIS_POINTS else Decimal(1)
    olds = {o.spots[0].line: o for o in _ratios(replace(mention, new=mention.old), segment, index)}
    for new in _ratios(mention, segment, index):
        old = olds.get(new.spots[0].line)
        if old is not None:
            value = (new.recomputed - old.recomputed) * factor
            slack = (new.slack + old.slack) * factor
            yield Option(
                ClaimKind.RATIO_CHANGE,
                (*new.spots, *old.spots),
                value,
                slack,
                new.score,
                new.strong,
                complement=new.complement,
            )
    for match in matches(mention.phrase, mention.new, PERCENTS, segment, index):
        for rank, old_spot in _other(match.spot, mention.old, index):
            slack = (match.spot.half + old_spot.half) * factor
            value = (match.spot.value - old_spot.value) * factor
            yield Option(
                ClaimKind.CHANGE, (match.spot, old_spot), value, slack, match.score - _LESS * (rank + 1), strong=False
            )
