"""Concepts: the set phrases and synonyms of accounting, each of which becomes one word in capitals."""

from __future__ import annotations

from xlsx_builder.model.patterns import regex

_GAIN = r"(?:income|earnings|profits?|loss(?:es)?)"
_SIGN = r"(?:\s?/?\s?\(?(?:loss(?:es)?|income|profit|earnings|deficit|benefit|expense|credit)\))?(?:\s?/\s?\(?loss\)?)?"
_RESULT = rf"(?:\(?\b{_GAIN}\)?{_SIGN})"
"""'income', 'earnings (loss)', 'profit/(loss)'."""
_TAXES = (
    r"(?:(?:provision|benefit|\(benefit\)|credit|for|\(provision\)|from|/|or)\s)*"
    r"(?:income\s)?tax(?:es)?(?:\son\s(?:income|earnings))?"
)
_TAX_ONLY = r"(?:(?:income\s)?taxes|tax)"
_KINDS = r"(?:(?:basic|diluted|common|ordinary|and|equivalent|outstanding|average|limited|partner)[\s/]+){0,5}"
"""What stands between 'per' and 'share'."""
_STORES = r"(?:(?:store|restaurant|club|unit|location)s?[\s-])?"
_PLANT = r"property(?:,\splant)?,?\sand\sequipment"
_BY = (
    r"(?:\(?(?:provided|used|generated|required|from)\)?[\s/]*"
    r"(?:\(?used\sin\)?|\(?used\sfor\)?|by|in|for)?,?[\s(]*(?:or\s)?)+\)?\s?"
)
"""'provided by (used for)' and the like."""

CONCEPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "EBITDA",
        (
            rf"{_RESULT},?\sbefore\sinterest,?\s{_TAX_ONLY},?\sdepreciation,?\s(?:and\s)?amortization(?:\s\(ebitda\))?",
            r"\bebitda\b",
        ),
    ),
    ("EBIT", (r"\bebit\b", rf"{_RESULT},?\sbefore\sinterest\sand\s(?:income\s)?tax(?:es)?")),
    (
        "PERSHARE",
        (
            rf"per\s{_KINDS}(?:shares?|units?|ads)\b",
            r"\beps\b",
            r"\b(?:a|each)\s(?:common\s|diluted\s)?share\b",
        ),
    ),
    (
        "PRETAX",
        (
            rf"{_RESULT}(?:\sfrom\s(?:continuing\s)?operations)?,?\sbefore\s(?:{_TAXES}|tax)\b",
            rf"\bpre-?tax\s(?:book\s)?{_RESULT}",
        ),
    ),
    ("OPINC margin", (r"operating\s(?:profit\s|income\s)?(?:margin|rate)s?",)),
    ("OPINC", (rf"operating\s{_RESULT}", rf"{_RESULT}\sfrom\soperations\b", r"operating\sresults\b")),
    (
        "RETAINED",
        (r"retained\s(?:earnings|income)", r"(?:earnings|profit)\s(?:employed|reinvested)\sin(?:\sthe)?\sbusiness"),
    ),
    ("NII", (r"net\sinterest\s(?:income|revenue)",)),
    ("NONINTINC", (r"non-?interest\s(?:income|revenue)",)),
    ("NONINTEXP", (r"non-?interest\sexpenses?",)),
    ("PROVISION", (r"provision\sfor\s(?:credit|loan|loan\sand\slease)\slosses",)),
    ("NETINC", (rf"\(?net\)?\s(?:quarterly\s|annual\s)?{_RESULT}",)),
    ("GROSS", (r"gross\s(?:profit|margin)s?",)),
    ("COGS", (r"costs?\sof\s(?:net\s)?(?:sales|goods\ssold|revenues?|products?\ssold|sales\sand\sservices?)",)),
    (
        "SGA",
        (
            r"selling,?\s(?:general|gen\.),?\s(?:and|&)\s(?:administrative|admin\.)(?:\s(?:expenses?|exps?\.?|costs?))?",
            r"\bsg&a\b",
            r"selling\s(?:and|&)\sadministrative",
        ),
    ),
    ("RND", (r"research\s(?:and|&|,)\s(?:product\s)?development", r"\br&d\b")),
    ("TAXRATE", (r"(?:effective\s)?(?:income\s)?tax\srate",)),
    (
        "TAX",
        (
            r"(?:provision|benefit)\s(?:\(\w+\)\s)?for\s(?:income\s)?taxes",
            rf"income\stax(?:es)?(?:\s(?:expense|provision|benefit))?{_SIGN}",
            r"taxes\son\sincome",
        ),
    ),
    (
        "OCF",
        (
            rf"(?:net\s)?cash\s(?:flows?\s)?{_BY}(?:continuing\s)?operat(?:ing\sactivities|ions)",
            r"operating\scash\sflows?",
            r"cash\sflows?\sfrom\soperations",
        ),
    ),
    ("FREECF", (r"free\scash\sflows?",)),
    (
        "CAPEX",
        (
            r"capital\sexpenditures?",
            rf"(?:purchases?|acquisitions?|additions)\s(?:of|to)\s{_PLANT}",
            r"additions\sto\splant",
        ),
    ),
    (
        "BUYBACK",
        (
            r"(?:re)?purchas(?:es?|ed|ing)\s(?:of\s)?(?:treasury|common|capital)\s(?:stock|shares?)",
            r"(?:common\s|treasury\s)?(?:shares?|stock)\s(?:re)?purchase[sd]?",
            r"repurchas(?:e[sd]?|ing)\s(?:[\w'.]+\s){0,5}?(?:shares|stock)",
            r"treasury\s(?:stock|shares)\s(?:purchased|acquired)",
            r"\brepurchased\b",
        ),
    ),
    (
        "DIVPAID",
        (
            r"(?:cash\s)?dividends?\s(?:paid|payments?)",
            r"(?:paid|payments?\sof)\s(?:\w+\s)?(?:cash\s)?dividends?",
            r"\bcash\sdividends?",
        ),
    ),
    ("CASHEQ", (r"cash(?:,|\sand)\s(?:cash\s)?equivalents", r"\bcash\sequivalents")),
    (
        "COMPARABLE",
        (
            rf"\b(?:comparable|same)[\s-]{_STORES}(?=(?:[\w-]+\s){{0,2}}?(?:sales|revenues?)\b)",
            r"\bon\sa\scomparable\sbasis",
        ),
    ),
    (
        "CUMEFF",
        (
            r"cumulative\seffects?\sof\s(?:a\s)?(?:changes?\sin\s)?accounting\s?(?:principles?|changes?)?",
            r"(?:cumulative\s)?effects?\sof\s(?:adopting|accounting\schanges?)",
        ),
    ),
    ("INTEREST intincome intexpense", (r"interest\s\(income\)\sexpense",)),
    ("INTEREST intincome", (r"interest\s(?:and\sother\s)?income",)),
    ("INTEREST intexpense", (r"interest\sexpense",)),
    ("INTEREST", (r"\binterest\b",)),
    ("EQUITY", (r"(?:share|stock)holders'?s?\s(?:equity|investment)", r"total\sequity")),
    ("SALES", (r"(?:net\s)?(?:sales|revenues?)\b",)),
    ("INCOME", (_RESULT + r"(?=[\s,;.)]|$)",)),
)
"""Name and patterns, in the order in which they are looked for: the longer phrase before the one that it holds."""

_PATTERNS = tuple((regex("|".join(patterns)), f" {name} ") for name, patterns in CONCEPTS)

_QUOTES = regex("[\u2018\u2019]")
_DASHES = regex("[\u2010-\u2014]")


def plain(text: str) -> str:
    """Lower case, straight quotes and hyphens, single spaces."""
    return " ".join(_DASHES.sub("-", _QUOTES.sub("'", text.lower())).split())


def condensed(text: str) -> str:
    """A text in lower case in which each concept is one word in capitals."""
    text = plain(text)
    for pattern, concept in _PATTERNS:
        text = pattern.sub(concept, text)
    return text
