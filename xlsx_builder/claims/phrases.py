"""Phrases: the words by which a sentence names the line, and the part of the company, that a figure belongs to."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.claims.cells import Index, named_parts
from xlsx_builder.claims.concepts import condensed
from xlsx_builder.claims.vocabulary import WEAK, is_adjusted, stemmed
from xlsx_builder.model.patterns import regex

_ASIDE = regex(r"\([^()]*\)|,\s(?:which|who|that|where)\b[^,;]*,(?=\s(?:\w+(?:ed|s|d)|were|rose|grew|fell)\b)")
_SHARE_OF = regex(
    r"\bas an? (?:percentage|percent|%)\sof\s+(?:(?:the|its|our|total|net|consolidated)\s+)*[\w&-]+(?:\s+SALES)?"
)
_EXCLUDING = regex(r"\b(?:excluding|exclusive of|before the effects? of)\b[^,;]*(?:,|$)")
_CAUSE = regex(
    r"\b(?:driven by|offset by|due|primarily|mainly|largely|reflecting|resulting from|as a result of|attributable to"
    r"|related to|led by|caused by|impacted|affected|benefit(?:t?ed)?\sfrom|hurt|boosted|contributed|including"
    r"|includes?|included|because of|thanks to|helped by|plus|reflects?)\b"
)
_SPLIT = regex(
    r"[;:]|\s[-\u2013\u2014]+\s|\u2014|--|\b(?:while|whereas|although|though|but|which|that|after|despite|where)\b"
)
_REPORT = regex(
    r"\b(?:reported|reports|reporting|announced|posted|recorded|achieved|delivered|generated|had|earned|realized"
    r"|experienced|produced|saw|incurred|reflect|reflects)\b"
)
_EARNED = regex(r"\bearned\b")
_TAIL = regex(
    r"^(?:,\s(?:respectively),?)?\s(?:of|in|for|from|at|related to|attributable to|associated with|relating to|on"
    r"|worth of|before|excluding)\s"
)
_TAIL_END = regex(
    r"[,;:.()§]|\b(?:compar(?:ed|es|ing)|versus|vs|while|and|or|due|driven|primarily|reflecting|which|that|was|were|is|as|up|down|over|representing)\b"
)
_SHARE = regex(r"^[\s-]*(?:(?:net\s)?loss\s)?(?:per|a|an|each)\s(?:[\w-]+\s){0,3}?(?:share|unit)\b")
_LOSS = regex(r"\b(?:net |operating |pre-?tax )?(?:loss(?:es)?|lost|deficit)\b(?!\))")
_INCOMES = frozenset(("INCOME", "NETINC", "OPINC", "PRETAX", "EBITDA", "PERSHARE"))


class Phrase(Struct, frozen=True):
    """What a figure is said to be of."""

    words: tuple[str, ...] = ()
    """Words for line and segment; none where the sentence does not say."""
    segment: tuple[str, ...] = ()
    """Those of them that name a part of the company."""
    adjusted: bool = False
    loss: bool = False
    """Whether it is called a loss."""
    known: bool = False
    """Whether some word of it is a word of the tables."""


def _cleaned(lead: str) -> tuple[str, bool]:
    """A lead without asides, and whether something is said to be left out of the figure."""
    text = _SHARE_OF.sub(" ", condensed(_ASIDE.sub(" ", lead)))
    left_out = _EXCLUDING.search(text) is not None
    return _EXCLUDING.sub(" ", text), left_out


def _segment(names: tuple[str, ...], index: Index) -> tuple[str, ...]:
    return named_parts(frozenset(names), index)


def _known(names: tuple[str, ...], index: Index) -> bool:
    return any(name in index.vocabulary or name.isupper() for name in names if name not in WEAK)


def lead_phrase(lead: str, index: Index, tail: str = "") -> tuple[Phrase, bool]:
    """What the words before a figure name, and whether they turn away from what was named before.

    Args:
        lead: the sentence from the figure before up to this one, periods as '§'.
        index: the words of the tables.
        tail: the sentence behind the figure, which says where it was earned.
    """
    text, left_out = _cleaned(lead)
    causes = list(_CAUSE.finditer(text))
    turned = bool(causes)
    text = text[causes[-1].end() :] if causes else text
    whole = text
    text = _SPLIT.split(text)[-1]
    report = list(_REPORT.finditer(text))
    subject, text = (text[: report[-1].start()], text[report[-1].end() :]) if report else ("", text)
    pieces = text.split(",")
    named = [number for number, piece in enumerate(pieces) if _known(stemmed(piece, index.own), index)]
    first = named[-1] if named else 0
    names = stemmed(",".join(pieces[first:]), index.own)
    if report and not names and _EARNED.match(report[-1][0]):
        names = ("OPINC",) if tail.startswith(" from operations") else ("NETINC",)
    around = _segment(stemmed(",".join((subject, *pieces[:first])), index.own), index)
    names = tuple(dict.fromkeys((*names, *around))) if names else names
    adjusted = left_out or is_adjusted(whole)
    phrase = Phrase(
        names,
        _segment(names, index),
        adjusted,
        _LOSS.search(re.sub(r"\([^()]*\)", "", lead.lower())) is not None,
        _known(names, index),
    )
    return phrase if names else replace(phrase, segment=around), turned


def tail_phrase(tail: str, index: Index, *, noun: bool) -> Phrase:
    """What the words after a figure name.

    Args:
        tail: the sentence from this figure up to the next, periods as '§'.
        index: the words of the tables.
        noun: whether the figure counts what follows it, so that no preposition is needed.
    """
    text = tail.lower()
    start = _TAIL.match(text)
    if start is None and not noun and not _SHARE.match(text):
        return Phrase()
    rest = condensed(text[start.end() - 1 if start else 0 :])
    end = _TAIL_END.search(rest)
    piece = rest[: end.start()] if end else rest
    names = stemmed(piece, index.own)
    return Phrase(
        names,
        _segment(names, index),
        is_adjusted(text[: len(piece) + (start.end() if start else 0)]),
        known=_known(names, index),
    )


def is_per_share(tail: str) -> bool:
    """Whether an amount is one for each share."""
    return _SHARE.match(tail.lower()) is not None


def joined(first: Phrase, second: Phrase) -> Phrase:
    """Two phrases that speak of one figure."""
    return Phrase(
        tuple(dict.fromkeys((*first.words, *second.words))),
        tuple(dict.fromkeys((*first.segment, *second.segment))),
        first.adjusted or second.adjusted,
        first.loss or second.loss,
        first.known or second.known,
    )


def inherited(new: Phrase, old: Phrase, *, compared: bool) -> Phrase:
    """A phrase in the light of the one before it: 'a loss of' after 'loss from operations', a segment named once.

    Args:
        new: the phrase.
        old: the one before it.
        compared: whether the new one only names what the old one is compared with, perhaps in fewer words.
    """
    plain = set(new.words) - WEAK
    if compared and plain < set(old.words):
        return Phrase(old.words, old.segment, old.adjusted or new.adjusted, new.loss, old.known)
    if plain <= {"INCOME"} and _INCOMES & set(old.words):
        return Phrase(
            old.words, old.segment, old.adjusted or new.adjusted, new.loss or (old.loss and not new.words), old.known
        )
    if old.segment and plain and plain <= set(new.segment):  # another part, and of it the same
        measure = tuple(word for word in old.words if word not in old.segment)
        return replace(new, words=(*new.words, *measure), adjusted=old.adjusted or new.adjusted)
    if not new.segment and old.segment:
        return replace(new, words=(*new.words, *(n for n in old.segment if n not in new.words)), segment=old.segment)
    return new


def per_share(phrase: Phrase, said: Phrase) -> Phrase:
    """The per-share figure of what was spoken of before it.

    Args:
        phrase: what the amount before it is of.
        said: what the words about this figure itself say.
    """
    kept = tuple(name for name in phrase.words if name not in {"NETINC", "INCOME", "PERSHARE"} and name not in WEAK)
    own = tuple(name for name in said.words if name not in WEAK)
    kept = tuple(name for name in kept if name not in {"basic", "diluted"}) if {"basic", "diluted"} & set(own) else kept
    names = tuple(dict.fromkeys(("PERSHARE", *own, *kept)))
    return Phrase(
        names, phrase.segment or said.segment, phrase.adjusted or said.adjusted, phrase.loss or said.loss, known=True
    )
