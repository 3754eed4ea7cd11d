"""The libraries that only a batch needs, and the sentence for those who lack them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from xlsx_builder.model.problem import ReleaseError

BATCH = ("pyarrow", "fsspec", "rich", "psutil")
CLUSTER = ("distributed",)


def require(libraries: Iterable[str], extra: str) -> None:
    """Make sure that libraries are there before the work begins.

    Raises:
        ReleaseError: one is missing; the text says what to install.
    """
    missing = [library for library in libraries if find_spec(library) is None]
    if missing:
        raise ReleaseError(f'{", ".join(missing)}: not installed; run: pip install "xlsx-builder[{extra}]"')
