"""Vocabulary: labels and phrases as sets of words in which accounting's synonyms are one word."""

from __future__ import annotations

import re
from functools import lru_cache

_GAIN = r"(?:income|earnings|profits?|loss(?:es)?)"
_SIGN = r"(?:\s?/?\s?\(?(?:loss(?:es)?|income|profit|earnings|deficit|benefit|expense|credit)\))?(?:\s?/\s?\(?loss\)?)?"
_G = rf"(?:\(?\b{_GAIN}\)?{_SIGN})"
_TAXES = r"(?:(?:provision|benefit|\(benefit\)|credit|for|\(provision\)|from|/|or)\s)*(?:income\s)?tax(?:es)?(?:\son\s(?:income|earnings))?"
_CONCEPTS = (
    (
        rf"{_G},?\sbefore\sinterest,?\s(?:(?:income\s)?taxes|tax),?\sdepreciation,?\s(?:and\s)?amortization(?:\s\(ebitda\))?",
        " EBITDA ",
    ),
    (r"\bebitda\b", " EBITDA "),
    (r"\bebit\b", " EBIT "),
    (
        r"per\s(?:(?:basic|diluted|common|ordinary|and|equivalent|outstanding|average|limited|partner)[\s/]+){0,5}(?:share|unit|ads)\b",
        " PERSHARE ",
    ),
    (r"\beps\b|\b(?:a|each)\s(?:common\s|diluted\s)?share\b", " PERSHARE "),
    (
        rf"{_G}(?:\sfrom\s(?:continuing\s)?operations)?,?\sbefore\s(?:{_TAXES}|tax)\b|\bpre-?tax\s(?:book\s)?{_G}",
        " PRETAX ",
    ),
    (r"operating\s(?:profit\s|income\s)?(?:margin|rate)s?", " OPINC margin "),
    (rf"operating\s{_G}|{_G}\sfrom\soperations\b|operating\sresults\b", " OPINC "),
    (
        r"retained\s(?:earnings|income)|(?:earnings|profit)\s(?:employed|reinvested)\sin(?:\sthe)?\sbusiness",
        " RETAINED ",
    ),
    (rf"\(?net\)?\s(?:quarterly\s|annual\s)?{_G}", " NETINC "),
    (r"gross\s(?:profit|margin)s?", " GROSS "),
    (r"costs?\sof\s(?:net\s)?(?:sales|goods\ssold|revenues?|products?\ssold|sales\sand\sservices?)", " COGS "),
    (
        r"selling,?\s(?:general|gen\.),?\s(?:and|&)\s(?:administrative|admin\.)(?:\s(?:expenses?|exps?\.?|costs?))?",
        " SGA ",
    ),
    (r"\bsg&a\b|selling\s(?:and|&)\sadministrative", " SGA "),
    (r"research\s(?:and|&|,)\s(?:product\s)?development|\br&d\b", " RND "),
    (r"(?:effective\s)?(?:income\s)?tax\srate", " TAXRATE "),
    (
        rf"(?:provision|benefit)\s(?:\(\w+\)\s)?for\s(?:income\s)?taxes|income\stax(?:es)?(?:\s(?:expense|provision|benefit))?{_SIGN}|taxes\son\sincome",
        " TAX ",
    ),
    (
        r"(?:net\s)?cash\s(?:flows?\s)?(?:\(?(?:provided|used|generated|required|from)\)?[\s/]*(?:\(?used\sin\)?|\(?used\sfor\)?|by|in|for)?,?[\s(]*(?:or\s)?)+\)?\s?(?:continuing\s)?operat(?:ing\sactivities|ions)|(?:operating\s|free\soperating\s)cash\sflows?|cash\sflows?\sfrom\soperations",
        " OCF ",
    ),
    (r"free\scash\sflows?", " FREECF "),
    (
        r"capital\sexpenditures?|(?:purchases?|acquisitions?)\sof\sproperty(?:,\splant)?,?\sand\sequipment|additions\sto\s(?:property(?:,\splant)?,?\sand\sequipment|plant)",
        " CAPEX ",
    ),
    (
        r"(?:re)?purchas(?:es?|ed|ing)\s(?:of\s)?(?:treasury|common|capital)\s(?:stock|shares?)|(?:common\s|treasury\s)?(?:shares?|stock)\s(?:re)?purchase[sd]?|repurchas(?:e[sd]?|ing)\s(?:[\w'’.]+\s){0,5}?(?:shares|stock)|treasury\s(?:stock|shares)\s(?:purchased|acquired)",
        " BUYBACK ",
    ),
    (r"\brepurchased\b", " BUYBACK "),
    (r"(?:cash\s)?dividends?\s(?:paid|payments?)|(?:paid|payments?\sof)\s(?:\w+\s)?(?:cash\s)?dividends?", " DIVPAID "),
    (r"cash(?:,|\sand)\s(?:cash\s)?equivalents|\bcash\sequivalents", " CASHEQ "),
    (
        r"\b(?:comparable|same)[\s-](?:(?:store|restaurant|club|unit|location)s?[\s-])?(?=(?:[\w-]+\s){0,2}?(?:sales|revenues?)\b)"
        r"|\bon\sa\scomparable\sbasis",
        " COMPARABLE ",
    ),
    (
        r"cumulative\seffects?\sof\s(?:a\s)?(?:changes?\sin\s)?accounting\s?(?:principles?|changes?)?|(?:cumulative\s)?effects?\sof\s(?:adopting|accounting\schanges?)",
        " CUMEFF ",
    ),
    (r"net\sinterest\s(?:income|revenue)", " NII "),
    (r"interest\s\(income\)\sexpense", " INTEREST intincome intexpense "),
    (r"interest\s(?:and\sother\s)?income", " INTEREST intincome "),
    (r"interest\sexpense", " INTEREST intexpense "),
    (r"\binterest\b", " INTEREST "),
    (r"(?:share|stock|share)holders['’]?s?\s(?:equity|investment)|total\sequity", " EQUITY "),
    (r"(?:net\s)?(?:sales|revenues?)\b", " SALES "),
    (_G + r"(?=[\s,;.)]|$)", " INCOME "),
)
_PATTERNS = tuple((re.compile(pattern), concept) for pattern, concept in _CONCEPTS)

STOP = frozenset(
    """a an the of in on at by to for from with as and or nor its our their his her this that these those it we they he she which who
    was were is are be been being has have had having do does did will would could should may might can not no also than then there here
    compared compares comparing comparison versus vs against over under between among while whereas when where if so such both each all any
    more most less least other's into onto out off up down per including include includes included excluding excludes excluded
    total totaled totaling totalled amounted amounts amount approximately about nearly almost roughly around just only some
    reported report reports reporting announced announces today record records recorded posted achieved achieving delivered delivering had
    generated earned earning reached reach rose rise rises risen rising grew grow grows grown growing growth increase increased increases
    increasing decrease decreased decreases decreasing decline declined declines declining fell fall falls dropped drop drops lower higher
    greater improved improve improvement improving reduced reduction gain gained gains advanced advancing advance climbed climb jumped
    jump surged slipped expanded contracted worsened narrowed widened represented represents representing equal equivalent came compare
    quarter quarterly quarters year years annual annually month months monthly week weeks period periods fiscal calendar first second third
    fourth current prior previous preceding last same comparable corresponding ago earlier end ended ending half date ytd full year-over-year
    result results performance company companies corporation corp inc incorporated ltd llc plc co strong solid all-time significant
    significantly slightly respectively basis primarily mainly largely due driven usd dollars dollar us u.s continued remained remain stood
    overall ended-with new-record level excellent level highest lowest best us$ now previously still however well year-ago fully q1 q2 q3 q4
    change changed changes flat accounted percent percentage point points bps number numbers million billion thousand cents was-up one two
    january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    across u s three four five six seven eight nine ten eleven twelve thirteen thirty-nine twenty-six fifty-two fifty-three operated operates totaling negative minus mos mo yr yrs wk wks qtr qtrs approximate unchanged finished closed ending ended exiting during within through throughout after before-the until since including-the
    quarter-over-quarter sequentially sequential new sequentially being amounting resulted resulting compares
    """.split()
) - {"change"}
"""Words that say nothing of which line is meant: grammar, reporting, direction, time."""
WEAK = frozenset(
    """total consolidated net gaap expense enterprise segment overall business division group operation company-wide worldwide reported
    cost-and-expenses outstanding unaudited condensed amount attributable applicable available common shareholder stockholder equivalent
    average intincome intexpense base combined aggregate basis paid item rate activity buying occupancy distribution""".split()
)
"""Words that alone neither tell a line nor rule one out."""
STRUCTURE = frozenset(
    """asset liability current equity EQUITY operating investing financing activity expense cost cash flow SALES revenue income INCOME noncurrent
    non-current adjustment reconcile NETINC provided used shareholder stockholder and OCF EBITDA add back data statement PERSHARE change item
    supplemental detail operation per share SHAREs GROSS OPINC non-cash noncash charge adjustments follows working capital gaap""".split()
)
"""Words of headings that only order a statement and are not said in prose."""
WEAK_WEIGHT = 0.15
QUALIFIERS = {"adjusted": 0.5, "non-gaap": 0.5, "diluted": 0.4, "basic": 0.4, "continuing": 0.8, "quarterly": 0.1}

RELATED = {
    frozenset(("INCOME", "NETINC")): 0.92,
    frozenset(("INCOME", "OPINC")): 0.6,
    frozenset(("adjusted", "non-gaap")): 0.9,
    frozenset(("cash", "CASHEQ")): 0.85,
    frozenset(("dividend", "DIVPAID")): 0.9,
    frozenset(("BUYBACK", "stock")): 0.9,
    frozenset(("BUYBACK", "share")): 0.9,
    frozenset(("NETINC", "PERSHARE")): 0.5,
}
"""How far one word may stand for another."""

_WORD = re.compile(r"[A-Z]{3,}|[a-z0-9]+(?:[&'’.-][a-z0-9]+)*")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
_ADJUSTED = re.compile(
    r"\b(?:non-?gaap|adjusted|as adjusted|core (?:earnings|business|operating)|pro\s?forma|excluding|normalized|constant.currency|organic|operational"
    r"|on (?:the|a|that|this) (?:same|similar|like) basis|ongoing|underlying|before special|ex-items)\b"
)


def plain(text: str) -> str:
    """Lower case, straight quotes and hyphens, single spaces."""
    text = re.sub(r"[‘’]", "'", text.lower())
    return " ".join(re.sub(r"[‐‑‒–—]", "-", text).split())


def stem(word: str) -> str:
    """A word without its plural or possessive."""
    word = re.sub(r"['’]s?$", "", word)
    if len(word) > 3 and not word.endswith("ss") and not word.endswith("us"):
        for ending, short in _PLURALS:
            if word.endswith(ending):
                return word[: -len(ending)] + short
    return word


def condensed(text: str) -> str:
    """A text in lower case in which set phrases and synonyms of accounting are one word in capitals."""
    text = plain(text)
    for pattern, concept in _PATTERNS:
        text = pattern.sub(concept, text)
    return text


def stemmed(text: str, own: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a condensed text that tell a line.

    Args:
        text: a condensed text.
        own: words to leave out, those of the company's name.
    """
    found = [word if word.isupper() else word.strip("'.-") for word in _WORD.findall(text)]
    kept = [word if word.isupper() else stem(word) for word in found if word and word not in STOP]
    return tuple(
        dict.fromkeys(word for word in kept if word not in STOP and word not in own and not word[:1].isdigit())
    )


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words that tell a line, stemmed, synonyms and set phrases of accounting as one word in capitals."""
    qualifiers = re.findall(r"\b(?:basic|diluted)\b", text.lower())
    return tuple(dict.fromkeys((*stemmed(condensed(text)), *qualifiers)))


def weight(word: str) -> float:
    """How much a word counts."""
    if word in WEAK:
        return WEAK_WEIGHT
    return QUALIFIERS.get(word, 1.0)


def closeness(word: str, names: frozenset[str]) -> float:
    """How well the nearest of the names stands for a word: 1 where it is among them."""
    if word in names:
        return 1.0
    return max((RELATED.get(frozenset((word, name)), 0.0) for name in names), default=0.0)


def is_adjusted(text: str) -> bool:
    """Whether a phrase speaks of figures that are not as reported."""
    return _ADJUSTED.search(re.sub(r"gaap (?:results )?to non-?gaap", "", plain(text))) is not None
