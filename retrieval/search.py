"""The rows and sentences a question is about: what answers it, what its words name, and what is alike, ranked as one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from retrieval.answer import Evidence
from retrieval.asking import answer_from
from retrieval.cells import cells_for
from retrieval.chunks import ROW, TEXT
from retrieval.lookup import groups_of
from retrieval.question import Question, understand
from retrieval.sentences import naming
from retrieval.view import View
from words import Language

if TYPE_CHECKING:
    from retrieval.index import Index  # Chroma is loaded by those who have an index

_SOON = 10  # in reciprocal rank fusion: how much the first places of one list weigh against agreement of several
_WEIGHTS = (3.0, 1.5, 1.2, 1.0, 1.0)
Ref = tuple[str | int, ...]


def search(view: View, asked: str, limit: int = 5, language: Language = "zh", index: Index | None = None) -> list[Evidence]:
    """The best ``limit`` rows and sentences of a document for a question; ``index`` adds those whose vectors are near."""
    question = understand(asked, view.terms, view.titles, view.document.organization, view.document.fiscal_year)
    answer = answer_from(view, asked, language)
    alike = [position for position, _ in view.lexical.search(question.text, 30)]
    lists: Sequence[Iterable[Ref]] = (
        (_ref(evidence) for evidence in answer.evidence),
        _rows(view, question),
        _sentences(view, question),
        (view.chunks[position].ref for position in alike),
        _near(view, question.text, index) if index else (),
    )
    scores: dict[Ref, float] = {}
    for weight, ranked in zip(_WEIGHTS, lists, strict=True):
        for rank, ref in enumerate(dict.fromkeys(ranked)):
            scores[ref] = scores.get(ref, 0.0) + weight / (_SOON + rank)
    best = sorted(scores, key=lambda ref: -scores[ref])[:limit]
    return [_evidence(view, ref) for ref in best if ref]


def _near(view: View, text: str, index: Index) -> list[Ref]:
    hits = index.search(text, 20, [view.document.sha256], (ROW, TEXT))
    positions = (view.chunk_ids.get(hit.id) for hit in hits)
    return [view.chunks[position].ref for position in positions if position is not None]


def _ref(evidence: Evidence) -> Ref:
    if evidence.record is not None:
        return evidence.record.key
    return evidence.passage.key if evidence.passage is not None else ()


def _rows(view: View, question: Question) -> list[Ref]:
    """The rows whose cells show everything named, group by group where several subjects are."""
    groups = groups_of(question)
    found = [cell.record.key for cell in cells_for(view, question)[:20]]
    if len(groups) > 1:
        for group in groups:
            found.extend(cell.record.key for cell in cells_for(view, question, group)[:6])
    return list(found)


def _sentences(view: View, question: Question) -> list[Ref]:
    named = sorted(naming(view, question.mentions), key=lambda found: -found[2] - 0.1 * any(found[1]))
    return [sentence.passage.key for sentence, _, _ in named[:20]]


def _evidence(view: View, ref: Ref) -> Evidence:
    chunk = view.chunk_at[ref]
    if chunk < len(view.records):
        return view.row(view.records[chunk])
    return view.words(view.sentences[chunk - len(view.records)].passage)
