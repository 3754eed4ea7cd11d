"""Printed columns of changes in the model as JSON: what they are the change of, and how often they come out."""

from __future__ import annotations

from pathlib import Path

from xlsx_builder.pipeline import extract

RELEASE = """HARBOUR PUMPS INC.
Statements of Operations
(in thousands)

                          Quarter ended March 31,
                            2020       2019     Change   % Change
                          --------   --------   -------  --------
Sales                      $ 1,204    $ 1,100    $  104      9.5%
Costs                          800        770        30      3.9%
                          --------   --------   -------  --------
Gross profit               $   404    $   330    $   74     28.4%
"""


def test_changes_say_what_they_are_of_and_how_many_come_out(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(RELEASE, encoding="utf-8")
    (statement,) = extract(tmp_path / "release.txt").to_json()["statements"]
    new, old, change, rate = statement["columns"]
    assert "of" not in new | old
    assert (change["of"], rate["of"]) == ([0, 1], [0, 1])
    held = [(one["evidence"]["columns_held"], one["evidence"]["columns_tested"]) for one in (change, rate)]
    assert held == [(3, 3), (2, 3)], "22.4% is what it would be"
