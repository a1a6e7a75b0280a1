"""What the tests of the assistant share: the shipped disclosure, examined once."""

from __future__ import annotations

import pytest

import triage
from making import ROOT
from model.findings import Examination


@pytest.fixture(scope="session")
def artux() -> Examination:
    """The disclosure that the project ships."""
    path = ROOT / "samples" / "artux-2026-budget.pdf"
    return triage.examine(path.read_bytes(), path.name)
