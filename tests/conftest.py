"""What all tests share: where things are, and a data folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from making import ROOT

settings.register_profile("gouji", deadline=None)  # how long one example takes is the machine's affair
settings.load_profile("gouji")
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --update`` writes down what the tests would compare with, for a person to read in the diff."""
    parser.addoption("--update", action="store_true", help="write the expected results anew")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for one test; the user's own is never touched."""
    folder = tmp_path / "gouji-home"
    monkeypatch.setenv("GOUJI_HOME", str(folder))
    return folder


@pytest.fixture
def sample() -> Path:
    """The disclosure that the project ships."""
    return ROOT / "samples" / "artux-2026-budget.pdf"


@pytest.fixture
def shared() -> Path:
    """The folder of documents that may not be passed on; a test that needs it is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("needs the documents in ../shared, which are not part of the repository")
    return SHARED
