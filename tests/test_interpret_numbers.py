"""Printed figures and what is read from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases import Case, read_cases
from xlsx_builder.interpret.numbers import Figure, Mark, figure, figure_range, looks_european


def shown(found: Figure | None) -> str:
    if found is None:
        return "none"
    if found.value is None:
        return "nil"
    scale = "" if found.scale is None else f" {found.scale}"
    return f"{found.value} {found.decimals} {found.mark.value}{scale}"


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_a_printed_figure_is_read(case: Case) -> None:
    assert shown(figure(case.given)) == case.expected, case.place


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$10.85 - $11.15", "10.85", "11.15"),
        ("$4.75 billion to $4.78 billion", "4.75", "4.78"),
        ("14.7% to 15.0%", "14.7", "15.0"),
        ("16% - 17%", "16", "17"),
    ],
)
def test_a_range_has_a_low_and_a_high_figure(text: str, low: str, high: str) -> None:
    found = figure_range(text)
    assert found is not None
    assert (found[0].value, found[1].value) == (Decimal(low), Decimal(high))


def test_a_range_shares_the_scale_and_the_mark_at_its_end() -> None:
    found = figure_range("$34.5 - $34.7 billion")
    assert found is not None
    assert (found[0].scale, found[1].scale) == (9, 9)
    shared = figure_range("4 to 5%")
    assert shared is not None
    assert shared[0].mark is Mark.PERCENT


@pytest.mark.parametrize("text", ["(5) - (3) apples", "September 3 to May", "7", "(1,234)", "12-34-56"])
def test_what_is_no_range_gives_none(text: str) -> None:
    assert figure_range(text) is None


def test_a_decimal_comma_is_seen_in_the_figures_of_a_table() -> None:
    assert looks_european(("1.234,5", "12,7", "3.000"))
    assert not looks_european(("1,234.5", "12.7", "3,000"))
    assert not looks_european(("1,234", "5,678"))
    assert figure("1.234,5", european=True) == Figure(Decimal("1234.5"), 1)
