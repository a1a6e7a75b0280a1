"""Questions to a whole library: the few documents a question is about are found without opening the others, and asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from model.document import Kind
from model.findings import Examination
from retrieval.across import MOST, chosen, names_one, picked, ranks, unnamed, without_names
from retrieval.answer import Answer, Evidence
from retrieval.asking import ask
from retrieval.near import Hit, Near
from retrieval.nearest import in_turns, nearest
from retrieval.question import normalised
from retrieval.search import search
from retrieval.text import flat, grams
from retrieval.view import view_of
from words import Language, say

WIDE = 200  # chunks of the whole library that are looked at to find the documents
BEST = 3  # of a document's chunks that speak for it
_HEAD = re.compile(r"[，的：:]*(?:(?P<year>20\d{2})年?度?)?的?(?:部门|单位)?(?:预算|决算)?(?:公开|文件|报告)*(?:里面?|中)?[，：:、的 ]+")
_YEAR = re.compile(r"20\d{2}年?度?")

Ranked = TypeVar("Ranked")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a document without opening it."""

    sha256: str
    organization: str
    fiscal_year: int | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Holdings:
    """Documents that may be asked: their cards, how one is opened (None where it is gone meanwhile), and the index over them."""

    cards: Sequence[Card]
    opened: Callable[[str], Examination | None]
    near: Near | None = None

    @staticmethod
    def of(examinations: Sequence[Examination], near: Near | None = None) -> Holdings:
        """Documents that are open already."""
        by_sha = {examination.document.sha256: examination for examination in examinations}
        documents = [examination.document for examination in by_sha.values()]
        return Holdings([Card(d.sha256, d.organization, d.fiscal_year, d.kind) for d in documents], by_sha.get, near)


def ask_holdings(holdings: Holdings, question: str, language: Language = "zh") -> Answer:
    """Answer a question about one, several or all documents; never raises for what a user types or where there is no index."""
    scope = picked(holdings.cards, question)
    found = [] if len(scope) > MOST and ranks(question) else narrowed(holdings, question)
    if question.strip() and len(scope) > MOST and not found:
        return Answer(question, False, say("answer.which", language, count=len(scope)))
    return told_apart(holdings, ask_near(found, question, holdings.near, language), found, language)


def ask_near(examinations: Sequence[Examination], question: str, near: Near | None, language: Language = "zh") -> Answer:
    """What ``ask`` answers; the nearest rows of a refusal are those that the index finds near as well, of every document asked."""
    answer = ask(examinations, question, language)
    if answer.found or not question.strip() or not examinations:
        return answer
    scope = chosen(examinations, question) if len(examinations) > 1 else examinations
    if len(scope) > MOST:
        return answer
    text = normalised(question) if len(scope) == 1 else without_names(scope, question)
    limit = 3 if len(scope) == 1 else MOST
    lists = [nearest(view_of(examination), text, near, limit) for examination in scope]
    return replace(answer, nearest=tuple(in_turns(lists, limit)))


def told_apart(holdings: Holdings, answer: Answer, found: Sequence[Examination], language: Language) -> Answer:
    """The answer, and in its plan which of how many documents were asked."""
    if len(found) == len(holdings.cards):
        return answer
    names = "、".join(dict.fromkeys(f"{e.document.organization} {e.document.fiscal_year or ''}".strip() for e in found))
    step = say("library.asked", language, asked=len(found), count=len(holdings.cards), names=names)
    return replace(answer, plan=(step, *answer.plan))


def search_holdings(holdings: Holdings, question: str, limit: int = 5, language: Language = "zh") -> list[Evidence]:
    """The best rows and sentences of all documents for a question; what two documents of one organisation print alike counts once."""
    found = narrowed(holdings, question)
    text = plain(found, question)
    lists = [search(view_of(examination), text, 4 * limit, language, holdings.near) for examination in found]
    owners = {e.document.sha256: (flat(e.document.organization), e.document.fiscal_year) for e in found}
    return unlike(in_turns(lists, 4 * limit), lambda e: (owners[e.document], flat(e.row or ""), flat(e.text)))[:limit]


def plain(found: Sequence[Examination], question: str) -> str:
    """A question without what has found its documents: organisation, year and kind at its head, where all of them are of that year."""
    documents = [examination.document for examination in found]
    if not names_one(documents, question):
        return question
    text = without_names(found, question)
    head = _HEAD.match(text)
    if head is None or {document.fiscal_year for document in documents} != {int(head["year"] or 0) or documents[0].fiscal_year}:
        return text
    return text[head.end() :] or text


def narrowed(holdings: Holdings, question: str) -> list[Examination]:
    """The documents a question is about, the likeliest first: those it names; of more than ``MOST`` those the index finds near.

    None where there are more and the index cannot say which.
    """
    scope = picked(holdings.cards, question) if len(holdings.cards) > 1 else list(holdings.cards)
    if len(scope) > MOST:
        scope = _nearest(holdings, scope, question)
    opened = (holdings.opened(card.sha256) for card in scope)
    return [examination for examination in opened if examination is not None]


def _nearest(holdings: Holdings, scope: Sequence[Card], question: str) -> list[Card]:
    """The documents whose chunks are nearest to a question, one of those that cannot be told apart by them."""
    if holdings.near is None:
        return []
    text = _subject(scope, question)
    among = [card.sha256 for card in scope] if len(scope) < len(holdings.cards) else []
    by_document: dict[str, list[float]] = {}
    for hit in holdings.near(text, WIDE, among):
        by_document.setdefault(str(hit.metadata["document"]), []).append(_closeness(text, hit))
    worth = {sha256: sum(sorted(scores, reverse=True)[:BEST]) for sha256, scores in by_document.items()}
    ranked = sorted((card for card in scope if card.sha256 in worth), key=lambda card: -worth[card.sha256])
    return unlike(ranked, lambda card: (flat(card.organization), card.fiscal_year, card.kind, round(worth[card.sha256], 4)))[:MOST]


def unlike(ranked: Iterable[Ranked], key: Callable[[Ranked], Hashable]) -> list[Ranked]:
    """The same, without what comes again."""
    first: dict[Hashable, Ranked] = {}
    for one in ranked:
        first.setdefault(key(one), one)
    return list(first.values())


def _subject(scope: Sequence[Card], question: str) -> str:
    """What a question asks for, without organisation and year: every chunk of a document carries these."""
    return _YEAR.sub("", unnamed(scope, question)) or question


def _closeness(text: str, hit: Hit) -> float:
    """How near a chunk is, 0 to 2: by its vector, and by how much of the question its words cover."""
    asked = grams(text)
    return 1.0 - hit.distance + len(asked & grams(hit.text)) / max(1, len(asked))
