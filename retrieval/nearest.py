"""The rows, sentences and findings of one document that are alike to a question: by their words, and by their vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.answer import Evidence
from retrieval.near import Hit, Near
from retrieval.view import View

SOON = 10  # in reciprocal rank fusion: how much the first places of one list weigh against agreement of several
DEEP = 30  # places of each list that take part
_WORDS, _VECTORS = 1.5, 1.0
Ref = tuple[str | int, ...]


def nearest(view: View, text: str, near: Near | None, limit: int = 3) -> list[Evidence]:
    """The best ``limit`` of them; by words alone where the index says nothing."""
    lists = [(_WORDS, by_words(view, text)), (_VECTORS, by_vectors(view, text, near))]
    return [evidence_at(view, ref) for ref in fused(lists)[:limit]]


def by_words(view: View, text: str) -> list[Ref]:
    """What shares the question's words, best first."""
    return [view.chunks[position].ref for position, _ in view.lexical.search(text, DEEP)]


def by_vectors(view: View, text: str, near: Near | None) -> list[Ref]:
    """What the index finds near, best first; nothing where there is none."""
    hits = near(text, DEEP, [view.document.sha256]) if near is not None else []
    return [ref for hit in hits if (ref := ref_of(view, hit))]


def ref_of(view: View, hit: Hit) -> Ref:
    """Where a hit stands in the document; () where the document does not have it any more."""
    position = view.chunk_ids.get(hit.id)
    if position is not None:
        return view.chunks[position].ref
    name = hit.id.rpartition(":")[2]
    return (name,) if any(finding.id == name for finding in view.findings) else ()


def fused(lists: Iterable[tuple[float, Iterable[Ref]]]) -> list[Ref]:
    """Ranked lists with their weights as one list."""
    scores: dict[Ref, float] = {}
    for weight, ranked in lists:
        for rank, ref in enumerate(dict.fromkeys(ranked)):
            if ref:
                scores[ref] = scores.get(ref, 0.0) + weight / (SOON + rank)
    return sorted(scores, key=lambda ref: -scores[ref])


def evidence_at(view: View, ref: Ref) -> Evidence:
    """A row, a sentence or the place of a finding, by its reference."""
    if len(ref) == 1:
        finding = next(finding for finding in view.findings if finding.id == ref[0])
        source = finding.suspect.source if finding.suspect else finding.locations[0].source
        return view.place(source.place, source.text, source.table, source.row_label or None)
    position = view.chunk_at[ref]
    if position < len(view.records):
        return view.row(view.records[position])
    return view.words(view.sentences[position - len(view.records)].passage)


def in_turns(lists: Sequence[Sequence[Evidence]], limit: int) -> list[Evidence]:
    """Several documents' lists as one: the first of each, then the second of each, and so on."""
    longest = max(map(len, lists), default=0)
    return [ranked[rank] for rank in range(longest) for ranked in lists if rank < len(ranked)][:limit]
