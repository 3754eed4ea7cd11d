"""No pattern takes for ever over text that repeats itself: a stranger writes what the patterns are held against."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import cast

import pytest

import xlsx_builder
from xlsx_builder.model.patterns import Waiting

STAGES = ("read", "interpret", "infer", "claims", "plan", "write", "model")
PIECES = """a|A|1|,|1,|.|. |(|( |)|-|- |$|$ |a |A |1 |(1)|(1) |* |and |to |1 to |in thousands |ended |June 30, |2024 |%
1% |<|a-|a.|A.|a,|[1]|i|of |from 1 |per share |'|"|a/|=|_|and its |Sales and |$1|a-a |\u2014|\u2020|\u00b3|\u00a0| """
REPEATED = (*re.split(r"[|\n]", PIECES), "|", "| ", "\t")
LENGTH = 80
"""Characters: what grows with a high power of them, or doubles with each, is not done with so many."""
ALLOWED = 0.5
"""Seconds of the processor for one pattern over one text; half a hundredth is usual for the slowest."""
AT_MOST = 120
"""Seconds for all; a pattern that is never done ends the test so."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of all modules that meet a release, by where they stand."""
    for found in pkgutil.walk_packages(xlsx_builder.__path__, "xlsx_builder."):
        if found.name.split(".")[1] not in STAGES:
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            several = value if isinstance(value, tuple) else (value,)
            parts = (part for each in several for part in (each if isinstance(each, tuple) else (each,)))
            texts = (part for part in parts if isinstance(part, Waiting) and isinstance(part.pattern, str))
            yield from ((f"{found.name}.{name}", cast("re.Pattern[str]", part)) for part in texts)


def slow() -> Iterator[str]:
    """The patterns that take too long, each said before it is tried."""
    for place, pattern in patterns():
        for piece in REPEATED:
            text = piece * (LENGTH // len(piece)) + "!"
            print(f"{place} over {piece!r}", flush=True)  # noqa: T201
            start = time.process_time()
            pattern.search(text)
            pattern.fullmatch(text)
            if time.process_time() - start > ALLOWED:
                yield f"{place} over {piece!r}"


def test_patterns_are_done_in_time() -> None:
    try:
        run = subprocess.run([sys.executable, __file__], capture_output=True, text=True, timeout=AT_MOST, check=False)
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        pytest.fail(f"never done: {said.splitlines()[-1]}")
    assert run.returncode == 0, run.stdout.splitlines()[-1]
    assert len(run.stdout.splitlines()) > 1_000


if __name__ == "__main__":
    sys.exit("\n".join(slow()) or 0)
