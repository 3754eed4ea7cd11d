"""Workbook -> .xlsx: styled by the template's named styles, values stored, the same bytes each time, replaced whole."""

from __future__ import annotations

from pathlib import Path

from xlsx_builder.house import read_template
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import Workbook
from xlsx_builder.write.fingerprint import remarked
from xlsx_builder.write.replace import replace as replace_file

__all__ = ["remarked", "rendered", "replace_file", "write"]


def write(
    workbook: Workbook, path: Path, *, template: Path | None = None, force: bool = False, make_folder: bool = False
) -> tuple[Problem, ...]:
    """Write a planned workbook as an Excel file.

    Args:
        workbook: What to write.
        path: The file; replaced whole or not at all.
        template: The workbook that says how it looks; the default one where None.
        force: Replace an existing file even when somebody has edited it, or when it is none of ours.
        make_folder: Create the file's folder where it is missing.

    Returns:
        What could not be written as planned.

    Raises:
        ReleaseError: the file cannot be written, or the template not be used; the text says why in one sentence.
    """
    content, problems = rendered(workbook, read_template(template))
    replace_file(path, content, force=force, make_folder=make_folder)
    return problems


def rendered(workbook: Workbook, house: HouseStyle) -> tuple[bytes, tuple[Problem, ...]]:
    """The Excel file as bytes, the same for the same workbook and style, and what could not be written as planned."""
    from xlsx_builder.write.book import drafted  # noqa: PLC0415  (openpyxl takes a fifth of a second to import)
    from xlsx_builder.write.cached import with_values  # noqa: PLC0415
    from xlsx_builder.write.finish import finished  # noqa: PLC0415

    draft, refused = drafted(workbook, house)
    valued, unvalued = with_values(draft)
    return finished(valued, workbook), (*refused, *unvalued)
