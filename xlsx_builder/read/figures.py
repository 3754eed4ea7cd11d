"""Figure-like tokens: what may stand in a figure column, told by its form alone and never by its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from xlsx_builder.model.patterns import regex

DASHES = "-\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
_TYPEWRITTEN = str.maketrans(
    dict.fromkeys(DASHES, "-") | dict.fromkeys("€£¥", "$") | dict.fromkeys("†‡§¹²³⁴⁵⁶⁷⁸⁹", "†")
)
"""Dashes, currency signs and footnote marks as the patterns have them: a set of letters beyond ASCII takes as long
to compile as a long pattern."""
CURRENCY = r"(?:US|CA|AU|NZ|HK|NT|[ACRS])?\$|(?<!,\s)(?:USD|EUR|GBP|CAD|CHF|JPY|SEK|NOK|DKK|Rs\.?)(?=[\s\d(])"
_NUMERAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_MARKS = r"(?:\(\d{1,2}\)|\[\w{1,2}\]|\*|\s?†|\s{0,3}\((?:[a-z]{1,2}|[ivx]{1,4}|[A-H])\))*"
_UNIT = (
    r"(?:\s?(?:%|cents?\b|¢|percent\b|per\ cent\b|pct\b\.?|bps\b|pts?\b\.?|points?\b|[mM]illion\b|[bB]illion\b)"
    r"|(?:(?<=\.\d)|(?<=\.\d\)))\s?years?\b"
    r"|\s(?:to\s|:\s?)1(?:\.0{1,2})?(?=\s\s|\s*$)|[xX](?!\w)|[MBK](?!\w)|[cp](?![\w/])|(?:mm|MM)\b|bn\b)"
)
_BRACKETED = rf"[\(<\[][ ]{{0,8}}(?:{CURRENCY})?[ ]{{0,12}}-?(?:{_NUMERAL})[ ]?{_UNIT}?[ ]{{0,4}}[\)>\]]"
_WORDS = r"(?:[nN]/?[mM]f?|N/?MF?|[nN]\.[mM]\.|[nN]/[aA]|N\.A\.|n\.a\.|NA|[nN]il|NIL|\*{1,3})(?=\s|$)"
_FIGURE = regex(
    rf"""(?:(?<=\s)|(?<=^)|(?<=\))|(?<=-)(?=\$)|(?<=%-))  # or in a range
    (?P<sign>[-+](?=\$))?
    (?P<currency>(?:{CURRENCY})[ ]{{0,20}})?
    (?P<body>(?:(?P<amount>{_BRACKETED}|[-+]?(?:{_NUMERAL}))(?P<unit>{_UNIT})?|(?:-0-|-{{1,3}})(?=[\s%\)$]|$)|{_WORDS})
        (?P<unit2>[ ]?%)?)
    (?P<marks>{_MARKS})
    (?=\s|$|\$|-\$|(?<=%)-\d|(?<=\d\d\d\))\()""",
    re.VERBOSE,
)
_SCALE_NOTE = regex(r"\((?:000,)?000\)$")
"""'(000)' says what a unit is worth."""
_YEAR = regex(rf"(?:19|20)\d\d{_MARKS}$")
_DATE = regex(rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d\d|\d{{4}}){_MARKS}$|\d{{1,2}}/\d{{2}}(?:\d\d)?$")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d_]*\.?"
"""A month by its first letters."""
_DAY = regex(rf"\b{MONTH} (?:[12]?\d|3[01])$", re.IGNORECASE)
"""A day that ends a line of words or a label: 'Backlog at June 30'."""
_RANGE = regex(r"(?P<low>\S.*?)\s?(?:to|-)\s?(?P<high>\S.*)$")


class Figure(Struct, frozen=True):
    """A figure-like token of a line and where it stands."""

    text: str
    """As printed, runs of spaces inside it made one."""
    start: int
    """Where its first character stands, the currency sign included."""
    edge: int
    """Just after its last digit, dash or word ('cents'), which is where figure columns align."""
    end: int
    """Just after its last character, unit and footnote marks included."""

    @property
    def year(self) -> bool:
        """Whether it may be a year, as over a column."""
        return is_year(self.text)

    @property
    def hollow(self) -> bool:
        """Whether it has no digit: a dash or a word such as 'n/m'."""
        return not any(character.isdigit() for character in self.text)


def find_figures(line: str) -> tuple[Figure, ...]:
    """All figure-like tokens of a line, left to right; those in prose and labels among them."""
    matches = _FIGURE.finditer(line.translate(_TYPEWRITTEN))
    found = [_figure(line, match) for match in matches if not _SCALE_NOTE.match(match["body"])]
    return tuple(figure for place, figure in enumerate(found) if not _between(found, place))


def _between(figures: list[Figure], place: int) -> bool:
    """Whether a dash stands between the ends of a range, '$2.10 - $2.30', rather than in a column of its own."""
    if not figures[place].hollow or not 0 < place < len(figures) - 1:
        return False
    low, dash, high = figures[place - 1 : place + 2]
    alike = all(set(end.text) & set("$€£%.") for end in (low, high))
    return alike and low.end + 1 == dash.start and dash.end + 1 == high.start


def _figure(line: str, match: re.Match[str]) -> Figure:
    """Measure one match."""
    amount = match["amount"] or match["body"].rstrip()
    worded = match["unit"] and (match["unit"].strip(" .").isalpha() or "1" in match["unit"])  # 'cents', 'to 1'
    digits = [place for place, character in enumerate(amount, 1) if character.isdigit()]
    edge = match.end("unit") if worded else match.start("body") + max(digits, default=len(amount))
    return Figure(" ".join(line[match.start() : match.end()].split()), match.start(), edge, match.end())


def trailing_figures(line: str) -> tuple[Figure, ...]:
    """The figures that end a line, nothing but spaces and rests of leader dots between them."""
    run: list[Figure] = []
    end = len(line.rstrip())
    for figure in reversed(find_figures(line)):
        between = line[figure.end : end]
        if (
            between.strip(" .")
            and between.split() != ["to"]
            and between not in ("-", "\N{EN DASH}", " - ", " \N{EN DASH} ")
        ):
            break
        if line[figure.end - 1].isdigit() and _DAY.search(line[: figure.end]):
            break
        run.append(figure)
        end = figure.start
    return tuple(reversed(run))


def is_figure(text: str) -> bool:
    """Whether a whole cell is a figure: '$ (1,963)', '12.3%', '--', 'n/m', '342(a)', '$2.10 to $2.30'."""
    text = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").translate(_TYPEWRITTEN).split())
    if not text:
        return False
    if _SCALE_NOTE.match(text):
        return False
    if _FIGURE.fullmatch(text):
        return True
    parts = _RANGE.match(text)
    if not parts or not (" " in text or set(text) & set("$%.")):
        return False  # a number such as 555-0142
    return _counts(parts["low"]) and _counts(parts["high"])


def _counts(text: str) -> bool:
    """Whether a part of a range is a figure with digits."""
    return bool(_FIGURE.fullmatch(text.strip())) and any(character.isdigit() for character in text)


def is_year(text: str) -> bool:
    """Whether a text is a year, a footnote mark allowed: '2003', '2003*'."""
    return bool(_YEAR.match(text.strip().translate(_TYPEWRITTEN)))


def is_date(text: str) -> bool:
    """Whether a text is a date in figures: '10/31/95', '9/30'."""
    return bool(_DATE.match(text.strip().translate(_TYPEWRITTEN)))


def middle(places: Iterable[int]) -> int:
    """The lower of the middle ones, as statistics.median_low gives it, which brings fractions and much else along."""
    found = sorted(places)
    return found[(len(found) - 1) // 2]
