"""YR1: years that do not fit the year of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.document import Kind
from model.facts import Source, SubjectKind
from model.findings import Severity

COMPARED = re.compile(
    r"[比与较同](?:上年)?(?P<year>20\d\d)年度?(?:部门|单位)?(?:年初|当年)?(?P<what>预算|决算)(?:执行)?数?[^，。；、\n]{0,16}"
)
TITLE_YEAR = re.compile(r"(?P<year>20\d\d)年度?(?:部门|单位|综合|区级|市级|本级)*(?:收支|财务收支)?(?P<what>预算|决算)(?!执行)")
AS_OF = re.compile(r"截[至止]到?(?P<year>20\d\d)年(?:12月(?:31日?|底)|年?末|底)[^，。；\n]{0,14}")
PERIOD = re.compile(r"(?P<first>20\d\d)年\d{1,2}月(?:\d{1,2}日)?\s?[-—－–~～至到]+\s?(?P<last>20\d\d)年\d{1,2}月(?:\d{1,2}日)?")
PERIOD_OF = re.compile(r"周期|期限|时间|时限|进度")
DEADLINE = re.compile(r"(?P<year>20\d\d)年(?:1[0-2]|\d)月(?:\d{1,2}日|底)?(?:之?前|以前)[^，。；\n]{0,16}")
FORECAST = re.compile(r"(?P<year>20\d\d)年度?(?:预估|计划|拟|预计)(?!执行|数|完成)[^，。；\n]{2,16}")
NEXT_YEAR = re.compile(r"[^，。；\n]{0,4}(?:明年|下一年度?)[^，。；\n]{2,14}")
BASIS_DOCUMENT = re.compile(r"《[^》\n]{0,30}(?P<year>20\d\d)年度?[^》\n]{0,20}(?:任务书?|计划|要点|清单|方案|安排)[^》\n]{0,6}》")
DATE = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?!份?以[上下])")
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
STATED_TOTAL = re.compile(
    r"(?P<year>20\d\d)年度?(?:部门|单位)?(?:收支|收入|支出|财政拨款|一般公共预算)*(?:总)?(?:预算|决算)(?:总额|数|总计|合计|收入|支出)?(?:为|：)?"
    r"(?P<figure>[\d,]+\.\d+)万元"
)
WAN = Decimal(10_000)
LARGE = Decimal(100_000)


def years(prose: Prose, pattern: re.Pattern[str], text: str | None = None) -> Iterator[tuple[re.Match[str], int]]:
    """The matches of a pattern with the year they name."""
    for match in pattern.finditer(prose.text if text is None else text):
        yield match, int(match["year"])


def source(prose: Prose, match: re.Match[str]) -> Source:
    """The place of a match."""
    return prose.source(match.start(), match.end())


@check("YR101", "compared-with-its-own-year", Severity.NOTICE)
def compared_with_itself(book: Book) -> Iterator[Equation | Remark]:
    """A budget is compared with the year before, not with its own year; an outturn is not compared with its own year's outturn.

    Basis: comparisons are with the year before. Likely causes: the year raised everywhere in last year's text.
    Example: in a budget of 2026, “比2026年预算增加793.14万元”.
    """
    year, kind = book.document.fiscal_year, book.document.kind
    own = {Kind.BUDGET: "预算", Kind.FINAL_ACCOUNTS: "决算"}.get(kind)
    if year is None or own is None:
        return
    prose = prose_of(book)
    places = [source(prose, match) for match, named in years(prose, COMPARED) if named == year and match["what"] == own]
    if places:
        yield remark("YR101", places, year=str(year), before=str(year - 1))


@check("YR102", "title-names-another-year", Severity.NOTICE)
def titles_of_other_years(book: Book) -> Iterator[Equation | Remark]:
    """Headings, contents and table titles name the year of the document.

    Basis: the cover states the year. Likely causes: last year's file as the template.
    Example: cover 2024年度, heading “2023年度部门决算情况说明”.
    """
    year = book.document.fiscal_year
    if year is None:
        return
    prose = prose_of(book)
    places = []
    right = 0
    for passage in prose.of("heading", "caption", "contents", "cover"):
        for match in TITLE_YEAR.finditer(passage.text):
            right += int(match["year"]) == year
            if int(match["year"]) != year and is_title(passage, match, book):
                places.append(prose.source(passage.start, passage.end))
    if places and right > len(places):
        yield remark("YR102", places, year=str(year))


def is_title(passage: Passage, match: re.Match[str], book: Book) -> bool:
    """Whether the year is that of the document's own kind of figures, and no comparison or report on another year."""
    own = {Kind.BUDGET: "预算", Kind.FINAL_ACCOUNTS: "决算"}.get(book.document.kind)
    return match["what"] == own and not re.search(r"上年|比|执行|完成|调整|结转", passage.text) and len(passage.text) < 60


@check("YR103", "balance-date-of-another-year", Severity.NOTICE)
def balance_dates(book: Book) -> Iterator[Equation | Remark]:
    """Assets are stated as of the end of the year reported: the year itself in final accounts, a year that is over in a budget.

    Basis: 国有资产占有使用情况 is stated as of a date that has passed. Example: in a budget of 2026, “截至2026年12月31日，共有车辆0辆”.
    """
    year, kind = book.document.fiscal_year, book.document.kind
    if year is None or kind is Kind.UNKNOWN:
        return
    prose = prose_of(book)
    last = year if kind is Kind.FINAL_ACCOUNTS else year - 1
    places = [
        source(prose, match)
        for match, named in years(prose, AS_OF)
        if (named > last or (kind is Kind.FINAL_ACCOUNTS and named != last)) and about_assets(prose.at(match.start()), match)
    ]
    if places:
        yield remark("YR103", places, year=str(year), last=str(last))


def about_assets(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of assets that are there."""
    around = passage.text[match.start() - passage.start :][:90] + "".join(passage.section[-1:])
    return bool(re.search(r"资产|车辆|设备|房屋|占用|占有", around))


@check("YR104", "period-outside-the-year", Severity.NOTICE)
def periods(book: Book) -> Iterator[Equation | Remark]:
    """The period in which a project is carried out, or the day until which its target is due, lies in the year of the budget.

    Basis: annual targets are those of the year.
    Example: in a budget of 2026, 实施周期 “2025年1月1日-2025年12月31日”; “2027年12月31日前完成”.
    """
    year = book.document.fiscal_year
    if year is None or book.document.kind is not Kind.BUDGET:
        return
    prose = prose_of(book)
    places = []
    for match in PERIOD.finditer(prose.text):
        passage = prose.at(match.start())
        before = "".join(passage.section[-1:]) + passage.text[: match.start() - passage.start][-16:]
        if not int(match["first"]) <= year <= int(match["last"]) and PERIOD_OF.search(before):
            places.append(source(prose, match))
    if places:
        yield remark("YR104", places, year=str(year))
    late = [source(prose, match) for match, named in years(prose, DEADLINE) if named > year and is_table_of_words(prose, match)]
    if late:
        yield remark("YR104", late, "late", year=str(year))


def is_table_of_words(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a match stands in a table other than the forms of performance targets, which have a rule of their own."""
    passage = prose.at(match.start())
    return passage.kind == "cell" and not is_target(prose, match)


def is_target(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a match stands in a form of performance targets."""
    passage = prose.at(match.start())
    return passage.kind == "cell" and "绩效" in "".join(passage.section)


@check("YR105", "plan-speaks-of-another-year", Severity.NOTICE)
def plans_of_other_years(book: Book) -> Iterator[Equation | Remark]:
    """What a budget plans or estimates is planned for its own year.

    Basis: targets and tasks are those of the year. Likely causes: last year's text.
    Example: a target of 2026, “2025年预估医疗救助147407人”; in a budget of 2026, “将明年要开展的审计工作”.
    """
    year = book.document.fiscal_year
    if year is None or book.document.kind is not Kind.BUDGET:
        return
    prose = prose_of(book)
    places = [source(prose, match) for match, named in years(prose, FORECAST) if named < year and not is_target(prose, match)]
    if places:
        yield remark("YR105", places, year=str(year))
    following = [source(prose, match) for match in NEXT_YEAR.finditer(prose.written)]
    if following:
        yield remark("YR105", following, "next", year=str(year))


@check("YR106", "basis-is-of-an-earlier-year", Severity.WARNING)
def old_bases(book: Book) -> Iterator[Equation | Remark]:
    """A project of the year is not founded on the task list, plan or programme of an earlier year alone.

    Basis: 立项依据 is to be in force for the year; an auditor asks whether the text was kept. Example: a project of 2025 founded on
    《区政府2024年重点工作任务书》.
    """
    year = book.document.fiscal_year
    if year is None or book.document.kind is not Kind.BUDGET:
        return
    prose = prose_of(book)
    places = [
        source(prose, match)
        for match, named in years(prose, BASIS_DOCUMENT)
        if named < year and prose.at(match.start()).kind in {"text", "cell"} and not re.search(rf"{year}年", match[0])
    ]
    if places:
        yield remark("YR106", places, year=str(year))


@check("YR107", "date-that-does-not-exist", Severity.NOTICE)
def impossible_dates(book: Book) -> Iterator[Equation | Remark]:
    """A date is one of the calendar.

    Basis: the calendar. Example: “2月30日”, “13月”.
    """
    prose = prose_of(book)
    places = [source(prose, m) for m in DATE.finditer(prose.text) if not is_date(int(m["month"]), int(m["day"] or 1))]
    if places:
        yield remark("YR107", places)


def is_date(month: int, day: int) -> bool:
    """Whether a month has that day, in a leap year."""
    return 1 <= month <= 12 and 1 <= day <= LONGEST_MONTH[month - 1]


@check("YR108", "this-years-figure-under-another-year", Severity.NOTICE)
def figures_under_other_years(book: Book) -> Iterator[Equation | Remark]:
    """A total that the tables print for the year is stated for that year in the text too.

    Basis: the text restates the tables. Likely causes: the year kept from last year's text, the figure updated.
    Example: in a budget of 2026, “2025年收入预算6,544.63万元”, the total of the tables of 2026.
    """
    year = book.document.fiscal_year
    if year is None:
        return
    totals = {
        fact.amount.base
        for fact in book.facts.cells
        if fact.meaning.subject.kind is SubjectKind.TOTAL and fact.meaning.year in {None, year} and fact.amount.base >= LARGE
    }
    earlier = {fact.amount.base for fact in book.facts.cells if fact.meaning.year not in {None, year}}
    prose = prose_of(book)
    places = []
    for match in STATED_TOTAL.finditer(prose.written):
        amount = Decimal(match["figure"].replace(",", "")) * WAN
        if int(match["year"]) != year and amount in totals - earlier and "持平" not in prose.at(match.start()).text:
            places.append(source(prose, match))
    if places:
        yield remark("YR108", places, year=str(year))
