"""How well a cell fits what a question leaves unsaid: its column, its table, its year, its basis, its side."""

from __future__ import annotations

import re

from model.document import Kind
from retrieval.naming import blanked
from retrieval.question import Question
from retrieval.records import TOTALS, Record, Value
from retrieval.terms import Mention
from retrieval.view import View

_DEFAULT = frozenset(
    {"合计", "总计", "金额", "预算数", "决算数", "小计", "本年预算数", "预算金额", "支出合计", "收入合计", "预算", "决算", "数额"}
)
_QUALIFIED = {
    **dict.fromkeys(("一般公共", "财政拨款", "基本支出", "经济分类"), 0.06),
    **dict.fromkeys(("政府性基金", "国有资本", "三公", "项目", "采购", "结转", "绩效", "机关运行"), 0.25),
}
_YEAR = re.compile(r"20\d{2}(?!年\d{1,2}月)")
_YEAR_CELL = 7  # a cell such as 2026年度
_BASIS = re.compile(r"年初预算|全年预算|调整预算")
_TITLED = 5  # a subject of so many characters that stands in a title is what the table is about
_THREE_PUBLIC = re.compile(r"接待|公车|公务用车|出国|用车|三公")
_CARRIED = ("结转", "结余")
_PRIOR = re.compile(r"上年|去年|上一年")


def column_fit(mention: Mention, names: list[str]) -> float:
    """How well a header path shows a mention: its last part best; a part above it only where the last one is a total."""
    if not names:
        return 0.0
    inner = 0.9 if names[-1] in TOTALS or names[-1] in _DEFAULT else 0.7
    return max([mention.likeness(names[-1]), *(inner * mention.likeness(name) for name in names[:-1])])


def column_surplus(record: Record, value: Value, names: list[str]) -> float:
    """What it costs to take a column that was not named: nothing for the total, more for a part."""
    if any(word in name for word in _CARRIED for name in names):
        return 0.45  # what is carried over is meant where it is named alone
    if value.path == next((path for path in record.paths if not any(word in part for word in _CARRIED for part in path)), None):
        return 0.0
    total = len(names) == 1 or not any(name in TOTALS for name in names[:-1])
    return 0.05 if total and names and names[-1] in _DEFAULT and len(names) <= len(record.paths[0]) else 0.3


def title_surplus(view: View, question: Question, record: Record, named: bool) -> float:
    """What it costs to take a table that is restricted to something the question does not name."""
    if named:
        return 0.0
    title = view.titles[record.table.id][1]
    if "三公" in title and _THREE_PUBLIC.search(question.text):
        return -0.25  # the table of these subjects has all of their money, the economic classes only what is basic expenditure
    if any(len(m.text) >= _TITLED and m.text in title for m in question.hard):
        return 0.0
    return sum(cost for word, cost in _QUALIFIED.items() if word in title and word not in question.text)


def year_fit(view: View, question: Question, record: Record, names: list[str]) -> float | None:
    """A bonus or malus for the year a column's header or the row names; None where the cell is of another year than the one asked for."""
    fiscal = view.document.fiscal_year
    header = "".join([*names, *(text for _, text in record.texts if _YEAR.match(text) and len(text) <= _YEAR_CELL)])
    years = {int(year) for year in _YEAR.findall(header)}
    prior = bool(_PRIOR.search(header)) and "结转" not in header
    if prior and fiscal:
        years.add(fiscal - 1)
    asked = set(question.years) or ({fiscal} if fiscal else set())
    if years & asked:
        return 0.03
    if years:
        return None if question.years or _own_column(record, fiscal) else -0.6
    return None if question.years and fiscal not in asked else 0.0


def earlier_column(view: View, path: tuple[str, ...]) -> bool:
    """Whether a column's header is of a year before the document's own."""
    fiscal, header = view.document.fiscal_year, "".join(path)
    if "结转" in header or fiscal is None:
        return False
    years = {int(year) for year in _YEAR.findall(header)}
    return bool(_PRIOR.search(header)) or (bool(years) and max(years) < fiscal)


def _own_column(record: Record, fiscal: int | None) -> bool:
    """Whether a row has a column of the document's own year: then another year's is not what is meant."""
    return fiscal is not None and any(str(fiscal) in part or part.startswith("本年") for path in record.paths for part in path)


def basis_fit(view: View, question: Question, record: Record, names: list[str]) -> float:
    """Final accounts print budget and outturn side by side: the outturn is meant unless the question says 预算."""
    if view.document.kind is not Kind.FINAL_ACCOUNTS:
        return 0.0
    header = "".join(names)
    outturn, budget = (
        "决算" in header,
        "预算" in header.replace("一般公共预算", "").replace("政府性基金预算", "").replace("国有资本经营预算", ""),
    )
    asked_budget = "预算" in question.text.replace("一般公共预算", "").replace("政府性基金预算", "") and "决算" not in question.text
    outturn = outturn or (not budget and "决算" in view.titles[record.table.id][1])
    if not outturn and not budget:
        return -0.5 if _BASIS.search(question.text) else 0.0
    return 0.25 if (budget and asked_budget) or (outturn and not asked_budget) else -0.25


def side_fit(view: View, question: Question, record: Record, names: list[str]) -> float:
    """Income or expenditure: a bonus where header, row or title is of the side that the question names, a malus for the other."""
    told = blanked(question.text, [(table.start, table.end) for table in question.tables])  # a table's title may name both
    asked = {side for side in ("收入", "支出") if side in told}
    if not asked and record.code and "收入" in (title := view.titles[record.table.id][1]) and "支出" not in title:
        return -0.15  # a class of expenditure is asked of what is spent, where both are printed
    if not asked and record.code.startswith("2") and names:
        return -0.35 if "收入" in names[0] and "支出" not in names[0] else 0.0  # a class of expenditure beside both
    if len(asked) != 1:
        return 0.0
    for words in (names[0] if names else "", record.name, view.titles[record.table.id][1]):
        here = {side for side in ("收入", "支出") if side in words}
        if len(here) == 1:
            return 0.1 if here == asked else -0.35
    return 0.0
