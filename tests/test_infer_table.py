"""Sums in tables of any kind."""

from __future__ import annotations

import time

from xlsx_builder.infer.table import table_sums
from xlsx_builder.model.table import CellSum


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def sums(text: str) -> set[str]:
    """'B4=B2+B3', cells named as in a spreadsheet."""
    return {shown(one) for one in table_sums(rows(text))}


def shown(one: CellSum) -> str:
    terms = "".join(f"{'+' if weight > 0 else '-'}{chr(65 + column)}{row + 1}" for row, column, weight in one.terms)
    return f"{chr(65 + one.cell[1])}{one.cell[0] + 1}={terms.removeprefix('+')}"


def test_totals_down_and_along() -> None:
    found = sums(
        """
        Region | East | West | All
        Pumps  | 1204 | 877  | 2081
        Valves | 3391 | 455  | 3846
        Hoses  | 668  | 1952 | 2620
        Total  | 5263 | 3284 | 8547
        """
    )
    assert {"B5=B2+B3+B4", "C5=C2+C3+C4", "D5=D2+D3+D4"} <= found
    assert {"D2=B2+C2", "D3=B3+C3", "D4=B4+C4", "D5=B5+C5"} <= found


def test_a_total_above_its_parts() -> None:
    found = sums(
        """
        All ports | 53190 | 61778 | 70025
        North     | 20411 | 25903 | 28114
        South     | 32779 | 35875 | 41911
        """
    )
    assert {"B1=B2+B3", "C1=C2+C3", "D1=D2+D3"} <= found


def test_european_figures() -> None:
    found = sums(
        """
        Pumpen  | 1.204,50 | 877,25
        Ventile | 3.391,75 | 455,50
        Summe   | 4.596,25 | 1.332,75
        """
    )
    assert found == {"B3=B1+B2", "C3=C1+C2"}


def test_blank_cells_are_no_terms() -> None:
    found = sums(
        """
        East  | 1204 | 877  | 5160
        West  |      | 455  | 2255
        South | 668  | 1952 | 1070
        Total | 1872 | 3284 | 8485
        """
    )
    assert {"B4=B1+B3", "C4=C1+C2+C3", "D4=D1+D2+D3"} <= found


def test_no_sums_in_figures_that_have_none() -> None:
    assert sums("North | 4711 | 8153\nSouth | 2903 | 1177\nEast | 6350 | 9902") == set()


def test_a_table_without_figures() -> None:
    assert table_sums([]) == ()
    assert table_sums([["a", "b"], []]) == ()


def test_equal_figures_do_not_multiply_the_work() -> None:
    started = time.perf_counter()
    for figure in ("1", "0"):
        table_sums([[figure] * 4 for _ in range(120)])
    assert time.perf_counter() - started < 20
