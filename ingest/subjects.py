"""What a label is about: classification codes and their names, sources of funds, “三公” items, totals.

The codes are those of 政府收支分类科目, harvested from published disclosures (``ingest/data``): good for matching, incomplete, and so
never proof that a code is wrong.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from model.facts import Fund, Subject, SubjectKind

DATA = Path(__file__).parent / "data"
KIND_OF_FILE = {
    "functional": SubjectKind.FUNCTION,
    "economic": SubjectKind.ECONOMIC,
    "government_economic": SubjectKind.GOVERNMENT_ECONOMIC,
}
CODE_LENGTHS = {SubjectKind.FUNCTION: (3, 5, 7), SubjectKind.ECONOMIC: (3, 5), SubjectKind.GOVERNMENT_ECONOMIC: (3, 5)}

NOISE = re.compile(r"[\s\u3000]+")
NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.．，,]|[（(][一二三四五六七八九十\d]+[)）][、.．]?|\d{1,2}[、.．)）](?!\d)|[①-⑳])")
OF_WHICH = re.compile(r"^(?:其\s*中|其中)[:：]?")
LEADING_CODE = re.compile(r"^[\[【]?((?:2|3|5)\d{2}(?:\d{2}){0,2})[\]】]?[-—–.、\s]*(?=[^\d\s.,，])")
MARKS = re.compile(r"[（(]?[类款项][)）]|[“”\"'‘’：:；;，,。]")
BRACKETS = str.maketrans("（）【】", "()[]")

THREE_PUBLIC = (
    ("purchase", re.compile(r"购置(?!及|和|与|、)")),
    ("vehicles", re.compile(r"(?:公务用车|公车|车辆).{0,4}购置(?:及|和|与|、)")),
    ("operation", re.compile(r"(?:公务用车|公车|用车|车辆)?运行(?:维护)?(?:费|经费)?")),
    ("overseas", re.compile(r"出国")),
    ("reception", re.compile(r"接待")),
)
FUNDS = (
    (Fund.CARRY_OVER, re.compile(r"上年结转|上年结余|结转资金|年初.*结转|结转结余|结余、?结转|动用.*结余|使用.*结余")),
    (Fund.STATE_CAPITAL, re.compile(r"国有资本")),
    (Fund.GOVERNMENT_FUNDS, re.compile(r"政府性基金|基金预算")),
    (Fund.GENERAL_PUBLIC, re.compile(r"一般公共预算|公共财政预算|一般公共服务预算|一般预算")),
    (Fund.SPECIAL_ACCOUNT, re.compile(r"财政专户|专户核拨|专户管理|非税收入专户")),
    (Fund.OWN, re.compile(r"非财政拨款|非财政资金")),
    (Fund.FISCAL, re.compile(r"财政拨款|财政补助收入|财政资金")),
    (Fund.SUPERIOR, re.compile(r"上级补助")),
    (Fund.AFFILIATE, re.compile(r"附属单位上缴|下级单位上缴|附属单位缴款")),
    (Fund.OPERATING_INCOME, re.compile(r"经营收入|经营预算收入")),
    (Fund.BUSINESS_INCOME, re.compile(r"事业收入|事业预算收入")),
    (Fund.OWN, re.compile(r"单位资金|自有资金|单位自有|其他资金")),
    (Fund.OTHER, re.compile(r"其他收入")),
)
PROJECT_NAME = re.compile(r"(?:项目|专项|经费)(?:[（(][^（）()]*[）)])?$")
TOTAL_LABEL = re.compile(
    r"^(?:本年|当年|上年)?(?:收入|支出|收支|预算|决算|拨款|基本支出|项目支出|人员经费|公用经费)*(?:合计|总计|小计|总额|共计)数?$|^(?:总|合)\s*计$"
)


def squeeze(text: str) -> str:
    """A label without spaces, with ASCII brackets: how labels are compared."""
    return NOISE.sub("", text).translate(BRACKETS)


def bare(label: str) -> str:
    """A label without numbering, 其中 and code: the name alone."""
    name = squeeze(label)
    while True:
        shorter = NUMBERING.sub("", OF_WHICH.sub("", name))
        shorter = LEADING_CODE.sub("", shorter)
        if shorter == name or not shorter:
            return name
        name = shorter


def essence(name: str) -> str:
    """A subject name without what disclosures add or leave out freely (支出, （类）, punctuation)."""
    short = MARKS.sub("", squeeze(name))
    trimmed = re.sub(r"(?:类|支出)$", "", short)
    return re.sub(r"支出$", "", trimmed) or short


@cache
def names(kind: SubjectKind) -> dict[str, str]:
    """Code → name of a classification."""
    stem = next(stem for stem, k in KIND_OF_FILE.items() if k is kind)
    with (DATA / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def class_by_name() -> dict[str, str]:
    """Essence of a functional class's name → its code (公共安全 → 204)."""
    return {essence(name): code for code, name in names(SubjectKind.FUNCTION).items() if len(code) == 3}


@cache
def codes_by_name(kind: SubjectKind) -> dict[str, list[str]]:
    """Essence of a name → the codes of a classification that bear it, in order (基本工资 → 30101)."""
    found: dict[str, list[str]] = {}
    for code, name in sorted(names(kind).items()):
        found.setdefault(essence(name), []).append(code)
    return found


def kind_of_code(code: str) -> SubjectKind | None:
    """Which classification a code belongs to, from its first digit and length; None for another number."""
    kind = {"2": SubjectKind.FUNCTION, "3": SubjectKind.ECONOMIC, "5": SubjectKind.GOVERNMENT_ECONOMIC}.get(code[:1])
    return kind if kind and len(code) in CODE_LENGTHS[kind] else None


def split_code(label: str) -> tuple[str | None, str]:
    """A code printed at the head of a label, and the rest (``201 一般公共服务支出`` → ``201``, ``一般公共服务支出``)."""
    text = label.strip()
    match = LEADING_CODE.match(NOISE.sub("", text))
    if match and kind_of_code(match.group(1)):
        return match.group(1), NOISE.sub("", text)[match.end() :]
    return None, text


def fund_of(text: str) -> Fund | None:
    """The source of funds that words name, the most specific first."""
    return next((fund for fund, pattern in FUNDS if pattern.search(text)), None)


def three_public_of(text: str) -> str | None:
    """Which “三公” item words name: overseas, vehicles, purchase, operation, reception."""
    if re.search(r"购置(?:及|和|与|、)", text):
        return "vehicles"
    return next((key for key, pattern in THREE_PUBLIC if pattern.search(text)), None)


def is_total(label: str) -> bool:
    """Whether a label is 合计, 小计, 总计, 本年收入合计 and the like."""
    return bool(TOTAL_LABEL.match(bare(label)))


def subject_of(label: str, code: str | None = None, *, classes: bool = True) -> Subject:
    """The subject of a label with the code printed beside it, if any.

    ``classes`` lets a name alone stand for a functional class (一、公共安全支出 → 204).
    """
    if code is None:
        code, _ = split_code(label)
    name = bare(label)
    if code and (kind := kind_of_code(code)):
        return Subject(kind, code, name, code)
    if is_total(label) or not name:
        return Subject(SubjectKind.TOTAL, "total", name)
    if classes and (found := class_by_name().get(essence(name))):
        return Subject(SubjectKind.FUNCTION, found, name, found)
    if (fund := fund_of(name)) and len(name) <= 20 and not PROJECT_NAME.search(name):
        return Subject(SubjectKind.SOURCE, fund.value, name)
    return Subject(SubjectKind.OTHER, essence(name), name)
