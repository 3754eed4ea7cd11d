"""PDF files made for the tests: words and strokes at places, in Helvetica."""

from __future__ import annotations

from msgspec import Struct

TOP = 792
"""Height of a page of letter size in points."""
FONTS = "/Resources << /Font << /F1 3 0 R >> >>"
TURNED = f"0 1 -1 0 {TOP} 0 cm"
"""Turns what follows by a quarter."""
WIDTHS = {" ": 0.278, ",": 0.278, ".": 0.278, "(": 0.333, ")": 0.333, "-": 0.333, "%": 0.889}
"""Of some characters in Helvetica, as parts of the size; digits and '$' have 0.556, letters near that."""


class Text(Struct, frozen=True):
    words: str
    left: float
    base: float
    """Counted from the top."""
    size: float = 10


class Drawn(Struct, frozen=True):
    left: float
    right: float
    level: float


def right(words: str, edge: float, base: float) -> Text:
    """Words that end at an edge."""
    return Text(words, edge - 10 * sum(WIDTHS.get(character, 0.556) for character in words), base)


def pdf(*pages: list[Text | Drawn], turned: bool = False) -> bytes:
    """The file; its pages turned to be read from the right, where so told."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    width = TOP if turned else 612
    for number, page in enumerate(pages):
        stream = "\n".join((TURNED if turned else "", *map(_drawn, page)))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {TOP}] /Contents {5 + 2 * number} 0 R {FONTS} >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end + trailer).encode("latin-1")


def _drawn(item: Text | Drawn) -> str:
    if isinstance(item, Drawn):
        return f"{item.left} {TOP - item.level} m {item.right} {TOP - item.level} l S"
    escaped = item.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {item.size} Tf 1 0 0 1 {item.left} {TOP - item.base} Tm ({escaped}) Tj ET"
