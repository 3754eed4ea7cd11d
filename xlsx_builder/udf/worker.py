"""The functions as a program of their own: a line of JSON in, a line of JSON out, until the input ends.

LibreOffice brings a Python of its own, often too old for this package; its add-in therefore talks to the interpreter
that the package is installed in.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from xlsx_builder.udf.registry import call
from xlsx_builder.udf.values import UdfError, WrongValueError


def answer(line: str) -> dict[str, Any]:
    """What to send back for {"name": …, "arguments": […]}: {"value": …}, or {"error": "#N/A", "reason": …}."""
    asked = json.loads(line)
    try:
        return {"value": call(asked["name"], *(_argument(each) for each in asked["arguments"]))}
    except UdfError as error:
        return {"error": error.code, "reason": error.reason}
    except Exception as error:  # noqa: BLE001  (one strange cell must not end the program for all others)
        return {"error": WrongValueError.code, "reason": f"{type(error).__name__}: {error}"}


def _argument(given: Any) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """Lists back to the tuples that ranges are."""
    return tuple(_argument(each) for each in given) if isinstance(given, list) else given


def serve(asked: IO[str], answers: IO[str]) -> None:
    """Answer until nobody asks any more."""
    for line in asked:
        answers.write(json.dumps(answer(line)) + "\n")
        answers.flush()


if __name__ == "__main__":
    # The pipe is ours: whatever a library prints must not get between the answers.
    pipe, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, pipe)
