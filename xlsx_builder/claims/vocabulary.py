"""Vocabulary: labels and phrases as sets of words, and how much each word tells."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsx_builder.claims.concepts import condensed, plain
from xlsx_builder.model.patterns import regex


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written out."""
    return frozenset(text.split())


STOP = listed("""
    a an the of in on at by to for from with as and or nor its our their his her this that these those it we they
    he she which who was were is are be been being has have had having do does did will would could should may
    might can not no also than then there here such both each all any if so when where while whereas into onto out
    off up down per through within during throughout after until since across among between against over under
    versus vs other's more most less least greater higher lower highest lowest best high new now just only some
    about nearly almost roughly around approximately approximate respectively slightly significantly significant
    primarily mainly largely fully due compared compares comparing comparison compare same comparable
    corresponding equal equivalent flat unchanged total totaled totaling totalled amount amounts amounted
    amounting level number numbers basis reported report reports reporting announced announces today record
    records recorded posted achieved achieving delivered delivering had generated earned earning reached reach
    represented represents representing accounted came stood remain remained continued resulted resulting result
    results performance excellent strong solid all-time overall include includes included including exclude
    excludes excluded excluding driven rose rise rises risen rising grew grow grows grown growing growth increase
    increased increases increasing decrease decreased decreases decreasing decline declined declines declining
    fell fall falls dropped drop drops improved improve improvement improving reduced reduction gain gained gains
    advanced advancing advance climbed climb jumped jump surged slipped expanded contracted worsened narrowed
    widened changed changes quarter quarterly quarters year years annual annually month months monthly week weeks
    period periods fiscal calendar first second third fourth half current prior previous previously preceding last
    ago earlier end ended ending exiting date ytd full year-over-year year-ago quarter-over-quarter sequential
    sequentially still however well january february march april june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec q1 q2 q3 q4 mos mo yr yrs wk wks qtr qtrs one two
    three four five six seven eight nine ten eleven twelve thirteen twenty-six thirty-nine fifty-two fifty-three
    million billion thousand cents percent percentage point points bps negative minus usd dollars dollar us us$
    u.s u s company companies corporation corp inc incorporated ltd llc plc co operated operates finished closed
    returned paying lost doubled doubling tripled tripling quadrupled halved half swung slipped
""")
"""Words that say nothing of which line is meant: grammar, reporting, direction, time."""
WEAK = listed("""
    total consolidated net gaap expense enterprise segment overall business division group operation company-wide
    worldwide reported outstanding unaudited condensed amount attributable applicable available common shareholder
    stockholder equivalent average intincome intexpense base combined aggregate basis paid item rate activity
    buying occupancy distribution
""")
"""Words that alone neither tell a line nor rule one out."""
STRUCTURE = listed("""
    asset liability current noncurrent non-current equity EQUITY operating investing financing activity operation
    expense cost cash flow OCF SALES INCOME NETINC OPINC GROSS EBITDA PERSHARE CASHEQ provided used shareholder
    stockholder adjustment reconcile add back data statement item supplemental detail share non-cash noncash
    charge follow working capital gaap
""")
"""Words of headings that only order a statement and are not said in prose."""
WEAK_WEIGHT = 0.15
QUALIFIERS = {"adjusted": 0.5, "non-gaap": 0.5, "diluted": 0.4, "basic": 0.4, "continuing": 0.8}
"""Words that tell less than a noun does."""
_PAIRS = (
    ("INCOME", "NETINC", 0.92),
    ("INCOME", "OPINC", 0.6),
    ("NETINC", "PERSHARE", 0.5),
    ("adjusted", "non-gaap", 0.9),
    ("cash", "CASHEQ", 0.85),
    ("dividend", "DIVPAID", 0.9),
    ("BUYBACK", "stock", 0.9),
    ("BUYBACK", "share", 0.9),
)
RELATED = {
    word: tuple((b if word == a else a, near) for a, b, near in _PAIRS if word in (a, b))
    for pair in _PAIRS
    for word in pair[:2]
}
"""How far one word may stand for another."""

_WORD = regex(r"[A-Z]{3,}|[a-z0-9]+(?:[&'.-][a-z0-9]+)*")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
_ADJUSTED = regex(
    r"\b(?:non-?gaap|adjusted|core (?:earnings|business|operating)|pro\s?forma|excluding|normalized|constant.currency"
    r"|organic|operational|on (?:the|a|that|this) (?:same|similar|like) basis|ongoing|underlying|before special"
    r"|ex-items)\b"
)
_BRIDGE = regex(r"gaap (?:results )?to non-?gaap")
"""Title of a reconciliation, in which both kinds of figures stand."""


def stem(word: str) -> str:
    """A word without its plural or possessive."""
    word = re.sub(r"'s?$", "", word)
    if len(word) <= 3 or word.endswith(("ss", "us")):
        return word
    ending, short = next(((e, s) for e, s in _PLURALS if word.endswith(e)), ("", ""))
    return word.removesuffix(ending) + short if ending else word


def stemmed(text: str, own: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a condensed text that tell a line.

    Args:
        text: a condensed text.
        own: words to leave out, those of the company's name.
    """
    found = [word if word.isupper() else word.strip("'.-") for word in _WORD.findall(text)]
    kept = [word if word.isupper() else stem(word) for word in found if word and word not in STOP]
    telling = (word for word in kept if word not in STOP and word not in own and not word[:1].isdigit())
    return tuple(dict.fromkeys(telling))


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words that tell a line, stemmed, each concept as one word in capitals."""
    qualifiers = re.findall(r"\b(?:basic|diluted)\b", text.lower())
    return tuple(dict.fromkeys((*stemmed(condensed(text)), *qualifiers)))


def weight(word: str) -> float:
    """How much a word counts."""
    return WEAK_WEIGHT if word in WEAK else QUALIFIERS.get(word, 1.0)


def closeness(word: str, names: frozenset[str]) -> float:
    """How well the nearest of the names stands for a word: 1 where it is among them."""
    if word in names:
        return 1.0
    return max((near for name, near in RELATED[word] if name in names), default=0.0) if word in RELATED else 0.0


@lru_cache(maxsize=8192)
def is_adjusted(text: str) -> bool:
    """Whether a phrase speaks of figures that are not as reported."""
    return _ADJUSTED.search(_BRIDGE.sub("", plain(text))) is not None
