"""The app without a browser, and a library with something in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import FLAGS, browser_path
from looking import WRONG, turn_to
from streamlit.testing.v1 import AppTest

import triage
from making import ROOT
from ui import desk


@pytest.fixture(autouse=True, scope="session")
def _reader() -> Iterator[None]:
    """End the reading process with the tests."""
    yield
    desk.READER.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def wrong(home: Path) -> str:
    """The SHA-256 of a document with one wrong figure that is in the library."""
    assert str(triage.open_library().home) == str(home)
    return triage.examined(triage.open_library(), WRONG, "有误.pdf").document.sha256


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Open a page of the app: ``visit("findings", lang="en", doc=…)``."""

    def visiting(route: str = "triage", **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        return app if route == "triage" else turn_to(app, route)

    return visiting


@pytest.fixture
def sample_sha(home: Path, sample: Path) -> str:
    """The SHA-256 of the sample, which is in the library."""
    assert str(triage.open_library().home) == str(home)
    return triage.examined(triage.open_library(), sample.read_bytes(), sample.name).document.sha256
