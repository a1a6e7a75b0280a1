"""Is a text that a model wrote borne out by what it cites: ids, figures, years, directions; nothing is shown as fact that is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from model.findings import Severity
from retrieval.assistant.claims import Claim, Kind, claims_in
from retrieval.assistant.directions import directions_of, words_in
from retrieval.assistant.grounds import Grounds, Known, agrees, nil
from retrieval.assistant.items import Item
from retrieval.assistant.misnamed import misnamed
from retrieval.assistant.sentences import Sentence, sentences_in
from retrieval.assistant.shelf import Shelf
from retrieval.assistant.spelling import STANDS_FOR, Spelled, spelled
from retrieval.numerals import CHINESE

_LINK = re.compile(r"https?://|www\.|!\[|\]\(|</?[a-z][^>\n]{0,200}>|javascript:|data:\w+/", re.IGNORECASE)
_SOUND = re.compile(
    r"(?:没有|未|无|不存在|没)(?:发现|查出|检出|存在|有)?(?:任何|明显|什么|重大|其他)?的?(?:问题|疑点|错误|异常|不一致|不符|差错)"
    r"|(?:全部|均|都|完全)(?:正确|一致|相符|无误|吻合)|勾稽(?:关系)?(?:正确|相符|一致)"
    r"|\bno (?:issues?|errors?|problems?|findings?|inconsistenc)",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"原因|由于|因为|系因|缘于|\bbecause\b|\bdue to\b", re.IGNORECASE)
_COMPARED = re.compile(r"比|较|同比|环比|相比|\bthan\b|\bcompared\b", re.IGNORECASE)
_ECHO = re.compile(r"没有|未|无法|无|不符|不一致|不是|并非|不等|提到|所问|询问|您问|找不到|\bnot?\b|\basked\b", re.IGNORECASE)
_LIMIT = re.compile(r"超过|高于|大于|低于|小于|不足|少于|以上|以下|\bover\b|\babove\b|\bbelow\b|\bunder\b", re.IGNORECASE)
_LISTING = re.compile(r"(?:以下|下列|如下|上述|以上|这|该|前|其中|共列出|the|these|following|both)\s*(?:共|的)?\s*$", re.IGNORECASE)
_TOGETHER = re.compile(r"^(?:项目|支出|科目|数|金额)?(?:合计|之和|相加|相差|加总|均|都|分别|如下|见下)")
_CLAUSE = re.compile(r"[，。；、：,;:\n]")
_PARTED = re.compile(r"[\s，、；：,;。）)（(和及与\x01]|$")
_CHANGE = re.compile(r"差|变动|变化|幅|增减|\bdiffer|\bchange", re.IGNORECASE)
_ENUMERABLE = frozenset("项 个 类 笔 条 处 行 种 列".split()) | {""}  # noqa: SIM905
_LITERAL = frozenset({Kind.COUNT, Kind.DATE, Kind.LABEL, Kind.PLAIN, Kind.YEAR, Kind.RATIO, Kind.VAGUE})
_GRAVE = frozenset({Severity.ERROR, Severity.WARNING})


@dataclass(frozen=True, slots=True)
class Fault:
    """Characters ``start`` to ``end`` of the text are not borne out; ``code`` names the message ``assistant.fault.<code>``."""

    start: int
    end: int
    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Use:
    """A figure that was found: at which place of the text, in which item and, for a row, which of its cells."""

    start: int
    id: str
    cell: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found. ``sentences`` are stretches of the text; a fault strikes out the one it stands in."""

    faults: tuple[Fault, ...]
    cited: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()

    @property
    def struck(self) -> tuple[tuple[int, int], ...]:
        """The sentences that hold a fault, in order."""
        return tuple(s for s in self.sentences if any(s[0] < fault.end and fault.start < s[1] for fault in self.faults))


@dataclass(slots=True)
class _Reading:
    """A text being verified."""

    given: Spelled
    shelf: Shelf
    question: str
    asked: list[Claim]
    claims: list[Claim]
    sentences: list[Sentence]
    faults: list[Fault] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

    def fault(self, start: int, end: int, code: str, what: str) -> None:
        low, high = self.given.back(start, end)
        self.faults.append(Fault(low, high, code, what))


def verify(text: str, shelf: Shelf, question: str = "", *, citing: bool = True, causal: bool = True) -> Verdict:
    """Check a text against what was looked up.

    ``citing`` asks for at least one citation, ``causal`` for a source of every reason given. Under 20 ms for an answer of a page.
    """
    given = spelled(text)
    claims = claims_in(given)
    reading = _Reading(given, shelf, spelled(question).text, claims_in(question), claims, sentences_in(given))
    _ids(reading, citing=citing)
    ways = directions_of(given.text, claims)
    for sentence in reading.sentences:
        own = [(c, way) for c, way in zip(claims, ways, strict=True) if sentence.start <= c.start < sentence.end]
        _sentence(reading, sentence, own)
        if causal and not sentence.ids and _CAUSE.search(given.text, sentence.start, sentence.end):
            reading.fault(sentence.start, sentence.end, "uncited", given.text[sentence.start : sentence.end])
    faults = tuple(sorted(dict.fromkeys(reading.faults), key=lambda fault: fault.start))
    cited = dict.fromkeys(id_ for marker in given.markers for id_ in marker.ids if shelf.get(id_))
    spans = tuple(given.back(s.start, s.end) for s in reading.sentences)
    return Verdict(faults, tuple(cited), tuple(reading.uses), spans)


def _ids(reading: _Reading, *, citing: bool) -> None:
    for marker in reading.given.markers:
        for id_ in marker.ids:
            if reading.shelf.get(id_) is None:
                reading.faults.append(Fault(marker.start, marker.end, "unknown_id", id_))
    if citing and not any(reading.shelf.get(id_) for marker in reading.given.markers for id_ in marker.ids):
        reading.faults.append(Fault(0, max(1, len(reading.given.original)), "nothing_cited", ""))
    for match in _LINK.finditer(reading.given.original):
        reading.faults.append(Fault(match.start(), match.end(), "link", match.group()))


def _sentence(reading: _Reading, sentence: Sentence, claims: Sequence[tuple[Claim, int | None]]) -> None:
    text = reading.given.text[sentence.start : sentence.end]
    items = _items(reading.shelf, sentence.ids)
    for claim, way in claims:
        _figure(reading, sentence, items, claim, way)
    sound = _SOUND.search(text)
    grave = any(finding.severity in _GRAVE for view in reading.shelf.views for finding in view.findings)
    if sound and grave and not any(id_[0] in "FC" for id_ in sentence.ids):
        reading.fault(sentence.start + sound.start(), sentence.start + sound.end(), "sound", sound.group())
    _directions(reading, sentence, items, [claim for claim, _ in claims])


def _items(shelf: Shelf, ids: Iterable[str]) -> list[Item]:
    """The items cited, with what their calculations rest on."""
    found: dict[str, Item] = {}
    for id_ in ids:
        item = shelf.get(id_)
        if item is not None:
            found[item.id] = item
            found.update({rest.id: rest for rest in _items(shelf, item.operands) if rest.id not in found})
    return list(found.values())


def _figure(reading: _Reading, sentence: Sentence, items: Sequence[Item], claim: Claim, way: int | None) -> None:
    text = reading.given.text
    clause = _clause(text, claim.start, claim.end)
    ends = (c.end for c in reading.claims if sentence.start <= c.start and c.end <= claim.start and _PARTED.match(text, c.end))
    before = max(ends, default=sentence.start)  # figures within a name (20万以上的设备) part nothing
    wrong = ""
    agreeing = [(item, fact) for item in items for fact in item.grounds.figures if agrees(claim, way, fact)]
    for item, fact in agreeing:
        if not _same_way(way or None, fact, item.grounds, clause):
            wrong = wrong or "direction"
        elif fact.cell is not None and misnamed(reading.shelf, item.evidence[0], fact.cell, text[before : claim.start]):
            wrong = "name"
        else:
            reading.uses.append(Use(reading.given.origin[claim.start], item.id, fact.cell))
            return
    if wrong:
        reading.fault(claim.start, claim.end, wrong, claim.text)
    elif not _otherwise(reading, sentence, items, claim):
        reading.fault(claim.start, claim.end, "figure" if items else "uncited", claim.text)


def _same_way(direction: int | None, fact: Known, grounds: Grounds, clause: str) -> bool:
    """Whether a change is said the way it went.

    An amount may only be called a change where its row does, and a change is no amount: what says so little must at least say 差额 or 变动.
    """
    if direction is None:
        return not fact.direction or bool(_CHANGE.search(clause)) or bool(words_in(clause))
    if fact.direction == direction:
        return True
    return fact.direction is None and direction in grounds.directions


def _clause(text: str, start: int, end: int) -> str:
    """The words around a figure up to the next separators."""
    low = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    return text[low : stop.start() if stop else len(text)]


def _otherwise(reading: _Reading, sentence: Sentence, items: Sequence[Item], claim: Claim) -> bool:
    """What is no amount of a row and yet borne out: years, pages, names, none at all, the answer's own list, the question's limits."""
    grounds = [item.grounds for item in items]
    if claim.kind is Kind.YEAR and any(int(claim.value) in g.years for g in grounds):
        return True
    if claim.kind is Kind.PAGE:
        return any(int(claim.value) in g.pages for g in grounds)
    if claim.kind in _LITERAL and any(_stands(claim.text, g.text) for g in grounds):
        return True
    if not claim.value and claim.kind is not Kind.VAGUE and any(nil(g) for g in grounds):
        return True
    return _listed(reading, sentence, items, claim) or _echoed(reading, claim)


def _stands(text: str, within: str) -> bool:
    """Whether a figure stands in a text word for word, not as a part of a longer one."""
    flat = text.replace(" ", "")
    before = r"(?<![\d.,])" if flat[:1].isdecimal() else rf"(?<![{CHINESE}])"
    after = r"(?!\d|[.,]\d)" if flat[-1:].isdecimal() else rf"(?![{CHINESE}])" if flat[-1:] in CHINESE else ""
    return bool(re.search(f"{before}{re.escape(flat)}{after}", within))


def _listed(reading: _Reading, sentence: Sentence, items: Sequence[Item], claim: Claim) -> bool:
    """以下3项, 两项合计: the number of rows cited there, or of the lines that follow."""
    if claim.kind is not Kind.COUNT or claim.unit not in _ENUMERABLE:
        return False
    text = reading.given.text
    before, after = text[max(0, claim.start - 6) : claim.start], text[claim.end : claim.end + 8]
    listed = [s for s in reading.sentences if s.block == sentence.block and s.line > sentence.line]
    heads = text[claim.end : sentence.end].rstrip(f"\n {STANDS_FOR}").endswith(("：", ":"))
    if heads and int(claim.value) == len({s.line for s in listed}):
        return True
    if not (_LISTING.search(before) or _TOGETHER.match(after)):
        return False
    rows = sum(item.id[0] in "RPF" for item in items)
    cells = max((len(item.operands) for item in items), default=0)
    every = {s.line for s in reading.sentences if s.line > sentence.line}
    return int(claim.value) in {rows, cells, len({s.line for s in listed}), len(every)}


def _echoed(reading: _Reading, claim: Claim) -> bool:
    """A figure of the question said again: as the limit it sets, or where the clause says that it is not so."""
    if not any(claim.kind is asked.kind and claim.value == asked.value for asked in reading.asked):
        return False
    clause = _clause(reading.given.text, claim.start, claim.end)
    if _ECHO.search(clause):
        return True
    window = reading.question
    return bool(_LIMIT.search(clause)) and bool(_LIMIT.search(window)) and claim.hedge in {"over", "under"}


def _directions(reading: _Reading, sentence: Sentence, items: Sequence[Item], claims: Sequence[Claim]) -> None:
    """A comparison without a figure (比上年增加) must go the way of something cited that compares."""
    ways = {way for item in items for way in item.grounds.directions}
    ways |= {fact.direction for item in items for fact in item.grounds.figures if fact.direction is not None and fact.value}
    if not ways:
        return
    text = reading.given.text
    for start, end, way in words_in(text[sentence.start : sentence.end]):
        low, high = sentence.start + start, sentence.start + end
        clause = _clause(text, low, high)
        begin = text.rindex(clause, 0, high + len(clause))
        plain = not any(begin <= claim.start < begin + len(clause) and claim.kind is not Kind.YEAR for claim in claims)
        if plain and _COMPARED.search(text[begin:low]) and way not in ways:
            reading.fault(low, high, "direction", text[low:high])
