"""HTML: tables as every filing program writes them, and pages that nobody should have written."""

from __future__ import annotations

import pytest

from cases import Case, read_cases
from read_dump import shown
from truth_rows import share_read
from truths import RELEASES, SHARED
from truths import truth as truth_of
from xlsx_builder.model.document import Block, Paragraph, Table
from xlsx_builder.read.encodings import decode
from xlsx_builder.read.html import read_html

SMALL = (
    "<table><tr><td></td><td>2003</td></tr><tr><td>Sales</td><td>5</td></tr><tr><td>Costs</td><td>4</td></tr></table>"
)


def tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize("case", read_cases("read_html"))
def test_reading(case: Case) -> None:
    assert shown(read_html(case.given)) == case.expected, case.place


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("Results by segment (in thousands).", 1),
        ("We show the results by segment below.", 0),
        ("We show the results by segment (see above).", 0),
    ],
)
def test_a_sentence_above_a_table_titles_it_where_it_ends_with_the_scale(said: str, titles: int) -> None:
    _, blocks = read_html(f"<p>{said}</p>{SMALL}")
    assert len(tables(blocks)[0].caption) == titles


def test_every_row_and_paragraph_cites_the_line_that_holds_its_text() -> None:
    lines, blocks = read_html(f"<p>Alder Mills<br>reports</p>{SMALL}<p>End.</p>{SMALL}")
    texts = {line.number: line.text for line in lines}
    assert list(texts) == list(range(1, len(texts) + 1))
    for table in tables(blocks):
        for row in (*table.header, *table.body):
            assert row.cells[-1].text in texts[row.line]
            assert row.label in texts[row.line]
    for block in blocks:
        if isinstance(block, Paragraph):
            assert [texts[block.line + n] for n in range(len(block.lines))] == list(block.lines)


def test_a_page_nested_without_end_is_read() -> None:
    lines, _ = read_html("<div>" * 100_000 + "deep" + "</div>" * 100_000)
    assert [line.text for line in lines] == ["deep"]


def test_tables_nested_without_end_are_read() -> None:
    _, blocks = read_html("<table><tr><td>" * 3_000 + SMALL)
    assert [len(table.body) for table in tables(blocks)] == [2]


def test_broken_tags_lose_no_figure() -> None:
    _, blocks = read_html("<table><td>Head<td>2003<tr><td>Sales<td>5<tr><td>Costs<td>4</table></td></p><p>End")
    assert shown(((), blocks)).splitlines() == [
        "table of 1",
        "  head: Head | 1 2003",
        "  Sales | 1 5",
        "  Costs | 1 4",
        "paragraph: End",
    ]


def test_a_cell_that_spans_beyond_reason_takes_no_time() -> None:
    _, blocks = read_html(SMALL.replace("<td>5", '<td colspan="999999999" rowspan="999999999">5'))
    assert len(tables(blocks)) == 1


def test_a_rule_for_a_class_counts_like_a_style() -> None:
    page = "<style>.up{padding-left:20px} .gone{display:none}</style>" + SMALL.replace(
        "<td>Costs", '<td class="up">Costs'
    ).replace("</table>", '<tr class="gone"><td>Secret</td><td>7</td></tr></table>')
    (table,) = tables(read_html(page)[1])
    assert [(row.label, row.indent) for row in table.body] == [("Sales", 0), ("Costs", 15)]


@pytest.mark.parametrize(
    "page", ["", "   ", "<html></html>", "<table></table>", "<table><tr></tr></table>", "\x00", "\ud800"]
)
def test_a_page_with_nothing_on_it_has_no_lines(page: str) -> None:
    assert read_html(page)[1] == ()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled releases are not beside the project")
@pytest.mark.parametrize("stem", sorted(path.stem for path in RELEASES.glob("*.htm")))
def test_the_rows_of_real_releases_are_read(stem: str) -> None:
    text = decode((RELEASES / f"{stem}.htm").read_bytes())
    assert text is not None
    assert share_read(truth_of(stem), read_html(text)[1]) >= 0.99
