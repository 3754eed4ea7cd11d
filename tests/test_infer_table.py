"""Sums in tables of any kind."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bench_inference import spent
from made_tables import Rows, with_totals
from xlsx_builder.infer.table import parsed, searched, table_sums
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


def test_a_total_of_totals_that_stand_apart() -> None:
    found = sums(
        """
        Engineers | 512  | 533  | 541  | 560  | 571  | 588
        Testers   | 101  | 97   | 118  | 120  | 133  | 127
        Subtotal  | 613  | 630  | 659  | 680  | 704  | 715
        Heads     | 7    | 8    | 11   | 12   | 16   | 19
        Sellers   | 230  | 241  | 263  | 255  | 277  | 281
        Buyers    | 118  | 109  | 131  | 144  | 107  | 150
        Subtotal  | 348  | 350  | 394  | 399  | 384  | 431
        Heads     | 9    | 7    | 6    | 10   | 14   | 5
        Drivers   | 88   | 94   | 71   | 103  | 66   | 59
        Packers   | 45   | 61   | 52   | 38   | 74   | 80
        Subtotal  | 133  | 155  | 123  | 141  | 140  | 139
        Heads     | 3    | 4    | 3    | 5    | 2    | 6
        Payroll   | 1094 | 1135 | 1176 | 1220 | 1228 | 1285
        Heads     | 19   | 19   | 20   | 27   | 32   | 30
        """
    )
    assert {"B13=B3+B7+B11", "G13=G3+G7+G11"} <= found


def test_a_total_of_subtotals_is_not_told_again_by_their_parts() -> None:
    found = sums(
        """
        Store  | Shop | Web  | Total | Shop new | Shop old | Web new | Web old
        Bergen | 1098 | 1326 | 2424  | 737      | 361      | 859     | 467
        Lund   | 1721 | 1818 | 3539  | 914      | 807      | 961     | 857
        Turku  | 1409 | 1089 | 2498  | 767      | 642      | 129     | 960
        Aarhus | 1470 | 1119 | 2589  | 576      | 894      | 355     | 764
        Kiel   | 413  | 695  | 1108  | 153      | 260      | 215     | 480
        """
    )
    assert {"D2=B2+C2", "E2=B2-F2", "G2=C2-H2"} <= found
    assert "D2=E2+F2+G2+H2" not in found


TWICE = """
    Repairs                 | 0    | 0    | 1.5
    Steady                  | 72.5 | 84.0 | 63.8
    Subtotal, costs         | 72.5 | 84.0 | 65.3
    Loans                   | 0    | 0    | 0
    Subtotal, where it came | 72.5 | 84.0 | 65.3
    """


def test_zeros_make_no_total_of_another_total() -> None:
    assert {one.partition("=")[0] for one in sums(TWICE)} == {"B3", "C3", "D3"}


def test_a_total_waits_for_its_word_also_after_many_doubts() -> None:
    doubt = "Repairs|0|0|0\nSteady|{at}.5|{at}1.1|{at}.4\nSubtotal|{at}.5|{at}1.1|{at}.4\n||"
    doubts = [doubt.format(at=at) for at in range(3, 10)]
    costs = "Repairs|0|0|0\nSteady|11.4|10.3|9.3\nSubtotal, costs|11.4|10.3|9.3"
    means = "Own means|4.8|3.3|3.8\nLent|6.6|7.0|5.5\nSubtotal, means|11.4|10.3|9.3"
    assert {"B34=B32+B33", "C34=C32+C33", "D34=D32+D33"} <= sums("\n".join((*doubts, costs, means)))


def test_two_lines_anywhere_with_the_difference_of_a_third_are_an_accident_in_few_columns() -> None:
    def steps(columns: int) -> str:
        lines = ("1988 1377 2411 1190 1733 1604", "955 2306 1870 2204 718 2071", "3212 3051 3377 1408 2945 2263")
        third = [int(one) + int(other) for one, other in zip(lines[0].split(), lines[2].split(), strict=True)]
        every = [line.split() for line in (*lines, "4101 977 1645 3090 4410 1212", " ".join(map(str, third)))]
        return "\n".join("|".join(("Day", *line[:columns])) for line in every)

    assert sums(steps(4)) == set()
    assert "B5=B1+B3" in sums(steps(6))


@pytest.mark.parametrize(
    ("heading", "found"),
    [("Change", "D{0}=B{0}-C{0}"), ("Incr. (diff.)", "D{0}=B{0}-C{0}"), ("South", "B{0}=C{0}+D{0}")],
)
def test_a_change_is_what_the_newer_figure_has_more(heading: str, found: str) -> None:
    lines = (
        "Pumps | 1204 | 877 | 327",
        "Valves | 612 | 401 | 211",
        "Hoses | 592 | 476 | 116",
        "Taps | 3311 | 2905 | 406",
    )
    table = "\n".join((f"Line | 2004 | 2003 | {heading}", *lines))
    assert {found.format(row) for row in range(2, 6)} <= sums(table)


def test_rates_that_fail_do_not_hide_sums() -> None:
    quarters = ("1204 | 877 | 1310 | 955 | 4346", "612 | 401 | 733 | 518 | 2264", "592 | 476 | 577 | 437 | 2082")
    rates = ("49.2 | 54.3 | 44.0 | 45.8 | 47.9", "1.37 | 1.02 | 1.44 | 1.11 | 1.29")
    found = sums("\n".join((*quarters, *rates)))
    assert {one for one in found if "=A" in one and "+D" in one} == {
        f"E{row}=A{row}+B{row}+C{row}+D{row}" for row in (1, 2, 3)
    }


def test_time_grows_with_lines_as_that_of_parsing_does() -> None:
    def growth(work: Callable[[Rows], object]) -> float:
        many, few = (min(spent(work, with_totals(lines, 3)) for _ in range(2)) for lines in (320, 80))
        return many / few

    # Were it the square of the lines, it would be four times as much.
    assert growth(table_sums) < 2.5 * growth(lambda rows: [parsed(rows) for _ in range(40)])


def test_the_search_says_when_too_much_agrees() -> None:
    assert searched([[str(2 ** (row % 9)) for _ in range(4)] for row in range(90)]).limited
    assert not searched(with_totals(40)).limited


def test_the_search_says_when_too_many_runs_of_lines_come_to_one_figure() -> None:
    swings = [[str((-1) ** row * 300), str(row * 37 % 89 + 10), str(row * 53 % 83 + 10)] for row in range(24)]
    assert searched([*swings, ["300", "11", "12"], ["300", "13", "15"]]).limited
    assert not searched([*swings[:4], ["300", "11", "12"], ["300", "13", "15"]]).limited


def test_the_search_says_when_too_many_lines_have_one_figure() -> None:
    def with_equal(lines: int) -> list[list[str]]:
        equal = [["40", str(13 + line**2 % 7), str(29 + line * 5 % 11)] for line in range(lines)]
        return [["700", "811", "923"], *equal, ["60", "71", "88"], ["100", "500", "601"]]

    assert searched(with_equal(4)).limited
    assert not searched(with_equal(3)).limited


def test_equal_figures_do_not_multiply_the_work() -> None:
    started = time.perf_counter()
    for figure in ("1", "0"):
        table_sums([[figure] * 4 for _ in range(120)])
    assert time.perf_counter() - started < 20
