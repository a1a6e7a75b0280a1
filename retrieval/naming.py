"""Tables and organisations as a question names them: by number, by an abbreviated title, by the end of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.text import chinese_number, common_subsequence, flat

_PART = re.compile(r"(?:汇总|本级|机关|部门|单位)+$")
_BODY = re.compile(
    r"[一-鿿]{1,4}(?:局|厅|署|法院|检察院|医院|学校|大学|学院|人民政府|[市县区省]政府|委员会|党校|银行|公司)|[一-鿿]{2,4}(?<![干全内外本各大中分细一二三四五六七八九十几两多少南北东西])部(?![门分队])"
)
_KIND_OF_BODY = 3  # characters of a body's name after its place
_OURS = re.compile(r"^(?:[我本该全各贵]|这个|那个)?(?:局|厅|署|院)$")


@dataclass(frozen=True, slots=True)
class TableMention:
    """A table the question names; ``tables`` are the ids it may mean, best first; empty when the document has none such."""

    start: int
    end: int
    text: str
    tables: tuple[str, ...]


def tables_in(text: str, titles: dict[str, tuple[str, str]]) -> tuple[str, tuple[TableMention, ...]]:
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
    merged = _merged(text, sorted(found, key=lambda mention: mention.start))
    return blanked(text, [(mention.start, mention.end) for mention in merged]), tuple(merged)


def _merged(text: str, found: list[TableMention]) -> list[TableMention]:
    """Two names of one table side by side (项目支出表（表7）) are one mention."""
    merged: list[TableMention] = []
    for mention in found:
        last = merged[-1] if merged else None
        common = tuple(key for key in mention.tables if last and key in last.tables)
        if last and not text[last.end : mention.start].strip() and (common or re.search(r"\d", mention.text)):
            merged[-1] = TableMention(last.start, mention.end, last.text + mention.text, common or mention.tables)
        else:
            merged.append(mention)
    return merged


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
    """How well a piece of the question abbreviates a title: 0 unless all its characters stand in the title in order.

    支出表（按经济分类） may be called 支出经济分类表 too.
    """
    stem, table, tail = title.rpartition("表")
    if tail and common_subsequence(piece, title) < len(piece):
        title = stem + tail + table
    if not title or common_subsequence(piece, title) < len(piece):
        return 0.0
    return len(piece) / max(len(title), len(piece)) + (0.5 if piece in title else 0.0)


def organization_names(organization: str) -> frozenset[str]:
    """What the document's own organisation may be called: in whole, by its end (审计局), by its place (苏州市, 苏州)."""
    name = _PART.sub("", flat(organization))
    ends = {name[i:] for i in range(len(name) - 1)}
    marks = [0, *(i for i in range(2, len(name)) if name[i - 1] in "省市区县州旗")]
    places = {name[i:j] for i in marks for j in marks if j - i >= 2}
    ends |= {end[:-2] for end in ends if end.endswith("委员会") and len(end) > 4}
    return frozenset(ends | places | {place[:-1] for place in places if len(place) > 2})


def _organization_spans(text: str, organization: str) -> list[tuple[int, int]]:
    """Where the question names the document's own organisation, the longest names first."""
    spans: list[tuple[int, int]] = []
    for piece in sorted(organization_names(organization), key=len, reverse=True):
        at = text.find(piece)
        if at >= 0 and not any(start < at + len(piece) and at < end for start, end in spans):
            spans.append((at, at + len(piece)))
    return spans


def other_bodies(text: str, organization: str) -> list[tuple[int, str]]:
    """Other organisations that the question names (某市教育局): an answer must speak of them."""
    name = _PART.sub("", flat(organization))
    superior = _superior(text, name)
    if superior:
        return [superior]
    rest = blanked(text, _organization_spans(text, organization))
    found = [(match.start(), match.group()) for match in _BODY.finditer(rest) if not _OURS.match(match.group())]
    return [(start, body) for start, body in found if not _shortened(body, name)]


def _superior(text: str, name: str) -> tuple[int, str] | None:
    """The body of the same kind one level above ours that the question names (江州市审计局, where ours is 江州市东区审计局)."""
    below = [i for i in range(2, len(name)) if name[i - 1] in "区县旗市"]
    above = [i for i in range(2, len(name)) if name[i - 1] in "省市"]
    found = ((name[:i] + name[j:]) for i in above for j in below if i < j and len(name) - j >= _KIND_OF_BODY)
    return next(((at, body) for body in found if (at := text.find(body)) >= 0), None)


def own_abbreviations(text: str, organization: str) -> frozenset[str]:
    """What the question calls the document's own organisation in short: 医保局 for 医疗保障局."""
    name = _PART.sub("", flat(organization))
    return frozenset(filter(None, (_shortened(match.group(), name) for match in _BODY.finditer(text))))


def _shortened(body: str, name: str) -> str:
    """The end of a body's name, of three characters at least, that is ours cut short; "" for none."""
    if body[-1] not in {name[-1:], "委"}:
        return ""
    ends = (body[start:] for start in range(len(body) - 2))
    return next((end for end in ends if common_subsequence(end, name) == len(end)), "")


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with those stretches replaced by blanks; positions stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
