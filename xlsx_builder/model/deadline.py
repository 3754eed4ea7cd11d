"""A time limit for whatever Python code runs inside, on every system and in every thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from xlsx_builder.model.problem import ReleaseError


class OutOfTimeError(BaseException):
    """Raised amid the work; no `except Exception` on the way may take it for a fault of the input."""


@contextmanager
def deadline(name: str, seconds: float) -> Iterator[None]:
    """End what runs inside after so many seconds, between two steps of Python; a library's own loops run on to theirs.

    Args:
        name: The file that is worked on.
        seconds: On the clock.

    Raises:
        ReleaseError: the time was up.
    """
    worker = threading.get_ident()
    lock = threading.Lock()
    ended = False

    def stop() -> None:
        with lock:
            if not ended:
                _raise_in(worker)

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            with lock:
                ended = True
            timer.cancel()
    except OutOfTimeError:
        reason = f"it takes more than the limit of {seconds:g} seconds; --seconds raises it"
        raise ReleaseError(f"{name}: {reason}.") from None


def _raise_in(thread: int) -> None:
    """The only way that Python has to end another thread's work, documented for just that."""
    import ctypes  # noqa: PLC0415  (25 ms that hardly anybody needs)

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTimeError))
