"""Watched folders: what has arrived wholly is read once, into the library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import triage
from making import table_pdf
from triage.showing import Request
from triage.watching import arrivals, watch

T = TypeVar("T")


class OverError(Exception):
    """The folders have been looked at often enough."""


def looks(*happenings: Callable[[], object]) -> Callable[[float], None]:
    """What happens between two looks; then it is over."""
    left = list(happenings)

    def wait(seconds: float) -> None:
        assert seconds >= 2
        if not left:
            raise OverError
        left.pop(0)()

    return wait


def nothing() -> None:
    """Nothing happens."""


def until_over(items: Iterator[T]) -> list[T]:
    found = []
    try:
        for item in items:
            found.append(item)  # noqa: PERF402 - it ends by an exception
    except OverError:
        return found
    raise AssertionError("watching never ends by itself")


def test_a_file_is_given_when_it_no_longer_grows_and_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"

    def grows() -> None:
        path.write_bytes(b"x" * (path.stat().st_size + 1 if path.exists() else 1))

    sizes = (files[0].stat().st_size for files in arrivals([tmp_path], looks(grows, grows, nothing, nothing, grows, nothing, nothing)))
    assert until_over(sizes) == [2, 3]


def test_what_is_there_comes_first_and_what_arrives_later_once(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf"):
        (tmp_path / name).write_bytes(b"x")

    def arrives() -> None:
        (tmp_path / "县").mkdir()
        (tmp_path / "县" / "c.PDF").write_bytes(b"c")
        (tmp_path / "d.txt").write_bytes(b"d")

    given = until_over(arrivals([tmp_path], looks(nothing, arrives, nothing, nothing, (tmp_path / "a.pdf").unlink, nothing)))
    assert [[path.name for path in files] for files in given] == [["a.pdf", "b.pdf"], ["c.PDF"]]


def test_arrivals_are_read_into_the_library_and_not_again(tmp_path: Path) -> None:
    folder = tmp_path / "公开"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(table_pdf())
    (folder / "b.pdf").write_bytes(b"no pdf")
    library = triage.open_library()
    request = Request([folder], "json")
    first = until_over(watch(request, library, looks(nothing)))
    assert [(Path(path).name, answer.status.value) for path, answer in first] == [("a.pdf", "ok"), ("b.pdf", "failed")]
    assert [entry.name for entry in library.entries()] == ["a.pdf"]
    again = until_over(watch(request, library, looks(nothing)))
    assert [Path(path).name for path, _ in again] == ["b.pdf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipes_and_devices_are_named_and_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "公开"
    folder.mkdir()
    os.mkfifo(folder / "a.pdf")
    (folder / "b.pdf").symlink_to("/dev/zero")
    given = until_over(watch(Request([folder], "json"), triage.open_library(), looks(nothing)))
    assert [[problem.code for problem in answer.problems] for _, answer in given] == [["not-a-file"], ["not-a-file"]]
