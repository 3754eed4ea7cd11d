"""The add-in as LibreOffice loads it: hands each call to the interpreter that settings.json names.

This file goes into the .oxt as it is and runs in LibreOffice's own Python, so it needs nothing but that (3.7 or later)
and imports nothing of the package.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from typing import Any, Callable  # noqa: UP035  (older Pythons know it only so)

import unohelper
from org.xlsxbuilder.addin import XXb

FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  (as old as the oldest Python in use)
NO_WINDOW = 0x08000000
"""Windows would open a console for the other interpreter."""


class Worker:
    """The other interpreter, started with the first call and again after it has ended."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.words = settings["command"]
        self.folders = settings["folders"]
        self.lock = threading.Lock()
        self.process: Any = None

    def ask(self, name: str, arguments: list[Any]) -> dict[str, Any]:
        """The answer to one call."""
        line = json.dumps({"name": name, "arguments": arguments}) + "\n"
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = self.start()
            self.process.stdin.write(line.encode("ascii"))
            self.process.stdin.flush()
            said: dict[str, Any] = json.loads(self.process.stdout.readline().decode("ascii"))
        return said

    def start(self) -> Any:  # noqa: ANN401  (older Pythons cannot name its kind)
        """Start it without what LibreOffice set for its own Python."""
        clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH")}
        clean["PYTHONPATH"] = os.pathsep.join(self.folders)
        return subprocess.Popen(  # noqa: S603  (the command that the installation wrote)
            self.words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean,
            creationflags=NO_WINDOW if os.name == "nt" else 0,
        )


def plain(value: Any) -> Any:  # noqa: ANN401  (whatever a cell holds)
    """A cell or range as JSON can say it."""
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else None


class Functions(unohelper.Base, XXb):  # type: ignore[misc]  # known only inside LibreOffice
    """What LibreOffice calls; one method for each function."""

    def __init__(self, context: Any) -> None:  # noqa: ANN401  (an UNO interface)
        self.context = context


def method(worker: Worker, name: str) -> Callable[..., Any]:
    """The method of a function: None shows as #N/A, NaN as #NUM!, and an exception as #VALUE!."""

    def called(_self: Functions, *arguments: Any) -> Any:  # noqa: ANN401
        said = worker.ask(name, [plain(each) for each in arguments])
        if "error" not in said:
            value = said["value"]
            return tuple(tuple(row) for row in value) if isinstance(value, list) else value
        if said["error"] == "#N/A":
            return None
        if said["error"] == "#NUM!":
            return float("nan")
        raise ValueError(said["reason"])

    return called


with open(os.path.join(FOLDER, "settings.json"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
    SETTINGS = json.load(file)
WORKER = Worker(SETTINGS)
for method_name, function in SETTINGS["functions"].items():
    setattr(Functions, method_name, method(WORKER, function))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816  (the name that LibreOffice looks for)
g_ImplementationHelper.addImplementation(Functions, "XB", ("com.sun.star.sheet.AddIn",))
