"""Regular expressions that are compiled when they are first used: no input needs all that the modules name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but for the work, which waits until something is looked for."""
    return cast("re.Pattern[AnyStr]", Waiting(pattern, flags))


class Waiting:
    """A pattern in the place of a compiled one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        """A method of the compiled pattern, which is this one's from then on."""
        found: object = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
