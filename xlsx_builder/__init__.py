"""From an earnings release to a model workbook whose every total is a live formula.

`build`, `extract` and `check` are the three commands as functions; `Model`, `Build` and `CheckReport` are what they
give. They are imported when first asked for, so that `xlsx-builder --help` needs none of them.
"""

import importlib

__version__ = "0.1.0"

__all__ = ["Build", "CheckReport", "Model", "ReleaseError", "__version__", "build", "check", "extract"]

_HOME = {
    "Build": "xlsx_builder.pipeline",
    "Model": "xlsx_builder.pipeline",
    "build": "xlsx_builder.pipeline",
    "extract": "xlsx_builder.pipeline",
    "CheckReport": "xlsx_builder.verify.check",
    "check": "xlsx_builder.verify.check",
    "ReleaseError": "xlsx_builder.model.problem",
}
"""Public name -> the module that it lives in; `__init__.pyi` says the same to type checkers."""


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
