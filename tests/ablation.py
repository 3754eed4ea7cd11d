# ruff: noqa: T201  (it prints)
"""What each kind of evidence is worth: switched off in turn, with its effect on releases and on labelled tables.

`python tests/ablation.py [EVERY]`, with the data beside the project; of the tables each EVERYth is searched.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from types import ModuleType
from unittest.mock import patch

from msgspec.structs import replace

from aggregation_report import counted, labelled, measures
from test_infer_truths import counts, figures
from truths import STEMS
from xlsx_builder.infer import choose, cues, leftovers, rounding, table
from xlsx_builder.infer.table import table_sums

EVERY = 4
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
    "named after its block": [(cues, "NAMED_BITS", 0.0)],
    "counterparts": [(cues, "COUNTERPART_BITS", 0.0)],
    "known patterns": [(cues, "KNOWN_BITS", 0.0)],
}
"""Constants by module that switch a kind of evidence off."""


def main(every: int) -> None:
    """Print both scores with each kind of evidence switched off."""
    tables = list(islice(labelled(), 0, None, every))
    for name, constants in OFF.items():
        with ExitStack() as stack:
            for module, constant, value in constants:
                stack.enter_context(patch.object(module, constant, value))
            found = sum((counted(one["rows"], one["find"](table_sums), one["want"]) for one in tables), Counter())
            releases = figures(sum((counts.__wrapped__(stem) for stem in STEMS), Counter()))
        scores = ", ".join(f"{what.replace('_', ' ')} {score:.3f}" for what, score in releases.items())
        print(f"{name:28} tables {measures(found['hit'], found['false'], found['missed'])}; {scores}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVERY)
