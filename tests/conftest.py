"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

RELEASES = Path(__file__).parent / "releases"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def lexington() -> Path:
    """The sample release that the README uses."""
    return RELEASES / "lexington_2003q3.txt"
