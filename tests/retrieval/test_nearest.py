"""What is alike to a question: by words, by vectors, findings too; and what stands before a chunk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import triage
from making import ROOT
from model.findings import Examination
from retrieval.chunks import FINDING, TEXT, chunks_of
from retrieval.near import Hit
from retrieval.nearest import by_words, nearest, ref_of
from retrieval.search import search
from retrieval.view import View


@cache
def sample() -> Examination:
    path = ROOT / "samples" / "artux-2026-budget.pdf"
    return triage.examine(path.read_bytes(), path.name)


def finding(ids: Sequence[str]) -> object:
    def near(text: str, limit: int = 10, documents: Sequence[str] = (), /) -> list[Hit]:  # noqa: ARG001
        return [Hit(id_, text, {}, 0.1) for id_ in ids]

    return near


def test_every_chunk_stands_behind_its_document_and_a_sentence_behind_its_heading() -> None:
    examination = sample()
    chunks = chunks_of(examination.document, examination.findings)
    head = f"{examination.document.organization} {examination.document.fiscal_year}年"
    assert {chunk.text.startswith(head) for chunk in chunks} == {True}
    assert sum(chunk.kind == FINDING for chunk in chunks) == len(examination.findings) > 0
    passages = {sentence.passage.key: sentence.passage for sentence in View(examination).sentences}
    under = [(chunk, passages[chunk.ref].section) for chunk in chunks if chunk.kind == TEXT and passages[chunk.ref].section]
    assert under
    assert all(section[-1] in chunk.text for chunk, section in under)


def test_a_finding_that_is_near_is_shown_at_its_place() -> None:
    view = View(sample())
    known = view.findings[0]
    chunk = next(c for c in chunks_of(view.document, view.findings) if c.kind == FINDING and c.ref == (known.id,))
    near = finding([chunk.id])
    source = known.suspect.source if known.suspect else known.locations[0].source
    for found in (nearest(view, "哪里不对", near, 9), search(view, "哪里不对", 30, near=near)):  # type: ignore[arg-type]
        assert source.place in [evidence.place for evidence in found]


def test_without_an_index_the_words_alone_rank() -> None:
    view = View(sample())
    found = nearest(view, "住房公积金", None, 3)
    assert len(found) == 3
    assert [evidence.text for evidence in found] == [evidence.text for evidence in view.near("住房公积金", 3)]
    assert by_words(view, "住房公积金")


def test_a_hit_of_what_the_document_does_not_have_any_more_is_left_out() -> None:
    assert ref_of(View(sample()), Hit("gone:T1:1:0", "", {}, 0.1)) == ()
