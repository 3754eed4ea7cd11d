"""The functions as the page for analysts lists them, from the registry."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.udf.registry import FUNCTIONS, Function
from xlsx_builder.udf.values import NotFoundError, OutOfRangeError, WrongValueError

HOSTS = (
    (NotFoundError, "release, line or period is not there, or several would do", "`#N/A`"),
    (OutOfRangeError, "the figures have no such answer", "`#NUM!`"),
    (WrongValueError, "an argument is text, too many cells, or an error itself", "`#VALUE!`"),
)
"""Error, when it comes, and what LibreOffice shows."""


def functions_markdown() -> str:
    """Each function with its arguments, an example on the sample release, and what that gives; then the errors."""
    return "\n".join((*(line for each in FUNCTIONS for line in _function(each)), *_errors())) + "\n"


def _function(function: Function) -> Iterator[str]:
    yield f"### `{function.call}`"
    yield ""
    yield f"{function.help} On Lexington, `={function.example.replace('$release', '$B$5')}` gives {function.gives}."
    yield ""
    if function.parameters:
        yield from (f"- `{each.name}`: {each.help}" for each in function.parameters)
        yield ""


def _errors() -> Iterator[str]:
    yield "### Errors"
    yield ""
    yield "| when | Excel (text) | LibreOffice | Python raises |"
    yield "|---|---|---|---|"
    for error, when, shown in HOSTS:
        yield f"| {when} | `{error.code} XB: reason` | {shown} | `{error.__name__}`, its text the reason |"
    yield ""
    yield (
        "LibreOffice shows `#VALUE!` for every error of `XB_TABLE` and `XB_SUBTOTALS`. In Excel, `SUM` passes over the "
        "text of an error; write `=0+XB_…` where a figure goes on into other formulas, and the text becomes `#VALUE!`."
    )
