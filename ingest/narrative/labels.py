"""What a sentence is about: cleaning a subject's words, and the 类 / 款 / 项 in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ingest.narrative.phrases import read_basis
from model.facts import Basis

ENUMERATOR = re.compile(
    r"^(?:第[一二三四五六七八九十百]+部分[:：、]?|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)][、.．]?"
    r"|[（(]\d{1,2}[）)][、.．]?|\d{1,2}[）)]|\d{1,2}[、.．](?!\d)|\d{1,2}[.．](?=20\d\d年)|[①-⑳]|第[一二三四五六七八九十]+[，、])"
)
OPENER = re.compile(
    r"^(?:其中[，,：:]?|[，,]?(?:主要)?(?:具体)?(?:分别)?(?:包括|包含|构成|组成)(?:为|如下|有)?[：:]?|具体(?:为|是|如下|情况如下|包括)[：:]?|分别(?:为|是)[：:]?)+"
)
_YEAR_TOKEN = re.compile(r"(?<!\d)20\d\d年(?:度)?(?:当年)?|今年")
_ORGANISATION_END = re.compile(
    r"(?:局|厅|委|委员会|院|会|办|办公室|中心|部门|单位|处|政府|所|站|校|学校|馆|队|部|社|街道|镇|乡|区|市|省|州|县|系统|机关|本级|厅本级|公司|大学|基地|集团|法院|检察院|海关|支队|总队|大队|协会|联合会|总工会|财政|我|全|截至|截止|底|末|年初)$"
)
_INTRODUCES = re.compile(r"[，：:]|是|为|中|和|与|以及|[（(]|按|根据|截[至止]|^在|年度?$|安排|编制|情况|说明")
_BEFORE_YEAR = re.compile(r"(?:^|[。；：，]|关于|[、）])(?P<name>[一-龥（）()]{4,30}?)20\d\d年")
_ON_COVER = re.compile(
    r"(?:^|：|年度?)(?P<name>[一-龥]{4,30}?(?:局|厅|委|会|院|办|室|中心|处|府|所|站|校|学|馆|队|部|社|道|镇|乡|关))(?:[（(].{1,4}[）)])?(?:部门|单位)?(?:预算|决算)?(?:公开)?(?:说明)?(?:20\d\d年.*)?$"
)
_PUBLIC_BODY = re.compile(
    r"^(?:[一-龥]{1,12}?(?:省|市|区|县|州|盟|旗)|国家|全国|中共|省|市|区|县)[一-龥]{0,16}?(?:局|委员会|厅|办公室|院|委|中心|街道|协会)(?:[（(].{1,4}[）)])?"
    r"(?=政府采购|机关运行|部门|收入|支出|财政拨款|一般公共|委托业务|所有|纳入|预算|本年|当年|“三公”|会议费|培训费|整体)"
)
_NAME_LEAD = re.compile(r"^(?:第[一二三四五六七八九十]+部分|关于|预算主管部门|主管部门|部门名称|单位名称)")
_ORGANISATION_NAME = re.compile(
    r"(?:局|厅|委|委员会|院|会|办|办公室|中心|处|政府|所|站|学校|馆|队|部|社|街道|镇|乡|机关|大学|法院|检察院|总队|支队|协会|联合会|总工会|(?:局|厅|院|办公室)[（(]?本级[）)]?)$"
)
_SELF = re.compile(
    r"^(?:我|本)(?:部门|单位|局|厅|委|院|办|会|中心|街道|镇|校|机关|区|市|级)(?:门)?(?:本级|系统)?(?:及(?:所属|下属)[^，]{0,6})?(?:各?(?:预算)?单位)?"
)
_LEAD = re.compile(
    r"^(?:[，,、；;：:。.\s—\-”]+|按照?[^，]{2,20}(?:原则|规定|要求)，?|的|其?中?含|主要[是为](?!用)|已?安排(?=.{4})|相应(?:安排)?|全年(?!预算)|和|以及|及(?!其)|并|同时|另外|此外|还|总的|当年|年度|度|安排的?|用于|共计|共|拟|通过|涉及到?|有|财政安排的?(?=项目))"
)
_TAIL = re.compile(r"(?:为|是|共计|共有|共|达到|达|约|：|:|分别|各|安排了?|的|(?<![总合小累])计|预计|大约|[，,、“])$")
_NUMBER_TAIL = re.compile(
    r"(?:(?:年初(?:批复)?|全年|调整后?)(?:支出|收入)?预算(?:数|安排)?|(?:预算执行|执行|预算|决算)(?:数|安排数)|(?<=支出)决算|(?<=费)决算|(?<=收入)决算|(?<=采购)决算|年初预算|预算安排(?:金额)?|(?<=费|出)预算安排)$"
)
_HEADING = re.compile(
    r"^.*(?:情况说明|情况的?(?:总体|具体)?说明|(?:安排|支出|占用|占有使用|占有|设置|管理|采购|经费|预算)情况)"
    r"(?:[（(]详?见[^）)]*[）)])?(?=[^，的为：:（(])(?!总体|具体|说明|情况)"
)
_LATE_HEADING = re.compile(r"^.*(?:情况|说明)(?=[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)")
_INNER_NUMBER = re.compile(r"(?<=[类款][）)])\d{1,2}[.．、]")
_HELD = re.compile(r"^.*(?:共有|现有|拥有|实有)(?=[^，]{2,}$)")
_BASIS_TAIL = re.compile(
    r"(?:年初预算|全年预算|调整后?预算|预算执行|执行|决算|预算)(?:数|额|金额|安排|资金|支出|收入|总额|合计|总计|总金额)*(?:为|是|共计|：)?$"
)
_QUOTES = re.compile(r"^[“\"‘'「](?P<inner>[^”\"’'」]+)[”\"’'」](?:科目)?$")
_GENERIC = frozenset(
    {
        "",
        "预算",
        "支出",
        "数",
        "安排",
        "支出决算",
        "决算",
        "科目",
        "年度",
        "本年数",
        "本年",
        "执行",
        "预算执行",
        "全年",
        "年初",
        "收支",
        "共计",
        "总计",
        "合计",
    }
)
_WEAK = re.compile(
    r"^(?:(?:项目|本|该项?)?(?:预算|财政性?|财政拨款|财拨|采购|合同)?(?:资金|金额|价值|总额|总投资|经费|投资)(?:合计|总额|总计)?|(?:预算|采购|合同)(?:金额|总额|资金)|(?:预算)?安排规模|预算规模|原值|账面价值|净值|面积|平均得分|得分|自评得分|占地面积)$"
)
_LEVEL_NAME = re.compile(
    r"(?P<name>[^（()）、，“”\"]*(?:[（(](?!\d|类|款|项)[^（()）]*[）)][^（()）、，“”\"]*)*)"
    r"[（(]?(?P<code>\d{2,7})?(?P<level>类|款|项)(?P<late>\d{2,7})?[）)]"
)
_CODES_ALONE = re.compile(r"[（(]?(?:\d{2,7}[类款项目]){1,3}[）)]?")
_CODE_AND_LEVEL = re.compile(r"(\d{2,7})[类款项目]")
_HYPHENS = re.compile(r"([一-龥（）()、]+支出)[-—－]([一-龥（）()、]+)(?:[-—－]([一-龥（）()、]+))?")
_PLAIN_CODE = re.compile(r"[（(](\d{3}(?:\d{2}){0,2})[）)]|^(\d{3}(?:\d{2}){0,2})[-—－、 ]?(?=[^\d])")
_SPEND_TAIL = re.compile(r"(?<=[）)])(?:支出|科目)$")


class SubjectParts(NamedTuple):
    """The functional class, section and item a label names (None where it names none), and the codes it prints, complete ones last."""

    class_name: str | None
    section: str | None
    item: str | None
    codes: tuple[str, ...] = ()


def subject_parts(label: str) -> SubjectParts:
    """Take ``公共安全支出（204类）司法（06款）其他司法支出（99项）`` apart; a bare name is an item without class and section."""
    if _CODES_ALONE.fullmatch(label):
        return SubjectParts(None, None, None, _joined(_CODE_AND_LEVEL.findall(label)))
    names: dict[str, str] = {}
    codes: list[str] = []
    for found in _LEVEL_NAME.finditer(label):
        names.setdefault(found["level"], found["name"].strip('“”"，、：: -').lstrip("的"))
        code = found["code"] or found["late"]
        if code:
            codes.append(code)
    plain = [a or b for a, b in _PLAIN_CODE.findall(label)]
    if not names and (path := _HYPHENS.fullmatch(label)):
        return SubjectParts(path[1], path[2], path[3], ())
    if not names:
        bare = _PLAIN_CODE.sub("", label).strip('“”"')
        return SubjectParts(None, None, bare or None, tuple(plain) or _joined(codes))
    return SubjectParts(names.get("类"), names.get("款"), names.get("项"), _joined(codes) or tuple(plain))


def _joined(codes: list[str]) -> tuple[str, ...]:
    """Codes printed level by level (204, 06, 99) as full codes (204, 20406, 2040699)."""
    full: list[str] = []
    for code in codes:
        full.append(full[-1] + code if full and len(code) <= 2 else code)
    return tuple(full)


def enumerator_level(text: str) -> tuple[int, int] | None:
    """How deep a list number at the start of a text stands (一、 above （一） above 1. above （1） above ①) and its length."""
    found = ENUMERATOR.match(text)
    if found is None:
        return None
    mark = found[0]
    if mark[0] in "（(":
        level = 4 if mark[1].isdecimal() else 2
    elif mark[0] == "第":
        level = 0 if "部分" in mark else 5
    elif mark[0].isdecimal():
        level = 4 if mark[-1] in "）)" else 3
    else:
        level = 5 if "①" <= mark[0] <= "⑳" else 1
    return level, found.end()


def opens_list(text: str) -> tuple[bool, str]:
    """Whether a text starts a list of parts (其中, 包括 …), and what is left of it."""
    found = OPENER.match(text)
    return (True, text[found.end() :]) if found else (False, text)


def clean_label(text: str) -> str:
    """The subject in a text that ends where its figure begins; "" where it names none (``2026年预算数为``)."""
    text = without_list_number(_HEADING.sub("", without_list_number(_LATE_HEADING.sub("", text))))
    text = _INNER_NUMBER.sub("", text)
    text = _HELD.sub("", _drop_before_year(text))
    text = _strip_ends(text)
    quoted = _QUOTES.match(text)
    if quoted:
        text = quoted["inner"]
    text = _SPEND_TAIL.sub("", text).removesuffix("科目").strip("“”") if _one_sided(text) else _SPEND_TAIL.sub("", text)
    return "" if text in _GENERIC else text


def is_weak(label: str) -> bool:
    """Whether a label says nothing without the one before it (``涉及预算资金``, ``价值``)."""
    return _WEAK.match(label) is not None


def label_basis(text: str) -> Basis | None:
    """The kind of figure that a label's last words name (公用经费预算数, 支出决算)."""
    found = _BASIS_TAIL.search(text)
    return read_basis(found[0]) if found else None


def _one_sided(text: str) -> bool:
    return text.count("“") != text.count("”") or text.endswith("科目")


def without_list_number(text: str) -> str:
    """The text without the list numbers at its head."""
    while (level := enumerator_level(text)) is not None:
        text = text[level[1] :]
    return text


def _drop_before_year(text: str) -> str:
    """Leave out the year, and what precedes it when that is an organisation; else keep both sides of it."""
    tokens = list(_YEAR_TOKEN.finditer(text))
    if not tokens:
        return text
    last = tokens[-1]
    before, after = text[: last.start()].strip("，,：:、"), text[last.end() :].lstrip("，,：:")
    if re.match(r"\d{1,2}月|底|末|[-—至]", after):
        after = re.sub(r"^[^，]*，?", "", after, count=1)
        return after or before
    if _strip_ends(after) in _GENERIC:
        return re.sub(r"在$", "", before)
    if (
        before
        and not _ORGANISATION_END.search(before)
        and re.search(r"(?:支出|费|经费|收入|采购|资金|[）)])$", before)
        and len(before) < 40
    ):
        return after if after.startswith(before) or len(after) > 12 else before + after
    return after if not before or _ORGANISATION_END.search(before) or _INTRODUCES.search(before) else text


def organisations(titles: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Whose budget it is: names on the cover, and those that texts put before a year more than once (某市财政局2026年预算 …)."""
    counts = Counter(found["name"] for text in texts for found in _BEFORE_YEAR.finditer(text))
    for title in titles:
        counts.update({found["name"]: 2 for found in _ON_COVER.finditer("".join(title.split()))})
    names = (_NAME_LEAD.sub("", name) for name, n in counts.items() if n > 1)
    return frozenset(name for name in names if len(name) > 3 and _ORGANISATION_NAME.search(name))


def _strip_ends(text: str) -> str:
    previous = None
    while text != previous:
        previous = text
        text = _LEAD.sub("", text, count=1)
        text = _PUBLIC_BODY.sub("", _SELF.sub("", text, count=1), count=1)
        text = _TAIL.sub("", text, count=1)
        stripped = _NUMBER_TAIL.sub("", text, count=1)
        text = stripped
    return text
