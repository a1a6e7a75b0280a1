"""CC2: what the text calls a subject, against what the tables of the same document call it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from checks.book import Book
from checks.equations import Equation
from checks.form_likeness import clean, known_names, near_misses
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.facts import Source, SubjectKind
from model.findings import Severity

LEVELS = {"类": 3, "款": 5, "项": 7}
LEVEL = re.compile(r"[（(](?P<code>\d{2,7})?(?P<level>[类款项])[）)]")
LIST_NUMBER = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d+[.、．]")
LEADING_NUMBER = re.compile(rf"^(?:{LIST_NUMBER.pattern})+")
BEFORE_CLASS = re.compile(rf"{LIST_NUMBER.pattern}|[，。；：:“”\"\d\s、《]")
BEFORE_REST = re.compile(r"[，。；：:“”\"\d\s《]")
NIL = re.compile(r"(?:减少|下降)100(?:\.0+)?%|(?:为|数|款|支出)0(?:\.0+)?万?元|未安排|无此项|不涉及")
COMMON = 100
AMOUNT = re.compile(r"[\d,.]+\s?万?元")
LITTLE = re.compile(r"[的和及与、等]")
MONEY_NAME = re.compile(r"(?:支出|收入|缴费|补助|补贴|经费|费用|公积金|年金)$")
ALIKE = 0.6
CODES = Path(__file__).parent / "data" / "codes.tsv"
FIRST_YEAR = 2021
VERY_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Named:
    """A subject's name in the text with its level (3 class, 5 section, 7 item digits) and its place.

    ``code`` is its code as far as printed, ``above`` the name before it, of the class for a section, of the section for an item.
    """

    name: str
    level: int
    code: str
    above: str
    start: int
    end: int
    passage: Passage


def table_names(book: Book) -> dict[int, dict[str, str]]:
    """Functional names that the tables print: by length of code, the name with its code. Merged labels keep their shortest form."""
    shortest: dict[str, str] = {}
    for block in book.facts.blocks:
        for record in block.records:
            subject = record.subject
            if subject.kind is SubjectKind.FUNCTION and subject.code and subject.name:
                name = clean(subject.name)
                if subject.code not in shortest or len(name) < len(shortest[subject.code]):
                    shortest[subject.code] = name
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for code, name in shortest.items():
        found[len(code)][name] = code
    return found


def named_subjects(prose: Prose) -> Iterator[Named]:
    """The subjects that the text names with their level: 一般公共服务支出（类）财政事务（款）行政运行（项）."""
    for passage in prose.passages:
        if passage.kind not in {"text", "heading"}:
            continue
        last, above, code = 0, "", ""
        for match in LEVEL.finditer(passage.text):
            level = match["level"]
            between = passage.text[last : match.start()]
            if not last:
                between = LEADING_NUMBER.sub("", between)
            piece = (BEFORE_CLASS if level == "类" else BEFORE_REST).split(between)[-1]
            if level == "类":
                above, code = "", ""
            code = code + (match["code"] or "") if match["code"] else ""
            last = match.end()
            name = clean(piece)
            if 2 <= len(name) <= 30 and re.match(f"[{HAN}]", name):
                start = passage.start + match.start() - len(piece)
                yield Named(name, LEVELS[level], code, above, start, passage.start + match.end(), passage)
                above = name


def stem(name: str, level: int) -> str:
    """A name as compared: a class may be printed without its 支出."""
    return re.sub(r"支出$", "", name) if level == 3 else name


@check("CC201", "text-names-subject-differently", Severity.NOTICE)
def subject_names(book: Book) -> Iterator[Equation | Remark]:
    """A subject that the text names by 类, 款 and 项 is called as in the document's own tables.

    Basis: 政府收支分类科目 of the year; text and tables of a document use one name. Likely causes: a name of an earlier year's
    classification, a word left out, a section's name in the place of an item's.
    Example: 行政事业单位离退休（款） in the text, 行政事业单位养老支出 (20805) in the tables.
    """
    prose = prose_of(book)
    tables = table_names(book)
    everywhere = prose.once("cells", lambda: {LIST_NUMBER.sub("", clean(p.text)) for p in prose.of("cell")})
    differing: dict[tuple[str, str], list[Named]] = defaultdict(list)
    absent: list[Named] = []
    for named in named_subjects(prose):
        names = tables.get(named.level, {})
        known = {stem(name, named.level) for name in names}
        if not known or stem(named.name, named.level) in known:
            continue
        elsewhere = any(named.name in others for level, others in tables.items() if level != named.level)
        if named.name in everywhere and not elsewhere:
            continue
        meant = meant_name(named, tables)
        if meant:
            differing[named.name, meant].append(named)
        elif not NIL.search(named.passage.text):
            absent.append(named)
    if differing:
        places = [prose.source(n.start, n.end) for group in differing.values() for n in group]
        pairs = "；".join(f"“{name}”→“{meant}”" for name, meant in differing)
        found = remark("CC201", places, pairs=pairs, number=str(len(differing)))
        shifted = any(misplaced(named, tables) for group in differing.values() for named in group)
        yield replace(found, severity=Severity.ERROR if shifted else None)
    if absent:
        yield absent_subjects(prose, absent)


def meant_name(named: Named, tables: dict[int, dict[str, str]]) -> str:
    """The table's name for what the text means: that of the printed code, the only one there is, or the one most alike.

    Empty where the tables have nothing of the kind, or where the text says that there is no money for it.
    """
    names = tables[named.level]
    by_code = {code: name for name, code in names.items()}
    if len(named.code) == named.level and named.code in by_code:
        return by_code[named.code]
    parent = parent_code(named, tables)
    within = [name for name, code in names.items() if code.startswith(parent)]
    if not within:
        return ""
    alike = {name: SequenceMatcher(None, name, named.name, autojunk=False).ratio() for name in within}
    best = max(within, key=alike.__getitem__)
    nil = bool(NIL.search(named.passage.text))
    if alike[best] >= (VERY_ALIKE if nil else ALIKE) and "其他" not in best:
        return best
    return best if named.level == 5 and parent and len(within) == 1 and not nil else ""


def misplaced(named: Named, tables: dict[int, dict[str, str]]) -> bool:
    """Whether an amount is stated for a name that the tables have at another level, so that text and tables cannot both be right."""
    elsewhere = any(named.name in names for level, names in tables.items() if level != named.level)
    return elsewhere and bool(AMOUNT.search(named.passage.text, named.end - named.passage.start))


def parent_code(named: Named, tables: dict[int, dict[str, str]]) -> str:
    """The code of the class or section that the text names before; empty where the tables do not have it."""
    above = tables.get(named.level - 2, {})
    return next((code for name, code in above.items() if stem(name, named.level - 2) == stem(named.above, named.level - 2)), "")


def absent_subjects(prose: Prose, absent: list[Named]) -> Remark:
    """Names for which the tables have nothing alike: a question, as the text may explain more than the year's subjects."""
    found = remark("CC201", [prose.source(n.start, n.end) for n in absent], "absent")
    return replace(found, severity=Severity.WARNING)


@cache
def standard_codes() -> Mapping[str, str]:
    """Names of classification codes as published disclosures print them (``checks/data/codes.tsv``)."""
    lines = CODES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: clean(name) for code, name in pairs}


@check("CC203", "code-with-unusual-name", Severity.NOTICE)
def unusual_names(book: Book) -> Iterator[Equation | Remark]:
    """The tables print a classification code with the name that other disclosures print for it.

    Basis: 政府收支分类科目 of the year. The names are harvested from disclosures, so that a difference is something to look up, no proof;
    only documents of the last years are compared. Example: 20604 技术与开发, elsewhere 技术研究与开发.
    """
    year = book.document.fiscal_year
    if year is None or year < FIRST_YEAR:
        return
    places: dict[str, tuple[str, Source]] = {}
    for block in book.facts.blocks:
        for record in block.records:
            code, name = record.subject.code or "", clean(record.subject.name)
            usual = standard_codes().get(code, "")
            if usual and code not in places and is_another_name(name, usual):
                place = book.tables[block.table].place_of_row(record.row)
                places[code] = usual, Source(place, f"{code} {name}", record.label, book.label(block.table), block.table, record.row, 0)
    if places:
        pairs = "；".join(f"“{place.text}”—“{usual}”" for usual, place in places.values())
        yield remark("CC203", [place for _, place in places.values()], pairs=pairs)


def is_another_name(name: str, usual: str) -> bool:
    """Whether a name is neither the usual one nor that with other words printed beside it."""
    if not name or usual in name or usual.startswith(name) or LITTLE.sub("", name) == LITTLE.sub("", usual):
        return False
    return SequenceMatcher(None, name, usual, autojunk=False).ratio() >= ALIKE


@check("CC202", "name-almost-a-known-one", Severity.NOTICE)
def almost_names(book: Book) -> Iterator[Equation | Remark]:
    """A name in the text or a label is not one or two characters away from the name of a subject.

    Basis: 政府收支分类科目 and the document's own tables. Likely causes: a character mistaken, left out or doubled.
    Example: 工作福利支出 for 工资福利支出; 财政对城乡居民医疗保险基金的补助, in the tables …城乡居民基本医疗保险….
    """
    prose = prose_of(book)
    own = {name for names in table_names(book).values() for name in names}
    records = (record for block in book.facts.blocks for record in block.records)
    economic = {clean(r.subject.name) for r in records if r.subject.kind is SubjectKind.ECONOMIC and r.subject.name}
    standard = {name for name, count in known_names().items() if count >= COMMON}
    printed = frozenset(own | economic | known_names().keys())
    wanted = sorted((name for name in own | economic | standard if MONEY_NAME.search(name) and len(name) < 25), key=len, reverse=True)
    places: dict[str, list[Source]] = defaultdict(list)
    last = (-1, -1)
    for start, end, name in near_misses(prose.text, wanted, printed):
        if not last[0] <= start < end <= last[1] and plausible(prose.text[start:end], name, printed):
            places[name].append(prose.source(start, end))
            last = start, end
    if places:
        pairs = "；".join(f"“{found[0].text}”—“{name}”" for name, found in places.items())
        yield remark("CC202", [place for found in places.values() for place in found], pairs=pairs)


def plausible(found: str, name: str, printed: frozenset[str]) -> bool:
    """Whether a stretch of text is a slip of a name, and no other name with a word before or after it."""
    if re.search(rf"[^{HAN}（）]", found) or LITTLE.sub("", found) == LITTLE.sub("", name) or not MONEY_NAME.search(found):
        return False
    return not any(found[:size] in printed or found[-size:] in printed for size in range(max(4, len(found) - 3), len(found)))
