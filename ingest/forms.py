"""What a table is, from its title, and what a column's figures mean, from its header: vocabulary and structure, no list of templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.subjects import essence, fund_of, names, squeeze, three_public_of
from model.facts import Basis, Fund, Measure, Nature, Side, Subject, SubjectKind, ValueColumn

FORMS = (
    ("performance_target", r"绩效(?:目标|自评|评价|指标)|目标申报表"),
    ("three_public", r"三公|机关运行经费.*三公|行政经费"),
    ("agency_operating_cost", r"机关运行经费"),
    ("procurement", r"政府采购"),
    ("purchased_services", r"购买服务"),
    ("transfer", r"转移支付"),
    ("carry_over", r"结转结余|结转和结余|结转资金"),
    ("fiscal_balance", r"财政拨款.*收(?:入)?支(?:出)?(?:预算|决算)?(?:总|情况)"),
    ("balance", r"收(?:入)?支(?:出)?(?:预算|决算)?(?:总|情况|表)"),
    ("income_summary", r"收入(?:预算|决算)?(?:总|情况|表|总体)"),
    ("fund_balance", r"(?:政府性基金|国有资本).*收(?:入)?支(?:出)?"),
    ("basic_expenditure", r"基本支出"),
    ("project_expenditure", r"项目(?:支出|及其他支出|经费)"),
    ("entrusted_business", r"委托业务"),
    ("expenditure", r"支出|经济分类|明细表"),
    ("income", r"收入"),
)
COMPILED_FORMS = tuple((name, re.compile(pattern)) for name, pattern in FORMS)
TITLE_FUND_ORDER = (Fund.STATE_CAPITAL, Fund.GOVERNMENT_FUNDS, Fund.GENERAL_PUBLIC, Fund.FISCAL)
TOTAL_HEADER = re.compile(r"(?:合计|总计|小计|总额|总数|共计|计)(?:[（(].*[)）])?$|^(?:总|合|小)计|^金额$|^(?:预算|决算)数$")
COLUMN_OF_ALL = re.compile(r"合计|总计|总额|总数|^小计")
YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Form:
    """What a table's title says: its form, and the side, fund, nature and basis its figures have unless a header says otherwise."""

    name: str | None
    side: Side | None = None
    fund: Fund | None = None
    nature: Nature | None = None
    basis: Basis | None = None
    year: int | None = None


def form_of(title: str, year: int | None, *, final: bool) -> Form:
    """The form of a table of that title, in a disclosure of that fiscal year."""
    text = squeeze(title)
    name = next((name for name, pattern in COMPILED_FORMS if pattern.search(text)), None)
    side = None
    if name in {"income_summary", "income"}:
        side = Side.INCOME
    elif name in {"basic_expenditure", "project_expenditure", "expenditure", "three_public", "entrusted_business", "agency_operating_cost"}:
        side = Side.EXPENDITURE
    nature = {"basic_expenditure": Nature.BASIC, "project_expenditure": Nature.PROJECT}.get(name or "")
    basis = Basis.OUTTURN if final or "决算" in text else Basis.BUDGET
    return Form(name, side, title_fund(text), nature, basis, year)


def title_fund(text: str) -> Fund | None:
    """The fund a title restricts its table to; ALL for a summary table that names none."""
    patterns = {
        Fund.STATE_CAPITAL: "国有资本",
        Fund.GOVERNMENT_FUNDS: "政府性基金",
        Fund.GENERAL_PUBLIC: "一般公共预算",
        Fund.FISCAL: "财政拨款",
    }
    return next((fund for fund in TITLE_FUND_ORDER if patterns[fund] in text), Fund.ALL)


NATURES = (
    (Nature.PERSONNEL, re.compile(r"人员经费|人员支出|人员类")),
    (Nature.OPERATING, re.compile(r"公用经费|公用支出|运转类公用|日常公用")),
    (Nature.PROJECT, re.compile(r"项目(?:支出|经费)?(?:合计|小计)?$|项目支出")),
    (Nature.BASIC, re.compile(r"基本支出")),
    (Nature.BUSINESS, re.compile(r"(?:事业单位)?经营(?:性)?支出")),
    (Nature.REMITTED, re.compile(r"上缴上级")),
    (Nature.SUBSIDY, re.compile(r"对(?:附属|下级)单位.*补助")),
)
BASES = (
    (Basis.REVISED_BUDGET, re.compile(r"调整(?:后)?预算|全年预算")),
    (Basis.ORIGINAL_BUDGET, re.compile(r"年初预算")),
    (Basis.EXECUTION, re.compile(r"执行数")),
    (Basis.OUTTURN, re.compile(r"决算数|决算")),
    (Basis.BUDGET, re.compile(r"预算数|预算$|预算安排")),
)
MEASURES = (
    (Measure.GROWTH, re.compile(r"增减.*[%％]|[±+-]?[%％]$|增(?:减|长)(?:率|比例|幅)|增幅")),
    (Measure.COMPLETION, re.compile(r"执行率|完成率|完成预算|占预算")),
    (Measure.SHARE, re.compile(r"占比|比重|比例|权重")),
    (Measure.DIFFERENCE, re.compile(r"增减|差额|增加额|变动(?:额|数)|比.*增")),
    (Measure.COUNT, re.compile(r"数量|个数|人数|面积|台数|辆数|批次|户数|件数|人次|单价|编制数|分值|得分")),
)


def read_column(index: int, path: tuple[str, ...], form: Form) -> ValueColumn:
    """What the figures under a header path mean; the title's defaults are filled in by ``ingest.facts``."""
    text = squeeze(" ".join(path))
    last = squeeze(path[-1]) if path else ""
    measure = next((m for m, pattern in MEASURES if pattern.search(last)), Measure.AMOUNT)
    return ValueColumn(
        index=index,
        path=path,
        measure=measure,
        side=side_of(text),
        nature=nature_of(path),
        fund=fund_of_path(path),
        basis=next((b for b, pattern in BASES if pattern.search(text)), None),
        year=column_year(text, form.year),
        subject=three_public_subject(path, form),
        total=bool(TOTAL_HEADER.search(last)) and measure is Measure.AMOUNT,
    )


def aspect_of(column: ValueColumn) -> str:
    """What a header says that no field of a column holds (an economic class across the top …); figures of unlike aspects never tie."""
    if column.total or not column.path or column.subject is not None:
        return ""
    last = squeeze(column.path[-1])
    if essence(last) in economic_classes():
        return last
    if column.nature is not None or column.basis is not None:
        return ""
    return "" if fund_of(last) or YEAR.search(last) or (re.search(r"支出$|收入$|金额|数$", last) and len(last) < 5) else last


@cache
def economic_classes() -> frozenset[str]:
    """The names of the economic classes (工资福利, 商品和服务 …), also where a header sets them under a nature of expenditure."""
    kinds = (SubjectKind.ECONOMIC, SubjectKind.GOVERNMENT_ECONOMIC)
    return frozenset(essence(name) for kind in kinds for code, name in names(kind).items() if len(code) == 3)


def side_of(text: str) -> Side | None:
    """Income or expenditure, where a header says so."""
    income, spent = "收入" in text, "支出" in text
    if income != spent:
        return Side.INCOME if income else Side.EXPENDITURE
    return None


def nature_of(path: tuple[str, ...]) -> Nature | None:
    """The nature a header path names, read from the bottom up."""
    for part in reversed(path):
        for nature, pattern in NATURES:
            if pattern.search(squeeze(part)):
                return nature
    return None


def fund_of_path(path: tuple[str, ...]) -> Fund | None:
    """The source of funds a header path names; what is carried over from last year is a fund of its own, whatever it came from."""
    text = squeeze(" ".join(path))
    if "结转" in text or "结余" in text:
        return Fund.CARRY_OVER
    for part in reversed(path):
        if fund := fund_of(squeeze(part)):
            return fund
    return None


def column_year(text: str, year: int | None) -> int | None:
    """The year a header names, also as 上年 or 本年; None where it names none."""
    if match := YEAR.search(text):
        return int(match.group(1))
    if year and re.search(r"上年(?!结转|结余)|去年", text):
        return year - 1
    return None


def three_public_subject(path: tuple[str, ...], form: Form) -> Subject | None:
    """The “三公” item a column stands for, in a table of them."""
    text = squeeze(" ".join(path))
    if "机关运行" in text:
        return Subject(SubjectKind.OTHER, "机关运行经费", "机关运行经费")
    if form.name != "three_public" and "三公" not in text:
        return None
    for part in reversed(path):
        if key := three_public_of(squeeze(part)):
            return Subject(SubjectKind.THREE_PUBLIC, key, squeeze(part))
    for name in ("会议费", "培训费"):
        if name in text:
            return Subject(SubjectKind.OTHER, name, name)
    whole = "三公" in text or any(COLUMN_OF_ALL.search(squeeze(part)) for part in path)
    return Subject(SubjectKind.THREE_PUBLIC, "total", "“三公”经费") if whole else None
