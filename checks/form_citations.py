"""WO4: how other documents are cited: the form of their numbers, their titles, no document twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.findings import Severity

ISSUER = rf"[{HAN}]{{1,8}}"
WRONG_BRACKETS = re.compile(
    r"(?<=[发办字规改财函文建行社教农税通知批投综保险务政府省市县人资预金企监审采库督资])[【\[（(]\s?(?:19|20)\d\d\s?[】\]）)]\s?(?:第?\d+号|\d+号?)"
)
WITHOUT_SIGN = re.compile(rf"{ISSUER}〔(?:19|20)\d\d〕\s?\d+(?![\d号])(?=[{HAN}，。；、）)])")
TITLE = re.compile(r"《(?P<title>[^《》\n]{6,80})》(?P<number>[（(][^（）()\n]{4,30}号[）)])?")
ALIKE = 0.8


@check("WO401", "document-number-misprinted", Severity.NOTICE)
def document_numbers(book: Book) -> Iterator[Equation | Remark]:
    """The number of a cited document has its year in 〔〕 and ends in 号.

    Basis: GB/T 9704-2012 (党政机关公文格式) 7.2.5. Example: “克财建【2025】4号”; “闽人社文〔2009〕60及……文件”.
    """
    prose = prose_of(book)
    brackets = [prose.around(m.start(), m.end(), 6, 0) for m in WRONG_BRACKETS.finditer(prose.text)]
    if brackets:
        yield remark("WO401", brackets)
    unsigned = [prose.source(m.start(), m.end()) for m in WITHOUT_SIGN.finditer(prose.text)]
    if unsigned:
        yield remark("WO401", unsigned, "sign")


@check("WO402", "document-cited-twice", Severity.NOTICE)
def cited_twice(book: Book) -> Iterator[Equation | Remark]:
    """A list of the documents that a project is founded on names each once.

    Basis: repetition says nothing. Likely causes: pasted twice. Example: 《关于举办2022年自治区科技活动周的通知》 twice in one list.
    """
    prose = prose_of(book)
    for titles in cited(prose).values():
        for title, found in titles.items():
            if len(found) > 1 and is_list(prose, found):
                places = [prose.source(m.start(), m.end()) for m in found]
                yield remark("WO402", places, title=title)


def cited(prose: Prose) -> dict[object, dict[str, list[re.Match[str]]]]:
    """The titles in 《》 of each paragraph, or of the short paragraphs under one heading, with their places."""
    found: dict[object, dict[str, list[re.Match[str]]]] = defaultdict(lambda: defaultdict(list))
    for match in TITLE.finditer(prose.text):
        passage = prose.at(match.start())
        if passage.kind in {"text", "cell"}:
            group = passage.start if passage.kind == "cell" or not passage.section else passage.section
            found[group][match["title"]].append(match)
    return found


def is_list(prose: Prose, found: list[re.Match[str]]) -> bool:
    """Whether the citations stand in lists of documents: other titles, or nothing but a number, come right before or after each."""
    return all(in_list(prose.at(m.start()), m) for m in found) and found[-1].start() - found[0].start() < 1500


def in_list(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a citation has another one beside it, or makes up most of its paragraph."""
    before = passage.text[: match.start() - passage.start]
    after = passage.text[match.end() - passage.start :]
    beside = re.search(r"[》）)][、，；和及与。\s]{0,3}$", before) or re.match(r"(?:[（(][^）)]*[）)])?[、，；和及与。\s]{0,3}《", after)
    return bool(beside) or len(match[0]) > 0.5 * len(passage.text)


@check("WO403", "document-title-varies", Severity.NOTICE)
def varying_titles(book: Book) -> Iterator[Equation | Remark]:
    """A cited document has one title wherever it is named.

    Basis: the number or the likeness of two titles tells that one document is meant. Likely causes: a word left out.
    Example: 《……人民调解经费保障的意见》 and 《……人民调解工作经费保障的意见》.
    """
    prose = prose_of(book)
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in re.finditer(r"[《〈](?P<title>[^《》〈〉\n]{8,60})[》〉]", prose.text):
        places[match["title"]].append(match)
    alike: dict[str, list[str]] = defaultdict(list)
    for title in sorted(places):
        alike[title[:2] + title[-2:]].append(title)
    for one, other in (pair for titles in alike.values() for pair in combinations(titles, 2)):
        if one_document(one, other):
            found = [m for title in (one, other) for m in places[title]]
            yield remark("WO403", [prose.source(m.start(), m.end()) for m in found], one=one, other=other)


def one_document(one: str, other: str) -> bool:
    """Whether two titles differ by a word only, and not by a year, a number or a place in a series."""
    if re.findall(r"\d+|[一二三四五六七八九十]+", one) != re.findall(r"\d+|[一二三四五六七八九十]+", other):
        return False
    if abs(len(one) - len(other)) > 6:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
