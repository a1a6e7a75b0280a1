"""One question, several documents: the one it names, or each of them side by side, with the largest and the difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from model.amounts import Amount
from model.document import Kind
from model.findings import Examination
from retrieval.answer import Answer
from retrieval.draft import Draft
from retrieval.figures import in_unit, printed
from retrieval.naming import organization_names
from retrieval.question import normalised
from retrieval.text import flat
from words import Language, say

MOST = 6  # documents that are answered from side by side
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_ASKED = re.compile(r"谁的?|哪个(?:单位|部门|局)?的?|[多少高低大小]?[，,]?(?:相差|差)多少|对比|比较|[最更][多少高低大小]的?|[多少高低]$")
_WHOSE = re.compile(
    r"[，的]*最[多高大少低小]的?(?:前?[\d一二三四五六七八九十几]+[个家名])?(?:单位|部门|局|文件)(?:是|有)?(?:哪些|哪几[个家]|哪[个家]|谁)?[?？]?$"
    r"|^(?:哪些|哪几[个家]|哪[个家])(?:单位|部门|局|文件)的?(?=.*最[多高大少低小]的?[?？]?$)"
)
_LEAST = re.compile(r"最[少低小]|较少|更少|少的")
_RANKED = re.compile(
    r"最[多高大少低小]|哪个(?:单位|部门|局|文件|地方)?[^，。]{0,12}(?:多|高|大|少|低|小)|谁[^，。]{0,12}(?:多|高|大|少|低|小)|相差|差多少|对比|比较"
)


class Described(Protocol):
    """What tells documents apart without opening them."""

    @property
    def organization(self) -> str:
        """Whose it is."""
        ...

    @property
    def fiscal_year(self) -> int | None:
        """Its year."""
        ...

    @property
    def kind(self) -> Kind:
        """Budget or final accounts."""
        ...


Told = TypeVar("Told", bound=Described)


@dataclass(frozen=True, slots=True)
class Part:
    """What one document answered, as a draft of it with the figures as amounts."""

    examination: Examination
    draft: Draft

    @property
    def amount(self) -> Amount | None:
        """The one figure that answers, None for words and for several."""
        return self.draft.amounts[0] if len(self.draft.amounts) == 1 else None


def chosen(examinations: Sequence[Examination], asked: str) -> list[Examination]:
    """The examinations of the documents that a question is about."""
    kept = picked([examination.document for examination in examinations], asked)
    return [examination for examination in examinations if any(examination.document is document for document in kept)]


def picked(documents: Sequence[Told], asked: str) -> list[Told]:
    """The documents a question is about: those whose organisation it names, else all; of these, those of the year and kind it names."""
    text = normalised(asked)
    named = _named(documents, text) or list(documents)
    years = {int(year) for year in _YEAR.findall(text)}
    kinds = {kind for word, kind in (("决算", Kind.FINAL_ACCOUNTS), ("预算", Kind.BUDGET)) if word in text}
    for narrower in (
        [d for d in named if d.fiscal_year in years],
        [d for d in named if len(kinds) == 1 and d.kind in kinds],
    ):
        kept = [d for d in narrower if d in named]
        if kept and len({flat(d.organization) for d in kept}) == len({flat(d.organization) for d in named}):
            named = kept
    return named


def names_one(documents: Sequence[Described], asked: str) -> bool:
    """Whether a question names the organisation of any of these documents."""
    return bool(_named(documents, normalised(asked)))


def _named(documents: Sequence[Told], text: str) -> list[Told]:
    """The documents whose organisation the text names; 苏州市审计局 names one audit office, 审计局 alone all of them."""
    spans = [(d, at, at + len(name)) for d in documents for name in _names(d) if (at := text.find(name)) >= 0]
    widest = {(start, end) for _, start, end in spans}
    own = [d for d, start, end in spans if not any(a <= start and end <= b and b - a > end - start for a, b in widest)]
    return [d for d in documents if any(d is kept for kept in own)]


def _names(document: Described) -> list[str]:
    return [name for name in organization_names(document.organization) if len(name) >= 3]


def without_names(examinations: Sequence[Examination], asked: str) -> str:
    """The question without the names of the documents' organisations, so that each is asked the same."""
    return unnamed([examination.document for examination in examinations], asked)


def unnamed(documents: Sequence[Described], asked: str) -> str:
    """The same, of documents that are not open."""
    text = normalised(asked)
    names = {name for document in documents for name in _names(document)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    text = re.sub(r"[和与跟、及，]*，[和与跟、及，的]*", "，", text).strip("，的")
    return _ASKED.sub("", _WHOSE.sub("", text))


def ranks(asked: str) -> bool:
    """Whether a question sets documents against each other (谁最多, 哪个部门更少): all of them must be asked."""
    return _RANKED.search(normalised(asked)) is not None


def side_by_side(asked: str, parts: Sequence[Part], language: Language, *, complete: bool = True) -> Answer:
    """The documents' answers one below the other; where each is one sum of money, the largest (or least) and the difference of two.

    Not ``complete`` are they where a document that was asked has none.
    """
    lines: list[str] = []
    steps: list[str] = []
    for part in parts:
        document = part.examination.document
        head = say("answer.document", language, organization=document.organization, year=document.fiscal_year or "")
        lines.extend([head, *part.draft.lines])
        steps.extend(f"{head} {step}" for step in part.draft.steps)
    if complete:
        lines.extend(_compared(asked, parts, language))
    return Answer(
        asked,
        True,
        "\n".join(lines),
        tuple(value for part in parts for value in part.draft.values),
        tuple(evidence for part in parts for evidence in part.draft.evidence),
        tuple(steps),
    )


def _compared(asked: str, parts: Sequence[Part], language: Language) -> list[str]:
    amounts = [(part.amount, part.examination.document) for part in parts]
    money = [(amount, document) for amount, document in amounts if amount is not None]
    if len(money) < len(parts) or len(parts) < 2 or not _RANKED.search(asked):
        return []
    order = sorted(money, key=lambda pair: pair[0].base, reverse=not _LEAST.search(asked))
    first, last = order[0], order[-1]
    gap = in_unit(abs(first[0].base - last[0].base), first[0].unit, max(first[0].places, last[0].places))
    key = "answer.least" if _LEAST.search(asked) else "answer.most"
    names = {"first": _name(first[1].organization, first[1].fiscal_year), "last": _name(last[1].organization, last[1].fiscal_year)}
    return [say(key, language, figure=printed(first[0]), gap=printed(gap), **names)]


def _name(organization: str, year: int | None) -> str:
    return f"{organization} {year}" if year else organization
