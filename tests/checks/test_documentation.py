"""The printed catalogue of checks."""

from __future__ import annotations

from pathlib import Path

import checks  # noqa: F401
from checks.documentation import markdown
from checks.registry import RULES

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_page_is_what_the_register_prints():
    assert PAGE.read_text(encoding="utf-8") == markdown(), "stale: python -m checks.documentation > docs/checks.md"


def test_every_rule_says_basis_and_example():
    for rule in RULES.values():
        assert "asis" in rule.documentation, rule.code
        assert "xample" in rule.documentation, rule.code
