"""The rows and sentences a question is about: what answers it, what its words name, and what is alike, ranked as one list."""

from __future__ import annotations

from retrieval.answer import Evidence
from retrieval.asking import answer_from
from retrieval.cells import cells_for
from retrieval.lookup import groups_of
from retrieval.near import Near
from retrieval.nearest import Ref, by_vectors, by_words, evidence_at, fused
from retrieval.question import Question, understand
from retrieval.sentences import naming
from retrieval.view import View
from words import Language

_ANSWERS, _NAMED, _SAID, _WORDS, _VECTORS = 3.0, 1.5, 1.2, 1.0, 1.0


def search(view: View, asked: str, limit: int = 5, language: Language = "zh", near: Near | None = None) -> list[Evidence]:
    """The best ``limit`` rows and sentences of a document for a question; ``near`` adds those whose vectors are near."""
    question = understand(asked, view.terms, view.titles, view.document.organization, view.document.fiscal_year)
    answer = answer_from(view, asked, language)
    lists = [
        (_ANSWERS, [_ref(evidence) for evidence in answer.evidence]),
        (_NAMED, _rows(view, question)),
        (_SAID, _sentences(view, question)),
        (_WORDS, by_words(view, question.text)),
        (_VECTORS, by_vectors(view, question.text, near)),
    ]
    return [evidence_at(view, ref) for ref in fused(lists)[:limit]]


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
