# ruff: noqa: T201  (it prints)
"""What a run over many releases is held to: `python tests/batch_run.py COUNT FOLDER`; about a second a release.

It makes COUNT releases in FOLDER, the real ones beside the project and variants that the tests' generator renders. It
prints whether anything is lost or twice, the memory over the run, releases a second with two jobs against one, the cost
of a release against the least that any program would need for its workbook, and whether a run that is killed again and
again ends with the same files.
"""

from __future__ import annotations

import io
import math
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import psutil
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font, NamedStyle

from batch_cases import command, outcome, summary, table
from render_ascii import AsciiStyle, render_ascii
from render_html import HtmlStyle, render_html
from render_invent import invent
from render_plan import Plan, plans
from render_styles import ascii_styles, html_styles
from truths import RELEASES
from xlsx_builder.batch.inputs import addresses
from xlsx_builder.batch.work import Order, Release, work
from xlsx_builder.house import read_template
from xlsx_builder.model.limits import LIMITS

Cells = dict[str, list[tuple[Any, Any, Any, str]]]
"""Row, column, content and kind of content of each cell, by sheet."""
KILLS = 10
KILLED = 60
"""Releases of the run that is killed, and killed again."""
PAIRS = 7
"""Turns in which two sides of a ratio are taken one after the other, so that a busy machine slows them alike."""
PORTION = 80
"""Releases of one such turn."""
EDGE = 8
"""Releases at both ends of a turn in which a job may be starting, or out of work."""
TENTHS = 10


def main(count: int, folder: Path) -> None:
    """Make releases and print all measures."""
    releases = make(folder / "releases", count)
    whole(releases, folder / "whole")
    throughput(releases, folder / "jobs")
    cost(releases)
    kills(releases, folder)


def make(folder: Path, count: int) -> Path:
    """A folder of so many releases, no two alike; one that is there already is taken as it is."""
    if folder.exists():
        return folder
    folder.mkdir(parents=True)
    real = (
        [path.read_bytes() for path in map(Path, addresses([str(RELEASES)], frozenset()))] if RELEASES.exists() else []
    )
    contents = dict.fromkeys(real)

    @settings(max_examples=2 * count, database=None, derandomize=True, deadline=None, phases=[Phase.generate])
    @given(plans(), st.one_of(ascii_styles(), html_styles()))
    def render(plan: Plan, style: AsciiStyle | HtmlStyle) -> None:
        if len(contents) < count:
            release = invent(plan)
            text = render_ascii(release, style) if isinstance(style, AsciiStyle) else render_html(release, style)
            contents[text] = None

    render()
    for number, content in enumerate(contents):
        (folder / f"{number:05}.txt").write_bytes(content)  # its content decides, not its name
    return folder


def whole(releases: Path, output: Path) -> None:
    """One run over everything: its files, and its memory as it goes on."""
    begin = time.monotonic()
    with subprocess.Popen(command(output, releases, "--jobs", "2", "--force"), stdout=subprocess.PIPE) as process:
        assert process.stdout
        seen = [used(process.pid) for _ in process.stdout]
    seconds = time.monotonic() - begin
    lines, facts = summary(output), table(output, "facts")
    built = [line for line in lines if line["Status"] == "built"]
    books = {path.name for path in (output / "workbooks").iterdir()}
    assert len(lines) == len(list(releases.iterdir())), "an input is lost"
    assert sorted(line["Workbook"] for line in built) == sorted(f"workbooks/{name}" for name in books)
    assert not facts.duplicated(["release", "line", "column"]).any(), "a fact is there twice"
    assert facts.groupby("release").size().to_dict() == {
        line["Release"]: line["Placed"] for line in built if line["Placed"]
    }, "a figure is lost"
    print(
        f"{len(lines)} inputs in {seconds:.0f} s, {len(built)} built, {len(facts):,} facts: nothing lost, nothing twice"
    )
    for tenth in range(TENTHS):
        part = seen[tenth * len(seen) // TENTHS : (tenth + 1) * len(seen) // TENTHS]
        own, worker, _ = (max(side) for side in zip(*part, strict=True))
        print(f"  tenth {tenth + 1}: at most {own:.0f} MB, and {worker:.0f} a worker")
    print(f"  {max(own for *_, own in seen) / len(lines) * 1e3:.1f} ms of the run's own process a release")
    stored = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    print(f"  {stored / len(lines) / 1e3:.0f} kB stored a release:")
    for path in (*output.glob("*.*"), output / "workbooks"):
        size = sum(one.stat().st_size for one in path.rglob("*")) if path.is_dir() else path.stat().st_size
        print(f"    {path.name} {size / len(lines) / 1e3:.1f} kB")


def used(pid: int) -> tuple[float, float, float]:
    """MB of a run's own process and of the largest that works for it, and the first one's seconds of the processor."""
    try:
        process = psutil.Process(pid)
        workers = max((one.memory_info().rss / 1e6 for one in process.children()), default=0.0)
        return process.memory_info().rss / 1e6, workers, sum(process.cpu_times()[:2])
    except psutil.Error:
        return 0.0, 0.0, 0.0


def throughput(releases: Path, output: Path) -> None:
    """Releases a second with two jobs against one."""
    every = sorted(releases.iterdir())
    ratios = []
    for turn in range(PAIRS):
        portion = random.Random(turn).sample(every, min(PORTION, len(every)))
        one, two = (timed(portion, output, jobs) for jobs in (1, 2))
        ratios.append(one / two)
    print(f"two jobs against one: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def timed(portion: list[Path], output: Path, jobs: int) -> float:
    """Seconds a release, while every job has work: without those at the beginning and at the end."""
    with subprocess.Popen(command(output, *portion, "--jobs", jobs, "--force"), stdout=subprocess.PIPE) as process:
        assert process.stdout
        moments = [time.monotonic() for _ in process.stdout][EDGE : len(portion) - EDGE]
    return (moments[-1] - moments[0]) / (len(moments) - 1)


def cost(releases: Path) -> None:
    """Seconds of the processor for a release in a warm process, against those for writing the same cells."""
    every = sorted(releases.iterdir())
    house = read_template()
    portion = random.Random(0).sample(every, min(PORTION, len(every)))
    orders = [Order(Release(path.name, path.read_bytes()), house, LIMITS, math.inf) for path in portion]
    pairs = [(order, cells_of(content)) for order in orders if (content := work(order).workbook)]
    turns = [
        ([spent(write, cells) for _, cells in pairs], [spent(work, order) for order, _ in pairs]) for _ in range(PAIRS)
    ]
    ratios = [sum(ours) / sum(least) for least, ours in turns]
    floor, mine = (statistics.median(map(statistics.mean, side)) for side in zip(*turns, strict=True))
    print(
        f"a release in a warm process: {mine:.2f} s, its cells alone {floor:.2f} s: "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def spent(function: Callable[[Any], object], argument: object) -> float:
    begin = time.process_time()
    function(argument)
    return time.process_time() - begin


def cells_of(content: bytes) -> Cells:
    """What stands in the cells of a workbook, by sheet."""
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            (cell.row, cell.column, cell.value, cell.data_type)
            for row in sheet.iter_rows()
            for cell in row
            if cell.has_style
        ]
        for sheet in book.worksheets
    }


def write(cells: Cells) -> None:
    """The least that any program would do: one style, the cells, and the values of the formulas."""
    book = openpyxl.Workbook()
    book.add_named_style(NamedStyle("figure", Font(color="0000FF"), number_format="#,##0"))
    book.remove(book.worksheets[0])
    for name, filled in cells.items():
        sheet: Any = book.create_sheet(name)
        for row, column, value, kind in filled:
            cell = sheet.cell(row, column, value)
            cell.data_type = kind  # a text may begin as a formula does
            cell.style = "figure"
    saved = io.BytesIO()
    book.save(saved)
    formualizer.recalculate_xlsx_bytes(saved.getvalue())


def kills(releases: Path, folder: Path) -> None:
    """Kill one who works for a run, then the run, at random times; go on each time, and compare what comes of it."""
    every = sorted(releases.iterdir())
    portion = random.Random(0).sample(every, min(KILLED, len(every)))
    straight, disturbed = folder / "straight", folder / "disturbed"
    run_through(command(straight, *portion, "--jobs", "2", "--force"))
    again = command(disturbed, *portion, "--jobs", "2", "--resume")
    done = []
    for turn in range(KILLS):
        chance = random.Random(turn)
        with subprocess.Popen(again, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            assert process.stdout
            news = (line for line in process.stdout if "nothing to do" not in line)
            for _ in islice(news, chance.randint(1, KILLED // KILLS)):
                pass
            if crew := psutil.Process(process.pid).children():
                chance.choice(crew).kill()
            for _ in islice(news, chance.randint(0, KILLED // KILLS)):
                pass
            time.sleep(chance.uniform(0, 1))
            process.kill()
        done.append(len(list((disturbed / "workbooks").glob("*.xlsx"))))
    run_through(again)
    same = outcome(straight) == outcome(disturbed)
    print(
        f"killed {KILLS} times, at {done} of {len(portion)} releases: the files are {'equal' if same else 'NOT equal'}"
    )


def run_through(arguments: list[str]) -> None:
    subprocess.run(arguments, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
