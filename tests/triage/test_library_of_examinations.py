"""Documents that get into the library by being examined."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import triage
from ingest import Limits
from making import encrypted_pdf, table_pdf
from store import Library
from triage import library as shelves
from triage.indexing import index_documents, open_index
from triage.prepare import prepare
from triage.renewing import renewed

DATA = table_pdf()


@pytest.fixture
def examinations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were really examined."""
    made: list[str] = []

    def counted(data: bytes, name: str, limits: Limits) -> object:
        made.append(name)
        return triage.examine(data, name, limits)

    monkeypatch.setattr(shelves, "examine", counted)
    return made


def test_a_document_is_examined_once(examinations: list[str]) -> None:
    library = triage.open_library()
    first = triage.examined(library, DATA, "a.pdf")
    assert triage.examined(library, DATA, "b.pdf") == first
    assert examinations == ["a.pdf"]
    assert first.document.tables[0].rows


def test_the_library_lives_where_it_is_told_to(home: Path) -> None:
    assert triage.open_library().home == home


def test_what_cannot_be_read_is_not_kept() -> None:
    library = triage.open_library()
    assert triage.examined(library, encrypted_pdf(), "a.pdf").document.problems
    assert library.entries() == []


def test_what_another_version_has_examined_is_examined_again(home: Path) -> None:
    triage.examined(Library(home, "older"), DATA, "预算.pdf")
    library, told = triage.open_library(), []
    assert library.get(hashlib.sha256(DATA).hexdigest()) is None
    assert list(renewed(library, lambda done, total: told.append((done, total)))) == []
    assert [(entry.name, entry.version) for entry in library.entries()] == [("预算.pdf", library.version)]
    assert list(renewed(library, lambda done, total: told.append((done, total)))) == []
    assert told == [(0, 1)]


def test_the_version_changes_with_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from triage import version

    source = tmp_path / "ingest" / "rules.py"
    source.parent.mkdir()
    monkeypatch.setattr(version, "ROOT", tmp_path)
    versions = set()
    for text in ("a = 1", "a = 2"):
        source.write_text(text, encoding="utf-8")
        version.reader_version.cache_clear()
        versions.add(version.reader_version())
    version.reader_version.cache_clear()
    assert len(versions) == 2


def test_what_is_not_indexed_yet_is_indexed() -> None:
    library = triage.open_library()
    triage.examined(library, DATA, "预算.pdf")
    index = open_index(library)
    done: list[tuple[int, int]] = []
    for _ in range(2):
        index_documents(library, index, lambda n, of: done.append((n, of)))
    assert done == [(0, 1), (1, 1)]
    assert index.documents() == {hashlib.sha256(DATA).hexdigest()}
    assert any("教育支出" in hit.text for hit in index.search("教育支出", 3))


def test_what_another_version_has_read_waits_to_be_read_again(home: Path, examinations: list[str]) -> None:
    triage.examined(Library(home, "older"), DATA, "旧.pdf")
    library = triage.open_library()
    index = open_index(library)
    index_documents(library, index)
    assert (index.documents(), examinations) == (set(), ["旧.pdf"])


def test_a_damaged_document_does_not_keep_the_app_from_opening(home: Path) -> None:
    library = triage.open_library()
    sha256 = triage.examined(library, DATA, "损.pdf").document.sha256
    path = home / "documents" / f"{sha256}.gouji"
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\ndamage")
    prepare()
    index = open_index(library)
    index_documents(library, index)
    assert index.documents() == {entry.sha256 for entry in library.entries()} - {sha256}
