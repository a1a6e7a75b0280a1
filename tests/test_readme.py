"""What the READMEs claim of the sample, and where their links lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from making import ROOT
from report.tally import tally
from report.terminal import summary
from triage import examine
from words import Language

READMES: dict[Language, str] = {"en": "README.md", "zh": "README.zh-CN.md"}
CLAIM = re.compile(r"```\n(.+ · .+ · .+ · .+)\n```")
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("language", READMES)
def test_what_is_found_on_the_sample_is_what_the_readme_says(language: Language, sample: Path, update: bool) -> None:
    page = ROOT / READMES[language]
    found = summary(tally(examine(sample.read_bytes(), sample.name), {}, language), language)
    text = page.read_text(encoding="utf-8")
    if update:
        page.write_text(CLAIM.sub(f"```\n{found}\n```", text), encoding="utf-8", newline="\n")
    claims = CLAIM.findall(page.read_text(encoding="utf-8"))
    assert claims == [found]


@pytest.mark.parametrize("name", [*READMES.values(), "docs/architecture.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
