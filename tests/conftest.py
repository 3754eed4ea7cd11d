"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbooks import small_workbook
from xlsx_builder.write import write

RELEASES = Path(__file__).parent / "releases"
SMALL = """\
                          ALDER WORKS, INC.
                   Quarterly statement of income

                                Three months ended
                                    June 30,
                                 2004      2003

Sales                              12        11
Costs                               5         4
Profit                              7         7
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def lexington() -> Path:
    """The sample release that the README uses."""
    return RELEASES / "lexington_2003q3.txt"


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that is built in no time, where it does not matter which one it is."""
    path = tmp_path_factory.mktemp("small") / "small.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The small workbook as a file that may be edited."""
    path = tmp_path / "model.xlsx"
    write(small_workbook(), path)
    return path
