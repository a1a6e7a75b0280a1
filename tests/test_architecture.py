"""The data flows one way, and nothing grows past what can be read at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = {"model", "words", "ingest", "checks", "retrieval", "report", "store", "triage", "ui", "cli", "app"}
MAY_IMPORT = {
    "model": set(),
    "words": set(),
    "ingest": {"model"},
    "checks": {"model", "words"},
    "retrieval": {"model", "words", "checks"},
    "report": {"model", "words", "checks"},
    "store": {"model"},
    "triage": EVERYTHING - {"ui", "app", "cli"},
    "ui": EVERYTHING - {"app", "cli"},
    "app": EVERYTHING - {"cli"},
    "cli": EVERYTHING - {"app", "ui"},
    "start": set(),
}
ONLY_HERE = {
    "pymupdf": {"ingest", "report"},
    "chromadb": {"retrieval"},
    "langchain": {"retrieval"},
    "openai": {"retrieval"},
    "distributed": {"triage"},
    "streamlit": {"ui", "app"},
    "typer": {"cli"},
}
"""Libraries that one part alone may know: only ingest reads PDFs (report draws on their pages)."""

LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def sources() -> list[Path]:
    """Every source file of the product."""
    packages = [path for part in MAY_IMPORT for path in (ROOT / part).rglob("*.py")]
    return sorted([*packages, *(ROOT / f"{part}.py" for part in MAY_IMPORT if (ROOT / f"{part}.py").is_file())])


def part_of(path: Path) -> str:
    """The part a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """The first name of every module that is imported anywhere in a file, inside functions and for types alone too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield (node.module or "").split(".")[0]


def backwards(part: str, code: str) -> set[str]:
    """What a file of that part imports and may not."""
    names = set(imported(ast.parse(code)))
    ours = names & EVERYTHING - {part} - MAY_IMPORT[part]
    return ours | {name for name in names if part not in ONLY_HERE.get(name, {part})}


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_data_flows_one_way(path: Path) -> None:
    assert backwards(part_of(path), path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("model", "import ingest"),
        ("checks", "def check():\n    from ingest.document import read"),
        ("store", "from report import xlsx"),
        ("retrieval", "import store"),
        ("checks", "import pymupdf"),
        ("ui", "import openai"),
        ("triage", "import ui.pages"),
    ],
)
def test_an_import_against_the_flow_is_found(part: str, code: str) -> None:
    assert backwards(part, code)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION] == []


def test_no_top_level_folder_that_the_design_does_not_name() -> None:
    named = set(MAY_IMPORT) | {"tests", "benchmarks", "samples", "docs"}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert {name for name in folders - named if any((ROOT / name).rglob("*.py"))} == set()


def test_the_constraints_name_versions_and_no_index() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert [line for line in lines if line.count("==") != 1 or any(sign in line for sign in "/:@ ")] == []
