"""The catalogue: the same messages in both languages, with the same parameters; nothing that is said is missing from it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

import checks  # noqa: F401 - registers the rules
from checks.registry import RULES
from words import LANGUAGES, knows, say

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = sorted({path.stem for path in (ROOT / "words").glob("*/*.po")})
PROBLEM = re.compile(r'Problem\(\s*"([\w-]+)"')
PROBLEM_MAKERS = [path for part in ("ingest", "triage") for path in (ROOT / part).rglob("*.py")]
SPEAKING = ("checks", "retrieval", "report", "triage", "ui", "app.py", "cli.py")


def messages(language: str, domain: str) -> dict[str, str]:
    path = ROOT / "words" / language / f"{domain}.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def said() -> Iterator[tuple[str, str]]:
    """The file and the key of every ``say("…")`` whose key is written out."""
    for part in SPEAKING:
        path = ROOT / part
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                    key = node.args[0]
                    if isinstance(key, ast.Constant):
                        yield file.relative_to(ROOT).as_posix(), str(key.value)


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_messages(domain: str) -> None:
    chinese, english = (messages(language, domain) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    assert {key for key in chinese if placeholders(chinese[key]) != placeholders(english[key])} == set()
    assert {key for key in chinese if not (chinese[key].strip() and english[key].strip())} == set()
    assert {key for key in chinese if key.split(".")[0] != domain.split("_", maxsplit=1)[0]} == set()


def test_every_message_that_is_said_by_name_is_in_the_catalogue() -> None:
    assert [(file, key) for file, key in said() if not knows(key)] == []


def test_every_problem_of_reading_has_its_words() -> None:
    """Problems are made with the code written out, so the sources tell which there are."""
    made = {code for file in PROBLEM_MAKERS for code in PROBLEM.findall(file.read_text(encoding="utf-8"))}
    assert len(made) > 10
    assert {code for code in made if not knows(f"problem.{code}")} == set()


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_its_words(code: str) -> None:
    assert [part for part in ("title", "explanation", "basis") if not knows(f"finding.{code}.{part}")] == []


def test_no_words_are_left_of_a_rule_that_is_gone() -> None:
    assert {key.split(".")[1] for key in messages("zh", "finding")} <= RULES.keys()


def test_parameters_are_data_and_never_templates() -> None:
    assert "{limit}" in say("problem.same-file", "en", path="{limit}")
