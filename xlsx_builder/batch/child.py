"""Work in a process of its own, so that a release that goes wrong can be ended and takes nothing else with it."""

from __future__ import annotations

import pickle
import queue
import subprocess
import sys
import threading
import time

from xlsx_builder.batch.work import Order, Result, Status, without

POLL = 0.2
"""Seconds between two looks at the time and memory that a release has taken."""
MEGABYTE = 1_000_000
LIFE = 500
"""Releases after which a process makes room for a new one: each leaves something behind, some 13 kB as measured."""
TRIES = 2
"""A process that ends by itself may have been killed by chance; a release that was there twice is the reason."""


START = 120
"""Seconds in which a process must have started, on the slowest machine."""


class LostError(Exception):
    """The process ended without an answer."""


class TooMuchError(Exception):
    """A release took more than it may; the text says what."""


class Child:
    """One process, warm from release to release."""

    # Not multiprocessing: the workers of a cluster are daemons of it, which it allows no children of their own.

    def __init__(self) -> None:
        self.dismissed = False
        self.releases = 0
        """How many it was given."""
        self._ready = False
        self._answers: queue.SimpleQueue[Result | LostError | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "xlsx_builder.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def work(self, order: Order) -> Result:
        """The result of a release.

        Raises:
            LostError: the process has ended.
            TooMuchError: the release takes more than it may; the process is still at it.
        """
        if not self._ready:
            self._answer(START, order.megabytes)
            self._ready = True
        assert self._process.stdin
        self.releases += 1
        try:
            pickle.dump(order, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            raise LostError from None
        result = self._answer(order.limits.seconds, order.megabytes)
        assert result
        return result

    def dismiss(self) -> None:
        """End the process, whatever it is doing."""
        self.dismissed = True
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout
        try:
            while True:
                self._answers.put(pickle.load(self._process.stdout))  # noqa: S301  (from our own process)
        except (EOFError, pickle.UnpicklingError, OSError):
            self._answers.put(LostError())

    def _answer(self, seconds: float, megabytes: float) -> Result | None:
        end = time.monotonic() + seconds
        while True:
            try:
                answer = self._answers.get(timeout=POLL)
            except queue.Empty:
                if time.monotonic() > end:
                    raise TooMuchError(f"it took longer than {seconds:g} seconds") from None
                if self._megabytes() > megabytes:
                    raise TooMuchError(f"it took more than {megabytes:g} MB of memory") from None
            else:
                if isinstance(answer, LostError):
                    raise answer
                return answer

    def _megabytes(self) -> float:
        import psutil  # noqa: PLC0415  (no other command needs it)

        try:
            return float(psutil.Process(self._process.pid).memory_info().rss / MEGABYTE)
        except psutil.Error:
            return 0.0


_idle: list[Child] = []
_busy: set[Child] = set()


def limited(order: Order) -> Result:
    """The result of a release, worked on within its limits by a child of this process."""
    name = order.release.name
    for _ in range(TRIES):
        child = _next()
        try:
            result = child.work(order)
        except TooMuchError as reason:
            child.dismiss()
            return without(Status.UNFINISHED, f"{name}: {reason}, so it was ended.", order.limits.seconds)
        except LostError:
            if child.dismissed:
                break
            child.dismiss()
        else:
            if child.releases < LIFE:
                _idle.append(child)
            else:
                child.dismiss()
            return result
        finally:
            _busy.discard(child)
    return without(Status.UNFINISHED, f"{name}: the process that worked on it ended before it had a result.")


def _next() -> Child:
    """A child that has nothing to do."""
    try:
        child = _idle.pop()  # in one step, for other threads look for one too
    except IndexError:
        child = Child()
    _busy.add(child)
    return child


def dismiss_all() -> None:
    """End all children of this process."""
    for child in (*_idle, *_busy):
        child.dismiss()
    _idle.clear()
