"""The words of the findings that the factory makes."""

from __future__ import annotations

import pytest
from factory import WORDS

import words


@pytest.fixture(autouse=True)
def _worded(monkeypatch: pytest.MonkeyPatch) -> None:
    real = words.catalogue

    def catalogue(domain: str, language: words.Language) -> dict[str, str]:
        return {**real(domain, language), **(WORDS if domain == "finding" else {})}

    monkeypatch.setattr(words, "catalogue", catalogue)
