"""A template workbook -> HouseStyle: named styles, number formats, colours, pages; a finance team edits it in Excel."""

from __future__ import annotations

import io
from pathlib import Path

from msgspec.structs import replace

from xlsx_builder.model.files import content_of, hold_suffix, write_whole
from xlsx_builder.model.package import opening, parts
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import HouseStyle

DEFAULT, PLAIN = "default.xlsx", "plain.xlsx"
"""The templates that come with the program."""


def read_template(path: Path | None = None) -> HouseStyle:
    """The house style of a template workbook, of the default one where no path is given.

    Raises:
        ReleaseError: it cannot be read, or lacks a style or setting; the text names it.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (a fifth of a second to import)

    from xlsx_builder.house.logo import logo_of  # noqa: PLC0415
    from xlsx_builder.house.settings import house_style  # noqa: PLC0415

    name = str(path) if path else DEFAULT
    content = content_of(path) if path else default_content()
    found = parts(content, name)
    with opening(name):
        book = load_workbook(io.BytesIO(content), read_only=True)
        return replace(house_style(book, name, content), logo=logo_of(found, name))


def write_template(path: Path, *, plain: bool = False, force: bool = False) -> None:
    """Write a template to edit.

    Args:
        path: The file.
        plain: The one in black and white.
        force: Replace an existing file.

    Raises:
        ReleaseError: a file stands there, or it cannot be written.
    """

    def guard(_: Path) -> None:
        raise ReleaseError(f"{path}: a file stands there; use --force to replace it, or another name.")

    hold_suffix(path, ".xlsx")
    write_whole(path, default_content(PLAIN if plain else DEFAULT), guard=None if force else guard)


def default_content(name: str = DEFAULT) -> bytes:
    """A template of the program: in the package where it is installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "templates" / name
    if installed.is_file():
        return installed.read_bytes()
    return (package.parent / "templates" / name).read_bytes()
