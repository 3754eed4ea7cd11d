"""Figures read again from a release: one, a whole statement, or one against the model's own."""

from __future__ import annotations

from decimal import Decimal

from xlsx_builder.model.statement import Heading, Statement
from xlsx_builder.udf.lookup import Found, find, statements_of
from xlsx_builder.udf.periods import wanted_of
from xlsx_builder.udf.releases import release_of
from xlsx_builder.udf.values import Argument, Block, Value, WrongValueError, number, optional_number

AGREED = "OK"


def line(source: Argument, item: Argument, period: Argument = None, statement: Argument = None) -> float:
    """A figure read again from the release, in printed units (12.3% is 0.123).

    Args:
        source: Path of the release.
        item: Label of the line; 'Heading > label' where several lines share it.
        period: Last day, year, heading or number of the column; without it the first column with a figure.
        statement: Number, kind (income, balance sheet, cash flow …) or words of the title; without it all.

    Raises:
        NotFoundError: release, line or period are not there, or several lines would do.
        WrongValueError: an argument is more than one cell.
    """
    found = find(statements_of(release_of(source), statement), item, wanted_of(period))
    return float(found.value)


def table(source: Argument, statement: Argument) -> Block:
    """A statement of the release as a block of cells: headings, then a row a line.

    Args:
        source: Path of the release.
        statement: Number, kind (income, balance sheet, cash flow …) or words of the title.

    Raises:
        NotFoundError: release or statement are not there.
        WrongValueError: an argument is more than one cell.
    """
    chosen = statements_of(release_of(source), statement)[0]
    return _rows(chosen)


def check(
    model_value: Argument, source: Argument, item: Argument, period: Argument = None, tolerance: Argument = None
) -> float | str:
    """'OK' where a figure of the model is the release's own, else what it is too much.

    Args:
        model_value: The model's figure, in printed units.
        source: Path of the release.
        item: Label of the line; 'Heading > label' where several lines share it.
        period: Last day, year, heading or number of the column; without it the first column with a figure.
        tolerance: The largest difference that is no difference; without it half a unit of the last printed digit.

    Raises:
        NotFoundError: release, line or period are not there, or several lines would do.
        WrongValueError: the figure or the tolerance is text, or the tolerance negative.
    """
    own, allowed = number(model_value, "model_value"), optional_number(tolerance, "tolerance")
    if allowed is not None and allowed < 0:
        raise WrongValueError("tolerance must not be negative.")
    found = find(statements_of(release_of(source), None), item, wanted_of(period))
    difference = Decimal(repr(own)) - found.value
    limit = found.half_unit if allowed is None else Decimal(repr(allowed))
    return AGREED if abs(difference) <= limit else float(difference)


def _rows(statement: Statement) -> Block:
    headings = tuple(" ".join(column.header.split()) for column in statement.columns)
    rows: list[tuple[Value, ...]] = [("", *headings)]
    for each in statement.lines:
        if isinstance(each, Heading):
            rows.append((each.label, *("" for _ in headings)))
            continue
        figures = (
            "" if fact.value is None else float(Found(statement, each, column).value)
            for column, fact in enumerate(each.facts)
        )
        rows.append((each.label, *figures))
    return tuple(rows)
