"""Working papers: nobody's note is overwritten unseen, and re-reading a document keeps them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from making import examination
from model.assessment import Assessment, Standing
from store import ConflictError, Library, Papers

SHA256 = "ab" * 32
CONFIRMED = Assessment(Standing.CONFIRMED, "已与财务科核对", "李明", "2026-11-22")


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    return Library(tmp_path, "1").papers(SHA256)


def test_a_note_is_kept_with_who_and_when(papers: Papers) -> None:
    assert papers.notes() == {}
    written = papers.write("f1", CONFIRMED, revision=0)
    assert papers.notes() == {"f1": written}
    assert papers.assessments() == {"f1": CONFIRMED}
    assert written.revision == 1


def test_two_people_on_different_findings_keep_both_notes(papers: Papers) -> None:
    papers.write("f1", CONFIRMED, revision=0)
    papers.write("f2", Assessment(Standing.REJECTED), revision=0)
    assert papers.assessments() == {"f1": CONFIRMED, "f2": Assessment(Standing.REJECTED)}


def test_the_second_on_the_same_finding_is_told_what_the_first_said(papers: Papers) -> None:
    papers.write("f1", CONFIRMED, revision=0)
    with pytest.raises(ConflictError) as conflict:
        papers.write("f1", Assessment(Standing.REJECTED), revision=0)
    assert conflict.value.current.assessment == CONFIRMED
    assert papers.assessments() == {"f1": CONFIRMED}
    papers.write("f1", Assessment(Standing.REJECTED), revision=conflict.value.current.revision)
    assert papers.assessments() == {"f1": Assessment(Standing.REJECTED)}


def test_many_at_once_lose_nothing(papers: Papers) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda n: papers.write(f"f{n}", Assessment(note=str(n)), revision=0), range(40)))
    assert {finding: a.note for finding, a in papers.assessments().items()} == {f"f{n}": str(n) for n in range(40)}


@pytest.mark.parametrize("torn", [b"{", b'{"f1": 3}', b'{"f1": {"assessment": {"note": "\xff"}}}', b""])
def test_a_damaged_file_is_set_aside_and_the_work_goes_on(papers: Papers, torn: bytes) -> None:
    papers.write("f1", CONFIRMED, revision=0)
    papers.path.write_bytes(torn)
    assert papers.notes() == {}
    papers.write("f2", CONFIRMED, revision=0)
    assert papers.assessments() == {"f2": CONFIRMED}
    aside = Library(papers.home, "1").damaged()
    assert [(path.name, path.read_bytes()) for path in aside] == [(f"{SHA256}.json.damaged", torn)]


def test_reading_the_document_again_keeps_the_notes(tmp_path: Path) -> None:
    data = b"%PDF-1.7"
    for version in ("1", "2"):
        library = Library(tmp_path, version)
        entry = library.add(data, examination())
        if version == "1":
            library.papers(entry.sha256).write("f1", CONFIRMED, revision=0)
    assert library.papers(entry.sha256).assessments() == {"f1": CONFIRMED}
