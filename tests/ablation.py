# ruff: noqa: T201  (it prints)
"""What each kind of evidence is worth: switched off in turn, with its effect on releases, labelled tables and tests.

`python tests/ablation.py [EVERY]`, with the data beside the project; of the tables each EVERYth is searched, though a
part of them is a poor guide. Releases are read by the program and not taken from the labels, so that evidence counts
as far as the reading brings it.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import islice
from math import inf
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from aggregation_report import counted, labelled, measures
from test_infer_truths import figures, scorer
from truths import RELEASES, STEMS, truth
from xlsx_builder.infer import (
    above,
    apart,
    breakdowns,
    candidates,
    choose,
    cues,
    gathered,
    infer,
    leftovers,
    nested,
    release,
    rounding,
    segments,
    spans,
    table,
    ties,
    unfooted,
)
from xlsx_builder.infer.table import table_sums
from xlsx_builder.pipeline import Model, extract
from xlsx_builder.write.model_json import model_json

EVERY = 1
TESTS = ("test_infer.py", "test_infer_columns.py", "test_infer_table.py", "test_infer_ties.py", "test_golden.py")
OFF: dict[str, list[tuple[ModuleType, str, object]]] = {
    "nothing": [],
    "proof of exactness": [(rounding, "EXACT", 0.5)],
    "proof by size of figures": [(rounding, "MAX_BITS", 6.0)],
    "failures": [(choose, "FAILED_BITS", 0.0), (choose, "EXCEPTIONS_BITS", 0.0)],
    "doubt beyond proof": [(choose, "BEYOND", 1.0)],
    "prior against sums": [(choose, "PRIOR", 0.0), (leftovers, "PRIOR", 0.0)],
    "several readings": [(table, "TABLE", replace(table.TABLE, beam=1))],
    "inexact sums count less": [(table, "TABLE", replace(table.TABLE, rounded=0.0))],
    "digits of counts and rates": [(table, "MOST", 0.999)],
    "sums that stand apart": [(leftovers, "NEAR", 0)],
    "total wording": [(cues, "TOTAL_BITS", 0.0), (table, "TOTAL_BITS", 0.0)],
    "no label": [(cues, "UNLABELLED_BITS", 0.0)],
    "rules": [(cues, "RULE_BITS", 0.0)],
    "blocks": [(cues, "BLOCK_WHOLE", 0.0), (cues, "BLOCK_CUT", 0.0)],
    "counterparts": [(cues, "COUNTERPART_BITS", 0.0)],
    "known patterns": [(cues, "KNOWN_BITS", 0.0)],
    "totals above their parts": [(above, "MIN_BITS", inf)],
    "lines that tell a part": [(candidates, "OUTLINE_REACH", 0)],
    "lines that stand apart": [(apart, "MIN_BITS", inf)],
    "periods made of others": [(spans, "MIN_BITS", inf)],
    "member by member": [(segments, "MIN_BITS", inf)],
    "name by name": [(nested, "MIN_BITS", inf)],
    "gathered adjustments": [(gathered, "MIN_BITS", inf)],
    "demanded sums that do not foot": [(unfooted, "MIN_BITS", inf)],
    "blocks named after a line": [(breakdowns, "MIN_BITS", inf)],
    "labels of repeats": [(ties, "LABEL_BITS", 0.0), (ties, "PATH_BITS", 0.0), (ties, "UNLIKE_BITS", 0.0)],
    "opposites in labels": [(ties, "OPPOSED_BITS", 0.0)],
    "neighbours of repeats": [(ties, "NEIGHBOUR", 0.0)],
    "other figures of a period": [(ties, "UNMATCHED", 0.0)],
    "part columns": [(release, "part_columns", lambda *_: {})],
    "undated columns": [(ties, "UNDATED", 0.0)],
}
"""Names by module and what they become, so that a kind of evidence is switched off."""
IN_TABLES = (choose, cues, leftovers, rounding, table)
"""What the search in tables uses; the others change nothing there."""


def main(every: int) -> None:
    """Print both scores and the tests that fail with each kind of evidence switched off."""
    tables = list(islice(labelled(), 0, None, every))
    releases = [read_release(stem) for stem in STEMS]
    for name, constants in OFF.items():
        with contextlib.ExitStack() as stack:
            for module, constant, value in constants:
                stack.enter_context(patch.object(module, constant, value))
            if not constants or any(module in IN_TABLES for module, _, _ in constants):
                found = sum((counted(one["rows"], one["find"](table_sums), one["want"]) for one in tables), Counter())
                measured = measures(found["hit"], found["false"], found["missed"])
            scored = figures(sum((counts() for counts in releases), Counter()))
            failed = failing()
        scores = ", ".join(f"{what.replace('_', ' ')} {score:.3f}" for what, score in scored.items())
        print(f"{name:30} tables {measured}; {scores}; fails {len(failed)}")
        print("".join(f"    {test}\n" for test in failed), end="", flush=True)


def read_release(stem: str) -> Callable[[], Counter[str]]:
    """What scores a labelled release, read once by the program and inferred anew at each call."""
    labels = truth(stem)
    model = extract(RELEASES / labels["release"])
    return partial(counts, labels, model)


def counts(labels: dict[str, Any], model: Model) -> Counter[str]:
    """The scorer's counts for a release as read, with what is inferred about it now."""
    structure, _ = infer(model.statements)
    return Counter(scorer().score_one(labels, model_json(model.document, model.statements, structure, ()))[0])


def failing() -> list[str]:
    """The tests of inference that fail."""
    failed: list[str] = []

    class Collector:
        """Takes down what pytest reports."""

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid.rpartition("/")[2])

    here = Path(__file__).parent
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(
            ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", *(str(here / name) for name in TESTS)], [Collector()]
        )
    return failed


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVERY)
