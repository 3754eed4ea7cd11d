"""All sheets of a workbook, in order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from xlsx_builder.model.claim import Claim
from xlsx_builder.model.document import Document
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.statement import Statements
from xlsx_builder.model.structure import Structure
from xlsx_builder.model.workbook import CellRef, Sheet, Workbook
from xlsx_builder.plan.about import Origin, about_sheet
from xlsx_builder.plan.across import add_across
from xlsx_builder.plan.adjusted import adjusted_sheet, adjustments, empty_plan
from xlsx_builder.plan.averages import add_averages
from xlsx_builder.plan.bridge_sheet import BridgePlan, laid_out
from xlsx_builder.plan.bridges import bridges
from xlsx_builder.plan.checks import checks_sheet, outcome_of
from xlsx_builder.plan.claims_sheet import claims_sheet
from xlsx_builder.plan.derived import add_derived
from xlsx_builder.plan.ebitda import ebitda_sheet
from xlsx_builder.plan.ebitda_checks import ebitda_checks, printed_checks
from xlsx_builder.plan.frame import Frame, main_frame
from xlsx_builder.plan.ground import Draft, Ground, draft_of, ground_of
from xlsx_builder.plan.identities import add_accounting
from xlsx_builder.plan.links import add_links
from xlsx_builder.plan.orient import oriented
from xlsx_builder.plan.rates import add_rates
from xlsx_builder.plan.release import release_rows, release_sheet
from xlsx_builder.plan.settle import problems_of, settle
from xlsx_builder.plan.statement_sheet import setting_of, statement_sheet
from xlsx_builder.plan.summary import columns_of_figures, summary_sheet
from xlsx_builder.plan.sums import add_identities, add_sums
from xlsx_builder.plan.top import MASTER
from xlsx_builder.plan.vocabulary import Concept
from xlsx_builder.plan.widths import Widths, widths_of


def plan(
    document: Document,
    statements: Statements,
    structure: Structure,
    problems: tuple[Problem, ...],
    claims: tuple[Claim, ...] = (),
) -> tuple[Workbook, tuple[Problem, ...]]:
    """Plan the workbook of a release.

    Args:
        document: The release as read; its lines are what citations lead to.
        statements: What was understood.
        structure: What was inferred.
        problems: What the stages before reported, for the sheet About.
        claims: The figures of the prose; without any there is no sheet Claims.

    Returns:
        The workbook, and a problem for each printed figure that its formula does not give back.
    """
    ground = ground_of(statements, oriented(statements, structure))
    draft = drafted(ground)
    rows = release_rows(document)
    widths = widths_of(ground)
    frame = main_frame(ground)
    ebitda = None if frame is None else laid_out(_empty_ebitda(ground, frame), bridges(ground))
    adjusted = None if frame is None else laid_out(empty_plan(ground, frame), adjustments(ground))
    analyses = tuple(_bridges(draft, rows, widths, ebitda, adjusted))
    settled = settle(draft)
    claimed = [claims_sheet(ground, draft, claims, rows)] if claims else []
    found = problems_of(settled)
    origin = Origin(document, (*problems, *found), rows)
    setting = setting_of(ground, draft, rows, widths)
    figures = (
        *(statement_sheet(setting, layout) for layout in ground.layouts),
        *analyses,
        *(each.sheet for each in claimed),
    )
    checks = checks_sheet(settled, rows, *(each.verdicts for each in claimed))
    roles = {cell.role for sheet in (*figures, checks) for cell in sheet.cells}
    sheets = (*figures, checks, release_sheet(document, figures), about_sheet(origin, ground, draft, roles))
    summary = summary_sheet(origin, ground, frame, ebitda, sheets)
    shown = columns_of_figures(summary, frame)
    sheets = (replace(summary, widths=widths.of(shown)), *sheets)
    title = " – ".join(part for part in (statements.company, "model of the earnings release") if part)  # noqa: RUF001
    workbook = Workbook(title, sheets, places_of(ground), document.source, MASTER, outcome_of(settled))
    return workbook, found


def _empty_ebitda(ground: Ground, frame: Frame) -> BridgePlan:
    return BridgePlan(ground, frame, sales=ground.concepts.get(Concept.SALES))


def _bridges(
    draft: Draft, rows: dict[int, int], widths: Widths, ebitda: BridgePlan | None, adjusted: BridgePlan | None
) -> Iterator[Sheet]:
    """The sheets EBITDA and Adjusted, their cells and checks added to the draft."""
    made = []
    if ebitda is not None:
        made.append((ebitda_sheet(ebitda, rows, widths), ebitda_checks(ebitda)))
    if adjusted is not None:
        made.append((adjusted_sheet(adjusted, rows, widths), printed_checks(adjusted)))
    for sheet, checks in made:
        draft.contents.update({CellRef(sheet.name, cell.row, cell.column): cell.content for cell in sheet.cells})
        draft.comparisons.extend(checks)
        yield sheet


def drafted(ground: Ground) -> Draft:
    """The figures of all statements, with formulas wherever a relation gives one; the first that fits a cell stays."""
    draft = draft_of(ground)
    add_sums(draft, ground, derived=False)
    add_links(draft, ground)
    add_derived(draft, ground)
    add_rates(draft, ground)
    add_averages(draft, ground)
    add_sums(draft, ground, derived=True)
    add_across(draft, ground)
    add_identities(draft, ground)
    add_accounting(draft, ground)
    return draft


def places_of(ground: Ground) -> dict[str, tuple[CellRef | None, ...]]:
    """Line id -> the cell of each of its figures."""
    return {
        line: tuple(None if fact.value is None else ground.cell(line, index) for index, fact in enumerate(item.facts))
        for line, item in ground.items.items()
    }
