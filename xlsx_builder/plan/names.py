"""Names of sheets: from the kind of statement, told apart by titles, as Excel accepts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Heading, LineItem, Period, Statement, StatementKind, Unit
from xlsx_builder.plan.headings import MONTHS
from xlsx_builder.plan.wording import EDGES, SMALL, cut, plain_title, shortened, squeezed

LONGEST = 31
"""Characters that Excel allows."""

FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f\x7f]+|[\ud800-\udfff\ufffe\uffff]+")
"""What Excel refuses in a name, and what no XML can hold."""

SUMMARY, EBITDA, ADJUSTED, CLAIMS = "Summary", "EBITDA", "Adjusted", "Claims"
CHECKS, RELEASE, ABOUT = "Checks", "Release", "About"

RESERVED = (SUMMARY, EBITDA, ADJUSTED, CLAIMS, CHECKS, RELEASE, ABOUT, "History")
"""Sheets of our own, and a name that Excel keeps for itself."""

KINDS = {
    StatementKind.INCOME: "Income Statement",
    StatementKind.BALANCE: "Balance Sheet",
    StatementKind.CASH_FLOW: "Cash Flow",
    StatementKind.EQUITY: "Equity",
    StatementKind.SEGMENTS: "Segments",
    StatementKind.RECONCILIATION: "Reconciliation",
    StatementKind.PER_SHARE: "Per Share",
    StatementKind.OTHER: "Table",
}

MAIN = frozenset({StatementKind.INCOME, StatementKind.BALANCE, StatementKind.CASH_FLOW, StatementKind.EQUITY})
"""Kinds of which the first one printed is the company's own, and takes the plain name."""

SPEAKS = 3
"""Words from which on the first line of a table names it without its title."""
DETAIL = 20
"""Characters at most of what tells sheets of one name apart."""
DASH = " - "
"""Between a name and what tells it apart."""


class _Name(Struct, frozen=True):
    text: str
    """What the sheet is called as long as room does not matter."""
    detail: str = ""
    """What tells it from others of the same text."""


def sheet_names(
    statements: tuple[Statement, ...], company: str = "", named: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """A name for the sheet of each statement, in their order.

    Args:
        statements: With their titles.
        company: Whose name says nothing in a title.
        named: Statements whose title is not printed, but what they come to.
    """
    alike: dict[StatementKind, list[Statement]] = defaultdict(list)
    for statement in statements:
        alike[statement.kind].append(statement)
    kept = {each[0].id for kind, each in alike.items() if kind in MAIN}
    names = [_Name(_text(statement, alike[statement.kind], company)) for statement in statements]
    titles = [name.text for name in names]
    openings = ["" if statement.id in named else _opening(statement) for statement in statements]
    others = ([detail(statement) for statement in statements] for detail in (_kind, _length, _end, _column))
    for told in ([_unit(statement) for statement in statements], titles, openings, *others):
        for group in _same(_fitted(names)):
            for at, part in zip(group, distinct_parts([told[at] for at in group]), strict=True):
                if part and statements[at].id not in kept:
                    names[at] = _told_apart(names[at], told[at], part, whole=told is openings)
    return unique(_fitted(names))


def _told_apart(name: _Name, words: str, part: str, *, whole: bool) -> _Name:
    """The name with what only this one of a group has; or words that are a name by themselves."""
    if whole and not name.detail and len(words.split()) >= SPEAKS:
        return _Name(words)
    short = squeezed(part, DETAIL)
    return name if SMALL.fullmatch(short) else replace(name, detail=f"{name.detail} {short}".strip())


def _fitted(names: list[_Name]) -> list[str]:
    """The names as they fit, those of one text cut alike."""
    longest: dict[str, int] = {}
    for name in names:
        longest[name.text] = max(longest.get(name.text, 0), len(name.detail))
    return [
        f"{shortened(n.text, LONGEST - len(DASH) - longest[n.text])}{DASH}{n.detail}"
        if n.detail
        else shortened(n.text, LONGEST)
        for n in names
    ]


def _same(names: list[str]) -> list[list[int]]:
    """Places of names that come more than once, whatever their letters."""
    places = defaultdict(list)
    for at, name in enumerate(names):
        places[name.lower()].append(at)
    return [found for found in places.values() if len(found) > 1]


def _text(statement: Statement, alike: list[Statement], company: str) -> str:
    """What a sheet is called as long as room and other sheets do not matter; `alike` are all of its kind."""
    plain, title = KINDS[statement.kind], plain_title(statement.title, company)
    if statement.kind is not StatementKind.OTHER:
        same = statement.kind in MAIN and statement.title == alike[0].title
        if same or len(alike) == 1 or (statement is alike[0] and (statement.kind in MAIN or not title)):
            return plain
    return title or _opening(statement) or plain


def ending(statement: Statement, totals: Collection[str]) -> str:
    """What a table that begins with lines comes to, without what parentheses say of it; '' where that is no sum."""
    last = statement.lines[-1] if statement.lines else None
    if not isinstance(last, LineItem) or last.id not in totals or isinstance(statement.lines[0], Heading):
        return ""
    words = re.sub(r"^total\s+|\s*\([^()]*\)$", "", last.label, flags=re.IGNORECASE)
    return words if len(words.split()) > 1 else ""


def _kind(statement: Statement) -> str:
    return "" if statement.kind is StatementKind.OTHER else KINDS[statement.kind]


def _opening(statement: Statement) -> str:
    """The heading that a table begins with, or its first label."""
    return next((line.label for line in statement.lines if line.label), "")


def _unit(statement: Statement) -> str:
    """Whether all its figures are per cents."""
    shares = all(item.unit is Unit.PERCENT for item in statement.items)
    return "%" if shares else ""


def _period(statement: Statement) -> Period | None:
    """That of its first column which tells one."""
    return next((c.period for c in statement.columns if c.period is not None and c.period.end), None)


def _length(statement: Statement) -> str:
    period = _period(statement)
    return f"{period.months} months" if period is not None and period.months else ""


def _column(statement: Statement) -> str:
    return " ".join(" ".join(column.header for column in statement.columns[:1]).split())


def _end(statement: Statement) -> str:
    period = _period(statement)
    return f"{MONTHS[period.end.month - 1]} {period.end.year}" if period is not None and period.end else ""


def distinct_parts(titles: list[str]) -> list[str]:
    """What each title has that not all the others have too.

    Words they begin or end with in common are left out; a number keeps the word behind it ('13 Weeks').
    """
    words = [title.split() for title in titles]
    shortest = min(len(each) for each in words)
    plain = [[word.strip(EDGES).lower() for word in each] for each in words]
    start = next((i for i in range(shortest) if len({each[i] for each in plain}) > 1), shortest)
    left = shortest - start
    end = next((i for i in range(left) if len({each[-1 - i] for each in plain}) > 1), left)
    parts = [each[start : len(each) - end] for each in words]
    if end and any(part and not part[-1].isalpha() for part in parts):
        parts = [each[start : len(each) - end + 1] for each in words]
    return [" ".join(part) for part in parts]


def unique(wanted: Iterable[str]) -> tuple[str, ...]:
    """The names made fit for Excel, numbered where they come again."""
    taken = {name.lower() for name in RESERVED}
    names = []
    for text in wanted:
        fit = " ".join(FORBIDDEN.sub(" ", text).split()).strip(EDGES) or "Table"
        fit = fit[0].upper() + fit[1:]
        name, number = cut(fit, LONGEST), 1
        while name.lower() in taken:
            number += 1
            suffix = f" {number}"
            name = cut(fit, LONGEST - len(suffix)) + suffix
        taken.add(name.lower())
        names.append(name)
    return tuple(names)
