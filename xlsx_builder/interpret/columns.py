"""What each column of a table is: a period, a change, a per cent; of which part of the company, on which basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.interpret.apart import ASIDES, with_segments
from xlsx_builder.interpret.fiscal import Calendar
from xlsx_builder.interpret.numbers import Figure, Mark
from xlsx_builder.interpret.periods import period_of, since_inception, year_before
from xlsx_builder.interpret.quantities import is_count, is_for_each, is_physical
from xlsx_builder.interpret.quarters import by_last_days, numbered
from xlsx_builder.interpret.scales import money_scale
from xlsx_builder.interpret.times import Times, times
from xlsx_builder.interpret.titles import SCALE_LINE
from xlsx_builder.model.document import Row
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.statement import Column, ColumnRole, Unit

PERCENT_CHANGE = regex(
    r"%\s*\(?(?:chg|change|inc|growth|var|dec|fav|better)"
    r"|\bper\s?cent(?:age)? (?:of )?(?:change|increase|growth|variance|inc\b)"
    r"|\b(?:change|growth|increase|variance|inc\.?|chg\.?)\W*(?:\(?decrease\)?|\(?dec\.?\)?)?\W*(?:%|per\s?cent)"
    r"|\bgrowth\b|\b[yq](?:ear|uarter)?\s?[/-]\s?(?:over-)?[yq](?:ear|uarter)?\b|\bsequential change\b|\byoy\b|\bqoq\b",
    re.IGNORECASE,
)
CHANGE = regex(
    r"\bchange\b|\bvariance\b|^\W*(?:increase|inc\.?)\b|\bincrease\W*\(?decrease|\$ chg\b|\bdifference\b"
    r"|\(decrease\)|\bb\/\(?w\)?|\b(?:un)?favou?rable\b|\bbetter\W+worse\b",
    re.IGNORECASE,
)
BARE_PERCENT = regex(r"(?:^|\s)\(?%\)?$")
PERCENT_OF = regex(
    r"(?:%|\bper\s?cent(?:age)?s?) (?:of|to)\b|\bas a %|\bmix\b|\bof (?:net )?(?:sales|revenues?)\b"
    r"|%\s*(?:net )?(?:sales|rev)"
    r"|\bcommon size\b",
    re.IGNORECASE,
)
SHARE_TITLE = regex(r"\bper\s?cent(?:age)?s?\b.*\bof\b|%\s*of\b|\bper\s?cent of\b", re.IGNORECASE)
PER_SHARE = regex(r"(?<!except )(?<!for )(?<!and )\bper\s+(?:\w+\s+){0,2}share\b|\bEPS\b", re.IGNORECASE)
INCEPTION = regex(r"\binception\b", re.IGNORECASE)
SHARES = regex(
    r"(?:(?:number|no\.) of |common |outstanding )*shares(?: outstanding| issued)?(?: \(\w+\))?", re.IGNORECASE
)
YEAR_BEFORE = regex(r"\b(?:last|prior|previous|preceding)\s+(?:fiscal\s+)?year\b", re.IGNORECASE)
VALUES = regex(r"\W*\$\W*|(?:dollar )?(?:value|amount|volume)s?|dollars", re.IGNORECASE)
"""What heads the money beside numbers of things: 'Homes' and '$'."""
UNITS = regex(r"\bunits?\b(?!\s+(?:revenue|sales))", re.IGNORECASE)
LARGE = 1000
"""From here on most figures of a column cannot be per cents."""
MARKED_PERCENT = (Mark.PERCENT, Mark.POINTS, Mark.BASIS_POINTS)


class Above(Struct, frozen=True):
    """What is known about a table before its columns are looked at."""

    title: str
    when: Times
    calendar: Calendar
    balances: bool = False
    dated_rows: bool = False
    """Whether headings or labels inside the table name the periods."""


def columns_of(header: Sequence[Row], figures: Sequence[Sequence[Figure]], above: Above) -> tuple[Column, ...]:
    """The columns of a table.

    Args:
        header: The rows of its column headings.
        figures: For each column its figures, top to bottom.
        above: What stands above the table, and the company's calendar.
    """
    stacks = [stack_over(header, number) for number in range(1, len(figures) + 1)]
    overs = completed(by_last_days([times(ASIDES.sub(" ", " ".join(stack))) for stack in numbered(stacks)]))
    said = [times(row.label) for row in header if row.label]
    when = next((found for found in said if found), above.when)
    context = replace(above, when=when)
    made = tuple(
        column_of(stack, over, found, context) for stack, over, found in zip(stacks, overs, figures, strict=True)
    )
    dated = [bool(found.years or found.days) for found in (times(" ".join(stack)) for stack in stacks)]
    roled = beside(spread(made, dated, figures), dated, figures)
    return with_segments(with_units(roled, stacks, figures, header), stacks)


def stack_over(header: Sequence[Row], number: int) -> tuple[str, ...]:
    """The texts over a column, from top to bottom."""
    return tuple(cell.text for row in header for cell in row.cells if cell.first <= number <= cell.last)


def completed(overs: Sequence[Times]) -> list[Times]:
    """What is said of time over each column; where a year is missing under a shared heading, that of its left."""
    full = {(over.lengths, over.quarter) for over in overs if over.lengths}
    made: list[Times] = []
    for over in overs:
        if over.years and not (over.fiscal or over.lengths or over.days or over.quarter) and len(full) == 1:
            lengths, quarter = next(iter(full))
            made.append(replace(over, months=lengths[0], lengths=lengths, quarter=quarter))
            continue
        left = made[-1] if made else Times()
        undated = not over.years and not any(day.year for day in over.days)
        if undated and over and headed_alike(over, left):
            years = left.years or tuple(day.year for day in left.days if day.year)
            made.append(replace(over, years=years[-1:]))
        else:
            made.append(over)
    return made


def headed_alike(one: Times, other: Times) -> bool:
    """Whether two columns stand under the same length and day, their years left out."""
    days = [[(day.month, day.day) for day in found.days] for found in (one, other)]
    return one.lengths == other.lengths and days[0] == days[1]


def column_of(stack: tuple[str, ...], over: Times, figures: Sequence[Figure], above: Above) -> Column:
    """A column by itself."""
    header = " ".join(stack)
    text = ASIDES.sub(" ", header)
    role = role_of(text, figures, above)
    if above.dated_rows and not (over.days or over.years or over.quarter):
        over = Times()  # 'Stores open at end of the quarter', the quarters standing in the rows
    if role in (ColumnRole.CHANGE, ColumnRole.PERCENT_CHANGE) and not over.compared:
        return Column(role, None, header)
    if INCEPTION.search(text):
        return Column(role, since_inception(over), header)
    period = period_of(over, above.when if not above.dated_rows else Times(), above.calendar, balances=above.balances)
    if period and not over and YEAR_BEFORE.search(text):
        period = year_before(period, above.calendar)
    if role is ColumnRole.PERIOD and period is None:
        role = ColumnRole.OTHER
    return Column(role, None if role is ColumnRole.OTHER else period, header)


def role_of(text: str, figures: Sequence[Figure], above: Above) -> ColumnRole:
    """What a column is by its heading and the marks of its figures."""
    per_cents = mostly_percent(figures)
    money = not per_cents and (any_money(figures) or amounts(figures))
    if money and PERCENT_CHANGE.search(text) and not re.search(r"\$", text):
        return ColumnRole.PERIOD
    if (PERCENT_OF.search(text) and not money and not CHANGE.search(text)) or (
        SHARE_TITLE.search(above.title) and (per_cents or not any_money(figures))
    ):
        return ColumnRole.PERCENT_OF
    if times(text).compared and per_cents:
        return ColumnRole.PERCENT_CHANGE
    if PERCENT_CHANGE.search(text) and (
        per_cents or "%" in text or re.search(r"per\s?cent|growth|[/]", text, re.IGNORECASE)
    ):
        return ColumnRole.PERCENT_CHANGE
    if CHANGE.search(text):
        known = [figure for figure in figures if figure.value is not None]
        every = bool(known) and all(figure.mark in MARKED_PERCENT for figure in known)
        every = every or ((per_cents or BARE_PERCENT.search(text) is not None) and not money and not any_money(figures))
        return ColumnRole.PERCENT_CHANGE if every else ColumnRole.CHANGE
    if BARE_PERCENT.search(text):
        return ColumnRole.PERCENT_OF
    return ColumnRole.PERIOD


def mostly_percent(figures: Sequence[Figure]) -> bool:
    """Whether most figures of a column carry a per cent sign."""
    marked = sum(figure.mark in MARKED_PERCENT for figure in figures)
    return bool(marked) and 2 * marked >= sum(figure.value is not None for figure in figures)


def any_money(figures: Sequence[Figure]) -> bool:
    """Whether a figure of a column carries a currency sign."""
    return any(figure.mark is Mark.MONEY for figure in figures)


def amounts(figures: Sequence[Figure]) -> bool:
    """Whether most figures of a column are too large for per cents."""
    known = [figure for figure in figures if figure.value]
    return bool(known) and 2 * sum(abs(f.value or Decimal(0)) >= LARGE and not f.decimals for f in known) > len(known)


def spread(
    columns: tuple[Column, ...], dated: Sequence[bool], figures: Sequence[Sequence[Figure]]
) -> tuple[Column, ...]:
    """The columns; those beside one of changes that print per cents like it and name no date are changes too."""
    made = list(columns)
    if not any(column.role is ColumnRole.PERIOD and named for column, named in zip(columns, dated, strict=True)):
        return columns
    order = range(len(columns))
    for own, near in (*zip(order[1:], order, strict=False), *zip(order[-2::-1], order[::-1], strict=False)):
        open_role = made[own].role in (ColumnRole.PERIOD, ColumnRole.OTHER)
        changes = open_role and made[near].role is ColumnRole.PERCENT_CHANGE
        if changes and not dated[own] and not amounts(figures[own]) and same_digits(figures[own], figures[near]):
            made[own] = replace(made[own], role=ColumnRole.PERCENT_CHANGE, period=None)
    return tuple(made)


def same_digits(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether two columns print the same digits after the decimal point, none of them beside a currency sign."""
    digits = [{figure.decimals for figure in found if figure.value} for found in (one, other)]
    return digits[0] == digits[1] and digits[0] != {0} and not any_money((*one, *other))


def beside(
    columns: tuple[Column, ...], dated: Sequence[bool], figures: Sequence[Sequence[Figure]]
) -> tuple[Column, ...]:
    """The columns; one of per cents right beside one of amounts of the same period is per cent of something."""
    made = list(columns)
    for place in range(1, len(columns)):
        left, own = made[place - 1], made[place]
        if (
            own.role is ColumnRole.PERIOD
            and left.role is ColumnRole.PERIOD
            and own.period == left.period
            and mostly_percent(figures[place])
            and not any_money(figures[place])
            and not mostly_percent(figures[place - 1])
        ):
            made[place] = replace(own, role=ColumnRole.PERCENT_OF)
        elif own.role is ColumnRole.PERCENT_OF and left.role is ColumnRole.PERIOD and not dated[place]:
            made[place] = replace(own, period=left.period)
        if own.role is ColumnRole.PERIOD and left.role is ColumnRole.PERCENT_CHANGE and mostly_percent(figures[place]):
            made[place] = replace(own, role=ColumnRole.PERCENT_CHANGE, period=left.period)
    return tuple(made)


def with_units(
    columns: tuple[Column, ...],
    stacks: Sequence[tuple[str, ...]],
    figures: Sequence[Sequence[Figure]],
    header: Sequence[Row],
) -> tuple[Column, ...]:
    """The columns with units of their own where their headings name such and not all columns share it."""
    valued = any(stack and VALUES.fullmatch(stack[-1]) for stack in stacks)
    units = [
        Unit.COUNT if valued and stack and is_count(stack[-1], (), found) else unit_of(stack, found)
        for stack, found in zip(stacks, figures, strict=True)
    ]
    differ = len({unit for unit, column in zip(units, columns, strict=True) if column.role is not ColumnRole.OTHER}) > 1
    made = []
    for number, (column, stack, unit) in enumerate(zip(columns, stacks, units, strict=True), start=1):
        if column.role in (ColumnRole.CHANGE, ColumnRole.PERCENT_CHANGE, ColumnRole.PERCENT_OF):
            per_cents = column.role is not ColumnRole.CHANGE
            made.append(replace(column, unit=Unit.PERCENT) if per_cents else column)
        elif unit is not None and (differ or column.role is ColumnRole.OTHER):
            made.append(replace(column, unit=unit, scale=scale_of(stack, unit)))
        elif (
            stack
            and "$" in stack[-1]
            and not SCALE_LINE.search(stack[-1])
            and (own := money_scale(stack[-1])) is not None
        ) or (own := scale_apart(number, header)) is not None:
            made.append(replace(column, unit=Unit.MONEY, scale=own))
        else:
            made.append(column)
    return tuple(made)


def scale_apart(number: int, header: Sequence[Row]) -> int | None:
    """The scale in parentheses under a column's heading, which those beside it do not tell: 'Dollars (millions)'."""
    over = [(cell, row) for row in header for cell in row.cells if cell.first <= number <= cell.last]
    cell, row = over[-1] if over else (None, None)
    if cell is None or row is None or cell.first != cell.last or not cell.text.startswith("("):
        return None
    return None if all(other.text == cell.text for other in row.cells) else money_scale(cell.text)


def unit_of(stack: tuple[str, ...], figures: Sequence[Figure]) -> Unit | None:
    """The unit that the headings over a column name or all its figures show; None where neither tells."""
    text = " ".join(stack)
    known = [figure for figure in figures if figure.value]
    if known and all(figure.mark in MARKED_PERCENT for figure in known):
        return Unit.PERCENT
    if PER_SHARE.search(text) and known and 2 * sum(f.decimals >= 2 for f in known) >= len(known):
        return Unit.PER_SHARE
    if any(SHARES.fullmatch(" ".join(stack[-rows:])) for rows in (1, 2)) and not any_money(figures):
        return Unit.SHARES
    named = bool(stack) and bool(UNITS.search(stack[-1]))
    if (named or is_physical(text)) and not any_money(figures):
        return Unit.COUNT
    return Unit.MONEY if is_for_each(text, known) and len(stack) > 1 else None


def scale_of(stack: tuple[str, ...], unit: Unit) -> int | None:
    """The power of ten of a column with a unit of its own; per cents have none."""
    if unit in (Unit.PERCENT, Unit.SHARES):
        return None
    if unit in (Unit.PER_SHARE, Unit.MONEY):
        return 0
    thousands = re.search(r"\bK\b|\(?000", stack[-1]) if stack else None
    told = [own for text in stack if (own := money_scale(text)) is not None]
    return 3 if thousands else (told or [0])[-1]
