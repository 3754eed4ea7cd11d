"""What is too much, or no file at all, is refused in one sentence and in time."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from xlsx_builder.cli import main
from xlsx_builder.model.deadline import deadline
from xlsx_builder.model.files import write_whole
from xlsx_builder.model.limits import Limits
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read import read_bytes

TABLE = b"\n".join(b"Line %d          %d          %d" % (n, n * 37, n * 11) for n in range(1, 9))
WIDE = 10_000
READERS = (["build"], ["extract"], ["formulas"], ["check"], ["audit"], ["build", "--template"])
"""Each way in which a file comes in."""


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """The one sentence of a command that must end with 2."""
    assert main([str(word) for word in words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    return said


# --- limits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--max-bytes", "bytes, more than the limit of 1; --max-bytes raises it."),
        ("--max-lines", "it has 8 lines, more than the limit of 1; --max-lines raises it."),
        ("--max-columns", "it has 2 columns, more than the limit of 1; --max-columns raises it."),
    ],
)
def test_each_limit_says_which_option_raises_it(
    option: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.txt"
    path.write_bytes(TABLE)
    assert sentence in refused(capsys, "extract", path, option, "1")
    assert main(["extract", str(path), option, "1000"]) == 0


def test_tables_are_limited() -> None:
    data = b"<p>A heading</p><table><tr><td>Sales</td><td>5</td></tr><tr><td>Costs</td><td>3</td></tr></table>" * 4
    with pytest.raises(ReleaseError, match=r"it has 4 tables, more than the limit of 3; --max-tables raises it\."):
        read_bytes(data, "release.htm", Limits(tables=3))


CELLS = {
    "htm": "<table>" + ("<tr><td>Sales</td>" + "<td>5</td>" * WIDE + "</tr>") * 3 + "</table>",
    "txt": "\n".join(["Sales" + "   5" * WIDE] * 3),
    "csv": "\n".join(["Sales" + ",5" * WIDE] * 3),
    "md": "\n".join(["|a" * WIDE + "|", "|-" * WIDE + "|", "|5" * WIDE + "|"]),
}


@pytest.mark.parametrize("kind", CELLS)
def test_a_table_of_ten_thousand_columns_is_refused_at_once(kind: str) -> None:
    start = time.process_time()
    with pytest.raises(ReleaseError, match="columns, more than the limit of 500"):
        read_bytes(CELLS[kind].encode(), f"wide.{kind}")
    assert time.process_time() - start < 2


def test_work_that_takes_too_long_is_ended() -> None:
    assert ended("slow.txt") == "slow.txt: it takes more than the limit of 0.05 seconds; --seconds raises it."


def ended(name: str) -> str:
    """What is said of work without an end."""
    try:
        with deadline(name, 0.05):
            while True:
                pass
    except ReleaseError as error:
        return str(error)


def test_a_deadline_in_another_thread_ends_that_one_alone() -> None:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(ended("other.txt")))
    thread.start()
    thread.join(30)
    assert len(said) == 1


@pytest.mark.filterwarnings("error")
def test_a_limit_may_be_any_number(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endless = str(10**30)
    assert main(["extract", str(small), "--max-bytes", endless, "--seconds", endless]) == 0
    assert not capsys.readouterr().err


def test_work_in_time_is_left_alone() -> None:
    before = set(threading.enumerate())
    with deadline("fast.txt", 600):
        [clock] = set(threading.enumerate()) - before
    clock.join(30)
    assert not clock.is_alive(), "it would strike later"


# --- what is no file ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "pipe", "folder", "circle", "nowhere"])
def test_what_is_no_file_is_not_read(
    words: list[str], device: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    out: list[str | Path] = ["-o", tmp_path / "out.xlsx"] if words[0] in ("build", "formulas") else []
    first = [words[0], small, *words[1:]] if len(words) > 1 else words
    assert device in refused(capsys, *first, tmp_path / device, *out)
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
def test_a_link_to_a_release_is_read(tmp_path: Path, small: Path) -> None:
    (tmp_path / "latest").symlink_to(small)
    assert main(["extract", str(tmp_path / "latest")]) == 0


NAMES = (
    "line\nbreak.txt",
    "quo\"te's.txt",
    "[bracket]*?.txt",
    "esc\x1b[31m.txt",
    "=cmd|'a'!A1.txt",
    "x" * 240 + ".txt",
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids such names")
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"not\xffutf8.txt")])
def test_a_file_may_have_any_name(name: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(small.read_bytes())
    out = tmp_path / f"{name[:200]}.xlsx"
    assert main(["build", str(tmp_path / name), "-o", str(out), "--json", str(tmp_path / "m.json")]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert main(["check", str(out)]) == 0
    assert "\x1b" not in capsys.readouterr().out
    refused(capsys, "build", tmp_path / f"no{name}", "-o", out)


# --- what cannot be written -----------------------------------------------------------------------------------------


def outputs(tmp_path: Path, small: Path) -> dict[str, tuple[list[str], Path]]:
    """Each command that writes, and what it writes."""
    table = tmp_path / "table.csv"
    table.write_text("Item,2004\nSales,5\nRent,3\nTotal,8\n")
    out, model = tmp_path / "out.xlsx", tmp_path / "model.json"
    return {
        "build": (["build", str(small), "-o", str(out)], out),
        "json": (["build", str(small), "-o", str(tmp_path / "o.xlsx"), "--json", str(model), "--force"], model),
        "formulas": (["formulas", str(table), "-o", str(out)], out),
        "template": (["template", "-o", str(out), "--force"], out),
    }


@pytest.mark.parametrize("command", ["build", "json", "formulas", "template"])
@pytest.mark.parametrize("broken", ["os.fsync", "pathlib.Path.replace", "tempfile.mkstemp"])
def test_a_full_disk_leaves_the_file_that_was_there(
    command: str, broken: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, out = outputs(tmp_path, small)[command]
    assert main(words) == 0
    before = out.read_bytes()
    capsys.readouterr()
    with patch(broken, side_effect=OSError(28, "No space left on device")):
        assert "No space left on device" in refused(capsys, *words)
    assert out.read_bytes() == before
    assert not list(tmp_path.glob(".*partial"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
@pytest.mark.parametrize("command", ["build", "json", "formulas", "template"])
def test_a_device_is_no_output(command: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, out = outputs(tmp_path, small)[command]
    os.mkfifo(out)
    assert "device or a pipe" in refused(capsys, *words)
    assert out.is_fifo()


def test_a_file_is_never_half_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, b"one")

    def guard(_: Path) -> None:
        raise ReleaseError("no")

    with pytest.raises(ReleaseError, match="no"):
        write_whole(path, b"two", guard=guard)
    with pytest.raises(ReleaseError, match="no file can have such a name"):
        write_whole(tmp_path / "a\0b", b"two")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"one")]
