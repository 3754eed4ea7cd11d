"""Structure inference on the hand-labelled releases, as read by a person."""

from __future__ import annotations

import importlib.util
from collections import Counter
from functools import cache
from types import ModuleType

import pytest

from truths import SHARED, STEMS, statements_of, truth
from xlsx_builder.infer import infer

SCORER = SHARED / "score" / "score.py"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SCORER.exists(), reason="the labelled releases are not beside the project"),
]


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def counts(stem: str) -> Counter[str]:
    """The scorer's counts for a model with a person's rows and our structure."""
    given, model = truth(stem), truth(stem)
    structure, _ = infer(statements_of(given))
    sums = {one.total: [[term.line, term.weight] for term in one.terms] for one in structure.calculations}
    links = {tie.line: tie.source for tie in structure.ties}
    for statement in model["statements"]:
        for row in statement["rows"]:
            row.update(calculation=sums.get(row["id"]), link=links.get(row["id"]), also=None)
    return Counter(scorer().score_one(given, model)[0])


def figures(found: Counter[str]) -> dict[str, float]:
    scored: dict[str, float] = scorer().summary(found)
    return {name: scored[name] for name in ("calc_recall", "calc_precision", "link_recall", "link_precision")}


def test_lexington_has_all_calculations_and_links_and_none_invented() -> None:
    found = counts("lexington_2003q3")
    assert (found["truth_calcs"], found["truth_links"]) == (15, 8)
    assert set(figures(found).values()) == {1.0}


def test_all_releases_together() -> None:
    pooled = figures(sum((counts(stem) for stem in STEMS), Counter()))
    floors = {"calc_recall": 0.95, "calc_precision": 0.97, "link_recall": 0.90, "link_precision": 0.95}
    assert {name: value for name, value in pooled.items() if value < floors[name]} == {}
