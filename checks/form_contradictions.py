"""NT8: sentences of one document that cannot all be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Prose, prose_of, remark
from checks.registry import Remark, check
from model.facts import Direction, Source
from model.findings import Severity

ITEMS = re.compile(rf"[{HAN}“”‘’（）]{{4,24}}(?:、[{HAN}“”‘’（）]{{4,24}})+")
SUFFIX = re.compile(r"(?:工作)?(?:经费|资金|补助费|补助|项目|费用|费|专项)+$")
VERB = re.compile(r"^.{0,6}?(?:新增|增加|减少|取消|开展|安排|包括|用于|压减)(?:了)?")
INSIDE = re.compile(r"补助|补贴|工作|专项|项目|经费|资金")
NEW = re.compile(rf"新增(?:了)?[“‘《](?P<name>[{HAN}]{{4,24}})[”’》]")
DROPPED = re.compile(r"(?:不再安排|不再列支|取消)(?P<items>[^。\n]{4,200})")
QUOTED = re.compile(rf"[“‘](?P<name>[{HAN}]{{5,20}})[”’]")
RAISED = re.compile(r"(?P<what>公积金|养老保险|职业年金|医疗保险|社保)[^，。；\n]{0,12}(?:基数)?(?:调增|提高|增加|上调|上涨)")
LOWERED = re.compile(r"(?P<what>公积金|养老保险|职业年金|医疗保险|社保)[^，。；\n]{0,12}基数(?:调减|降低|减少|下调|下降)")
NEAR = 12
MEANT = {"公积金": "住房公积金", "养老保险": "养老保险缴费", "职业年金": "职业年金缴费", "医疗保险": "单位医疗", "社保": "养老保险缴费"}


@check("NT801", "list-names-one-item-twice", Severity.WARNING)
def doubled_items(book: Book) -> Iterator[Equation | Remark]:
    """A list of projects or items names each once.

    Basis: items that differ by a word like 补助 only are one. Likely causes: an item left out, its neighbour printed twice.
    Example: “新增纺织服装运输补助项目、纺织服装运输项目、……等4个预算项目”.
    """
    prose = prose_of(book)
    places = []
    for match in ITEMS.finditer(prose.written):
        seen: dict[str, str] = {}
        for piece in re.split(r"[、和]", match[0]):
            core = INSIDE.sub("", VERB.sub("", piece.strip("“”‘’")))
            if len(core) > 4 and core in seen:
                at = match.start() + match[0].index(seen[core])
                places.append(prose.source(at, match.start() + match[0].index(piece) + len(piece)))
            seen.setdefault(core, piece)
    if places:
        yield remark("NT801", places)


@check("NT802", "new-project-has-carry-over", Severity.WARNING)
def old_new_projects(book: Book) -> Iterator[Equation | Remark]:
    """A project that the text calls new has no money carried over from the year before.

    Basis: what is carried over was there before.
    Example: “本年新增‘新疆人才发展基金’项目”, with 2025 money of that fund in 上年结转结余情况表.
    """
    prose = prose_of(book)
    for match in NEW.finditer(prose.text):
        rows = [row for row in carried_rows(book) if match["name"] in row.text]
        if rows:
            yield remark("NT802", [prose.around(match.start(), match.end(), 2, 2), rows[0]], name=match["name"])


def carried_rows(book: Book) -> Iterator[Source]:
    """The labels of the rows of tables of carry-over."""
    for table in book.document.tables:
        if "结转" in table.title:
            for r, row in enumerate(table.rows):
                label = max(row.texts, key=len)
                c = row.texts.index(label)
                yield Source(table.place_of(r, c), label, label[:60], table.label, table.id, r, c)


@check("NT803", "dropped-project-still-paid", Severity.WARNING)
def dropped_projects(book: Book) -> Iterator[Equation | Remark]:
    """A project that the text says is no longer budgeted has no amount elsewhere in the document.

    Basis: one of the two passages is wrong.
    Example: “不再安排‘科技活动周工作经费’”, and “科技活动周活动启动仪式费8万元” in another project.
    """
    prose = prose_of(book)
    for match in DROPPED.finditer(prose.text):
        for quoted in QUOTED.finditer(match["items"]):
            stem = SUFFIX.sub("", quoted["name"])
            paid = paid_elsewhere(prose, stem, prose.at(match.start()).start) if len(stem) > 4 else None
            if paid:
                start = match.start("items") + quoted.start()
                places = [prose.source(start, start + len(quoted[0])), paid]
                yield remark("NT803", [prose.source(match.start(), match.end()), *places], name=quoted["name"], paid=paid.text)


def paid_elsewhere(prose: Prose, stem: str, own: int) -> Source | None:
    """Where another passage states an amount for what begins with some words."""
    for match in re.finditer(rf"{re.escape(stem)}[^，。；、\n]{{0,14}}?(?<![\d.])[1-9][\d,.]*\s?万?元", prose.text):
        if prose.at(match.start()).start != own:
            return prose.source(match.start(), match.end())
    return None


@check("NT804", "reason-against-other-figures", Severity.WARNING)
def contradicted_reasons(book: Book) -> Iterator[Equation | Remark]:
    """What a reason says has risen has not fallen by the document's own figures, and the other way round.

    Basis: the reason of a total is found in its parts. Example: “社保及公积金缴费基数调增”, while 住房公积金 and 养老保险缴费 both fall.
    A reason that comes again is reported once, with all its places.
    """
    prose = prose_of(book)
    for pattern, against, variant in ((RAISED, Direction.DOWN, ""), (LOWERED, Direction.UP, "lowered")):
        reasons: dict[str, list[tuple[Source, str]]] = {}
        for match in pattern.finditer(prose.text):
            if re.search(r"原因|导致|由于|因", prose.text[max(0, match.start() - 260) : match.start()]):
                place = prose.source(match.start() - len(re.split(r"[，。；：、\n]", prose.text[: match.start()])[-1][-NEAR:]), match.end())
                reasons.setdefault(place.text, []).append((place, MEANT[match["what"]]))
        for reason, found in reasons.items():
            moved = moved_statement(book, found[0][1], against)
            if moved:
                places = [place for place, _ in found]
                other = moved.row_label.rsplit(" › ", 1)[-1]
                said = remark("NT804", places, variant, reason=reason, item=found[0][1], other=other)
                yield replace(said, places=(*said.places, ("related", moved)))


def moved_statement(book: Book, label: str, way: Direction) -> Source | None:
    """The comparison word of an item that moves one way wherever the text compares it; None where it moves otherwise anywhere."""
    found: Source | None = None
    for statement in book.facts.statements:
        if label not in statement.label or not statement.comparisons:
            continue
        comparison = statement.comparisons[0]
        if comparison.direction is not way or comparison.word is None:
            return None
        word = comparison.word
        found = found or book.source(word.paragraph, word.start, word.end)
    return found
