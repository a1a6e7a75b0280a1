"""What the prose says of performance management: how many projects, how much money, which scores; against forms, tables and itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Sum
from checks.performance import FISCAL_FUNDS, agrees, figure, forms, sure, words
from checks.performance_names import project_core, squeezed
from checks.performance_projects import NOT_FISCAL, amounts, project_sets, project_totals
from checks.performance_ties import near
from checks.registry import Remark, check
from model.amounts import Dimension
from model.document import Kind, Paragraph
from model.facts import Mention
from model.findings import Result, Severity
from model.meaning import Basis, SubjectKind
from model.targets import Printed, ProjectTarget

SEGMENT = re.compile(r"[；;。\n]")
CLAUSE = re.compile(r"[，,：:（(；;。]")
COUNTED = re.compile(r"项目|绩效目标")
WHOLE = re.compile(r"整体")
REFERS = re.compile(r"见下表|如下|后附|详见(?:附?表|下)|具体(?:情况)?见|见附表")
ALL_GENERAL = re.compile(r"均为一般公共预算|全部为一般公共预算|均来自一般公共预算")
REPORTS = re.compile(r"自评|绩效目标完成情况|绩效自评")
GRADES = re.compile(r"评[级价]为[“\"']?(?:优|良|中|差|合格|不合格)")
SCORE = re.compile(r"得分为?")
STAGES = (
    ("revised", re.compile(r"(?:全年|调整)预算数?为?$")),
    ("original", re.compile(r"年初预算数?为?$")),
    ("outturn", re.compile(r"执行数为?$|决算数为?$")),
)
FORM_CITED = re.compile(r"详见.{0,12}绩效目标(?:申报)?表|绩效目标(?:申报)?表(?:详见|见附)")
ELSEWHERE = re.compile(r"网站|网址|链接|http|另行|附件")


@dataclass(frozen=True)
class Clause:
    """A piece of a paragraph between semicolons or full stops that speaks of projects, and the figures it prints."""

    paragraph: int
    text: str
    start: int
    mentions: tuple[Mention, ...]
    whole: Paragraph

    def before(self, mention: Mention) -> str:
        """The words of the same clause before a figure."""
        head = self.text[: mention.start - self.start]
        marks = list(CLAUSE.finditer(head))
        return squeezed(head[marks[-1].end() if marks else 0 :])

    @cached_property
    def money(self) -> list[Mention]:
        """Its amounts of money."""
        return [m for m in self.mentions if m.amount and m.amount.unit and m.amount.unit.dimension is Dimension.MONEY]

    @cached_property
    def number(self) -> Mention | None:
        """How many projects it speaks of."""
        for mention in self.mentions:
            unit = mention.amount.unit if mention.amount else None
            if unit is None or unit.dimension is not Dimension.COUNT or unit.symbol not in {"个", "项"}:
                continue
            after = self.text[mention.end - self.start : mention.end - self.start + 8]
            if "项目" in after[:6] or re.search(r"项目(?:共计?|数|合计|[（(].{0,4}[)）])?$", self.before(mention)):
                return mention
        return None


def clauses(book: Book) -> Iterator[Clause]:
    """The pieces of paragraphs about performance that print figures."""
    for number, paragraph in enumerate(book.document.paragraphs):
        if "绩效" not in paragraph.text or paragraph.role not in {"text", "note", "heading"}:
            continue
        mentions = [m for m in book.facts.mentions if m.paragraph == number and m.amount is not None]
        start = 0
        for end in [*(m.end() for m in SEGMENT.finditer(paragraph.text)), len(paragraph.text)]:
            inside = tuple(m for m in mentions if start <= m.start < end)
            if inside:
                yield Clause(number, paragraph.text[start:end], start, inside, paragraph)
            start = end


@check("NT601", "text-differs-from-forms")
def text_ties_to_forms(book: Book) -> Iterator[Equation | Remark]:
    """The money that the prose states for the projects with performance goals is the sum of the forms, or the tables' project expenditure.

    Basis: “共 N 个项目，涉及资金 X 万元” describes the forms that follow. With as many forms as the text counts, X = Σ forms; without
    forms X is compared with the project expenditure of the tables. Likely causes: a form added or dropped, a figure of another draft.
    Example: 财政拨款项目涉及 290.00 万元 before forms of 158 + 100 + 55 + 25 + 110 = 448.00.
    """
    sets = project_sets(book)
    counted: Mention | None = None
    for clause in clauses(book):
        counted = clause.number or counted
        if clause.number is None and not (counted and counted.paragraph == clause.paragraph):
            continue
        for mention in clause.money[:2]:
            yield from money_of_projects(book, clause, mention, counted, sets)


def money_of_projects(
    book: Book, clause: Clause, mention: Mention, counted: Mention | None, sets: Sequence[Sequence[ProjectTarget]]
) -> Iterator[Equation]:
    """The equation of one amount, with the set of forms that the text counts, else with the tables."""
    stated = book.mentioned(mention)
    if stated is None or counted is None or counted.amount is None:
        return
    number, said = counted.amount.value, clause.before(mention)
    refers = bool(REFERS.search(clause.whole.text))
    sums = []
    for targets in sets:
        parts = tuple((1, figure(book, p)) for p in amounts(targets, said))
        if parts and (len(targets) == number or (refers and len(targets) > number)):
            params = {"project": str(number), "count": str(len(targets)), "said": clause.text.strip()}
            sums.append(Sum(Origin("NT601", params=params), stated, parts))
    if sums:
        best = next((s for s in sums if s.result() is not Result.FAIL), sums[0])
        if refers or sure(best):
            yield best


@check("NT602", "number-of-projects-differs")
def number_of_projects(book: Book) -> Iterator[Equation | Remark]:
    """The prose counts no fewer projects than there are forms below it.

    Basis: “当年预算安排项目共 N 个……具体情况见下表” announces N forms. Fewer forms than projects are no fault (goals of key projects
    alone are published). Likely causes: a form for a project outside the budget. Example: 5 projects announced, 6 forms follow.
    """
    every = project_sets(book)[0]
    distinct = {(project_core(t.name), t.unit, t.total.printed.amount.base if t.total else Decimal(0)) for t in every if t.name}
    for clause in clauses(book):
        number = clause.number
        if number is None or number.amount is None or not REFERS.search(clause.whole.text) or not distinct:
            continue
        result = Result.FAIL if len(distinct) > number.amount.value else Result.PASS
        places = [("stated", book.source(number.paragraph, number.start, number.end)), *(("related", t.name_source) for t in every)]
        params = {"count": f"{number.amount.value}", "forms": str(len(distinct)), "said": clause.text.strip()}
        yield Remark("NT602", tuple(places), params, stated=number.text, expected=str(len(distinct)), result=result)


def tied_to_tables(book: Book) -> Iterator[tuple[Clause, Figure, list[Figure]]]:
    """Amounts of the prose for the projects with goals, and the tables' project totals they are measured by."""
    totals = project_totals(book)
    if not totals or book.document.kind is Kind.FINAL_ACCOUNTS:
        return
    for clause in clauses(book):
        if not re.search(r"项目", clause.text) or not re.search(r"绩效", clause.text) or WHOLE.search(clause.text):
            continue
        for mention in clause.money[:1]:
            stated = book.mentioned(mention)
            if (
                stated is not None
                and re.search(r"资金|金额|拨款|预算", clause.before(mention))
                and not NOT_FISCAL.search(clause.before(mention))
            ):
                yield clause, stated, totals


@check("NT603", "text-differs-from-project-expenditure")
def text_ties_to_project_expenditure(book: Book) -> Iterator[Equation | Remark]:
    """The money of the projects with performance goals is the tables' project expenditure, and never more.

    Basis: goals are set for all project expenditure (全面实施绩效目标管理). Likely causes: a mistyped figure.
    Example: 涉及项目预算资金 7,054.05 万元, 项目支出 70,540,547.00 元.
    """
    for clause, stated, totals in tied_to_tables(book):
        params = {"said": clause.text.strip()}
        match = next((t for t in totals if agrees(stated, t)), None)
        if match is None and not sums_of_forms(book, stated):
            match = near(stated, totals)
        if match is not None:
            yield Sum(Origin("NT603", params=params), stated, ((1, match),))
        elif not sums_of_forms(book, stated) and stated.amount.interval.low > totals[0].amount.interval.high:
            places = (("stated", stated.source), ("related", totals[0].source))
            expected = f"{totals[0].amount.base / stated.amount.scale:,.{stated.amount.places}f}"
            yield Remark("NT603", places, params, "more", Severity.WARNING, stated.amount.text, expected)


def sums_of_forms(book: Book, stated: Figure) -> bool:
    """Whether an amount is what the document's forms add up to."""
    sums = [Sum(Origin("NT601"), stated, tuple((1, figure(book, p)) for p in amounts(s, ""))) for s in project_sets(book) if s]
    return any(s.result() is not Result.FAIL for s in sums)


@check("AN501", "goals-cover-part-of-the-projects", Severity.WARNING)
def goals_cover_all(book: Book) -> Iterator[Equation | Remark]:
    """The projects with performance goals are all projects: their money is the whole project expenditure.

    Basis: 项目支出全面实施绩效目标管理. Why the rest has no goals is to be explained. Likely causes: projects without goals, a figure of
    last year. Example: 编报绩效目标的项目共 25 个，涉及 11,381.60 万元, of 35,168.40 万元 of project expenditure.
    """
    for clause, stated, totals in tied_to_tables(book):
        if any(agrees(stated, t) for t in totals) or sums_of_forms(book, stated) or near(stated, totals):
            continue
        total = totals[0]
        if stated.amount.interval.high < total.amount.interval.low:
            value = total.amount.base / stated.amount.scale
            expected = f"{value:,.{stated.amount.places}f}"
            rest = f"{value - stated.amount.value:,.{stated.amount.places}f}"
            unit = stated.amount.unit.symbol if stated.amount.unit else ""
            places = (("stated", stated.source), ("related", total.source))
            params = {"said": clause.text.strip(), "rest": rest}
            yield Remark("AN501", places, params, stated=stated.amount.text, expected=expected, unit=unit)


@check("NT604", "not-all-from-general-public-budget")
def all_general_public(book: Book) -> Iterator[Equation | Remark]:
    """Money that is said to come from the general public budget alone is no more than the whole general public budget.

    Basis: “均为一般公共预算拨款” cannot hold for more than the tables' general public budget. Likely causes: the total of all project
    expenditure entered, with other income and carry-over. Example: 39,560.87 万元，均为一般公共预算拨款, of a general public budget of
    16,474.82.
    """
    largest = max(
        (
            book.figures[f.source.key]
            for f in book.facts.cells
            if f.meaning.subject.kind is SubjectKind.TOTAL
            and f.meaning.fund in FISCAL_FUNDS
            and f.meaning.basis in {Basis.BUDGET, Basis.ORIGINAL_BUDGET}
            and f.meaning.year in {None, book.document.fiscal_year}
        ),
        key=lambda f: f.amount.base,
        default=None,
    )
    for clause in clauses(book):
        match = ALL_GENERAL.search(clause.text)
        if largest is None or match is None:
            continue
        before = [m for m in clause.money if m.end <= clause.start + match.start()]
        stated = book.mentioned(before[-1]) if before else None
        if stated is not None:
            yield AtMost(Origin("NT604", params={"said": clause.text.strip()}), stated, largest)


@check("NT605", "whole-goal-text-differs")
def whole_goal_text(book: Book) -> Iterator[Equation | Remark]:
    """The money that the prose states for the goal of the whole department is the total of that form.

    Basis: “整体预算绩效目标 1 个，涉及预算金额 X 万元”. Likely causes: a mistyped figure. Example: 6,544.63 万元 in both.
    """
    wholes = [t for t in forms(book) if t.overall and t.total]
    for clause in clauses(book):
        for mention in clause.money[:1]:
            stated = book.mentioned(mention)
            total = wholes[0].total if len(wholes) == 1 else None
            if stated is not None and total is not None and WHOLE.search(clause.text) and not clause.number:
                equation = Sum(Origin("NT605", params=words(book, wholes[0])), stated, ((1, figure(book, total.printed)),))
                if sure(equation):
                    yield equation


@check("NT606", "text-differs-from-self-evaluation")
def self_evaluation_text(book: Book) -> Iterator[Equation | Remark]:
    """The score, the budget and the outturn that the prose reports for a project are those of its self-evaluation form.

    Basis: the text summarises the form. The project is the one whose name heads the passage. Likely causes: the form was scored again
    after the text was written, a mistyped figure. Example: 自评得分为 88.5 分 in the text, 90.5 in the form.
    """
    evaluated = [t for t in book.facts.targets if t.total_score or t.execution]
    for number, paragraph in enumerate(book.document.paragraphs) if evaluated else ():
        if not REPORTS.search(paragraph.text):
            continue
        for mention in (m for m in book.facts.mentions if m.paragraph == number and m.amount):
            target = named_above(book, number, mention.start, evaluated)
            printed = reported(target, paragraph.text[: mention.start], mention) if target else None
            stated = book.mentioned(mention)
            if target is not None and printed is not None and stated is not None:
                yield Sum(Origin("NT606", params=words(book, target)), stated, ((1, figure(book, printed)),))


def named_above(book: Book, number: int, start: int, targets: Sequence[ProjectTarget]) -> ProjectTarget | None:
    """The project whose self-evaluation a figure reports: the last that is named before it in its paragraph, else in its heading."""
    paragraph = book.document.paragraphs[number]
    for text in (paragraph.text[:start], " ".join(paragraph.section[-1:])):
        head = squeezed(text)
        found = [(head.rfind(name) + len(name), len(name), t) for t in targets if len(name := squeezed(t.name)) > 3 and name in head]
        if found:
            end, length, target = max(found, key=lambda item: item[:2])
            return target if sum(item[:2] == (end, length) for item in found) == 1 else None
    return None


def reported(target: ProjectTarget, before: str, mention: Mention) -> Printed | None:
    """What a figure of the report stands for in the form, from the words right before it; None for anything else."""
    head = squeezed(before[-20:])
    unit = mention.amount.unit if mention.amount else None
    if unit is not None and unit.symbol == "分" and SCORE.search(head[-4:]):
        return target.total_score
    if unit is None or unit.dimension is not Dimension.MONEY or not target.execution:
        return None
    stage = next((name for name, pattern in STAGES if pattern.search(head)), None)
    return getattr(target.execution[0], stage) if stage else None


@check("NT607", "grades-do-not-add-up")
def grades(book: Book) -> Iterator[Equation | Remark]:
    """The projects graded 优, 良, 合格 and 不合格 are as many as were evaluated.

    Basis: every evaluated project has one grade. Likely causes: a mistyped count. Example: 4 = 4 + 0 + 0 + 0.
    """
    for number, paragraph in enumerate(book.document.paragraphs):
        if not GRADES.search(paragraph.text):
            continue
        counts = [m for m in book.facts.mentions if m.paragraph == number and m.amount and m.amount.unit and m.amount.unit.symbol == "个"]
        graded = [m for m in counts if GRADES.search(squeezed(paragraph.text[max(0, m.start - 14) : m.start]))]
        evaluated = [m for m in counts if graded and m.end < graded[0].start and "自评" in paragraph.text[max(0, m.start - 20) : m.start]]
        total = book.mentioned(evaluated[-1]) if evaluated else None
        parts = [f for m in graded if (f := book.mentioned(m)) is not None]
        if total is not None and len(parts) > 1:
            yield Sum(
                Origin("NT607", params={"said": paragraph.text[evaluated[-1].start - 12 : graded[-1].end]}),
                total,
                tuple((1, p) for p in parts),
            )


@check("NT608", "performance-money-differs-within-text")
def same_projects(book: Book) -> Iterator[Equation | Remark]:
    """The projects with goals, tracked and evaluated, the same number in one passage, have the same money.

    Basis: the three steps of performance management cover the same projects. Stated where the amounts agree, or one slip parts them.
    Likely causes: a mistyped figure. Example: 项目 4 个，涉及预算金额 598.42 万元, three times.
    """
    by_paragraph: dict[int, list[Clause]] = {}
    for clause in clauses(book):
        if clause.number and clause.money:
            by_paragraph.setdefault(clause.paragraph, []).append(clause)
    for found in by_paragraph.values():
        for clause in found[1:]:
            one, other = book.mentioned(found[0].money[0]), book.mentioned(clause.money[0])
            numbers = [c.number.amount.value for c in (found[0], clause) if c.number and c.number.amount]
            if one is None or other is None or len(set(numbers)) != 1:
                continue
            tie = Sum(Origin("NT608", params={"said": clause.text.strip()}), other, ((1, one),))
            if sure(tie):
                yield tie


@check("PR501", "cited-form-is-missing", Severity.WARNING)
def cited_forms(book: Book) -> Iterator[Equation | Remark]:
    """A performance form that the text refers to is in the document.

    Basis: “详见单位的项目绩效目标表” promises a table. Likely causes: the form was left out of the publication, template wording.
    Example: 七、绩效目标：详见单位的项目绩效目标表, in a document without one.
    """
    if book.facts.targets or not book.document.tables:
        return
    for number, paragraph in enumerate(book.document.paragraphs):
        match = FORM_CITED.search(paragraph.text)
        if match and not ELSEWHERE.search(paragraph.text):
            source = book.source(number, match.start(), match.end())
            yield Remark("PR501", (("stated", source),), {"said": match.group(), "section": source.row_label}, stated=match.group())
