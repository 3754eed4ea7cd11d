"""What went wrong or stayed unsure, as values that name the place."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a problem matters to the reader of the workbook."""

    WARNING = "warning"
    """The workbook is right as far as it goes; something was left out or stays unsure."""
    ERROR = "error"
    """A figure or formula cannot be trusted."""


class Problem(NamedTuple):
    """One fault or doubt found in the release or in the model of it."""

    severity: Severity
    message: str
    """A whole sentence for the user."""
    line: int | None = None
    """The source line it is about, as numbered on the sheet Release; None where it is about the whole."""


class ReleaseError(Exception):
    """A release, template or workbook that nothing can be built from; its text is one sentence for the user."""
