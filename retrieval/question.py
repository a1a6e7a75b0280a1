"""What a question asks: the operation, and the years, tables, subjects, limits and numbers it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from model.amounts import Amount
from retrieval.figures import figures_in
from retrieval.lexicon import english
from retrieval.terms import Mention, Terms, mentions_in
from retrieval.text import chinese_number, common_subsequence, flat

LIMIT = 500  # characters of a question that are read; nobody asks longer


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
class Limit:
    """超过500万元: the comparison (``>``, ``>=``, ``<``, ``<=``) and the amount."""

    sign: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class TableMention:
    """A table the question names; ``tables`` are the ids it may mean, best first; empty when the document has none such."""

    start: int
    end: int
    text: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. ``text`` is its normalised form, to which all positions refer."""

    asked: str
    text: str
    ask: Ask
    years: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    tables: tuple[TableMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    limit: Limit | None = None
    count: int = 0
    counted: str = ""
    level: int = 0
    figures: tuple[Amount, ...] = ()
    in_text: bool = False
    prior: bool = False

    @property
    def hard(self) -> tuple[Mention, ...]:
        """The mentions an answer must show."""
        return tuple(mention for mention in self.mentions if not mention.soft)


_BRACKETS = re.compile(r"[（）()〔〕\[\]【】《》<>〈〉“”\"'‘’「」]+|(?<=[一-鿿])\s+(?=[一-鿿])")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?(?:度)?|(?<!\d)(\d{2})年")
_BASE = re.compile(r"[比较与和跟同]\s*$")
_REFERENCE = re.compile(r"[一-鿿]{0,8}20\d{2}\s*第?\d{1,4}号")
_BODY = re.compile(r"[一-鿿]{1,4}(?:局|厅|署|法院|检察院|医院|学校|大学|学院|人民政府|[市县区省]政府|委员会|党校|银行|公司)")
_SPLIT_CODE = re.compile(r"(?<![\d.])([2-5]\d{2}) +(\d{2})(?: +(\d{2}))?(?![\d.])")
_PART = re.compile(r"(?:汇总|本级|机关|部门|单位)+$")
_OURS = re.compile(r"^(?:[我本该全各贵]|这个|那个)?(?:局|厅|署|院)$")
_CODE = re.compile(r"(?<![\d.,])(\d{7}|\d{5}|[2-5]\d{2})(?![\d.,]|\s*(?:号|万|元|亿|年|项(?!目)|个|辆|人|%|台|家))")
_COUNTED = re.compile(r"(?:几|多少)\s*(?:个)?(辆|台套|台|部|人次|批次|批|人|名|家|平方米|平米|个|项|户|次|件|分|(?=车|人|设备|房))")
_LIMIT = re.compile(r"(不超过|不高于|不大于|不低于|不少于|不小于|超过|超出|大于|高于|多于|低于|小于|少于|不足|不到|达到)\s*$")
_AFTER = re.compile(r"\s*(以上|以下|以内|及以上|及以下)")
_TOP = re.compile(
    r"(?:前|最大的|最高的|最多的|最小的|最少的|最低的|排名前)\s*([\d一二两三四五六七八九十]{1,3})\s*(?:个|项|名|位|类|大|笔|条|的)?"
)
_LEVEL = {"类级": 1, "类科目": 1, "大类": 1, "款级": 2, "款科目": 2, "项级": 3, "项科目": 3}
_IN_TEXT = re.compile(r"正文|文字|编制说明|情况说明|说明里|说明中|叙述|前后")
_PRIOR = re.compile(r"去年|上年|上一年|前一年|同比|往年")
_CUES: tuple[tuple[Ask, re.Pattern[str]], ...] = (
    (
        Ask.DEFINITION,
        re.compile(r"什么是|是什么意思|什么意思|指的?是?什么|的含义|的定义|名词解释|怎么理解|怎么定义|如何定义|what is meant|definition"),
    ),
    (
        Ask.SAME,
        re.compile(
            r"一致|一样|相同|相等|是否等于|等于|等不等|对得上|对不上|对不对得上|矛盾|勾稽|吻合|相符|不符|冲突|有没有出入|有出入|有差异|有无差异|不同吗|match"
        ),
    ),
    (
        Ask.FINDINGS,
        re.compile(
            r"有什么问题|有没有问题|有问题|哪些问题|什么错|有错|错误|哪里不对|不对吗|对不对|疑点|算错|不平|有误|异常|哪里有问题|是否正确|正确吗|准确吗"
        ),
    ),
    (
        Ask.WHY,
        re.compile(r"为什么|为何|为啥|原因|怎么会|怎么回事|理由|缘故|凭什么|怎么(?:比|一下|突然|少|多|降|涨|增|减|下|变少|变多)|why"),
    ),
    (Ask.SHARE, re.compile(r"占比|比重|比例|占.{0,14}(?:百分|多少|几成|多大|比)|百分之几.*占|占了?多")),
    (Ask.TOP, re.compile(r"最[大多高小少低]|前[\d一二两三四五六七八九十]{1,2}[名项个位大]|排名|largest|biggest|smallest")),
)
_CHANGE = re.compile(
    r"(?:[比较跟与和同].{0,12}(?:上年|去年|前一年|上一年|\d年).{0,12}(?:增|减|降|涨|升|多|少|变|差|省|怎么样|如何))"
    r"|(?:[比较].{0,12}(?:预算|决算|执行数).{0,12}(?:增|减|降|涨|升|多|少|变|差|省))|[减增]了多少|[降涨减增]多少|多了多少|少了多少"
    r"|同比|增幅|降幅|涨幅|增长率|增减|增速|增长了?多少|增加了?多少|减少了?多少|下降了?多少|变化|变动|涨了|降了|差多少|相差|差额|节约|省了|增长百分|increase|decrease"
)
_FILTER = re.compile(r"哪些|哪几|有哪|列出|列举|罗列|名单|清单|都有什么|有什么项目|分别有|which|list")
_SUM = re.compile(r"加起来|相加|之和|加上|总和|求和|合起来|[一-鿿]加[一-鿿]|一共|总共|合计(?:是|为|有)?多少|sum")
_ADD = re.compile(r"加起来|加(?:在)?一起|加(?:在)?一块|相加|之和|总和|求和|合起来|(?:和|与|、|及).{2,20}(?:合计|一共|总共|共计)")
_RATE = re.compile(r"完成.{0,10}(?:百分|多少%|几成|率|比例)|执行率|完成率|完成进度")
_PURPOSE = re.compile(r"用于|用途|用来|用在|干什么|做什么|干嘛|花在哪|花到哪|主要内容|主要是什么|是什么项目")
_WHO = re.compile(
    r"谁|哪家|哪个(?:单位|部门|公司|机构|科室|处室)|由.{0,6}(?:承担|负责|实施)|什么时候|何时|哪年|哪一年|依据|电话|地址|职责|职能|怎么做|目标是"
)


def normalised(asked: str) -> str:
    """A question in one spelling: NFKC, lower case, no markup, brackets or quotes; separators stay."""
    text = _SPLIT_CODE.sub(lambda found: "".join(part or "" for part in found.groups()), unicodedata.normalize("NFKC", asked[: LIMIT * 4]))
    text = _BRACKETS.sub("", _MARKUP.sub(" ", text)).lower()[:LIMIT]
    for phrase, chinese in english():
        if phrase in text:
            known = chinese in text
            text = text.replace(phrase, " " if known else f" {chinese} ")
    return "".join(char if char.isprintable() else " " for char in text)


def understand(asked: str, terms: Terms, titles: dict[str, tuple[str, str]], organization: str) -> Question:
    """Read a question with the words of a document. ``titles`` maps table ids to (number, title), both flat."""
    text = normalised(asked)
    masked, tables = _tables(text, titles)
    references = [match.span() for match in _REFERENCE.finditer(masked)]
    others = [] if references else [body for body in _other_bodies(masked, organization) if not terms.holds(body[1])]
    years = _years(masked, references)
    codes = tuple(dict.fromkeys(_CODE.findall(masked)))
    figures = [] if references else figures_in(masked)
    limit = _limit(masked)
    counted = _COUNTED.search(masked)
    spans = [match.span() for pattern in (_YEAR, _CODE) for match in pattern.finditer(masked)]
    spans += [(figure.start, figure.end) for figure in figures]
    spans += [(start, start + len(body)) for start, body in others]
    rest = _blank(masked, [span for span in spans if not _inside(span, references)])
    rest = _blank(rest, [match.span() for match in re.finditer(r"[0-9a-z_]+", rest) if not _inside(match.span(), references)])
    mentions, unknown = mentions_in(rest, terms, _organization_names(organization))
    return Question(
        asked,
        text,
        _ask(masked, limit, counted, mentions, tables),
        years,
        codes,
        tables,
        tuple(mentions),
        (*unknown, *others),
        limit,
        _top(masked),
        (counted.group(1) or _thing(masked[counted.end() :])) if counted else "",
        next((level for word, level in _LEVEL.items() if word in masked), 0),
        tuple(figure.amount for figure in figures),
        bool(_IN_TEXT.search(masked)),
        bool(_PRIOR.search(masked)),
    )


def _ask(text: str, limit: Limit | None, counted: re.Match[str] | None, mentions: list[Mention], tables: tuple[TableMention, ...]) -> Ask:
    for ask, cue in _CUES:
        if cue.search(text):
            return ask
    if _ADD.search(text) and sum(not mention.soft for mention in mentions) >= 2:
        return Ask.SUM
    if _RATE.search(text):
        return Ask.EXECUTION
    if _FILTER.search(text) and (limit or tables or not _CHANGE.search(text)):
        return Ask.FILTER
    if limit and re.search(r"几(?:个|项|类|款|笔)|多少(?:个|项|笔)", text):
        return Ask.FILTER
    if _CHANGE.search(text):
        return Ask.CHANGE
    if counted and counted.group(1) not in {"个", "项", "分"}:
        return Ask.COUNT
    if _SUM.search(text) and sum(not mention.soft for mention in mentions) >= 2:
        return Ask.SUM
    if _PURPOSE.search(text):
        return Ask.PURPOSE
    if _WHO.search(text):
        return Ask.WHO
    return Ask.COUNT if counted else Ask.LOOK_UP


def _thing(text: str) -> str:
    """The unit of what is counted without one: 多少车 are 辆."""
    return {"车": "辆", "人": "人", "设": "台", "房": "平方米"}.get(text[:1], "")


def _years(text: str, references: list[tuple[int, int]]) -> tuple[int, ...]:
    """The years asked about: not those of document numbers, nor those that something is only compared with (比2025年 …)."""
    found = [
        int(match.group(1) or f"20{match.group(2)}")
        for match in _YEAR.finditer(text)
        if not _inside(match.span(), references) and not _BASE.search(text[: match.start()])
    ]
    return tuple(dict.fromkeys(found))


def _other_bodies(text: str, organization: str) -> list[tuple[int, str]]:
    """Other organisations that the question names (某市教育局): an answer must speak of them."""
    rest = _blank(text, _organization_spans(text, organization))
    found = []
    for match in _BODY.finditer(rest):
        if not _OURS.match(match.group()):
            found.append((match.start(), match.group()))
    return found


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _limit(text: str) -> Limit | None:
    for figure in figures_in(text):
        before = _LIMIT.search(text[: figure.start])
        after = _AFTER.match(text, figure.end)
        word = (before.group(1) if before else "") or (after.group(1) if after else "")
        if word:
            return Limit(_sign(word), figure.amount)
    return None


def _sign(word: str) -> str:
    if word in {"不超过", "不高于", "不大于", "以下", "以内", "及以下"}:
        return "<="
    if word in {"不低于", "不少于", "不小于", "以上", "及以上", "达到"}:
        return ">="
    return "<" if word in {"低于", "小于", "少于", "不足", "不到"} else ">"


def _top(text: str) -> int:
    found = _TOP.search(text)
    number = chinese_number(found.group(1)) if found else None
    return number or 0


def _tables(text: str, titles: dict[str, tuple[str, str]]) -> tuple[str, tuple[TableMention, ...]]:
    """The tables named by number or title; in the text they are blanked out."""
    found: list[TableMention] = []
    for match in re.finditer(
        r"(?:附|公开|预算|决算)?表\s*0?(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d致样般共起公])|(?:公开|预算|决算)\s*0?(\d{1,2})\s*表",
        text,
    ):
        number = chinese_number(match.group(1) or match.group(2))
        ids = tuple(key for key, (printed, _) in titles.items() if number is not None and _number(printed) == number)
        if ids:
            found.append(TableMention(match.start(), match.end(), match.group(), ids))
    for at in (i for i, char in enumerate(text) if char == "表"):
        if not any(mention.start <= at < mention.end for mention in found):
            mention = _titled(text, at, titles)
            if mention:
                found.append(mention)
    return _blank(text, [(mention.start, mention.end) for mention in found]), tuple(sorted(found, key=lambda mention: mention.start))


def _number(printed: str) -> int | None:
    match = re.search(r"\d+|[一二三四五六七八九十]+", printed)
    return chinese_number(match.group().lstrip("0")) if match else None


def _titled(text: str, at: int, titles: dict[str, tuple[str, str]]) -> TableMention | None:
    """The table whose title the words before ``表`` (and its bracketed tail) give, the longest fit."""
    best: tuple[float, TableMention] | None = None
    ends = [at + 1, *(at + 1 + n for n in (4, 5, 6) if text[at + 1 : at + 1 + n].endswith(("科目", "分类")))]
    for end in ends:
        for start in range(max(0, at - 30), at - 1):
            piece = text[start:end]
            if not all(char.isalnum() for char in piece):
                continue
            ids = _fitting(flat(piece), titles)
            if ids and (best is None or len(piece) > best[0]):
                best = (len(piece), TableMention(start, end, piece, ids))
    return best[1] if best else None


def _fitting(piece: str, titles: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The tables whose titles a piece of the question abbreviates, best first; many where it is only the end of a longer title."""
    fits = {key: _fit(piece, title) for key, (_, title) in titles.items()}
    top = max(fits.values(), default=0.0)
    if not top:
        return ()
    least = top - 0.03 if top >= 1.1 else 0.5 if top > 0.5 else top - 0.03
    return tuple(sorted((key for key in fits if fits[key] >= least), key=lambda key: -fits[key]))


def _fit(piece: str, title: str) -> float:
    """How well a piece of the question abbreviates a title: 0 unless all its characters stand in the title in order."""
    if not title or common_subsequence(piece, title) < len(piece):
        return 0.0
    return len(piece) / max(len(title), len(piece)) + (0.5 if piece in title else 0.0)


def _organization_names(organization: str) -> frozenset[str]:
    """What the document's own organisation may be called: in whole, by its end (审计局), by its place (苏州市, 苏州)."""
    name = _PART.sub("", flat(organization))
    ends = {name[i:] for i in range(len(name) - 1)}
    marks = [0, *(i for i in range(2, len(name)) if name[i - 1] in "省市区县州旗")]
    places = {name[i:j] for i in marks for j in marks if j - i >= 2}
    return frozenset(ends | places | {place[:-1] for place in places if len(place) > 2})


def _organization_spans(text: str, organization: str) -> list[tuple[int, int]]:
    """Where the question names the document's own organisation, the longest names first."""
    spans: list[tuple[int, int]] = []
    for piece in sorted(_organization_names(organization), key=len, reverse=True):
        at = text.find(piece)
        if at >= 0 and not any(start < at + len(piece) and at < end for start, end in spans):
            spans.append((at, at + len(piece)))
    return spans


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def whole(amount: Amount) -> Decimal:
    """An amount of the question in base units, for comparisons with printed figures."""
    return amount.base
