"""The app's words: every one that is said is in the catalogue, and none is left that nobody says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from making import ROOT
from words import catalogue

PREFIX = "ui."


SOURCES = [path for path in sorted((ROOT / "ui").glob("*.py")) if path.name != "session.py"]  # that is where ``tell`` itself is


def nodes() -> Iterator[ast.AST]:
    """Everything that is written in the app's sources."""
    for path in SOURCES:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def told() -> Iterator[str]:
    """The keys handed to ``tell``, as patterns: what is filled in at run time matches anything."""
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tell", "say", "knows"} and node.args:
            yield from patterns(node.args[0], own=node.func.id == "tell")


def patterns(node: ast.expr, *, own: bool) -> Iterator[str]:
    """A key, or the pattern of a key, that an expression stands for."""
    if isinstance(node, ast.IfExp):
        yield from patterns(node.body, own=own)
        yield from patterns(node.orelse, own=own)
    elif isinstance(node, ast.Constant):
        yield re.escape((PREFIX if own else "") + str(node.value))
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        yield (re.escape(PREFIX) if own else "") + "".join(parts)


def test_every_word_that_is_said_is_in_the_catalogue() -> None:
    keys = catalogue("ui", "zh").keys()
    ours = [pattern for pattern in told() if pattern.startswith(re.escape(PREFIX))]
    assert ours
    assert [pattern for pattern in ours if not any(re.fullmatch(pattern, key) for key in keys)] == []


def test_no_word_is_left_that_nobody_says() -> None:
    ours = [re.compile(pattern) for pattern in told()]
    written = {PREFIX + str(node.value) for node in nodes() if isinstance(node, ast.Constant)}
    keys = [key for key in catalogue("ui", "zh") if key]
    assert [key for key in keys if key not in written and not any(pattern.fullmatch(key) for pattern in ours)] == []
