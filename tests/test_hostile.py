"""No text of a release becomes anything but text: the XML of built workbooks, whatever stands in the release."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from xlsx_builder.house import read_template
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.pipeline import built_bytes
from xlsx_builder.verify.audit import audit

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CURSES = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A0",
    "@SUM(1+1)",
    "+1+cmd|'x'!A1",
    "-2+3",
    '=WEBSERVICE("http://evil.example")',
    "='[budget.xlsx]Sheet1'!A1",
    "[budget.xlsx]Sheet1!A1",
    "\\\\evil.example\\share\\x.xlsx",
    "#REF!",
    "#NAME?",
    "=======",
    "javascript:alert(1)",
    "http://evil.example/",
    "file:///etc/passwd",
    "mailto:evil@example.com",
    '&P &N &[Date] &"Arial"&D&T&F&Z',
    "_xlnm.Print_Area",
    "_x0041__x000D_",
    "<f>1+1</f>",
    "]]><f>1+1</f><![CDATA[",
    '<?xml version="1.0"?>',
    "&lt;f&gt;&amp;&#0;&#x1F;",
    "\x00\x07\x0b\x1b[31m\x7f\x85 and a text that is long enough to be one",
    "\ufffe\uffff\ud83d",
    "\u202egnp.exe\u2066",
    "{=1+1}",
    "'=1+1",
    "\t=1+1",
    "\r\n=1+1",
    "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
    '{ HYPERLINK "http://evil.example" }',
    "History",
    "A" * 90,
    "%s%n{0}{source}",
)
FUNCTIONS = frozenset({"IF", "ABS", "ROUND", "ROWS", "COUNTIF", "AND", "OR", "MAX", "MIN", "SUMPRODUCT", "ISNUMBER"})
"""What the program's formulas may call."""


def release(curse: str) -> bytes:
    """A release that has the text in every place: company, title, heading, period, label, note and prose."""
    shown = curse.replace("&", "&amp;").replace("<", "&lt;") if "&#" not in curse else curse
    rows = "".join(
        f"<tr><td>{shown} {label}</td><td>{new}</td><td>{old}</td></tr>"
        for label, new, old in (("Net sales", 900, 800), ("Cost of sales", 500, 400), ("Gross profit", 400, 400))
    )
    page = f"""<html><head><title>{shown}</title></head><body><p>{shown} Corporation</p>
<p>{shown} Net sales were $900 thousand {shown}, an increase of 12.5% from $800 thousand.</p>
<p><b>{shown} CORPORATION</b></p><p><b>{shown} Statements of Income</b></p><p>(in thousands)</p>
<table><tr><td>{shown}</td><td colspan=2>{shown} Three months ended June 30,</td></tr>
<tr><td></td><td>2024 {shown}</td><td>2023</td></tr><tr><td><b>{shown}</b></td><td></td><td></td></tr>{rows}
<tr><td>{shown}</td><td>12</td><td>{shown}</td></tr></table><p>(1) {shown}</p></body></html>"""
    return page.encode("utf-8", "surrogatepass")


def built(curse: str, name: str) -> dict[str, bytes]:
    """The parts of the workbook of such a release."""
    _, _, content = built_bytes(release(curse), name, read_template())
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {part: package.read(part) for part in package.namelist()}


def assert_only_text(parts: dict[str, bytes], plain: dict[str, bytes]) -> None:
    """Every formula, link, name and field is one that the program makes of any release."""
    assert {re.sub(r"\d+", "0", part) for part in parts} <= {re.sub(r"\d+", "0", part) for part in plain}
    for part, data in parts.items():
        root = etree.fromstring(data)  # what no XML can hold would fail here
        if part.endswith(".rels"):
            assert all(each.get("TargetMode") != "External" for each in root)
        if part.startswith("xl/worksheets/sheet"):
            assert_sheet(root)
        if part == "xl/workbook.xml":
            names = {each.get("name") for each in root.iter(f"{MAIN}definedName")}
            assert names <= {"Master_check", "_xlnm.Print_Titles", "_xlnm.Print_Area"}
            assert root.find(f"{MAIN}externalReferences") is None
            sheets = [each.get("name") or "" for each in root.iter(f"{MAIN}sheet")]
            assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in sheets)


def assert_sheet(root: etree._Element) -> None:
    for cell in root.iter(f"{MAIN}c"):
        assert cell.get("t") != "e", "an error cell"
        formula = cell.find(f"{MAIN}f")
        if formula is not None:
            assert_own(formula.text or "")
    for link in root.iter(f"{MAIN}hyperlink"):
        assert link.get("location"), "a link that leads out"
        assert not [key for key in link.attrib if str(key).endswith("}id")]
    for rule in root.iter(f"{MAIN}formula", f"{MAIN}formula1", f"{MAIN}formula2"):
        assert rule.text in ('"OK"', '"differs"', '"CHECK"', '"1,0"'), rule.text
    for footer in root.iter(f"{MAIN}oddFooter", f"{MAIN}oddHeader"):
        codes = re.findall(r"&(.)", (footer.text or "").replace("&&", ""))
        assert set(codes) <= set("LCRAPN"), footer.text


def assert_own(formula: str) -> None:
    """Cells, numbers, our own words and a few functions; names of sheets alone are quoted."""
    bare = re.sub(r"'(?:[^']|'')*'!|\"[^\"]*\"", "", formula)
    assert not re.search(r"[\[\]{}|@#]", bare), formula
    assert set(re.findall(r"([A-Z.]+)\(", bare)) <= FUNCTIONS, formula
    for text in re.findall(r"\"([^\"]*)\"", formula):
        assert text in ("OK", "differs", "CHECK", "n.m.", ""), formula


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    return built("Harbour", "plain.htm")


@pytest.mark.parametrize("curse", CURSES, ids=lambda curse: ascii(curse)[:24])
def test_a_curse_in_all_places_stays_text(curse: str, plain: dict[str, bytes]) -> None:
    assert_only_text(built(curse, f"{curse[:100]}.htm"), plain)


def test_a_file_called_like_a_field_of_the_footer_stays_a_name() -> None:
    footer = etree.fromstring(built("Harbour", "{page}{pages}&P.htm")["xl/worksheets/sheet1.xml"])
    assert "{page}{pages}&&P.htm" in (next(footer.iter(f"{MAIN}oddFooter")).text or "")


def test_the_proof_can_fail(plain: dict[str, bytes]) -> None:
    sheet = plain["xl/worksheets/sheet2.xml"]
    for bad in (b"<f>WEBSERVICE(A1)</f>", b"<f>'[1]x'!A1+[1]x!A1</f>", b'<f>"evil"</f>'):
        with pytest.raises(AssertionError):
            assert_sheet(etree.fromstring(re.sub(rb"<f>[^<]*</f>", bad, sheet, count=1)))
    with pytest.raises(AssertionError):
        assert_sheet(etree.fromstring(sheet.replace(b't="n"', b't="e"', 1)))


@settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.one_of(st.sampled_from(CURSES[:33]), st.text(max_size=30)), min_size=1, max_size=4).map("".join))
def test_whatever_stands_in_a_release_stays_text(plain: dict[str, bytes], curse: str) -> None:
    try:
        parts = built(curse, "release.htm")
    except ReleaseError:
        return  # words that make the table another thing
    assert_only_text(parts, plain)


# --- workbooks that do harm -----------------------------------------------------------------------------------------


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some parts replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for name in {**dict.fromkeys(package.namelist()), **changes}:
            again.writestr(name, changes[name] if name in changes else package.read(name))
    return made.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def harmful() -> dict[str, bytes]:
    template = (Path(__file__).parents[1] / "templates" / "default.xlsx").read_bytes()
    sheet = zipfile.ZipFile(BytesIO(template)).read("xl/worksheets/sheet1.xml")
    return {
        "external entities": repacked(template, {"xl/workbook.xml": ENTITIES}),
        "laughs": repacked(template, {"xl/styles.xml": LAUGHS}),
        "wide characters": repacked(template, {"xl/workbook.xml": LAUGHS.decode().encode("utf-16")}),
        "bomb": repacked(template, {"xl/media/zeros.png": bytes(110_000_000)}),
        "far cell": repacked(template, {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", FAR)}),
        "no parts": repacked(template, {"xl/workbook.xml": b"", "xl/styles.xml": b"<"}),
        "cut": template[: len(template) // 2],
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harm")
    for name, content in harmful().items():
        (folder / f"{name}.xlsx").write_bytes(content)
    return folder


@pytest.mark.parametrize("name", ["external entities", "laughs", "wide characters", "bomb", "no parts", "cut"])
@pytest.mark.parametrize("words", ["build", "formulas", "check", "audit", "template"])
def test_a_harmful_workbook_is_refused(
    words: str, name: str, files: Path, lexington: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from xlsx_builder.cli import main  # noqa: PLC0415

    path, out = files / f"{name}.xlsx", ["-o", str(files / "out.xlsx")]
    order = {"build": ["build", str(path), *out], "formulas": ["formulas", str(path), *out]}
    order["template"] = ["build", str(lexington), "--template", str(path), *out]
    assert main(order.get(words, [words, str(path)])) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (files / "out.xlsx").exists()


def test_a_cell_in_the_farthest_corner_costs_nothing(files: Path) -> None:
    assert audit(files / "far cell.xlsx").rules
    assert read_template(files / "far cell.xlsx").tabs
