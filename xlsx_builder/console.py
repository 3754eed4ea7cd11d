"""What the program prints: a stranger's words made harmless, to whoever may have stopped reading."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from xlsx_builder.model.problem import ReleaseError

CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
"""Characters that break lines or command terminals."""


def say(*lines: str, to: TextIO | None = None) -> None:
    """Print a stranger's words: no control character, and none that the terminal cannot show.

    Raises:
        ReleaseError: nobody takes them.
    """
    stream = to or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    for line in lines:
        _print(stream, line.translate(CONTROLS).encode(encoding, "backslashreplace").decode(encoding))


def say_json(value: object, indent: int | None = None) -> None:
    """Print plain JSON values in letters that every terminal has.

    Raises:
        ReleaseError: nobody takes them.
    """
    import json  # noqa: PLC0415  (a build prints none)

    _print(sys.stdout, json.dumps(value, indent=indent))


def _print(stream: TextIO, text: str) -> None:
    try:
        print(text, file=stream, flush=True)
    except OSError as error:  # the reader of a pipe has gone, or the disk is full
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # else Python tries once more when it ends
        raise ReleaseError(f"What it prints cannot be written ({error.strerror}).") from error
