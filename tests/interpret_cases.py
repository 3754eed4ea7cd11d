"""Reads case files: a title, a line with a dot, the input, a dot, the expected output, a dot."""

from __future__ import annotations

from pathlib import Path


def cases(path: Path) -> list[tuple[str, str, str]]:
    """Title, input and expected output of each case; a paragraph before the first dot is the file's own heading."""
    parts = path.read_text(encoding="utf-8").split("\n.\n")
    found = []
    for start in range(0, len(parts) - 2, 3):
        title = parts[start].strip().rpartition("\n")[2]
        found.append((title, parts[start + 1], parts[start + 2]))
    return found
