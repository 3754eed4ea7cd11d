"""The functions in Excel on Windows, through xlwings: the module that a workbook's xlwings.conf names.

The functions are made from the registry, since xlwings takes names, help and arguments from the Python functions that
it finds in a module. It knows no error values: an error comes as text that begins like one.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import xlwings

from xlsx_builder.udf.registry import CATEGORY, FUNCTIONS, Function
from xlsx_builder.udf.update import update_caller
from xlsx_builder.udf.values import UdfError, WrongValueError


def hosted(function: Function) -> Callable[..., Any]:
    """A function as xlwings takes it: positional arguments, help, no type hints."""

    def called(*arguments):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN202  (xlwings stumbles over type hints)
        try:
            value = function.compute(*arguments)
        except UdfError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001  (xlwings would show a traceback in the cell)
            return str(WrongValueError(f"{type(error).__name__}: {error}"))
        return [list(row) for row in value] if isinstance(value, tuple) else value

    made: Any = called
    made.__name__ = made.__qualname__ = function.name
    made.__doc__ = function.help
    made.__signature__ = inspect.Signature(
        [
            inspect.Parameter(
                each.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=None if each.optional else inspect.Parameter.empty,
            )
            for each in function.parameters
        ]
    )
    for each in function.parameters:
        made = xlwings.arg(each.name, doc=each.help, ndim=2, err_to_str=True)(made)
    # Last, since each xlwings.arg sets category and wizard back to what they are by default.
    return xlwings.func(category=CATEGORY, call_in_wizard=False)(made)  # type: ignore[no-any-return]


for _function in FUNCTIONS:
    globals()[_function.name] = hosted(_function)


@xlwings.sub
def XB_UPDATE():  # type: ignore[no-untyped-def]  # noqa: ANN201, N802  (the name of the macro in Excel; no type hints)
    """Read the release again and update the input cells of this workbook in place."""
    update_caller()
