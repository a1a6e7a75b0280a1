"""NT7: the reasons that the text gives for a change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.findings import Severity

REASON = re.compile(
    r"(?:主要)?(?:变动|变化|增减|增加|减少|增长|下降)?(?:的)?(?:主要)?原因(?:主要)?(?:是|为|：|:|在于)*[：:]?(?P<reason>[^。；\n]{2,220})"
    r"|(?<=[，。])主要(?:是|系|为)(?:由于)?(?P<short>[^。；\n]{4,160})"
)
CHANGE = re.compile(
    r"(?P<word>增加|减少|增长|下降|增幅|降幅|减幅|上升)(?:了|为|约)?\s?(?P<figure>[\d,]+(?:\.\d+)?)\s?(?P<unit>万元|亿元|元|%)"
)
RATE = re.compile(r"(?:增长|增加|下降|减少|增幅|减幅|降幅|上升)(?:率|幅度)?(?:为|达|约)?\s?(?P<rate>[\d,]+(?:\.\d+)?)\s?%")
UP, DOWN = ("增加", "增长", "增幅", "上升"), ("减少", "下降", "减幅", "降幅")
EMPTY_WORDS = re.compile(
    r"(?:[“”‘’\"]|20\d\d年?|年|度|初|当年|今年|本年|上年|主要|由于|因|是|为|的|了|和|及|与|等|、|，|,|：|:|数|项|相应|有所|较|比|部门|单位|本|我局|"
    r"一般公共预算|政府性基金|国有资本经营|财政|拨款|预算|决算|支出|收入|经费|费用|费|资金|结转|结余|工作量|业务量|业务|工作|项目|任务|需要|需求|核定|安排|实际|情况|变化|变动|调整|"
    r"增加|减少|增长|下降|上升|提高|压减|三公|基本|人员|公用|公务|接待)+"
)
VAGUE = 50
ACTION = re.compile(
    r"增|减|压|降|调|新|退|招|转|无|未|取消|划|提高|提升|扩|并|升|缩|严|节|落实|执行|开展|实施|安排|支付|下达|到|缴|变|核|需|购|建|补|发|成立|列|入|停|结|完成|纳|追|"
    r"多|少|不|因|标准|要求|政策|规定|合理|节约|控制|统一|上涨|厉行|离职|在职|持平|相同|一致|用于|收回|分|加|移|清|改|抽|参|外|去"
)


def change_before(prose: Prose, passage: Passage, at: int) -> tuple[str, float]:
    """The word of the last change before a place of a passage, and the rate stated for it in percent (0 where none is)."""
    begin = max(passage.start, prose.text.rfind("。", passage.start, max(passage.start, at - 1)), at - 160)
    before = prose.text[begin:at]
    words = list(CHANGE.finditer(before))
    rates = list(RATE.finditer(before))
    word = words[0]["word"] if words else ""
    return word, float(rates[-1]["rate"].replace(",", "")) if rates else 0.0


def reasons(prose: Prose) -> list[tuple[re.Match[str], str, Passage]]:
    """Every reason of the text with its words and its passage."""
    return prose.once("reasons", lambda: list(read_reasons(prose)))


def read_reasons(prose: Prose) -> Iterator[tuple[re.Match[str], str, Passage]]:
    """The reasons, read from the text."""
    for match in REASON.finditer(prose.text):
        passage = prose.at(match.start())
        words = match["reason"] or match["short"] or ""
        if passage.kind in {"text", "cell", "note"} and words:
            yield match, words.strip("：:，, "), passage


@check("NT701", "reason-says-nothing", Severity.WARNING)
def empty_reasons(book: Book) -> Iterator[Equation | Remark]:
    """The reason given for a change says more than that there was a change.

    Basis: the disclosure is to explain changes; an auditor asks for the cause. Likely causes: a template filled in without thought.
    Example: “增加277.22%。主要原因是：业务量增加”; “‘三公’经费减少3万元，变动原因三公经费支出下降”.
    """
    prose = prose_of(book)
    places = []
    for match, words, passage in reasons(prose):
        word, rate = change_before(prose, passage, match.start())
        if word and is_empty(words, subject_before(prose, passage, match.start()), rate):
            places.append(prose.around(match.start(), match.end(), 36, 0))
    if places:
        yield remark("NT701", places)


def subject_before(prose: Prose, passage: Passage, at: int) -> str:
    """What the sentences before a reason speak of."""
    return prose.text[max(passage.start, at - 160) : at] + "".join(passage.section[-1:])


def is_empty(words: str, before: str, rate: float) -> bool:
    """Whether a reason consists of words of change alone, or repeats the subject with a word of change."""
    if not 3 <= len(words) <= 40 or "原因" in words or re.search(r"人员?数?(?:有所)?(?:增加|减少)$", words):
        return False
    if EMPTY_WORDS.fullmatch(words):
        specific = re.search(r"人员|工作量|业务量|任务|项目(?!支出|经费)|核定|压减|调整", words)
        return rate >= VAGUE or not specific
    core = re.sub(r"20\d\d年?度?|增加|减少|下降|增长|有所|支出|经费|资金|的|较|比|上年", "", words)
    return (
        len(core) >= 4 and core in re.sub(r"20\d\d年?度?|支出|经费|资金|的", "", before) and bool(re.search(r"增加|减少|下降|增长", words))
    )


@check("NT702", "reason-goes-the-other-way", Severity.WARNING)
def contrary_reasons(book: Book) -> Iterator[Equation | Remark]:
    """The reason for an increase is not a decrease, and the other way round.

    Basis: the words' meaning. Likely causes: a reason copied from another item or year. Example: “减少18.34万元，主要原因是人员增加”.
    """
    prose = prose_of(book)
    places = []
    for match, words, passage in reasons(prose):
        word, _ = change_before(prose, passage, match.start())
        ups, downs = (any(w in words for w in kind) for kind in (UP, DOWN))
        if (
            len(words) < 30
            and ((word in DOWN and ups and not downs) or (word in UP and downs and not ups))
            and not re.search(r"压减|压缩|节约|退休", words)
        ):
            places.append(prose.around(match.start(), match.end(), 36, 0))
    if places:
        yield remark("NT702", places)


@check("NT703", "reason-lacks-its-verb", Severity.NOTICE)
def unfinished_reasons(book: Book) -> Iterator[Equation | Remark]:
    """A reason that lists what changed says what happened to it.

    Basis: a sentence needs its predicate. Example: “下降的主要原因是：落实……要求，审计事务、审计培训等项目支出” (压减 is missing).
    """
    prose = prose_of(book)
    places = []
    for match, words, _ in reasons(prose):
        last = words.split("，")[-1]
        if re.search(rf"[{HAN}]、[{HAN}].*等.{{0,6}}(?:支出|经费|项目|费用)$", last) and not ACTION.search(
            re.sub(r"[^，]*等", lambda m: m[0][:4], last)
        ):
            places.append(prose.source(match.start(), match.end()))
    if places:
        yield remark("NT703", places)
