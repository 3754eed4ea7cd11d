"""The command line: what it prints, what it leaves behind, and how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xlsx_builder.cli import main
from xlsx_builder.house import write_template
from xlsx_builder.model.statement import Column, ColumnRole, Coverage, Period, Statement, StatementKind, Statements
from xlsx_builder.pipeline import file_stem


def refusal(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """The one sentence on stderr of a command that must end with 2."""
    assert main([str(word) for word in words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    return captured.err


@pytest.fixture(scope="module")
def model(lexington: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("model") / "model.xlsx"
    assert main(["build", str(lexington), "-o", str(out)]) == 0
    return out.read_bytes()


@pytest.fixture
def built(model: bytes, tmp_path: Path) -> Path:
    out = tmp_path / "model.xlsx"
    out.write_bytes(model)
    return out


def test_build_says_what_it_did(lexington: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "model of lexington.xlsx"
    assert main(["build", str(lexington), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Lexington Precision Corporation" in said
    assert "2 statements, 41 lines" in said
    assert str(out) in said


def test_build_names_the_workbook_after_company_and_period(
    lexington: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(lexington)]) == 0
    assert [path.name for path in (tmp_path / "output").iterdir()] == [
        "lexington-precision-corporation_2003-09-30.xlsx"
    ]


def test_a_forecast_does_not_date_the_workbook() -> None:
    ends = (date(2004, 6, 30), date(2003, 6, 30), date(2006, 12, 31))
    columns = tuple(Column(ColumnRole.PERIOD, Period(3, end), "") for end in ends)
    statement = Statement("s1", StatementKind.INCOME, "", 3, "USD", columns, (), 1)
    said = Statements("Alder & Sons, Inc.", date(2004, 7, 29), (statement,), (), Coverage(0, 0))
    assert file_stem(said) == "alder-sons-inc_2004-06-30"


def test_two_builds_are_the_same_bytes(lexington: Path, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        assert main(["build", str(lexington), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_extract_prints_the_model(lexington: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(lexington)]) == 0
    model = json.loads(capsys.readouterr().out)
    assert model["company"] == "Lexington Precision Corporation"
    first = model["statements"][0]["rows"][0]
    assert (first["label"], first["values"]) == ("Net sales", [28294, 32342, 91550, 95582])
    assert model["coverage"]["left"] == 0
    rows = [row for statement in model["statements"] for row in statement["rows"]]
    why = [row["evidence"] for row in rows if "calculation" in row] + [
        row["link_evidence"] for row in rows if "link" in row
    ]
    assert all(
        found["columns_held"] and found["cues"] for found in [*why, *(check["evidence"] for check in model["checks"])]
    )
    assert {row["link_weight"] for row in rows if "link" in row} == {1}


def test_model_file_names_the_cell_of_each_figure(lexington: Path, tmp_path: Path) -> None:
    out, model_file = tmp_path / "m.xlsx", tmp_path / "m.json"
    assert main(["build", str(lexington), "-o", str(out), "--json", str(model_file)]) == 0
    book = openpyxl.load_workbook(out, data_only=True)
    model = json.loads(model_file.read_text(encoding="utf-8"))
    for statement in model["statements"]:
        for row in statement["rows"]:
            for value, cell in zip(row["values"], row["cells"], strict=True):
                sheet, _, address = cell.rpartition("!")
                assert book[sheet.strip("'")][address].value == pytest.approx(value), (row["label"], cell)


def test_check_accepts_what_was_built(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(built)]) == 0
    assert "0 differ" in capsys.readouterr().out


def test_check_names_what_no_longer_holds_after_an_edit(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(built)
    sheet = book["Income Statement"]
    cost = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 26278)
    cost.value = 26378
    book.save(built)
    assert main(["check", str(built)]) == 1
    assert "Gross profit" in capsys.readouterr().out


def test_an_edited_workbook_is_kept_unless_forced(built: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(built)
    book["Income Statement"]["A1"] = "My own title"
    book.save(built)
    before = built.read_bytes()
    assert "--force" in refusal(capsys, "build", small, "-o", built)
    assert built.read_bytes() == before
    assert main(["build", str(small), "-o", str(built), "--force"]) == 0
    assert built.read_bytes() != before


def test_a_workbook_nobody_edited_is_replaced(built: Path, small: Path) -> None:
    before = built.read_bytes()
    assert main(["build", str(small), "-o", str(built)]) == 0
    assert built.read_bytes() != before


def test_a_file_that_is_no_model_is_kept(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    precious = tmp_path / "budget.xlsx"
    book = openpyxl.Workbook()
    book.save(precious)
    before = precious.read_bytes()
    assert "budget.xlsx" in refusal(capsys, "build", small, "-o", precious)
    assert precious.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\n  \n\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8),
        ("letter.txt", b"Dear shareholders,\n\nthe year 2003 was good. We sold 5 plants.\n\nYours\n"),
        ("book.xlsx", b"PK\x03\x04 xl/workbook.xml"),
        ("page.html", b"<html><body><p>No table here, only $5 million of prose.</p></body></html>"),
    ],
)
def test_nothing_to_build_from(name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release, out = tmp_path / name, tmp_path / "out.xlsx"
    release.write_bytes(content)
    refused = refusal(capsys, "build", release, "-o", out)
    assert name in refused
    assert refused.count(":") <= 2, "the program, the file, what is wrong"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_missing_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere.txt" in refusal(capsys, "build", tmp_path / "nowhere.txt")


def test_what_was_built_is_no_release(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = "it is a workbook that xlsx-builder built; name the release that it was built from."
    assert refusal(capsys, "extract", built) == f"xlsx-builder: {built.name}: {told}\n"


def test_a_folder_is_no_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "folder" in refusal(capsys, "extract", tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        "build {book} -o {book} --force",
        "build {book} -o {link} --force",
        "build {release} -o {book} --template {book} --force",
        "build {release} -o {out} --json {release}",
        "build {release} -o {out} --json {out}",
        "formulas {book} -o {book} --force",
    ],
)
def test_nothing_replaces_what_it_is_made_of(
    words: str, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, link, out = tmp_path / "book.xlsx", tmp_path / "link.xlsx", tmp_path / "out.xlsx"
    write_template(book)
    link.symlink_to(book)
    before = [small.read_bytes(), book.read_bytes()]
    order = words.format(release=small, book=book, link=link, out=out)
    assert "name another one" in refusal(capsys, *order.split())
    assert [small.read_bytes(), book.read_bytes()] == before
    assert not out.exists()


@pytest.mark.parametrize("words", ["build {small} -o {out}", "formulas {small} -o {out}", "template -o {out}"])
@pytest.mark.parametrize("name", ["model.csv", "model.xlsm", "model"])
def test_a_workbook_is_called_what_excel_opens(
    words: str, name: str, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert "ends in .xlsx." in refusal(capsys, *words.format(small=small, out=out).split())
    assert not out.exists()


def test_no_workbook_is_written_where_the_model_cannot_be(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for place in (tmp_path, tmp_path / "none" / "m.json", tmp_path / "circle", tmp_path / ("m" * 300)):
        refusal(capsys, "build", small, "-o", tmp_path / "out.xlsx", "--json", place)
    assert not (tmp_path / "out.xlsx").exists()


def test_output_that_cannot_be_written(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "model.xlsx" in refusal(capsys, "build", small, "-o", tmp_path / "no such folder" / "model.xlsx")
    (tmp_path / "taken.xlsx").mkdir()
    assert "taken.xlsx" in refusal(capsys, "build", small, "-o", tmp_path / "taken.xlsx")


def test_check_refuses_a_strange_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = tmp_path / "strange.xlsx"
    openpyxl.Workbook().save(strange)
    assert "strange.xlsx" in refusal(capsys, "check", strange)


def test_template_that_is_no_workbook(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = tmp_path / "house.xlsx"
    template.write_text("not a workbook")
    assert "house.xlsx" in refusal(capsys, "build", small, "-o", tmp_path / "o.xlsx", "--template", template)
    assert not (tmp_path / "o.xlsx").exists()


def test_template_writes_a_house_style_that_build_takes(
    lexington: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, out = tmp_path / "house.xlsx", tmp_path / "model.xlsx"
    assert main(["template", "-o", str(house), "--plain"]) == 0
    assert f'--template "{house}"' in capsys.readouterr().out
    assert "--force" in refusal(capsys, "template", "-o", house)
    assert main(["template", "-o", str(house), "--force"]) == 0
    assert main(["build", str(lexington), "-o", str(out), "--template", str(house)]) == 0
    assert main(["audit", str(out)]) == 0


def test_help_and_refusals_start_without_the_heavy_libraries(tmp_path: Path) -> None:
    code = (
        "import sys; from xlsx_builder.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'openpyxl', 'lxml', 'pandas', 'numpy', 'formualizer', 'xlwings'} & set(sys.modules)))"
    )
    for words in (["--help"], ["build", "--help"], ["audit", "--help"], ["build", str(tmp_path / "nowhere.txt")]):
        run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
        assert run.stdout.splitlines()[-1] == "[]", words


def test_a_reader_that_goes_away_is_told_in_one_sentence(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "xlsx_builder", "template", "-o", str(tmp_path / "house.xlsx")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        assert re.fullmatch(r"xlsx-builder: What it prints cannot be written \(.*\)\.\n", run.stderr.read())
    assert run.returncode == 2


def test_ctrl_c_ends_any_command_without_a_traceback(
    lexington: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("xlsx_builder.pipeline.extract", pressed)
    assert main(["extract", str(lexington)]) == 130
    assert capsys.readouterr().err == "xlsx-builder: stopped.\n"


def test_module_can_be_run() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "xlsx_builder", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("xlsx-builder ")
