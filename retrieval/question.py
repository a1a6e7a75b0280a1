"""What a question asks: the operation, and the years, tables, subjects, limits and numbers it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from model.amounts import Amount
from retrieval.figures import figures_in
from retrieval.intent import Ask, Cues, intent
from retrieval.lexicon import english, english_filler, filler
from retrieval.naming import TableMention, blanked, organization_names, other_bodies, own_abbreviations, tables_in
from retrieval.numerals import read
from retrieval.terms import Mention, Terms, mentions_in
from retrieval.text import chinese_number, flat

_JOINING = frozenset("表里中内的和与及跟同对向给在由是")
_TELLING = 5  # a row's name of so many characters says nothing of how it is asked for (水资源节约管理与保护)
_SAID = 3  # of these at least so many beside words that say nothing
_NAME = 12  # characters after a year that are looked for in names with it
LIMIT = 500  # characters of a question that are read; nobody asks longer


@dataclass(frozen=True, slots=True)
class Limit:
    """超过500万元: the comparison (``>``, ``>=``, ``<``, ``<=``) and the amount."""

    sign: str
    amount: Amount


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
    exists: bool = False

    @property
    def hard(self) -> tuple[Mention, ...]:
        """The mentions an answer must show."""
        return tuple(mention for mention in self.mentions if not mention.soft)


_BRACKETS = re.compile(r"[（）()〔〕\[\]【】《》<>〈〉“”\"'‘’「」]+|(?<=[一-鿿])\s+(?=[一-鿿])")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?(?:度)?|(?<!\d)(\d{2})年")
_BASE = re.compile(r"[比较与和跟同]\s*$")
_REFERENCE = re.compile(r"[一-鿿]{0,8}20\d{2}\s*第?\d{1,4}号")
_SPLIT_CODE = re.compile(r"(?<![\d.])([2-5]\d{2}) +(\d{2})(?: +(\d{2}))?(?![\d.])")
_CODE = re.compile(r"(?<![\d.,])(\d{7}|\d{5}|[2-5]\d{2})(?![\d.,]|\s*(?:号|万|元|亿|年|项(?!目)|个|辆|人|%|台|家))")
_COUNTED = re.compile(
    r"(?:几|多少)\s*(?:个)?(辆|台套|台|部|人次|批次|批|人|名|家|平方米|平米|个|项|户|次|件|分|(?=车|公务用车|人|设备|房))"
)
_COUNTED_AFTER = re.compile(r"(?<=(人员|职工|编制|车辆|设备|人数))(?:一共|总共|现|共)?(?:有|是|为)?多少(?!钱|万|元|经费|支出)")
_COUNTED_NOUN = re.compile(r"(车辆|公车|用车|车|设备|人员|职工|房屋|办公用房)(?:的)?(?:数量|数目|辆数|总数|人数|面积|有多大)")
_EQUIPMENT = re.compile(r"(设备)(?!购置)")
_KEPT = re.compile(r"(车)(?:的)?保有量?(?!费)")
_EXISTS = re.compile(r"有没有|有无|是否有|是否安排|是否存在|是不是没|没有吗|安排了吗|安排没|有.{2,24}吗|[^少]了吗$|is there|are there any")
_BEFORE = re.compile(r"(?<![比较与和跟同对])(?<!比较)(?<!相比)(?:去年|上年|上一年|前一年|last year)(?!末|底|结|年末)")
_COMPARED = re.compile(
    r"(?:[比较与跟同和]|对比|相比)(?:上年|去年|上一年|前一年)度?(?!.{0,2}结)(?:相比|比较|比)?(?:[多少增减降涨升](?![加长低高]))?了?"
)
# What kind of fact is asked for: an answer must speak of it too.
_KIND_OF_FACT = re.compile(r"(?<!\d)\d{1,2}月份?|[一二三四]季度|[上下]半年|数量|总量|人数|件数|次数|户数|名单|姓名|编号|人均|平均")
_HEAD = re.compile(r"本级|本部(?!门)")
_STEPS = {"明年": 1, "来年": 1, "下一年": 1, "后年": 2, "前年": -2}
_SPELLED = re.compile(r"(?:(?<=[超过于到达足])|(?=[一二两三四五六七八九]?[十百千]))([一二两三四五六七八九十百千零]+)(万|亿)")
_LIMIT = re.compile(r"(不超过|不高于|不大于|不低于|不少于|不小于|超过|超出|大于|高于|多于|低于|小于|少于|不足|不到|达到)\s*$")
_AFTER = re.compile(r"\s*(以上|以下|以内|及以上|及以下)")
_TOP = re.compile(
    r"(?:前|最大的|最高的|最多的|最小的|最少的|最低的|排名前)\s*([\d一二两三四五六七八九十]{1,3})\s*(?:个|项|名|位|类|大|笔|条|的)?"
)
_LEVEL = {"类级": 1, "类科目": 1, "科目类": 1, "大类": 1, "款级": 2, "款科目": 2, "科目款": 2, "项级": 3, "项科目": 3}
_LEVELS = re.compile("|".join(f"{word}(?:支出)?(?:科目)?" for word in _LEVEL))
_IN_TEXT = re.compile(r"正文|文字|编制说明|情况说明|说明里|说明中|叙述|前后")
_PRIOR = re.compile(r"去年|上年|上一年|前一年|同比|往年")


def normalised(asked: str) -> str:
    """A question in one spelling: NFKC, lower case, no markup, brackets or quotes; separators stay."""
    text = _SPLIT_CODE.sub(lambda found: "".join(part or "" for part in found.groups()), unicodedata.normalize("NFKC", asked[: LIMIT * 4]))
    text = _BRACKETS.sub("", _MARKUP.sub(" ", text)).lower()[:LIMIT]
    text = _SPELLED.sub(_in_digits, text)
    for phrase, chinese in english():
        if phrase in text:
            known = chinese in text
            text = text.replace(phrase, " " if known else f" {chinese} ")
    return "".join(char if char.isprintable() else " " for char in text)


def _joined(text: str, terms: Terms) -> str:
    """A question with the names that list things written without separators, so that each is one name."""
    for name in sorted(terms.listing, key=len, reverse=True):
        text = text.replace(name, flat(name))
    return text


def _own_row(text: str, organization: str, tables: tuple[TableMention, ...], terms: Terms) -> list[Mention]:
    """The organisation's own row, where its full name follows a table that has rows of units."""
    name = flat(organization)
    at = text.find(name, tables[0].end) if tables and name in terms.labels else -1
    return [Mention(at, at + len(name), name, {name: 1.0}, soft=True)] if at >= 0 else []


def _held(body: str, terms: Terms) -> bool:
    """Whether the document's names hold a body's, but for what joins it to the words before (表里的某市政府)."""
    return terms.holds(body) or any(terms.holds(body[at:]) for at in range(1, len(body) - 2) if set(body[:at]) <= _JOINING)


def _in_digits(found: re.Match[str]) -> str:
    """五十万 as 50万; what is no number stays."""
    number = read(found.group(1)) or read(f"一{found.group(1)}")
    return f"{number.value.normalize():f}{found.group(2)}" if number else found.group()


def understand(asked: str, terms: Terms, titles: dict[str, tuple[str, str]], organization: str, fiscal: int | None = None) -> Question:
    """Read a question with the words of a document: ``titles`` maps table ids to (number, title), both flat; ``fiscal`` is its year."""
    text = _joined(normalised(asked), terms)
    masked, tables = tables_in(text, titles)
    references = [match.span() for match in _REFERENCE.finditer(masked)]
    kept = [*references, *(span for match in _YEAR.finditer(masked) if (span := _in_a_name(masked, match, terms)))]
    others = [] if references else [body for body in other_bodies(masked, organization) if not _held(body[1], terms)]
    years = (*_years(masked, kept), *_relative(masked, fiscal))
    figures = [] if references else figures_in(masked)
    limit, counted = _limit(masked), _counted(masked)
    spans = [(start, start + len(body)) for start, body in others] + [(figure.start, figure.end) for figure in figures]
    own = organization_names(organization) | own_abbreviations(masked, organization)
    mentions, unknown = mentions_in(_words_left(masked, spans, kept), terms, own)
    mentions = [*mentions, *_own_row(masked, organization, tables, terms)]
    unknown += _kinds_of_fact(masked, mentions, counted)
    cues = blanked(masked, [(m.start, m.end) for m in mentions if not m.soft and len(m.text) >= _TELLING and m.text in terms.labels])
    told = intent(Cues(cues, sum(not m.soft for m in mentions), len(tables), limit is not None, counted.group(1) if counted else None))
    before = _BEFORE.search(cues)
    if fiscal and not years and told in _FIGURES and before:
        years = (fiscal - 1,)
    return Question(
        asked,
        text,
        told,
        years,
        tuple(dict.fromkeys(_CODE.findall(masked))),
        tables,
        tuple(mentions),
        (*unknown, *others),
        limit,
        _top(masked),
        (_THINGS.get(counted.group(1), counted.group(1)) or _thing(masked[counted.end() :])) if counted else "",
        next((level for word, level in _LEVEL.items() if word in masked), 0),
        tuple(figure.amount for figure in figures),
        bool(_IN_TEXT.search(masked)),
        bool(_PRIOR.search(masked)),
        bool(_EXISTS.search(masked)),
    )


def _counted(text: str) -> re.Match[str] | None:
    """Where a question asks for a number of things; group 1 is their unit or noun."""
    equipment = _EQUIPMENT.search(text) if _EXISTS.search(text) else None
    tried = (_COUNTED, _COUNTED_AFTER, _COUNTED_NOUN, _KEPT)
    return equipment or next((found for pattern in tried if (found := pattern.search(text))), None)


def _words_left(text: str, spans: list[tuple[int, int]], kept: list[tuple[int, int]]) -> str:
    """The question without years, codes, figures, comparisons and counted units, positions staying; what is kept is part of a name."""
    found = [match.span() for pattern in (_YEAR, _CODE, _COUNTED, _COMPARED, _LEVELS) for match in pattern.finditer(text)]
    rest = blanked(text, [span for span in (*found, *spans) if not _inside(span, kept)])
    return blanked(rest, [match.span() for match in re.finditer(r"[0-9a-z_]+", rest) if not _inside(match.span(), kept)])


def _kinds_of_fact(text: str, mentions: list[Mention], counted: re.Match[str] | None) -> list[tuple[int, str]]:
    """What an answer must speak of though it names nothing: 数量, 名单, 本级, an English word."""
    spoken = [(mention.start, mention.end) for mention in mentions] + ([counted.span()] if counted else [])
    found = [(match.start(), match.group()) for match in _KIND_OF_FACT.finditer(text) if not _inside(match.span(), spoken)]
    found += [(match.start(), "本级") for match in _HEAD.finditer(text) if not any("本级" in mention.text for mention in mentions)]
    return found + [(match.start(), match.group()) for match in re.finditer(r"[a-z]{2,}", text) if match.group() not in english_filler()]


def _in_a_name(text: str, year: re.Match[str], terms: Terms) -> tuple[int, int] | None:
    """The stretch from a year on that some name holds (2025年度信息化建设项目): it names no year then."""
    for end in range(min(len(text), year.end() + _NAME), year.end() + 1, -1):
        if terms.holds(text[year.start() : end]) and len(filler().sub("", text[year.end() : end])) >= _SAID:
            return (year.start(), end)
    return None


def _relative(text: str, fiscal: int | None) -> list[int]:
    """Years named from the document's own: 明年, 前年."""
    if fiscal is None:
        return []
    return [fiscal + step for word, step in _STEPS.items() if word in text]


# What asks for a figure of one year: 去年 names the year there, not what another year is compared with.
_FIGURES = frozenset({Ask.LOOK_UP, Ask.SUM, Ask.SHARE, Ask.TOP, Ask.FILTER})

_THINGS = {
    **dict.fromkeys(("人员", "职工", "编制", "人数"), "人"),
    **dict.fromkeys(("车辆", "公车", "用车", "车"), "辆"),
    **dict.fromkeys(("房屋", "办公用房"), "平方米"),
    "设备": "台",
}


def _thing(text: str) -> str:
    """The unit of what is counted without one: 多少车 are 辆."""
    return {"车": "辆", "公": "辆", "人": "人", "设": "台", "房": "平方米"}.get(text[:1], "")


def _years(text: str, references: list[tuple[int, int]]) -> tuple[int, ...]:
    """The years asked about: not those of document numbers, nor those that something is only compared with (比2025年 …)."""
    found = [
        int(match.group(1) or f"20{match.group(2)}")
        for match in _YEAR.finditer(text)
        if not _inside(match.span(), references) and not _BASE.search(text[: match.start()])
    ]
    return tuple(dict.fromkeys(found))


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
