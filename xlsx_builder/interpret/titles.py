"""The lines above a table: company, title, scale and period, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from xlsx_builder.interpret.labels import clean
from xlsx_builder.interpret.scales import Scales, merged, scales
from xlsx_builder.interpret.times import Times, times
from xlsx_builder.model.patterns import regex

SCALE_LINE = regex(
    r"^\W*(?:(?:all |dollars?|amounts?|shares?|stated|expressed|u\.?s\.?|figures?)\b.*\b(?:in"
    r"|of)\b.*\b(?:thousand|million|billion)"
    r"|(?:in )?(?:€|£|CHF|EUR|GBP|CAD|SEK|NOK|DKK|[^\W\d_]{1,2}\$)\s?(?:in )?(?:thousand|million|billion|m\b|mn\b|bn\b)"
    r"|in (?:thousand|million|billion)|\$?\s?in (?:thousand|million|billion|000)|(?:thousand|million|billion)s?\b"
    r"|\(?\$?000'?s|.*\b000'?s omitted)",
    re.IGNORECASE,
)
SCALE_END = regex(
    r",\s*(?:in\s+)?(?:EUR|USD|GBP|CHF|CAD|SEK|NOK|DKK|\$|€|£)\s?(?:(?:thousand|million|billion)s?|m|mn|bn)$"
    r"|(?:,|\s[-\u2013\u2014])?\s+in (?:thousand|million|billion)s(?: of (?:US |U\.S\. )?dollars)?$",
    re.IGNORECASE,
)
"""'Income statement, EUR million', 'Balance sheets in thousands'."""
ASIDE = regex(
    r"^\W*(?:un-?audited|preliminary|audited|continued|condensed|subject to(?: \w+)?|see (?:accompanying )?notes?"
    r"|(?:preliminary|condensed)?\W*(?:and|,|;)?\W*unaudited)\W*$|^\W*(?:page\s+)?\d+\W*$"
    r"|^(?:financial )?tables? to follow$|^(?:for (?:immediate|release)|(?:press|news|earnings) release)\b"
    r"|^\(an? [^()]*\b(?:company|corporation|partnership|enterprise|trust|association)\)$"
    r"|^\(?debtors?[- ]in[- ]possession\)?$"
    r"|^(?:exhibit|schedule|attachment|appendix)\s+[\w.-]{1,6}$",
    re.IGNORECASE,
)
PARENTHESES = regex(r"\s*\((?=[^()]*\b(?:thousand|million|billion|unaudited|000|continued)s?\b)[^()]*\)", re.IGNORECASE)
TIME_LINE = regex(
    r"^\W*(?:for\b|as (?:of|at)\b|at\b|of\b|the\b|and\b|compared|with|ended|ending|periods?|fiscal|years?"
    r"|quarters?|months?|mos?|weeks?|wks?|to|date|ytd|periods?|years"
    r"|three|six|nine|twelve|thirteen|first|second|third|fourth|twenty|thirty|\W|\d|january|february|march"
    r"|april|may|june|july|august"
    r"|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|unaudited|q[1-4]|fy)+$",
    re.IGNORECASE,
)
NUMBERED = regex(r"^\(?(?:\d{1,2}|[A-Za-z])\)\s+")
LEAD_IN = regex(
    r"^the following tables? (?:summarizes?|shows?|presents?|sets? forth|provides?|details?|reconciles?|contains?)\s+",
    re.IGNORECASE,
)
ENTITY = regex(
    r"\b(?:inc|incorporated|corp|corporation|company|companies|co|ltd|limited|llc|plc|l\.?p|n\.?v|s\.?a|a\.?g"
    r"|ab|asa|oyj|a/s|se|gmbh|s\.?p\.?a|holdings?|group|trust|partnership|bank"
    r"|bancorp|industries|subsidiar(?:y|ies))\b\.?(?:,? and (?:consolidated )?subsidiar(?:y|ies))?\W*$",
    re.IGNORECASE,
)
SUFFIXES = regex(
    r"\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|plc|l\.?p|n\.?v|s\.?a|a\.?g|and|its"
    r"|consolidated"
    r"|subsidiar(?:y|ies)|holdings?|group)\b"
)
FULL_STOP = regex(r"(?<=[a-z]{4}|\d{4})\.$")
"""Of a sentence that stands as a title; 'Inc.' keeps its point."""
STATEMENT_WORD = regex(
    r"\b(?:statements?|sheets?|consolidated|condensed|summary|reconciliation|data|information|results"
    r"|highlights|income|earnings"
    r"|cash flows?|segments?|sales|revenues?|analysis|computation|schedule|supplemental)\b",
    re.IGNORECASE,
)
SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "per",
        "the",
        "to",
        "with",
        "vs",
    ]
)


class Titles(Struct, frozen=True):
    """What stands above a table."""

    title: str
    told: Scales
    when: Times
    inside: str = ""
    """Title that stands inside the table, right above the column headings."""
    entity: str = ""
    """A line that names a company; '' where there is none."""
    continued: bool = False
    said: str = ""
    """All that stands above it."""
    numbered: bool = False
    """Whether its title carries a footnote's mark, so that it details the table above."""

    @property
    def full(self) -> str:
        """The title above the table and the one inside it."""
        return ": ".join(part for part in (self.title, self.inside) if part)


def titles_of(lines: Iterable[str], company: str = "") -> Titles:
    """The parts of a table's caption.

    Args:
        lines: The lines above it, outermost first.
        company: The company that reports, where it is known.
    """
    lines = [" ".join(line.split()) for line in lines]
    titles: list[str] = []
    above: list[str] = []
    told: list[str] = []
    entity = ""
    for line in lines:
        bare = SCALE_END.sub("", PARENTHESES.sub("", NUMBERED.sub("", clean(line))))
        bare = FULL_STOP.sub("", LEAD_IN.sub("", bare).strip(" :*-\u2013\u2014"))
        if not bare or SCALE_LINE.search(line) or ASIDE.match(bare) or TIME_LINE.match(bare) or is_prose(line):
            continue
        if names_company(bare, company) and (not (titles and entity) or bare.lower() == entity.lower()):
            entity = bare
            above, titles = [*above, *titles], []
            continue
        (told if is_sentence(line) or NEWS.search(bare) else titles).append(bare)
    text = "\n".join(lines)
    return Titles(
        together([title_case(bare) for bare in titles or above or told]),
        merged(
            [scales(line) for line in lines if any(told.search(line) for told in (SCALE_LINE, PARENTHESES, SCALE_END))]
        ),
        time_of(lines),
        entity=entity,
        said=text,
        numbered=any(NUMBERED.match(line) for line in lines),
        continued=bool(re.search(r"\(?\bcont(?:inued|'d|\.)", text, re.IGNORECASE)),
    )


BULLET = regex(r"^\s*[\u2022\u25aa\u25cf\u25a0\u25e6\u2023\u00b7\u2043\uf0b7]")
"""How an item of a list begins."""
NEWS = regex(
    r"\b(?:reports|announces|announced|posts|declares)\s+\S"
    r"|^(?:\W|\d|q[1-4]|[1-4]q|fy|first|second|third|fourth|half|full|fiscal|quarter|year|to date)*"
    r"\b(?:financial )?results(?:\s+for\s+the\b.*)?$",
    re.IGNORECASE,
)
"""A headline of the release, which titles a table only where nothing else does."""
PIECE = regex(r"^[a-z].*[.]$|\b(?:NYSE|NASDAQ)\w*:|\bBUSINESS\s?WIRE\b|\b(?:PR|GLOBE)\s?NEWSWIRE\b")
"""The end of a sentence that began on another line, or a dateline."""


def is_prose(line: str) -> bool:
    """Whether a line above a table belongs to a text or a list rather than to the table."""
    words: list[str] = re.findall(r"[A-Za-z]\S*", line)
    if BULLET.match(line) or PIECE.search(line):
        return True
    long = [word for word in words if len(word) > 3]
    small = 2 * len([word for word in long if word[0].islower()]) > len(long)
    return len(words) >= SENTENCE_WORDS and small and line[0].islower() and line.rstrip()[-1] not in ":."


SENTENCE_WORDS = 6
"""Words from which on a line in small letters is a sentence rather than a title."""


def is_sentence(line: str) -> bool:
    """Whether a line above a table tells what follows in a sentence: 'Sales by region were as follows:'."""
    words: list[str] = re.findall(r"[A-Za-z]\S*", line)
    if len(words) < SENTENCE_WORDS or not line.rstrip().endswith((":", ".")):
        return False
    long = [word for word in words if len(word) > 3]
    return 2 * len([word for word in long if word[0].isupper()]) < len(long)


TELLS_AMOUNT = regex(r"[$€£]\s?\d|\d\s?%")
"""A headline that tells a result is no title of a table."""


def is_title_like(line: str) -> bool:
    """Whether a line of running text is set as a title: short, its longer words with capitals, no full stop."""
    long = [word for word in re.findall(r"[A-Za-z]\S*", line) if len(word) > 3]
    capitals = sum(1 for word in long if word[:1].isupper())
    plain = line.rstrip()[-1:] not in ".,;:"
    plain = plain and not TELLS_AMOUNT.search(line)
    return plain and bool(long) and len(line) <= 90 and bool(3 * capitals >= 2 * len(long))


def time_of(lines: Sequence[str]) -> Times:
    """What the lines of a caption say of time; a bare date beside a full period is the day of the release."""
    said = [times(line) for line in lines]
    if any(found.lengths and (found.days or found.years) for found in said):
        lines = [line for line, found in zip(lines, said, strict=True) if found.lengths or not found.days]
    return times("\n".join(lines))


def names_company(line: str, company: str) -> bool:
    """Whether a line of a caption is only a company's name."""
    known = re.sub(r"\W+", "", company).lower()
    said = re.sub(r"\W+", "", line).lower()
    rest = SUFFIXES.sub("", line[len(company) :].lower()) if said.startswith(known) else ""
    if known and len(said) >= 4 and (said.startswith(known) or known.startswith(said)) and not re.search(r"\w", rest):
        return True
    if known and said[:4] != known[:4]:
        return False
    return bool(ENTITY.search(line)) and not STATEMENT_WORD.search(line) and len(line.split()) <= 9


def together(parts: Sequence[str]) -> str:
    """Title lines as one: a line that goes on with the one above it by a space, a further title by a colon."""
    made = ""
    for part in parts:
        if not made:
            made = part
        elif part[0].islower() or re.search(
            r"\b(?:of|and|to|the|for|in|with|by|per|non|or)$|[,&-]$", made, re.IGNORECASE
        ):
            made = f"{made} {part}"
        elif part.lower() not in made.lower():
            made = f"{made}: {part}"
    return made


def title_case(text: str) -> str:
    """A title in capitals as one in capitals and small letters; others as they are."""
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return text
    words = text.split()
    return " ".join(
        word
        if re.fullmatch(
            r"\W*(?:EPS|EBITDA|GAAP|NON-GAAP|U\.?S\.?|II|III|IV|Q[1-4]|FY\d*|A?FFO|EBIT|NOI|LAE|RO[AEI]|ARR)\W*",
            word,
        )
        else word.lower()
        if place and word.lower() in SMALL
        else re.sub(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?", lambda m: m[0].capitalize(), word)
        for place, word in enumerate(words)
    ).replace("NON-GAAP", "Non-GAAP")
