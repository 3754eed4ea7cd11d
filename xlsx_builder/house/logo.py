"""The logo of a template: the first picture on any of its sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from openpyxl.xml.constants import DRAWING_NS, REL_NS, SHEET_DRAWING_NS
from openpyxl.xml.functions import fromstring

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.template import Logo

KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif"}
"""Endings of pictures that every program shows."""
DRAWING = regex(r"xl/drawings/drawing(\d+)\.xml")


def logo_of(parts: Mapping[str, bytes], name: str) -> Logo | None:
    """The logo in the parts of a template, where it has one.

    Raises:
        ReleaseError: the picture is of a kind that not every program shows.
    """
    drawings = sorted((int(found[1]), part) for part in parts if (found := DRAWING.fullmatch(part)))
    for _, part in drawings:
        for picture in fromstring(parts[part]).iter(f"{{{SHEET_DRAWING_NS}}}pic"):
            return _logo(parts, part, picture, name)
    return None


def _logo(parts: Mapping[str, bytes], drawing: str, picture: Any, name: str) -> Logo:  # noqa: ANN401  (XML)
    blip = next(picture.iter(f"{{{DRAWING_NS}}}blip"), None)
    target = _target(parts, drawing, "" if blip is None else blip.get(f"{{{REL_NS}}}embed", ""))
    kind = KINDS.get(target.rpartition(".")[2].lower())
    if kind is None or target not in parts:
        raise ReleaseError(f"{name}: the picture that is to be the logo is no PNG, JPEG or GIF in the template.")
    extent = next(picture.iter(f"{{{DRAWING_NS}}}ext"), None)
    size = (0, 0) if extent is None else (int(extent.get("cx", 0)), int(extent.get("cy", 0)))
    about = next(picture.iter(f"{{{SHEET_DRAWING_NS}}}cNvPr"), None)
    return Logo(parts[target], kind, *size, alt=(about is not None and about.get("descr")) or "Logo")


def _target(parts: Mapping[str, bytes], drawing: str, wanted: str) -> str:
    """The part that a drawing calls by an id."""
    folder, file = posixpath.split(drawing)
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    for relation in fromstring(relations) if relations else ():
        if relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
    return ""
