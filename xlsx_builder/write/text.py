"""Text that others wrote, made fit for a workbook: the only way into cells, notes, footers and properties."""

from __future__ import annotations

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError

CELL_LIMIT = 32_767
"""Characters, counted as UTF-16 code units, that Excel keeps in a cell."""
NOTE_LIMIT = 4_000
"""Characters of a note; a longer one does not fit on any screen."""
FOOTER_LIMIT = 60
"""Characters of the source's name in a footer; the three parts together may have 255."""
NAME_LIMIT = 31
"""Characters of a sheet's name."""
CUT = " […]"

UNFIT = regex("[\x00-\x08\x0b-\x0c\x0e-\x1f]+|[\ud800-\udfff\ufffe\uffff]+")
"""Characters that XML forbids, and halves of surrogate pairs."""
ESCAPE = regex(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Where Excel would take printed text for a coded character."""
FORBIDDEN = regex(r"[\[\]:*?/\\]")


def cleaned(text: str, limit: int = CELL_LIMIT) -> str:
    """The text without characters that a workbook cannot hold, cut with a mark where it is too long."""
    fit = text if text.isprintable() else UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if 2 * len(fit) <= limit:  # at most two code units each
        return fit
    units = fit.encode("utf-16-le")
    return fit if len(units) <= 2 * limit else units[: 2 * (limit - len(CUT))].decode("utf-16-le", "ignore") + CUT


def cell_text(text: str) -> str:
    """Text for a cell: cleaned, and so that Excel shows '_x0041_' as it was printed."""
    return cleaned(ESCAPE.sub("_x005F_", text)) if "_x" in text else cleaned(text)


def footer_text(text: str) -> str:
    """Text for a footer, where '&' begins a code and must be doubled."""
    return cleaned(" ".join(text.split()), FOOTER_LIMIT).replace("&", "&&")


def sheet_names(names: tuple[str, ...]) -> None:
    """Make sure that Excel takes all of these names.

    Raises:
        ReleaseError: one is empty, too long, taken, or has characters that Excel forbids.
    """
    seen: set[str] = set()
    for name in names:
        bad = FORBIDDEN.search(name) or UNFIT.search(name) or name.startswith("'") or name.endswith("'")
        if not name.strip() or len(name) > NAME_LIMIT or bad or name.lower() == "history" or name.lower() in seen:
            raise ReleaseError(f"A sheet cannot be named {name!r}: Excel would not open the workbook.")
        seen.add(name.lower())
    if not names:
        raise ReleaseError("A workbook without sheets cannot be written.")
