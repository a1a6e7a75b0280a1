"""Which operation a question asks for, told by the words it is asked with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Ask(Enum):
    """The operation a question asks for."""

    LOOK_UP = "look_up"
    SUM = "sum"
    SHARE = "share"
    CHANGE = "change"
    TOP = "top"
    FILTER = "filter"
    SAME = "same"
    FINDINGS = "findings"
    EXECUTION = "execution"
    WHY = "why"
    PURPOSE = "purpose"
    WHO = "who"
    COUNT = "count"
    DEFINITION = "definition"
    NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Cues:
    """What the choice depends on: the text, how many subjects and tables it names, whether it names a limit, a counted thing (辆)."""

    text: str
    subjects: int
    tables: int
    limited: bool
    counted: str | None


_WORDS: tuple[tuple[Ask, re.Pattern[str]], ...] = (
    (
        Ask.DEFINITION,
        re.compile(
            r"什么是|啥是|什么叫|啥叫|何谓|何为|什么意思|啥意思|指的?是?(?:什么|啥)|的含义|的定义|的概念|名词解释"
            r"|怎么理解|怎么定义|如何定义|what is meant|definition|meaning"
        ),
    ),
    (
        Ask.SAME,
        re.compile(
            r"一致|一样|相同|相等|是否等于|等于|等不等|平衡|平不平|持平吗|对得上|对不上|对不对得上|矛盾|勾稽|吻合|相符|不符|冲突|有没有出入|有出入|有差异|有无差异|不同吗|match"
        ),
    ),
    (
        Ask.FINDINGS,
        re.compile(
            r"有什么问题|有没有问题|有问题|哪些问题|什么错|有错|错误|哪里不对|不对吗|对不对|疑点|算错|不平|有误|异常|哪里有问题|是否正确|正确吗|准确吗|真的|属实|可信吗|靠谱吗|算得对|算对|对吗|对么|有没有错|错没错|对不对|说得通|合理吗"
        ),
    ),
    (
        Ask.WHY,
        re.compile(
            r"为什么|为何|为啥|原因|怎么会|怎么回事|理由|缘故|凭什么|因何|咋(?:回事|会)"
            r"|怎么(?:比|一下|突然|少|多|降|涨|增|减|下|变少|变多|没|就|这么|那么|会|变成|不(?:安排|列|用))|why"
        ),
    ),
    (Ask.SHARE, re.compile(r"占比|比重|比例|占.{0,18}(?:百分|多少|几成|多大|比|几个点)|百分之几.*占|占了?多")),
    (
        Ask.TOP,
        re.compile(
            r"最[大多高小少低]|(?:哪个|哪项|谁)[更比较]*[多高大少低小]|前[\d一二两三四五六七八九十]{1,2}[名项个位大]|排名|排序|排个序|降序|升序"
            r"|[从由][大多高]到[小少低]|[从由][小少低]到[大多高]|largest|biggest|smallest|highest|lowest"
        ),
    ),
)
_CHANGE = re.compile(
    r"(?:[比较跟与和同].{0,12}(?:上年|去年|前一年|上一年|\d年).{0,12}(?:增|减|降|涨|升|多|少|变|差|省|怎么样|如何))"
    r"|(?:[比较].{0,12}(?:预算|决算|执行数).{0,12}(?:增|减|降|涨|升|多|少|变|差|省))|[减增]了多少|[降涨减增]多少|多了多少|少了多少"
    r"|同比|增幅|降幅|涨幅|增长率|增减|增速|增长了?多少|增加了?多少|减少了?多少|下降了?多少|变化|变动|涨了|降了|差多少|相差|差额|节约|省了"
    r"|(?:降低|提高|上升|下滑|压减|缩减)了?多少|增长百分|[比较].{1,12}[多少高低大小](?:了|出)?多少|[比较与跟同和](?:上年|去年|上一年|前一年)(?:相比|比|情况|怎么样|如何|呢|的|比较)*$|increase|decrease|change"
)
_FILTER = re.compile(
    r"哪些|哪几|有哪|列出|列举|罗列|名单|清单|都有什么|有什么项目|分别有"
    r"|(?:各|每)(?:个)?(?:项目|单位|科目|部门|类|款).{0,8}(?:多少|金额|预算|分别|是什么)|which|list"
)
_SUM = re.compile(r"加起来|相加|之和|加上|总和|求和|合起来|[一-鿿]加[一-鿿]|一共|总共|合计(?:是|为|有)?多少|sum")
_ADD = re.compile(
    r"[+＋]|加起来|加(?:在)?一起|加(?:在)?一块|相加|之和|总和|求和|合起来|(?:和|与|、|及|跟|同|加).{2,20}(?:合计|一共|总共|共计)"
)
_IS_IT = re.compile(r"(?:是不是|是否(?:是|为)?|(?:刚好|正好)?是)\s*\d")
_TWO = 2  # subjects that make a sum
_RATE = re.compile(
    r"完成(?:了)?(?:(?:年初|全年|调整)?预算(?:数|的)*)?(?:多少|情况|得?怎么样|得?如何|几成)|执行(?:情况|进度|了多少|得?怎么样|得?如何)|完成.{0,10}(?:百分|多少%|几成|率|比例)|执行率|完成率|完成进度"
)
_PURPOSE = re.compile(r"用于|用途|用来|用在|干什么|做什么|干嘛|花在哪|花到哪|主要内容|主要是什么|是什么项目")
_WHO = re.compile(
    r"谁|哪家|哪个(?:单位|部门|公司|机构|科室|处室)|由.{0,6}(?:承担|负责|实施)|什么时候|何时|哪年|哪一年|依据|电话|地址|职责|职能|怎么做|目标是"
)
_HOW_MANY = re.compile(r"几(?:个|项|类|款|笔)|多少(?:个|项|笔)|的(?:科目|项目|单位|支出|收入|培训|会议|类|款|项|有|$)")

_WHAT = re.compile(r"(?<!原因|内容|用途|依据|目标|职责|职能|任务|措施|问题)是(?:什么|啥)(?:呀|啊|呢|东西)?[?？。]*$")
_AS_BEFORE = re.compile(
    r"[比较与跟同和](?:上年|去年|上一年|前一年)(?:预算|决算)?数?(?:相比)?(?:一样|一致|相同|相等|有(?:没有)?(?:差异|出入|变)|持平)"
)
_GAP = re.compile(r"差多少|相差|差额|差了?几|差距")

# Tried in order; the first that holds decides.
_RULES: tuple[tuple[Ask, Callable[[Cues], bool]], ...] = (
    (Ask.SAME, lambda cues: cues.tables >= 2 and bool(_GAP.search(cues.text))),
    (Ask.SAME, lambda cues: cues.subjects >= _TWO and bool(_ADD.search(cues.text) and _IS_IT.search(cues.text))),
    (Ask.SUM, lambda cues: cues.subjects >= 2 and bool(_ADD.search(cues.text))),
    (Ask.EXECUTION, lambda cues: bool(_RATE.search(cues.text))),
    (Ask.FILTER, lambda cues: bool(_FILTER.search(cues.text)) and (cues.limited or cues.tables > 0 or not _CHANGE.search(cues.text))),
    (Ask.FILTER, lambda cues: cues.limited and bool(_HOW_MANY.search(cues.text))),
    (Ask.CHANGE, lambda cues: bool(_CHANGE.search(cues.text))),
    (Ask.COUNT, lambda cues: cues.counted is not None and cues.counted not in {"个", "项", "分"}),
    (Ask.SUM, lambda cues: cues.subjects >= 2 and bool(_SUM.search(cues.text))),
    (Ask.PURPOSE, lambda cues: bool(_PURPOSE.search(cues.text))),
    (Ask.WHO, lambda cues: bool(_WHO.search(cues.text))),
    (Ask.COUNT, lambda cues: cues.counted is not None),
    (Ask.DEFINITION, lambda cues: bool(_WHAT.search(cues.text))),
)


def intent(cues: Cues) -> Ask:
    """The operation asked for; a look-up where nothing says otherwise."""
    worded = next((ask for ask, words in _WORDS if words.search(cues.text)), None)
    if worded is Ask.SAME and not cues.tables and _AS_BEFORE.search(cues.text):
        return Ask.CHANGE
    return worded or next((ask for ask, holds in _RULES if holds(cues)), Ask.LOOK_UP)
