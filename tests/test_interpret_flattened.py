"""Tables that were pasted as running text are told of; ordinary prose is left alone."""

from __future__ import annotations

import pytest

from interpret_tables import document
from xlsx_builder.interpret import interpret
from xlsx_builder.model.document import Paragraph

FLAT = (
    "Three Months Ended June 30, 2014 2013 Net sales:Goods$ 4,100 $ 3,900 Services 210 190 Total net sales 4,3104,090 "
    "Cost of sales 2,500 2,450 Gross profit 1,810 1,640 Net income (loss)$ 55 $ (12)"
)


def test_a_table_without_columns_is_one_problem_and_its_figures_are_seen() -> None:
    found, problems = interpret(document(Paragraph(1, ("Harlan Mills Inc.",)), Paragraph(7, (FLAT,))))
    assert [problem.line for problem in problems] == [7]
    assert "lost its columns" in problems[0].message
    assert "at least 12," in problems[0].message
    assert (found.coverage.seen, found.coverage.placed, found.coverage.left) == (12, 0, 12)
    assert [paragraph.line for paragraph in found.prose] == [1], "its figures are no claims"


@pytest.mark.parametrize(
    "prose",
    [
        (
            "Net sales were $4,310 and $4,090, gross profit was $1,810 and $1,640, and net income was $55 after a "
            "loss of $12, while costs of $2,500 and $2,450 compared with $2,300 and $2,210 in the years before."
        ),
        "Sales rose 5%, 6%, 7% and 8% in the four regions, 4%, 3%, 2% and 1% of which came from prices.",
        "Dial 1 (555) 010-0199 or 1 (555) 010-0142, code 10 020 030, by June 30, 2014, July 1, 2014 or July 2, 2014.",
        "Stores opened in 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013 and 2014 sell more than older ones.",
    ],
)
def test_prose_with_many_figures_is_no_table(prose: str) -> None:
    found, problems = interpret(document(Paragraph(1, (prose,))))
    assert problems == ()
    assert found.coverage.seen == 0
