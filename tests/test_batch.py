"""A run over many releases: a workbook each, tables of all, nothing lost and nothing twice."""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pandas as pd
import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from batch_cases import KESTREL, SAMPLES, TABLE, batch, outcome, small_releases, summary, table
from xlsx_builder.batch import child, run
from xlsx_builder.batch.inputs import addresses, loaded
from xlsx_builder.batch.progress import progress
from xlsx_builder.batch.rows import FACTS, Row
from xlsx_builder.batch.store import Entry, Store
from xlsx_builder.batch.tables import write_tables
from xlsx_builder.batch.work import Line, Release, Status, packed, without
from xlsx_builder.cli import FAILED, NOTHING, OK, arguments, main
from xlsx_builder.house import write_template
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.pipeline import build, extract

PAGE = (Path(__file__).parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")


def batch_actions() -> list[argparse.Action]:
    """The options of the command."""
    [commands] = [action for action in arguments()._actions if isinstance(action, argparse._SubParsersAction)]
    return [action for action in commands.choices["batch"]._actions if action.option_strings and action.dest != "help"]


@pytest.fixture(scope="module", autouse=True)
def _kept() -> Iterator[None]:
    """One process for all runs of this module, for most of its time goes into starting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xlsx_builder.batch.schedulers.dismiss_all", lambda: None)
        yield
    child.dismiss_all()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a run over the samples and what a folder of releases may hold besides."""
    releases = tmp_path_factory.mktemp("releases")
    shutil.copytree(SAMPLES, releases / "samples")
    (releases / "other").mkdir()
    shutil.copy(TABLE, releases / "other" / TABLE.name)
    (releases / "other" / KESTREL.name).write_bytes(
        KESTREL.read_bytes().replace(b"Kestrel", b"Osprey").replace(b"KESTREL", b"OSPREY")
    )
    shutil.copy(KESTREL, releases / "copy.txt")
    (releases / "letter.txt").write_text("Dear shareholders, there is nothing to tell.\n", encoding="utf-8")
    output = tmp_path_factory.mktemp("run")
    totals = run(batch(output, releases, "no such file.txt"))
    assert (totals.inputs, totals.good) == ({Status.BUILT: 7, Status.FAILED: 2}, False)
    return output


# --- what a run writes ------------------------------------------------------------------------------------------------


def test_each_input_has_its_line_in_order(ran: Path) -> None:
    assert [(Path(line["Input"]).name, line["Status"], line["Company"]) for line in summary(ran)] == [
        ("copy.txt", "built", "Kestrel Instruments, Inc."),
        ("letter.txt", "failed", None),
        ("kestrel_instruments_fy1996.txt", "built", "Osprey Instruments, Inc."),
        ("pasted_table.csv", "built", None),
        ("harbour_lane_2024q2.htm", "built", "Harbour Lane Stores, Inc."),
        ("kestrel_instruments_fy1996.txt", "built", "Kestrel Instruments, Inc."),
        ("lexington_2003q3.txt", "built", "Lexington Precision Corporation"),
        ("pasted_table.csv", "built", None),
        ("no such file.txt", "failed", None),
    ]


def test_a_workbook_is_the_one_that_build_writes(ran: Path, tmp_path: Path, lexington: Path) -> None:
    [line] = [line for line in summary(ran) if "lexington" in line["Input"]]
    assert (ran / line["Workbook"]).read_bytes() == build(lexington, tmp_path / "model.xlsx").path.read_bytes()


def test_a_release_that_comes_twice_is_built_once(ran: Path) -> None:
    first, second = (line for line in summary(ran) if "pasted_table" in line["Input"])
    assert first["Workbook"] == second["Workbook"]
    assert second["Message"] == f"The same release as {first['Input']}."
    assert len(list((ran / "workbooks").iterdir())) == 6
    assert len(table(ran, "facts").query("source == 'pasted_table.csv'")) == 21


def test_releases_of_one_name_or_of_one_content_have_a_workbook_each(ran: Path) -> None:
    books = [line["Workbook"] for line in summary(ran) if line["Company"] and "Instruments" in line["Company"]]
    assert len(set(books)) == 3


def test_facts_are_the_figures_of_the_statements(ran: Path, lexington: Path) -> None:
    facts = table(ran, "facts").query("source == 'lexington_2003q3.txt'")
    wanted = [
        (item.id, float(fact.value), 10**item.scale, fact.line, fact.text)
        for item in extract(lexington).statements.items.values()
        for fact in item.facts
        if fact.value is not None
    ]
    assert list(facts[["line", "value", "scale", "source_line", "text"]].itertuples(index=False, name=None)) == wanted


def test_a_fact_says_what_it_is_of_and_how_its_cell_comes_by_it(ran: Path) -> None:
    facts = table(ran, "facts").query("source == 'lexington_2003q3.txt' and kind == 'income_statement' and column == 0")
    [sales] = facts.query("label == 'Net sales'").to_dict("records")
    assert sales["company"] == "Lexington Precision Corporation"
    assert (sales["period_end"].isoformat(), sales["months"], sales["unit"]) == ("2003-09-30", 3, "money")
    assert (sales["currency"], sales["scale"], sales["origin"]) == ("USD", 1000, "input")
    assert set(facts["origin"]) == {"input", "calculated", "link"}


def test_the_cell_of_a_fact_holds_it(ran: Path) -> None:
    [line] = [line for line in summary(ran) if "harbour" in line["Input"]]
    book = load_workbook(ran / line["Workbook"], data_only=True)
    for fact in table(ran, "facts").query("source == 'harbour_lane_2024q2.htm'").to_dict("records"):
        sheet, _, cell = fact["cell"].rpartition("!")
        size = 100 if fact["unit"] == "percent" else 1
        assert book[sheet.strip("'")][cell].value * size == pytest.approx(fact["value"], abs=1.01)


def test_calculations_have_a_row_a_term(ran: Path, lexington: Path) -> None:
    found = table(ran, "calculations").query("source == 'lexington_2003q3.txt' and kind == 'sum'")
    wanted = [
        (one.total, term.line, term.weight) for one in extract(lexington).structure.calculations for term in one.terms
    ]
    assert list(found[["total", "term", "weight"]].itertuples(index=False, name=None)) == wanted


def test_claims_are_the_figures_of_the_prose(ran: Path, lexington: Path) -> None:
    found = table(ran, "claims").query("source == 'lexington_2003q3.txt'")
    assert list(found["figure"]) == [claim.figure for claim in extract(lexington).claims]
    assert set(found["verdict"]) <= {"ok", "differs", "ambiguous", "none"}


def test_problems_say_what_could_not_be_built_and_why(ran: Path) -> None:
    problems = pd.read_csv(ran / "problems.csv")
    failed = problems[problems["severity"] == "failed"]
    assert list(failed["message"]) == [
        "letter.txt: there is no table of figures in it, so there is nothing to build a model from.",
        "no such file.txt: there is no such file.",
    ]
    assert "warning" in set(problems["severity"])


# --- what the page about it says -----------------------------------------------------------------------------------


def test_its_questions_have_answers(ran: Path) -> None:
    queries = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    sales, differing = (duckdb.execute(query.replace("OUTDIR", ran.as_posix())).fetchall() for query in queries)
    assert ("Lexington Precision Corporation", date(2003, 9, 30), 28.294) in sales
    assert all(company for company, *_ in differing)


def test_its_program_runs(ran: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program.replace("OUTDIR", ran.as_posix())], capture_output=True, text=True, check=True
    )
    assert "Lexington Precision Corporation" in done.stdout


@pytest.mark.parametrize("option", [action.option_strings[-1] for action in batch_actions()])
def test_it_tells_every_option(option: str) -> None:
    assert option.replace("--output", "-o") in PAGE


# --- what may be named ------------------------------------------------------------------------------------------------


def named(*inputs: object) -> list[str]:
    return [Path(one).name for one in addresses(map(str, inputs), frozenset())]


def test_a_folder_gives_its_releases_and_those_of_the_folders_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.HTM", "logo.gif", ".hidden.txt", "in/c.pdf", ".git/d.txt", "run/workbooks/e.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(addresses([str(tmp_path)], frozenset({tmp_path / "run"}))) == [
        str(tmp_path / name) for name in ("a.HTM", "b.txt", "in/c.pdf")
    ]


def test_a_pattern_gives_what_it_matches_in_order(tmp_path: Path) -> None:
    for name in ("b.dat", "a.dat", "c.txt"):
        (tmp_path / name).touch()
    assert named(tmp_path / "*.dat") == ["a.dat", "b.dat"]


@pytest.mark.parametrize("name", [".", "**/*"])
def test_a_run_does_not_take_its_own_files_for_releases(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(TABLE, tmp_path)
    for resume in (False, True):
        assert run(batch(Path(), name, resume=resume)).inputs == {Status.BUILT: 1}


def test_a_folder_or_pattern_means_no_workbook_that_was_built(tmp_path: Path) -> None:
    pasted = Workbook()
    pasted.create_sheet("Sales", 0).append(["Sales", 5])
    pasted.save(tmp_path / "pasted.xlsx")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK")
    build(TABLE, tmp_path / "built.xlsx")
    for name in (tmp_path, tmp_path / "*.xlsx", tmp_path.as_uri(), f"{tmp_path.as_uri()}/*.xlsx"):
        assert named(name) == ["damaged.xlsx", "pasted.xlsx"]
    assert named(tmp_path / "built.xlsx") == ["built.xlsx"]


def test_a_folder_or_pattern_means_nothing_of_an_earlier_run(tmp_path: Path) -> None:
    run(batch(tmp_path / "earlier", TABLE))
    (tmp_path / "problems.csv").write_bytes(TABLE.read_bytes())
    for name in (tmp_path, tmp_path / "**/*.[cx]*", tmp_path.as_uri()):
        assert named(name) == ["problems.csv"], "one that stands alone may be a release"


def test_a_list_on_standard_input_names_a_file_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("one.txt\n\n  two [3].txt \n"))
    assert named("-") == ["one.txt", "two [3].txt"]


def test_a_list_may_name_files_in_any_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"r\xe9sultats.txt\n"), encoding="utf-8"))
    assert named("-") == ["r\udce9sultats.txt"]


def test_a_folder_without_releases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="there is no release in it"):
        named(tmp_path)


def test_urls_of_any_store_can_be_named(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({f"/desk/{path.name}": path.read_bytes() for path in (KESTREL, TABLE)} | {"/desk/logo.gif": b"GIF"})
    try:
        assert named("memory://desk") == named("memory://desk/*.[ct]*") == [KESTREL.name, TABLE.name]
        totals = run(batch(tmp_path, "memory://desk", TABLE.as_uri(), "memory://desk/none.txt"))
        assert totals.inputs == {Status.BUILT: 3, Status.FAILED: 1}
        assert set(table(tmp_path, "facts")["source"]) == {KESTREL.name, TABLE.name}
    finally:
        memory.rm("/desk", recursive=True)


def test_a_page_of_the_web_is_one_release_whatever_its_address() -> None:
    assert named("https://example.com/news.htm?id=[4]*") == ["news.htm?id=[4]*"]


def test_a_store_that_nobody_knows_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"nosuch://bucket/a.txt: it cannot be read"):
        run(batch(tmp_path, "nosuch://bucket/a.txt"))


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_names_may_be_anything_that_a_disk_holds(tmp_path: Path) -> None:
    names = (b"=1+1.csv", b"r\xe9sultats.csv", b"tab\t bell\a.csv")
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(TABLE.read_bytes())
    assert run(batch(tmp_path / "run", tmp_path)).inputs == {Status.BUILT: 3}
    assert [Path(line["Input"]).name for line in summary(tmp_path / "run")] == [
        "=1+1.csv",
        "rsultats.csv",
        "tab\t bell.csv",
    ]
    assert len(list((tmp_path / "run" / "workbooks").iterdir())) == 3


@pytest.mark.parametrize("name", ["株" * 80 + ".txt", "𠀀" * 60 + ".txt", "a" * 250 + ".txt"])
def test_the_name_of_a_workbook_is_one_that_every_disk_takes(name: str) -> None:
    assert len(Release(name, b"").workbook.encode()) <= 255


def test_tables_of_any_length_hold_each_row_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsx_builder.batch.tables.CHUNK", 2)
    monkeypatch.setattr("xlsx_builder.batch.tables.GROUP", 4)
    monkeypatch.setattr("xlsx_builder.batch.summary.ROWS", 2)
    line = Line(Status.BUILT)
    entries = [
        Entry(f"{name}.txt", f"{name}.txt", name, line, packed({"facts": [fact(number) for number in range(3)]}), "", 0)
        for name in "abcde"
    ]
    write_tables(tmp_path, entries)
    found = table(tmp_path, "facts")
    assert list(zip(found["release"], found["column"], strict=True)) == [(n, at) for n in "abcde" for at in range(3)]
    sheets = load_workbook(tmp_path / "summary.xlsx").worksheets
    assert [(sheet.title, sheet.max_row) for sheet in sheets] == [("Releases", 3), ("Releases 2", 3), ("Releases 3", 2)]


def fact(number: int) -> Row:
    """A row of the table of facts."""
    return tuple(number if name == "column" else None for name, _ in FACTS)


def test_no_text_is_a_formula_in_the_table_of_problems(tmp_path: Path) -> None:
    rows = packed({"facts": [], "calculations": [], "claims": [], "problems": [("warning", 5, "+1 is doubtful.")]})
    built = Line(Status.BUILT, company='=HYPERLINK("http://example.com","Kestrel, Inc.")')
    failed = Line(Status.FAILED, "-1.txt: there is no such file.")
    entries = [Entry("@a.txt", "@a.txt", "k", built, rows, "", 0), Entry("b.txt", "", "", failed, None, "", 0)]
    write_tables(tmp_path, entries)
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *lines = csv.reader(file)
    assert lines == [
        ["'@a.txt", "k", f"'{built.company}", "warning", "5", "'+1 is doubtful."],
        ["b.txt", "", "", "failed", "", f"'{failed.message}"],
    ]


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"limits": Limits(seconds=0.01)}, "it took longer than 0.01 seconds"),
        ({"megabytes": 1}, "it took more than 1 MB of memory"),
    ],
)
def test_a_release_that_takes_too_much_is_ended_and_tried_again_by_resume(
    limits: dict[str, Any], why: str, tmp_path: Path, lexington: Path
) -> None:
    assert run(batch(tmp_path, lexington, **limits)).inputs == {Status.UNFINISHED: 1}
    [line] = summary(tmp_path)
    assert line["Message"] == f"lexington_2003q3.txt: {why}, so it was ended."
    assert run(batch(tmp_path, lexington, resume=True)).good
    assert len(table(tmp_path, "facts")) == 164


@pytest.mark.parametrize("option", ["--max-bytes", "--max-lines"])
def test_a_release_that_is_too_large_is_built_when_the_limit_is_raised(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["batch", str(TABLE), "-o", str(tmp_path / "run"), "--jobs", "1"]
    assert main([*words, option, "1"]) == FAILED
    assert f"more than the limit of 1; {option} raises it." in capsys.readouterr().out
    assert main([*words, "--resume", option, "10000"]) == OK


def test_a_process_makes_room_for_a_new_one_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "LIFE", 1)
    assert run(batch(tmp_path / "run", small_releases(tmp_path / "releases", 2))).good
    assert not child._idle


# --- earlier runs -----------------------------------------------------------------------------------------------------


def test_an_earlier_run_is_gone_on_with_or_begun_anew_only_when_asked(tmp_path: Path) -> None:
    releases, output = small_releases(tmp_path / "releases", 2), tmp_path / "run"
    run(batch(output, releases))
    before = outcome(output)
    with pytest.raises(ReleaseError, match="it holds an earlier run; go on with it by --resume, or anew by --force"):
        run(batch(output, releases))
    run(batch(output, releases, resume=True))
    assert outcome(output) == before
    run(batch(output, releases, force=True))
    assert outcome(output) == before


def test_resume_takes_up_what_is_new_changed_or_gone(tmp_path: Path) -> None:
    releases, output = small_releases(tmp_path / "releases", 3), tmp_path / "run"
    run(batch(output, releases))
    first, second, _ = sorted((output / "workbooks").iterdir())
    first.unlink()
    kept = second.stat().st_mtime_ns
    (releases / "table_002.csv").write_text(TABLE.read_text(encoding="utf-8"), encoding="utf-8")
    small_releases(releases / "new", 1)
    assert run(batch(output, releases, resume=True)).inputs == {Status.BUILT: 4}
    assert second.stat().st_mtime_ns == kept
    fresh = tmp_path / "fresh"
    run(batch(fresh, releases))
    assert (output / "facts.parquet").read_bytes() == (fresh / "facts.parquet").read_bytes()
    assert all((output / line["Workbook"]).exists() for line in summary(output))


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    run(batch(tmp_path, TABLE))
    halves = [tmp_path / ".facts.parquet.partial", tmp_path / "workbooks" / ".pasted-x1.partial"]
    for half in halves:
        half.write_bytes(b"half")
    run(batch(tmp_path, TABLE, resume=True))
    assert not any(half.exists() for half in halves)


def test_workers_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(without(Status.FAILED, ""), version="0.0.0")
    monkeypatch.setattr("xlsx_builder.batch.runs.limited", lambda _: other)
    with pytest.raises(ReleaseError, match=r"its workers have version 0\.0\.0 of xlsx-builder, not"):
        run(batch(tmp_path, TABLE))


def test_an_edited_workbook_is_kept(tmp_path: Path) -> None:
    run(batch(tmp_path, TABLE))
    [path] = (tmp_path / "workbooks").iterdir()
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "edited"
    book.save(path)
    edited = path.read_bytes()
    (tmp_path / "run.sqlite").unlink()
    assert run(batch(tmp_path, TABLE, resume=True)).inputs == {Status.UNFINISHED: 1}
    assert path.read_bytes() == edited
    assert "edited since it was built" in summary(tmp_path)[0]["Message"]


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path) -> None:
    with closing(Store(tmp_path, "")), pytest.raises(ReleaseError, match="another run is at work in it"):
        run(batch(tmp_path, TABLE, resume=True))


def test_what_another_version_or_template_made_is_made_anew(tmp_path: Path) -> None:
    key = loaded(str(TABLE), LIMITS.bytes).key
    with closing(Store(tmp_path, "0.1 default")) as store:
        store.put(key, without(Status.FAILED, "It was too much for that version."), None)
        assert store.has(key)
    with closing(Store(tmp_path, "0.2 default")) as store:
        assert not store.has(key)


def test_a_run_that_does_nothing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="there is no release in it"):
        run(batch(tmp_path / "new", TABLE, tmp_path / "*.txt"))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_hold_a_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.sqlite").mkdir()
    with pytest.raises(ReleaseError, match=r"another run is at work in it, or it cannot be written"):
        run(batch(tmp_path, TABLE))
    assert [path.name for path in tmp_path.iterdir()] == ["run.sqlite"]


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsx_builder.batch.runs.write_tables", full)
    with pytest.raises(ReleaseError, match=r"the run cannot go on .*No space left on device.*use --resume"):
        run(batch(tmp_path / "run", TABLE))
    monkeypatch.undo()
    assert run(batch(tmp_path / "run", TABLE, resume=True)).good


def test_workbooks_look_as_the_template_says(tmp_path: Path) -> None:
    write_template(tmp_path / "plain.xlsx", plain=True)
    run(batch(tmp_path / "run", TABLE, template=tmp_path / "plain.xlsx"))
    [book] = (tmp_path / "run" / "workbooks").iterdir()
    built = build(TABLE, tmp_path / "model.xlsx", template=tmp_path / "plain.xlsx")
    assert book.read_bytes() == built.path.read_bytes()


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_says_how_it_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", str(TABLE), "-o", str(tmp_path / "run"), "--jobs", "1"]) == OK
    first, total, _ = capsys.readouterr().out.splitlines()
    assert first == "1 of 1: pasted_table.csv: no company, 1 statement, 21 of 21 figures, 9 checks OK, 0 differ"
    assert total == "1 input: 1 built, 0 failed, 0 unfinished; in 0 workbooks a check differs"
    assert main(["batch", "none.txt", "-o", str(tmp_path / "bad")]) == FAILED


def test_a_terminal_that_lacks_a_letter_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    monkeypatch.setattr(sys, "stdout", screen)
    with progress(1) as shown:
        shown.done("株式.txt", None)
    screen.seek(0)
    assert screen.read() == "1 of 1: \\u682a\\u5f0f.txt: nothing to do\n"


def test_a_terminal_sees_a_bar_and_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "120")
    run(batch(tmp_path, TABLE, "none.txt"))
    shown = screen.getvalue()
    assert "failed: none.txt: there is no such file." in shown
    assert re.search(r"2/2.* a second", shown)
    assert "pasted_table" not in shown


def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["batch", str(TABLE), "-o", str(tmp_path / "run")]) == NOTHING
    assert capsys.readouterr().err == 'xlsx-builder: pyarrow: not installed; run: pip install "xlsx-builder[batch]"\n'
    assert not (tmp_path / "run").exists()
