"""WO2: words that are wrong as language: confusions, doubled words, foreign letters, leftovers of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Prose, prose_of, remark
from checks.registry import Remark, check
from model.findings import Severity

DATA = Path(__file__).parent / "data"
CLAUSE = re.compile(r"[^，。；：、！？%\n]*$")
NEAR = 12
DOUBLED_WORD = re.compile(rf"([{HAN}]{{2,5}})\1(?![{HAN}]?(?:式|型|色))")
DOUBLED_CHAR = re.compile(
    r"(?<![目标准靶])的的(?!确)|了了(?!解)|是是(?!非)|(?<![\u4e00-\u9fff]平)和和(?![\u4e00-\u9fff]{0,1}睦)|与与|及及(?!时)|为为|将将(?!来)|由由|在在"
)
LATIN = re.compile(rf"(?<=[{HAN}、，]) ?(?<![A-Za-z])(?:and|or|the|of|for|with|to|in|is|are) ?(?=[{HAN}])", re.IGNORECASE)
LETTER_IN_YEAR = re.compile(rf"(?:19|20)\d\d[A-Za-z]{{1,2}}年[{HAN}]{{0,4}}|(?<![\dA-Za-z])20\d\d(?:全年|年度年|度)[{HAN}]{{0,4}}")
PLACEHOLDER = re.compile(rf"[XxＸ×]{{2,}}|[Xx×](?=[年月日项个家万])|\*{{2,}}(?=[{HAN}])|_{{3,}}(?=[{HAN}])")
INSTRUCTION = re.compile(
    r"仍保留该?表格?格?式|作(?:下述|如下)说明：?$|此处(?:填写|填列|应)|请(?:填写|填列|删除|自行)|填写说明|填报说明|样张"
    r"|[（(](?:列示至[^）)\n]{2,14}|如有|若有|可(?:选|删除)|请[^）)\n]{2,14}|根据实际[^）)\n]{2,14}|选填|必填|不涉及的[^）)\n]{1,6}|如持平[^）)\n]{2,10})[）)]",
    re.MULTILINE,
)


@cache
def confusions() -> tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]:
    """General slips of language: the words one of which must occur, the pattern, what was meant (``checks/data/confusions.tsv``)."""
    lines = (DATA / "confusions.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((tuple(words.split("|")), re.compile(pattern, re.MULTILINE), meant) for words, pattern, meant in rows)


@check("WO201", "word-confused", Severity.NOTICE)
def confused_words(book: Book) -> Iterator[Equation | Remark]:
    """A common slip of written Chinese: a word of like sound or shape, two sentence patterns run together, a verb left out.

    Basis: usage; the list holds general slips only. Example: “比2025年预算持平” for “与2025年预算持平”; “登陆系统” for “登录系统”.
    """
    prose = prose_of(book)
    found: dict[str, list[tuple[int, int]]] = {}
    for words, pattern, meant in confusions():
        if any(word in prose.text for word in words):
            spans = [match.span() for match in pattern.finditer(prose.text)]
            if spans:
                found.setdefault(meant, []).extend(spans)
    for meant, spans in found.items():
        places = [prose.source(clause_start(prose, start), end) for start, end in sorted(spans)]
        yield remark("WO201", places, "advice" if "“" in meant else "", expected=meant)


def clause_start(prose: Prose, start: int) -> int:
    """Where the clause of a word begins, if it is near; else where the word begins."""
    passage = prose.at(start)
    before = CLAUSE.search(prose.text, max(passage.start, start - NEAR), start)
    return start - len(before[0]) if before and (before.start() > start - NEAR or before.start() == passage.start) else start


@check("WO202", "word-doubled", Severity.NOTICE)
def doubled_words(book: Book) -> Iterator[Equation | Remark]:
    """A word is printed twice in a row.

    Basis: usage. Likely causes: editing. Example: “进一步进一步优化”; “软件的的运维服务”.
    """
    prose = prose_of(book)
    places = [
        prose.source(max(prose.at(m.start()).start, m.start() - 4), m.end() + 2)
        for pattern in (DOUBLED_WORD, DOUBLED_CHAR)
        for m in pattern.finditer(prose.text)
        if m.lastindex is None or len(set(m[1])) > 1
    ]
    if places:
        yield remark("WO202", places)


@check("WO203", "foreign-letters", Severity.NOTICE)
def foreign_letters(book: Book) -> Iterator[Equation | Remark]:
    """An English function word, a stray letter in a year, or a traditional character stands in simplified Chinese text.

    Basis: 国家通用语言文字法 (simplified characters). Likely causes: machine translation, copying, a shortcut key. Example: “2026A年”.
    """
    prose = prose_of(book)
    english = [prose.around(m.start(), m.end(), 6, 4) for m in LATIN.finditer(prose.text)]
    if english:
        yield remark("WO203", english, "english")
    years = [prose.source(m.start(), m.end()) for m in LETTER_IN_YEAR.finditer(prose.text)]
    if years:
        yield remark("WO203", years, "year")
    traditional = [(m.start(), m.end()) for m in traditional_run().finditer(prose.text)]
    if 0 < sum(b - a for a, b in traditional) < len(prose.text) / 20:
        yield remark("WO203", [prose.source(a, b) for a, b in traditional], "traditional")


@cache
def traditional_run() -> re.Pattern[str]:
    """Runs of characters of which at least one is a traditional form (``checks/data/traditional.txt``)."""
    characters = "".join((DATA / "traditional.txt").read_text(encoding="utf-8").split())
    return re.compile(f"[{characters}]+[{HAN}]?[{characters}]*[{HAN}]?")


@check("WO204", "template-words-left", Severity.NOTICE)
def template_leftovers(book: Book) -> Iterator[Equation | Remark]:
    """A placeholder or an instruction of the template was left in the published text.

    Basis: what is published speaks to the reader, not to the author. Example: “上海市某区XX局”; “仍保留该表格式，并在本表下方作下述说明”.
    """
    prose = prose_of(book)
    holders = [prose.around(m.start(), m.end(), 8, 8) for m in PLACEHOLDER.finditer(prose.text)]
    if holders:
        yield remark("WO204", holders, "placeholder")
    by_passage: dict[int, tuple[int, int]] = {}
    for match in INSTRUCTION.finditer(prose.text):
        by_passage.setdefault(prose.at(match.start()).start, match.span())
    for start, end in by_passage.values():
        yield remark("WO204", [prose.around(start, end, 40, 20)])
