"""The stages in order: release -> Document -> Statements -> Structure -> Workbook -> .xlsx."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.claims import read_claims
from xlsx_builder.house import read_template
from xlsx_builder.infer import infer
from xlsx_builder.interpret import interpret
from xlsx_builder.model.claim import Claim
from xlsx_builder.model.deadline import deadline
from xlsx_builder.model.document import Document
from xlsx_builder.model.files import OUTPUT, hold_place, hold_suffix, write_whole
from xlsx_builder.model.limits import LIMITS, Limits
from xlsx_builder.model.problem import Problem, ReleaseError
from xlsx_builder.model.statement import ColumnRole, Statements
from xlsx_builder.model.structure import Structure
from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import Workbook
from xlsx_builder.plan import plan
from xlsx_builder.plan.chosen import chosen
from xlsx_builder.plan.recipes import evidence_of, recipes_of
from xlsx_builder.read import read, read_bytes
from xlsx_builder.write import remarked, rendered, replace_file
from xlsx_builder.write.model_json import claim_json, evidence_json, model_json

LONGEST_STEM = 100
"""Characters of a company in a file's name, which may have 255 in all."""


class Model(Struct, frozen=True):
    """A release read, understood and with its structure inferred."""

    document: Document
    statements: Statements
    structure: Structure
    claims: tuple[Claim, ...]
    """The figures of the prose, in reading order, tied to the cells that they speak of."""
    problems: tuple[Problem, ...]
    """What the stages could not do or are not sure of, in their order."""

    def to_json(self, workbook: Workbook | None = None) -> dict[str, Any]:
        """The model as plain JSON values; with the workbook built from it, also the cell of each figure."""
        places = None if workbook is None else workbook.places
        model = model_json(self.document, self.statements, self.structure, self.problems, places)
        for statement, data in zip(self.statements.statements, model["statements"], strict=True):
            for index, recipe in recipes_of(statement).items():
                column = data["columns"][index]
                column["of"] = [recipe.new] if recipe.elsewhere else [recipe.new, recipe.old]
                column.setdefault("evidence", evidence_json(evidence_of(statement, index, recipe)))
        return {**model, "claims": [claim_json(claim) for claim in self.claims]}


class Build(Struct, frozen=True):
    """A workbook that was written, and what it was made from."""

    path: Path
    model: Model
    workbook: Workbook


def extract(release: Path, limits: Limits = LIMITS) -> Model:
    """The model of a release.

    Args:
        release: The release.
        limits: How large it may be, and how long it may take.

    Raises:
        ReleaseError: there is nothing to make a model from; its text says why in one sentence.
    """
    with deadline(str(release), limits.seconds):
        return _understood(*read(release, limits))


def _understood(document: Document, reading: tuple[Problem, ...]) -> Model:
    """The model of a document, and what the stages reported, reading included."""
    statements, interpreting = interpret(document)
    structure, inferring = infer(statements)
    claims, claiming = read_claims(statements, structure)
    return Model(document, statements, structure, claims, (*reading, *interpreting, *inferring, *claiming))


def build(
    release: Path,
    output: Path | None = None,
    *,
    template: Path | None = None,
    model_file: Path | None = None,
    force: bool = False,
) -> Build:
    """Write the model workbook of a release.

    Args:
        release: The release.
        output: The workbook to write; by default `output/<company>_<period>.xlsx`.
        template: A workbook whose named styles give the house style; the default one where None.
        model_file: Where to write the model as JSON too.
        force: Replace an existing file even when somebody has edited it.

    Raises:
        ReleaseError: no workbook could be made or written; its text says why in one sentence.
    """
    return build_package(Order(release, output, template, model_file, force))


class Order(Struct, frozen=True):
    """What to build, from what, and how; as the arguments of `build`."""

    release: Path
    output: Path | None = None
    template: Path | None = None
    model_file: Path | None = None
    force: bool = False
    limits: Limits = LIMITS


class Packaging(Struct, frozen=True):
    """What makes a file of another kind of the planned workbook and the finished .xlsx."""

    suffix: str
    needed: Callable[[], object]
    """Raises where something that it takes is not installed, before anything is built."""
    extended: Callable[[Workbook, Path], Workbook]
    """Puts sheets to the planned workbook; the second argument is the release."""
    dressed: Callable[[bytes, Workbook], bytes]
    """Changes the finished file."""


def build_package(order: Order, packaging: Packaging | None = None) -> Build:
    """As `build`, into a file of another kind.

    Raises:
        ReleaseError: no workbook could be made or written; its text says why in one sentence.
    """
    suffix = packaging.suffix if packaging else ".xlsx"
    if packaging:
        packaging.needed()
    if order.output is not None:
        hold_suffix(order.output, suffix)
        hold_place(order.output, order.release, order.template)
    if order.model_file is not None:
        hold_place(order.model_file, order.release, order.template, order.output)
    with deadline(str(order.release), order.limits.seconds):
        model, workbook, content = _packaged(order, packaging)
    path = order.output or OUTPUT / f"{file_stem(model.statements)}{suffix}"
    replace_file(path, content, force=order.force, make_folder=order.output is None)
    if order.model_file is not None:
        import json  # noqa: PLC0415  (few ask for it)

        text = json.dumps(model.to_json(workbook), ensure_ascii=False, indent=1) + "\n"
        write_whole(order.model_file, text.encode("utf-8", "replace"))
    return Build(path, model, workbook)


def _packaged(order: Order, packaging: Packaging | None) -> tuple[Model, Workbook, bytes]:
    """The model, the plan and the finished file."""
    model, workbook = planned(order.release, order.limits)
    house = read_template(order.template)
    workbook = chosen(workbook, house.choices)
    if packaging:
        workbook = packaging.extended(workbook, order.release)
    model, content = _written(model, workbook, house)
    if packaging:
        content = remarked(packaging.dressed(content, workbook), "the workbook")
    return model, workbook, content


def planned(release: Path, limits: Limits = LIMITS) -> tuple[Model, Workbook]:
    """The model of a release and the workbook planned for it.

    Raises:
        ReleaseError: there is nothing to build from.
    """
    return _planned(extract(release, limits), str(release))


def built_bytes(data: bytes, name: str, house: HouseStyle, limits: Limits = LIMITS) -> tuple[Model, Workbook, bytes]:
    """The model, the plan and the .xlsx file of a release held in memory; nothing is written, no clock looked at.

    Raises:
        ReleaseError: there is nothing to build from.
    """
    model, workbook = _planned(_understood(*read_bytes(data, name, limits)), name)
    workbook = chosen(workbook, house.choices)
    model, content = _written(model, workbook, house)
    return model, workbook, content


def _written(model: Model, workbook: Workbook, house: HouseStyle) -> tuple[Model, bytes]:
    """The .xlsx file, and the model with what could not be written."""
    content, writing = rendered(workbook, house)
    return replace(model, problems=(*model.problems, *writing)), content


def _planned(model: Model, name: str) -> tuple[Model, Workbook]:
    """A model and the workbook planned for it; the release is called `name` where there is nothing to plan."""
    if not model.statements.statements:
        raise ReleaseError(f"{name}: there is no table of figures in it, so there is nothing to build a model from.")
    workbook, planning = plan(model.document, model.statements, model.structure, model.problems, model.claims)
    return replace(model, problems=(*model.problems, *planning)), workbook


def structure_of(statements: Statements) -> Structure:
    """Which lines are sums of which, for statements that come from elsewhere than a release."""
    return infer(statements)[0]


def file_stem(statements: Statements) -> str:
    """Company and latest period of a release as a file name: 'lexington-precision-corporation_2003-09-30'."""
    ends = [
        column.period.end
        for statement in statements.statements
        for column in statement.columns
        if column.role is ColumnRole.PERIOD and column.period and column.period.end
    ]
    words = re.sub(r"[^a-z0-9]+", "-", statements.company.lower())
    company = words[:LONGEST_STEM].strip("-") or "release"
    # A guidance column may end years later; the day of the release, where known, is the limit.
    known = [end for end in ends if statements.released is None or end <= statements.released]
    return f"{company}_{max(known).isoformat()}" if known else company
