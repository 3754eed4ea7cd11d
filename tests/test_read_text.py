"""Reading plain text: figure columns, headers, titles and prose by where they stand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from cases import Case, read_cases
from truths import RELEASES, STEMS, truth
from xlsx_builder.model.document import Cell, Document, Paragraph, Row, Rule, Table
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read import read, read_bytes
from xlsx_builder.read.figures import find_figures, is_figure, trailing_figures

PLAIN = [stem for stem in STEMS if (RELEASES / f"{stem}.txt").exists() and not stem.endswith("_8k")]


def shown(document: Document) -> str:
    """A document in the words of the case file."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"prose: {block.text}")
            continue
        if parts and parts[-1].startswith("row:"):
            parts.append("---")
        parts += [f"caption: {paragraph.text}" for paragraph in block.caption]
        parts += [shown_row("head", row) for row in block.header] + [shown_row("row", row) for row in block.body]
    return "\n".join(parts)


def shown_row(kind: str, row: Row) -> str:
    rules = [f"{side} {rule.value}" for side, rule in (("above", row.rule_above), ("below", row.rule_below))]
    drawn = [rule for rule in rules if not rule.endswith(Rule.NONE.value)]
    return " | ".join((f"{kind}: {row.label}".rstrip(), *map(shown_cell, row.cells))) + (
        f" [{', '.join(drawn)}]" if drawn else ""
    )


def shown_cell(cell: Cell) -> str:
    return f"{cell.text}@{cell.first}" + (f"-{cell.last}" if cell.last != cell.first else "")


def tables_of(text: str) -> list[Table]:
    document, _ = read_bytes(text.encode(), "release.txt")
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("case", read_cases("read_text"))
def test_text_is_read_as_printed(case: Case) -> None:
    document, problems = read_bytes(case.given.encode(), "release.txt")
    assert shown(document) == case.expected, case.place
    assert not problems


@pytest.mark.parametrize(
    "text",
    ["$ (1,963)", "12.3%", "(12.3)%", "--", "-", "n/m", "NM", "342(a)", "(16)(a)", "$.89", "-4.2%", "78 cents", "1.5x"],
)
def test_a_figure_is_told_by_its_form(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "Net sales", "(a)", "No. 106", "September 30,", "401(k) plan", "555-0142"])
def test_words_are_no_figure(text: str) -> None:
    assert not is_figure(text)


def test_figures_end_where_their_digits_do() -> None:
    assert [figure.edge for figure in find_figures("     12     (12)     12%   $ 12")] == [7, 15, 23, 31]


def test_figures_run_together_are_told_apart() -> None:
    assert [figure.text for figure in trailing_figures("Tax  $      (9)(a)$      34")] == ["$ (9)(a)", "$ 34"]


def test_a_range_is_a_low_and_a_high_figure() -> None:
    assert [figure.text for figure in trailing_figures("Earnings per share    $2.10 - $2.30")] == ["$2.10", "$2.30"]


def test_lines_keep_the_numbers_of_the_file() -> None:
    document, _ = read_bytes(b"Title\r\n\r\n\x0cPlums    12    13\r\nPears     4     5\r\n", "release.txt")
    assert [(line.number, line.text) for line in document.lines[:4]] == [
        (1, "Title"),
        (2, ""),
        (3, "Plums    12    13"),
        (4, "Pears     4     5"),
    ]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [row.line for row in table.body] == [3, 4]


def test_a_paragraph_keeps_its_lines() -> None:
    document, _ = read_bytes(b"\n\nThe mill closed\nin May.\n\nIt opened in June.\n", "release.txt")
    assert [(block.line, block.lines) for block in document.blocks if isinstance(block, Paragraph)] == [
        (3, ("The mill closed", "in May.")),
        (6, ("It opened in June.",)),
    ]


SUBMISSION = """<SEC-DOCUMENT>0000000000-00-000000.txt
<DOCUMENT>
<TYPE>8-K
<TEXT>
Item 5.   See the exhibit.
Total       11     12
Share        1      2
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
The mill reports.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.2
<TEXT>
               2002     2001
Loaves          410      398
Rolls           995      940
</TEXT>
</DOCUMENT>
"""


def test_a_submission_is_read_by_its_exhibits_and_keeps_its_line_numbers() -> None:
    document, _ = read_bytes(SUBMISSION.encode(), "filing.txt")
    assert document.format == "submission"
    assert shown(document).splitlines()[:2] == ["prose: The mill reports.", "head: | 2002@1 | 2001@2"]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [SUBMISSION.splitlines()[row.line - 1][:6].strip() for row in table.body] == ["Loaves", "Rolls"]


def test_a_submission_without_exhibits_is_read_by_its_main_document() -> None:
    alone = SUBMISSION[: SUBMISSION.index("<DOCUMENT>\n<TYPE>EX-99.1")]
    document, _ = read_bytes(alone.encode(), "filing.txt")
    assert "row: Total | 11@1 | 12@2" in shown(document)


def test_pictures_in_a_submission_are_passed_over() -> None:
    picture = (
        "<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\nbegin 644 a.gif\nM1234   12   13\nM1234   12   13\n</TEXT>\n</DOCUMENT>\n"
    )
    assert shown(read_bytes((SUBMISSION + picture).encode(), "f")[0]) == shown(read_bytes(SUBMISSION.encode(), "f")[0])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 8, "no text"),
        (b"PK\x03\x04 a zip of something else", "no text"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(ReleaseError, match=message) as failure:
        read_bytes(data, "release.bin")
    assert str(failure.value).startswith("release.bin")
    assert str(failure.value).endswith(".")


def test_commas_inside_figures_are_no_delimiters() -> None:
    rows = [f"Line {n}      {n},204    {n},131" for n in range(1, 9)]
    document, _ = read_bytes("\n".join(rows).encode(), "release.txt")
    assert document.format == "text"
    assert shown(document).splitlines()[0] == "row: Line 1 | 1,204@1 | 1,131@2"
    assert read_bytes(re.sub(" +", " ", "\n".join(rows)).encode(), "release.txt")[0].format == "text"


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"absent\.txt: there is no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(ReleaseError, match="folder"):
        read(tmp_path)


def number(text: str) -> Decimal | None:
    """A figure of a labelled release as its truth has it; footnote marks are letters there."""
    digits = re.sub(r"\([a-z]\)|[^\d.(-]", "", text)
    if not any(character.isdigit() for character in digits):
        return Decimal(0) if "-" in digits else None
    value = Decimal(digits.strip("(-")) / (100 if "cents" in text else 1)
    return -value if digits[0] in "(-" else value


@pytest.mark.shared
@pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside the project")
@pytest.mark.parametrize("stem", PLAIN)
def test_every_row_of_a_labelled_release_is_read(stem: str) -> None:
    document, _ = read(RELEASES / f"{stem}.txt")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    statements = truth(stem)["statements"]
    assert [table.columns for table in tables] == [len(statement["columns"]) for statement in statements]
    for table, statement in zip(tables, statements, strict=True):
        found = [tuple(number(cell.text) for cell in row.cells) for row in table.body if row.cells]
        expected = [tuple(Decimal(str(v)) for v in row["values"] if v is not None) for row in statement["rows"]]
        assert found == expected, statement["title"]
