"""Coverage-guided search for releases that break the program: `python tests/fuzz.py [SECONDS]`, on Linux and macOS.

atheris changes bytes of the samples and keeps what reaches new code; whatever is raised but a ReleaseError, takes more
than 30 seconds or 2 GB is a fault, and the bytes that did it stay in the folder that is named.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["xlsx_builder"]):
    from xlsx_builder.model.limits import LIMITS
    from xlsx_builder.model.problem import ReleaseError
    from xlsx_builder.pipeline import _understood
    from xlsx_builder.read import read_bytes
    from xlsx_builder.read.cells import _rows

SAMPLES = Path(__file__).parent / "releases"
SECONDS = 600
PIECE = 2_000
"""Bytes of a sample that one seed has: small ones are tried more often."""


def read(data: bytes) -> None:
    """A release read and understood, and the same bytes as any table."""
    for work in (lambda: _understood(*read_bytes(data, "release")), lambda: _rows(data, LIMITS)):
        with contextlib.suppress(ReleaseError):
            work()


def main() -> None:
    seconds = sys.argv[1] if len(sys.argv) > 1 else str(SECONDS)
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for sample in SAMPLES.iterdir():
        data = sample.read_bytes()
        for start in range(0, len(data), PIECE // 2):
            (corpus / f"{sample.stem}-{start}").write_bytes(data[start : start + PIECE])
    options = [
        "-timeout=30",
        "-rss_limit_mb=2000",
        f"-max_total_time={seconds}",
        f"-max_len={2 * PIECE}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/fault-", str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
