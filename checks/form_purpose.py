"""CC4: what money is said to be for, against where the tables put it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import Prose, prose_of, quoted, remark
from checks.present import money
from checks.registry import Remark, check
from model.facts import Fact, Nature, Source, SubjectKind
from model.findings import Severity

RUNNING = re.compile(r"^(?:行政运行|事业运行)$")
NO_PROJECT = re.compile(r"基本支出|人员经费|日常运转|机关运行")
PROJECT_ONLY = re.compile(r"(?:反映|指|用于)(?:[^。\n]*?)项目支出")
PURCHASE = re.compile(
    r"公务用车购置(?:及|和|与)运行(?:维护)?费[^。\n]{0,60}?(?:主要)?用于[^。\n]{0,20}?(?P<what>[^，。、\n]{0,8}(?:车辆|公务用车)购置[^，。、\n]{0,12})"
)
TEN_THOUSAND = Decimal(10_000)
THRESHOLD = re.compile(r"[（(](?P<limit>\d+)\s?万元?(?P<side>以上|以下)[）)]")


def item_money(book: Book, nature: Nature) -> dict[str, list[Fact]]:
    """The facts of one nature of the functional items (seven digits) with an amount other than nought, by name."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in book.facts.cells:
        subject = fact.meaning.subject
        if fact.meaning.nature is nature and subject.kind is SubjectKind.FUNCTION and len(subject.code or "") == 7 and fact.amount.value:
            found[subject.name].append(fact)
    return found


@check("CC401", "project-money-under-running-costs", Severity.WARNING)
def projects_under_running(book: Book) -> Iterator[Equation | Remark]:
    """行政运行 and 事业运行 hold basic expenditure only.

    Basis: 政府收支分类科目: both items are for 基本支出; projects are put under 一般行政管理事务 and the like. An auditor asks why.
    Example: 行政运行 with a project of 150,000 元; the text says “主要用于行政单位的基本支出”.
    """
    prose = prose_of(book)
    for name, facts in item_money(book, Nature.PROJECT).items():
        if RUNNING.match(name):
            said = stated_purposes(prose, name)
            amounts = "、".join(dict.fromkeys(money(fact.amount) for fact in facts))
            words = {"name": name, "amounts": amounts} | ({"said": said[0].text} if said else {})
            found = remark("CC401", [fact.source for fact in facts[:6]], "said" if said else "", **words)
            yield replace(found, places=(*found.places, *(("related", place) for place in said)))


def stated_purposes(prose: Prose, name: str) -> list[Source]:
    """Where the text says that an item is for basic expenditure."""
    pattern = re.compile(rf"(?:“[^“”，。\n]{{0,40}})?{re.escape(name)}[（(]?\d*项?[）)]?[。：:]?[^。\n]{{0,60}}?主?要?用于[^。\n]{{0,60}}")
    return [prose.source(m.start(), m.end()) for m in pattern.finditer(prose.text) if NO_PROJECT.search(m[0])]


@check("CC402", "purpose-against-table", Severity.WARNING)
def purposes(book: Book) -> Iterator[Equation | Remark]:
    """An item that the text explains as project expenditure has no basic expenditure in the tables.

    Basis: the explanation of a term holds for the figures. Likely causes: a definition kept while the item's use changed.
    Example: 其他信访事务支出（项）：……其他项目支出, with 540.61 万元 of 基本支出 in the table.
    """
    prose = prose_of(book)
    for name, facts in item_money(book, Nature.BASIC).items():
        if len(name) < 5:
            continue
        for match in re.finditer(rf"{re.escape(name)}[（(]项[）)][：:]?[^。\n]{{0,90}}", prose.text):
            if PROJECT_ONLY.search(match[0]) and "基本支出" not in match[0]:
                yield remark("CC402", [prose.source(match.start(), match.end()), facts[0].source], name=name, amount=money(facts[0].amount))


@check("CC403", "purchase-named-but-not-budgeted", Severity.WARNING)
def unbudgeted_purchase(book: Book) -> Iterator[Equation | Remark]:
    """The text does not say that vehicles are bought when the tables have no money for it.

    Basis: 公务用车购置及运行费 = 购置 + 运行维护. Likely causes: the definition of the term taken for its use.
    Example: “主要用于单位公务用车车辆购置支出”, 公务用车购置费 blank.
    """
    purchases = [f for f in book.facts.cells if f.meaning.subject.kind is SubjectKind.THREE_PUBLIC and f.meaning.subject.key == "purchase"]
    vehicles = [f for f in book.facts.cells if f.meaning.subject.kind is SubjectKind.THREE_PUBLIC and f.meaning.subject.key == "vehicles"]
    if not vehicles or any(fact.amount.value for fact in purchases):
        return
    prose = prose_of(book)
    for match in PURCHASE.finditer(prose.text):
        passage = prose.at(match.start())
        if re.search(r"\d\s?万元", match[0]) and not re.search(r"解释", "".join(passage.section)):
            yield remark("CC403", [prose.source(match.start(), match.end()), vehicles[0].source], what=match["what"])


@check("CC404", "personnel-class-under-operating", Severity.WARNING)
def personnel_under_operating(book: Book) -> Iterator[Equation | Remark]:
    """Nothing of 301 工资福利支出 and 303 对个人和家庭的补助 stands in the column 公用经费.

    Basis: 公用经费 is 商品和服务支出 and 资本性支出; 人员经费 is 301 and 303. Example: 30114 医疗费 53.41 under 公用经费.
    """
    found = [
        fact
        for fact in book.facts.cells
        if fact.meaning.nature is Nature.OPERATING and (fact.meaning.subject.code or "")[:3] in {"301", "303"} and fact.amount.value
        if fact.meaning.subject.kind is SubjectKind.ECONOMIC
    ]
    if found:
        rows = quoted([fact.source.row_label for fact in found], len(found))
        amounts = "、".join(dict.fromkeys(money(fact.amount) for fact in found))
        yield remark("CC404", [fact.source for fact in found], rows=rows, amounts=amounts)


@check("CC405", "amount-against-its-threshold", Severity.WARNING)
def thresholds(book: Book) -> Iterator[Equation | Remark]:
    """An item that is named “(20万以上)” costs at least that.

    Basis: the item's own name. Likely causes: the wrong item chosen from a list. Example: 台式计算机（20万以上） 12.00 万元.
    """
    for table in book.document.tables:
        for r, row in enumerate(table.rows):
            match = THRESHOLD.search(" ".join(row.texts))
            if not match or match["side"] != "以上":
                continue
            facts = [f for c in range(len(row.cells)) if (f := book.fact_at.get(f"{table.id}.{r}.{c}"))]
            amounts = [f for f in facts if f.amount.unit and f.amount.value]
            limit = int(match["limit"]) * TEN_THOUSAND
            if amounts and all(f.amount.base < limit for f in amounts):
                name = next(text for text in row.texts if match[0] in text)
                yield remark("CC405", [f.source for f in amounts[:3]], name=name, amount=money(amounts[0].amount))
