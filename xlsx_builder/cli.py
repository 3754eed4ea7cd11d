"""The command line: arguments in, messages and an exit code out."""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsx_builder import __version__
from xlsx_builder.console import say, say_json
from xlsx_builder.model.counts import counted
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.problem import ReleaseError

LIMITED = {
    "bytes": "bytes in the file",
    "lines": "lines, or rows of a table",
    "columns": "columns in a table",
    "tables": "tables",
    "characters": "characters in one line or paragraph",
}
"""What options can limit beside the time, and how their help says it."""
RELEASE = "the release: text, HTML, PDF, SGML, or a table in CSV, Markdown or .xlsx"
TEMPLATE = "the house style: a workbook that the command template wrote and you edited"

OK, FAILED, NOTHING, STOPPED = 0, 1, 2, 130
"""Exit codes: all is well; a check or convention fails; there is nothing to work on; Ctrl-C."""

LIVE_OBJECTS = 200_000
"""Objects made before the first look for garbage in circles; nearly all that a command makes it keeps until it ends."""


def arguments() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="xlsx-builder",
        description="Turn a company's earnings release into a live, checked Excel model.",
        epilog="To begin: xlsx-builder build RELEASE. What a command takes: xlsx-builder COMMAND --help.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="write the model workbook of a release")
    build.add_argument("release", type=Path, metavar="RELEASE", help=RELEASE)
    build.add_argument("-o", "--output", type=Path, metavar="OUT.xlsx", help="default: output/<company>_<period>.xlsx")
    build.add_argument("--template", type=Path, metavar="T.xlsx", help=TEMPLATE)
    build.add_argument("--json", type=Path, metavar="MODEL.json", help="write the model as JSON too")
    build.add_argument("--force", action="store_true", help="replace the output even if somebody has edited it")
    build.add_argument("--xlsm", action="store_true", help="write it with macros and functions that recompute it")
    _limit_arguments(build, *LIMITED)
    build.set_defaults(run=run_build)

    extract = commands.add_parser("extract", help="print the model of a release as JSON")
    extract.add_argument("release", type=Path, metavar="RELEASE", help=RELEASE)
    _limit_arguments(extract, *LIMITED)
    extract.set_defaults(run=run_extract)

    formulas = commands.add_parser("formulas", help="find the sums in any table and make them live formulas")
    formulas.add_argument("table", type=Path, metavar="TABLE", help="CSV, TSV or .xlsx")
    formulas.add_argument("-o", "--output", type=Path, metavar="OUT.xlsx", help="default: output/<table>-formulas.xlsx")
    formulas.add_argument("--json", action="store_true", help="print the sums as JSON and write no workbook")
    formulas.add_argument("--force", action="store_true", help="replace the output even if somebody has edited it")
    _limit_arguments(formulas, "bytes", "lines", "columns")
    formulas.set_defaults(run=run_formulas)

    _house_arguments(commands)
    _batch_arguments(commands)

    addin = commands.add_parser("addin", help="the functions in LibreOffice and Excel: install, test, remove")
    addin.add_argument(
        "action", choices=("install", "doctor", "remove"), help="doctor says what is wrong and how to mend it"
    )
    addin.set_defaults(run=run_addin)
    return parser


def _house_arguments(commands: Any) -> None:  # noqa: ANN401  (argparse keeps the type to itself)
    """The commands about finished workbooks and house styles."""
    check = commands.add_parser("check", help="recalculate a built workbook and report its checks")
    check.add_argument("workbook", type=Path, metavar="MODEL.xlsx", help="a workbook that this program built")
    _limit_arguments(check, "bytes")
    check.set_defaults(run=run_check)

    audit = commands.add_parser("audit", help="hold any workbook against the conventions of a good model")
    audit.add_argument("workbook", type=Path, metavar="FILE.xlsx", help="a workbook, whoever made it")
    audit.add_argument("--json", action="store_true", help="print the findings and all rules as JSON")
    _limit_arguments(audit, "bytes")
    audit.set_defaults(run=run_audit)

    template = commands.add_parser("template", help="write a house style to edit in Excel")
    template.add_argument("-o", "--output", type=Path, metavar="HOUSE.xlsx", required=True, help="the file to write")
    template.add_argument("--plain", action="store_true", help="the one in black and white, for printing")
    template.add_argument("--force", action="store_true", help="replace an existing file")
    template.set_defaults(run=run_template)


def _batch_arguments(commands: Any) -> None:  # noqa: ANN401
    """The command about many releases."""
    batch = commands.add_parser("batch", help="build many releases, and tables of all of them")
    batch.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, pattern, URL; - is a list on stdin")
    batch.add_argument("-o", "--output", type=Path, metavar="OUTDIR", required=True, help="the folder to write into")
    batch.add_argument("--template", type=Path, metavar="T.xlsx", help=TEMPLATE)
    batch.add_argument(
        "--jobs", type=positive, metavar="N", help="releases at one time; default: as many as processors"
    )
    batch.add_argument("--scheduler", metavar="ADDRESS", help="work on the Dask cluster behind tcp://HOST:PORT")
    batch.add_argument("--resume", action="store_true", help="go on where an earlier run into OUTDIR stopped")
    batch.add_argument("--force", action="store_true", help="begin anew, and replace workbooks that were edited")
    _limit_arguments(batch, *LIMITED)
    batch.add_argument("--megabytes", type=positive, default=2000, metavar="N", help="at most N MB of memory (2,000)")
    batch.set_defaults(run=run_batch)


def _limit_arguments(command: argparse.ArgumentParser, *things: str) -> None:
    """How much one input may have of these things, and how long it may take."""
    for thing in things:
        most = getattr(LIMITS, thing)
        told = f"at most N {LIMITED[thing]} ({most:,})"
        command.add_argument(f"--max-{thing}", type=positive, default=most, metavar="N", help=told)
    told = f"at most N seconds on the clock ({LIMITS.seconds})"
    command.add_argument("--seconds", type=positive, default=LIMITS.seconds, metavar="N", help=told)


def _limits(options: argparse.Namespace) -> Limits:
    """The limits that the options tell."""
    told = {thing: getattr(options, f"max_{thing}") for thing in LIMITED if f"max_{thing}" in options}
    return Limits(**told, seconds=options.seconds)


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run_build(options: argparse.Namespace) -> int:
    """Build and summarise; the workbook's own checks decide the exit code."""
    from xlsx_builder.pipeline import Order, build_package  # noqa: PLC0415  (--help needs none of it)
    from xlsx_builder.report import build_lines  # noqa: PLC0415

    order = Order(options.release, options.output, options.template, options.json, options.force, _limits(options))
    if options.xlsm:
        from xlsx_builder.udf.xlsm import XLSM  # noqa: PLC0415

        built = build_package(order, XLSM)
    else:
        built = build_package(order)
    say(*build_lines(built))
    return FAILED if built.workbook.outcome.failed else OK


def run_extract(options: argparse.Namespace) -> int:
    """Print the model as JSON."""
    from xlsx_builder.pipeline import extract  # noqa: PLC0415

    say_json(extract(options.release, _limits(options)).to_json(), indent=1)
    return OK


def run_check(options: argparse.Namespace) -> int:
    """Report the checks of a workbook."""
    from xlsx_builder.verdicts import check_lines  # noqa: PLC0415
    from xlsx_builder.verify.check import check  # noqa: PLC0415

    report = check(options.workbook, _limits(options))
    say(*check_lines(report))
    return OK if report.ok else FAILED


def run_formulas(options: argparse.Namespace) -> int:
    """Give a table back with live sums, or the sums as JSON."""
    from xlsx_builder.tables import build_table, cell_sums, limit_sentences, sums_json  # noqa: PLC0415

    if options.json:
        found = cell_sums(options.table, _limits(options))
        say_json(sums_json(found.sums))
        say(*limit_sentences(found), to=sys.stderr)
        return OK
    built = build_table(options.table, options.output, force=options.force, limits=_limits(options))
    formulas = counted(built.outcome.passed + built.outcome.failed, "formula")
    say(*limit_sentences(built.found), *(problem.message for problem in built.problems))
    say(f"{built.path}: {formulas}, {built.outcome.passed} OK, {built.outcome.failed} differ")
    return FAILED if built.outcome.failed else OK


def run_audit(options: argparse.Namespace) -> int:
    """Report what breaks the conventions, and where."""
    from xlsx_builder.verdicts import audit_lines  # noqa: PLC0415
    from xlsx_builder.verify.audit import audit  # noqa: PLC0415

    report = audit(options.workbook, _limits(options))
    if options.json:
        say_json(report.to_json(), indent=1)
    else:
        say(*audit_lines(report))
    return OK if report.ok else FAILED


def run_batch(options: argparse.Namespace) -> int:
    """Build many; every release that gave no workbook, or one whose checks fail, is in the exit code."""
    from xlsx_builder.batch import Batch, ended, run  # noqa: PLC0415

    order = Batch(
        tuple(options.inputs),
        options.output,
        _limits(options),
        options.megabytes,
        options.template,
        jobs=options.jobs,
        scheduler=options.scheduler,
        resume=options.resume,
        force=options.force,
    )
    try:
        totals = run(order)
    except KeyboardInterrupt:
        say("xlsx-builder: stopped; --resume goes on from here.", to=sys.stderr)
        return STOPPED
    say(*ended(totals, options.output))
    return OK if totals.good else FAILED


def run_template(options: argparse.Namespace) -> int:
    """Write a template to edit."""
    from xlsx_builder.house import write_template  # noqa: PLC0415

    write_template(options.output, plain=options.plain, force=options.force)
    say(f'{options.output}: edit it in Excel, then build with --template "{options.output}"')
    return OK


def run_addin(options: argparse.Namespace) -> int:
    """Install, test or remove the functions; what doctor finds decides its exit code."""
    from xlsx_builder.udf.doctor import findings  # noqa: PLC0415
    from xlsx_builder.udf.installation import install, remove  # noqa: PLC0415
    from xlsx_builder.udf.machine import this_machine  # noqa: PLC0415

    machine = this_machine()
    if options.action == "doctor":
        found = findings(machine)
        say(*map(str, found))
        return OK if all(finding.good for finding in found) else FAILED
    say(*(install if options.action == "install" else remove)(machine))
    return OK


def run_lightly() -> None:
    """Spare a process that is the program's own what only others need."""
    gc.set_threshold(LIVE_OBJECTS, 50, 50)
    atexit.register(gc.freeze)  # what is left ends with the process, so that no search for garbage is needed
    # None: not to be imported. openpyxl takes the first two where they are installed, half of its own time, for values
    # and pictures never given it, and msgspec the third, half of its own time, for what Python itself has.
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "typing_extensions")))  # type: ignore[arg-type]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = arguments().parse_args(argv)
    if argv is None and options.run is not run_batch:  # whose stores and tables need what others leave out
        run_lightly()
    try:
        code: int = options.run(options)
    except ReleaseError as error:
        say(f"xlsx-builder: {error}", to=sys.stderr)
        return NOTHING
    except KeyboardInterrupt:
        say("xlsx-builder: stopped.", to=sys.stderr)
        return STOPPED
    return code
