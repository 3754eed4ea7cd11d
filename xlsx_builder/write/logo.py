"""The template's logo, in the first rows of the first sheet."""

from __future__ import annotations

from openpyxl.drawing.fill import Blip
from openpyxl.drawing.geometry import PresetGeometry2D
from openpyxl.drawing.image import Image
from openpyxl.drawing.picture import PictureFrame
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.template import Logo
from xlsx_builder.write.text import cleaned

HEIGHT, WIDEST = 520_000, 2_600_000
"""EMU; the rows above the headings, and no more than two columns."""
GAP = 40_000
"""EMU above it."""
NUMBER = 1_000
"""Of the picture among the shapes of its sheet, beyond those of charts."""


class _Picture(Image):
    """A picture as it is: openpyxl's own wants a library that decodes it."""

    def __init__(self, logo: Logo) -> None:
        self.format = logo.kind
        self._content = logo.content

    def _data(self) -> bytes:
        return self._content


def place(target: Worksheet, logo: Logo, column: int) -> None:
    """Put the logo above the headings.

    Args:
        target: The sheet.
        logo: The picture.
        column: The column that it begins in, from 1.
    """
    width, height = (logo.width, logo.height) if logo.width and logo.height else (HEIGHT, HEIGHT)
    scale = min(HEIGHT / height, WIDEST / width)
    picture = _Picture(logo)
    frame = PictureFrame()
    frame.nvPicPr.cNvPr.id, frame.nvPicPr.cNvPr.name = NUMBER, "Logo"
    frame.nvPicPr.cNvPr.descr = cleaned(" ".join(logo.alt.split()))
    frame.blipFill.blip = Blip(embed="")
    frame.spPr.prstGeom = PresetGeometry2D(prst="rect")
    frame.spPr.ln = None
    picture.anchor = OneCellAnchor(
        _from=AnchorMarker(col=column - 1, row=0, rowOff=GAP),
        ext=XDRPositiveSize2D(round(width * scale), round(height * scale)),
        pic=frame,
    )
    target.add_image(picture)
