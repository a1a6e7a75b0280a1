"""The index follows the library in the background, and whatever becomes of it, answers come."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

pytest.importorskip("chromadb")

import triage
from making import table_pdf
from retrieval.holdings import ask_holdings
from triage.indexing import existing_index, open_index
from triage.keeping import AWAY, Keeper

LONG = 60.0  # seconds that a busy machine may take
BREAKS: dict[str, Callable[[Path], object]] = {
    "deleted": shutil.rmtree,
    "garbage": lambda folder: (folder / "chroma.sqlite3").write_bytes(b"garbage" * 99),
    "a file in its place": lambda folder: (shutil.rmtree(folder), folder.write_text("in the way")),
}


def put(title: str) -> str:
    """A document in the library; its SHA-256."""
    return triage.examined(triage.open_library(), table_pdf(title=title), f"{title}.pdf").document.sha256


def keeper(*, settled: bool = True) -> Keeper:
    found = Keeper(triage.open_library(), patience=LONG)
    found.wake()
    if settled:
        assert found.settled(LONG)
    return found


def test_what_comes_in_and_goes_is_followed() -> None:
    first = put("表1 支出预算表")
    ours = keeper()
    second = put("表2 收入预算表")
    ours.wake()
    assert ours.settled(LONG)
    assert {hit.metadata["document"] for hit in ours.near("教育支出", 9)} == {first, second}
    triage.open_library().remove(first)
    ours.wake()
    assert ours.settled(LONG)
    assert {hit.metadata["document"] for hit in ours.near("教育支出", 9)} == {second}


@pytest.mark.parametrize("broken", BREAKS)
def test_an_index_that_breaks_is_built_again_and_answers_come_meanwhile(home: Path, broken: str) -> None:
    sha256 = put("表1 支出预算表")
    keeper()
    BREAKS[broken](home / "index")
    ours = keeper(settled=False)
    answer = ask_holdings(ours.holdings(), "教育支出的项目支出是多少？")
    assert (answer.found, answer.values[0].text) == (True, "20.00")
    assert ours.settled(LONG)
    if broken != "a file in its place":
        assert open_index(ours.library).documents() == {sha256}


def test_progress_is_told_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    put("表1 支出预算表")
    seen: list[tuple[int, int]] = []
    ours = Keeper(triage.open_library())
    monkeypatch.setattr(ours, "_tell", lambda done, total: seen.append((done, total)))
    ours.wake()
    assert ours.settled(LONG)
    assert (seen, ours.progress) == ([(0, 1), (1, 1)], None)


def test_nobody_waits_for_another_process_that_writes(home: Path) -> None:
    put("表1 支出预算表")
    ours = keeper()
    with FileLock(home / "index.lock"):
        assert ours.near("教育支出", 3) == []
        assert not ask_holdings(ours.holdings(), "国防支出是多少？").found
    assert ours.near("教育支出", 3)


def test_no_index_is_made_for_who_only_asks(home: Path) -> None:
    put("表1 支出预算表")
    assert existing_index(triage.open_library()) is None
    assert not (home / "index").exists()


def test_it_gives_way_to_who_waits_for_a_page() -> None:
    put("表1 支出预算表")
    ours = Keeper(triage.open_library(), patience=LONG)
    ours.give_way()
    ours.wake()
    assert not ours.settled(AWAY / 2)
    assert ours.settled(LONG)
