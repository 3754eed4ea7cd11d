"""PDF: figures stay in their columns, strokes become rules, and what holds no text is refused."""

from __future__ import annotations

import pytest

from made_pdf import Drawn, Text, pdf, right
from read_dump import shown
from truth_rows import share_read
from truths import RELEASES, SHARED
from truths import truth as truth_of
from xlsx_builder.model.document import Table
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read.pdf import read_pdf

HEAD: list[Text | Drawn] = [
    Text("Alder Mills, Inc.", 240, 60),
    Text("Statements of Income", 230, 72),
    right("2003", 400, 96),
    right("2002", 500, 96),
    Drawn(360, 405, 99),
    Drawn(460, 505, 99),
]


EXPECTED = """\
table of 2
  title: Alder Mills, Inc.
  title: Statements of Income
  head: | 1 2003 | 2 2002 (single below)
  Net sales | 1 $ 1,200 | 2 $ 1,100
  Cost of sales | 1 (900) | 2 (850) (single below)
  > Gross profit | 1 300 | 2 250 (single above)"""


def line(label: str, figures: tuple[str, str], base: float, indent: float = 0) -> list[Text | Drawn]:
    return [Text(label, 72 + indent, base), right(figures[0], 400, base), right(figures[1], 500, base)]


@pytest.mark.parametrize("turned", [False, True], ids=["upright", "turned"])
def test_labels_figures_and_drawn_lines_make_a_table(*, turned: bool) -> None:
    page = [
        *HEAD,
        *line("Net sales", ("$ 1,200", "$ 1,100"), 114),
        *line("Cost of sales", ("(900)", "(850)"), 126),
        Drawn(360, 405, 129),
        Drawn(460, 505, 129),
        *line("Gross profit", ("300", "250"), 140, indent=12),
    ]
    assert shown(read_pdf(pdf(page, turned=turned))) == EXPECTED


def test_a_dollar_sign_far_from_its_figure_and_a_range_are_read() -> None:
    page = [
        *HEAD,
        *line("Net sales", ("1,200", "1,100"), 114),
        Text("$", 330, 114),
        Text("Outlook", 72, 126),
        Text("$2.3 to $2.5 billion", 340, 126),
        *line("Costs", ("900", "850"), 138),
    ]
    (table,) = [block for block in read_pdf(pdf(page))[1] if isinstance(block, Table)]
    assert [cell.text for cell in table.body[0].cells] == ["$ 1,200", "1,100"]


def test_the_heading_of_a_range_stands_over_both_its_ends() -> None:
    page: list[Text | Drawn] = [
        Text("Next quarter", 330, 90),
        Text("Full year", 470, 90),
        Text("Revenue", 72, 114),
        Text("$2.31 - $2.35", 330, 114),
        Text("$9.31 - $9.55", 460, 114),
        Text("Margin", 72, 126),
        Text("11.4%", 350, 126),
        Text("12.5%", 480, 126),
        Text("Profit", 72, 138),
        Text("$0.11 - $0.15", 330, 138),
        Text("$0.51 - $0.62", 460, 138),
    ]
    (table,) = [block for block in read_pdf(pdf(page))[1] if isinstance(block, Table)]
    heads = [(cell.text, cell.first, cell.last) for row in table.header for cell in row.cells]
    assert heads == [("Next quarter", 1, 2), ("Full year", 3, 4)]
    assert [[(cell.text, cell.first) for cell in row.cells] for row in table.body] == [
        [("$2.31", 1), ("$2.35", 2), ("$9.31", 3), ("$9.55", 4)],
        [("11.4%", 1), ("12.5%", 3)],
        [("$0.11", 1), ("$0.15", 2), ("$0.51", 3), ("$0.62", 4)],
    ]


def test_raised_marks_are_left_out() -> None:
    page = [
        *HEAD,
        *line("Net sales", ("1,200", "1,100"), 114),
        Text("1", 118, 110, size=6),
        Text("*", 190, 120),
        *line("Costs", ("900", "850"), 126),
    ]
    (table,) = [block for block in read_pdf(pdf(page))[1] if isinstance(block, Table)]
    assert [row.label for row in table.body] == ["Net sales", "Costs"]


def test_prose_in_two_columns_is_read_one_after_the_other() -> None:
    left = [
        "Net sales in the quarter were",
        "$12.4 million, up from $11.1",
        "million in the year before, as",
        "prices held in all regions and",
        "mills ran well.",
    ]
    beside = [
        "Orders were strong in all of",
        "our markets, and we expect the",
        "year to end with sales above",
        "those of the year before.",
    ]
    page: list[Text | Drawn] = [
        Text(words, edge, 90 + 12 * place)
        for edge, texts in ((60, left), (330, beside))
        for place, words in enumerate(texts)
    ]
    assert [line.text for line in read_pdf(pdf(page))[0]] == [*left, *beside]


def test_decimal_commas_spaces_in_figures_and_a_per_cent_sign_beside_years() -> None:
    page: list[Text | Drawn] = [
        right("2018", 300, 96),
        right("2017", 400, 96),
        right("%", 480, 96),
        *[
            text
            for place, (label, *figures) in enumerate(
                (
                    ("Net sales", "1 212,4", "1 180,2", "2,7"),
                    ("Costs", "-1 146,6", "-1 122,3", "2,2"),
                    ("Profit", "65,8", "57,9", "13,6"),
                )
            )
            for text in (
                Text(label, 72, 114 + 12 * place),
                *(right(figure, edge, 114 + 12 * place) for figure, edge in zip(figures, (300, 400, 480), strict=True)),
            )
        ],
    ]
    (table,) = [block for block in read_pdf(pdf(page))[1] if isinstance(block, Table)]
    assert [[cell.text for cell in row.cells] for row in (*table.header, *table.body)] == [
        ["2018", "2017", "%"],
        ["1,212.4", "1,180.2", "2.7"],
        ["-1,146.6", "-1,122.3", "2.2"],
        ["65.8", "57.9", "13.6"],
    ]


def test_lines_know_their_page() -> None:
    lines, _ = read_pdf(pdf([Text("First page.", 72, 72)], [Text("Second page.", 72, 72)]))
    assert [(line.number, line.text, line.page) for line in lines] == [(1, "First page.", 1), (2, "Second page.", 2)]


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(ReleaseError, match="pictures"):
        read_pdf(pdf([Drawn(10, 500, 100)]))


def test_a_damaged_pdf_says_so() -> None:
    with pytest.raises(ReleaseError, match="damaged"):
        read_pdf(b"%PDF-1.4 and nothing more")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled releases are not beside the project")
@pytest.mark.parametrize("stem", sorted(path.stem for path in RELEASES.glob("*.pdf")))
def test_the_rows_of_real_releases_are_read(stem: str) -> None:
    reading = read_pdf((RELEASES / f"{stem}.pdf").read_bytes())
    assert share_read(truth_of(stem), reading[1]) >= 0.97
