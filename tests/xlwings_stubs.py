"""The real xlwings.udfs without Windows: only the modules of pywin32 are stand-ins, and cells are plain values."""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from unittest import mock

RANGE = "{00020846-0000-0000-C000-000000000046}"
"""What Excel calls the interface of a range."""
MISSING = -2147352572
"""How VBA hands over an optional argument that was left out."""
ERRORS = {"#N/A": -2146826246, "#DIV/0!": -2146826281}
"""How Excel hands over the error values of cells."""
MOCKED = (
    *("win32api", "win32con", "win32gui", "win32process", "win32event", "win32timezone", "win32clipboard"),
    *("win32com", "win32com.client", "win32com.client.dynamic", "win32com.server", "win32com.server.util"),
    *("win32com.server.dispatcher", "win32com.server.policy", "win32com.server.exception"),
)
OURS = ("xlsx_builder.udf.xlwings_host",)


Com = Any
"""What comes from Excel or goes there; COM has no types."""


class ComError(Exception):
    """pywintypes.com_error."""


@dataclass
class FakeRange:
    """What a UDF gets from Excel for a range: values row by row, None where a cell is empty."""

    rows: tuple[tuple[Any, ...], ...]
    Row: int = 1
    Column: int = 1
    Worksheet: Com = field(default_factory=mock.MagicMock)
    _oleobj_: Com = field(default_factory=mock.MagicMock)

    def __post_init__(self) -> None:
        self._oleobj_.GetTypeInfo().GetTypeAttr().iid = RANGE

    @property
    def Value(self) -> Com:  # noqa: N802
        return self.rows[0][0] if len(self.rows) == len(self.rows[0]) == 1 else self.rows

    @property
    def Value2(self) -> Com:  # noqa: N802
        return self.Value

    @property
    def Rows(self) -> Com:  # noqa: N802
        return mock.MagicMock(Count=len(self.rows))

    @property
    def Columns(self) -> Com:  # noqa: N802
        return mock.MagicMock(Count=len(self.rows[0]))

    @property
    def Count(self) -> int:  # noqa: N802
        return len(self.rows) * len(self.rows[0])


def stand_ins() -> dict[str, ModuleType]:
    """The modules of pywin32."""
    types = ModuleType("pywintypes")
    com = ModuleType("pythoncom")
    vars(types).update(com_error=ComError, error=ComError, TimeType=type("TimeType", (), {}), IID=str)

    class Kinds(dict[str, type]):
        def __missing__(self, key: str) -> type:
            return type("PyIDispatch", (), {})

    vars(com).update(
        com_error=ComError,
        ole_error=ComError,
        CoInitialize=lambda *_: None,
        IID_IDispatch="IDispatch",
        VT_ERROR=10,
        Missing=object(),
        TypeIIDs=Kinds(),
        __file__="pythoncom.dll",
    )
    made: dict[str, Any] = {name: mock.MagicMock(name=name, __path__=[], __spec__=None) for name in MOCKED}
    for name in MOCKED:
        parent, _, own = name.rpartition(".")
        if parent:
            setattr(made[parent], own, made[name])
    made["win32com.client"].CDispatch = type("CDispatch", (), {})
    made["win32com.client"].Dispatch = lambda one=None, **_: one
    made["win32com.server.util"].unwrap = mock.MagicMock(side_effect=ComError)
    made["win32com.server.util"].wrap = lambda one, **_: one
    return {**made, "pywintypes": types, "pythoncom": com}


@contextmanager
def excel() -> Iterator[tuple[Any, Any, Any]]:
    """xlwings, its udfs and its COM server as they are on Windows, and our host imported among them."""
    before = dict(sys.modules)
    libraries = {name: mock.MagicMock() for name in ("oledll", "windll", "WinDLL") if not hasattr(ctypes, name)}
    with mock.patch.multiple(ctypes, create=True, PyDLL=mock.MagicMock(), **libraries):
        for name in [name for name in sys.modules if name.partition(".")[0] == "xlwings" or name in OURS]:
            del sys.modules[name]
        sys.modules.update(stand_ins())
        try:
            xlwings = importlib.import_module("xlwings")
            windows = importlib.import_module("xlwings._xlwindows")
            vars(xlwings)["_xlwindows"] = windows
            udfs = importlib.import_module("xlwings.udfs")
            engine = xlwings.Engine(impl=windows.engine)
            xlwings.engines.add(engine)
            xlwings.engines.active = engine
            vars(xlwings).update(func=udfs.xlfunc, arg=udfs.xlarg, ret=udfs.xlret, sub=udfs.xlsub)
            yield xlwings, udfs, importlib.import_module("xlwings.com_server")
        finally:
            for name in [name for name in sys.modules if name not in before]:
                del sys.modules[name]
            sys.modules.update(before)
