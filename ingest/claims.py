"""What a sentence's label means, in the terms of the document's own tables: its subject, side, nature and fund."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.forms import nature_of
from ingest.narrative.labels import SubjectParts, subject_parts
from ingest.subjects import essence, fund_of, squeeze, three_public_of
from model.document import Kind, Paragraph
from model.facts import Basis, Fact, Fund, Meaning, Nature, Side, Statement, Subject, SubjectKind

CODED = {SubjectKind.FUNCTION, SubjectKind.ECONOMIC, SubjectKind.GOVERNMENT_ECONOMIC}
TOTAL = Subject(SubjectKind.TOTAL, "total", "合计")
TOTAL_WORDS = re.compile(r"总计|合计|总额|总预算|总决算|预算总|决算总|总收入|总支出|收支|收、支|收入|支出|拨款|预算|决算")
REST = re.compile(
    r"(?:19|20)\d{2}年?度?|总计|合计|总额|本年度?|当年|上年|全年|年初|部门|单位|本级|我[局委办厅院市区县]|全[局委办厅院]|的|总|数|为|共|各|安排|收入|支出|收支|收、支|预算|决算|合计|总计|总额|"
    r"财政拨款|拨款|一般公共|政府性基金|国有资本经营|资金|基本支出|项目支出|人员经费|公用经费|日常公用|财政专户|事业|经营|单位资金|其他|上级补助|附属单位上缴|财政性|其中|经费|金额|情况|规模|完成|执行|实际|[、，,：:（）()“”\"\s]"
)


SHORTEST_NAME = 4
LONG_NAME = 10
LEVEL = re.compile(r"[（(]\d*[类款项]\d*[)）]")
CARRIED = re.compile(r"结转|结余")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of a document's tables: code → subject, essence of name → codes, and those that have a name alone."""

    by_code: dict[str, Subject]
    by_name: dict[str, list[str]]
    uncoded: dict[str, Subject] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Subjects:
        """The subjects that the facts are about."""
        by_code: dict[str, Subject] = {}
        by_name: dict[str, list[str]] = defaultdict(list)
        for fact in facts:
            subject = fact.meaning.subject
            if subject.kind in CODED and subject.key not in by_code:
                by_code[subject.key] = subject
                by_name[essence(subject.name)].append(subject.key)
        others = {f.meaning.subject.key: f.meaning.subject for f in facts if f.meaning.subject.kind is SubjectKind.OTHER}
        return cls(by_code, by_name, {key: subject for key, subject in others.items() if len(key) >= SHORTEST_NAME})

    def find(self, label: str) -> Subject | None:
        """The coded subject a label names: by its codes, else by its names from the item up; None when that is not one subject."""
        parts = subject_parts(label)
        if parts.codes and parts.codes[-1] in self.by_code:
            return self.by_code[parts.codes[-1]]
        name = essence(parts.item or parts.section or parts.class_name or "")
        return self.named_by(parts) or self.uncoded.get(name) or self.containing(name)

    def containing(self, name: str) -> Subject | None:
        """The one uncoded subject whose long name holds, or is held in, a long label (a document's title and a word more)."""
        found = [s for key, s in self.uncoded.items() if len(key) >= LONG_NAME <= len(name) and (key in name or name in key)]
        return found[0] if len(found) == 1 else None

    def named_by(self, parts: SubjectParts) -> Subject | None:
        """The coded subject that the names of class, section and item lead to."""
        if parts.class_name is None and parts.section is None:
            return self.nested(parts.item)
        level = parts.item or parts.section or parts.class_name or ""
        length = 7 if parts.item else 5 if parts.section else 3
        above = [name for name in (parts.section if parts.item else None, parts.class_name) if name and name != level]
        return self.named(level, length, above)

    def nested(self, name: str | None) -> Subject | None:
        """The functional subject of a bare name; of a class, section and item that share it, the class."""
        codes = sorted((c for c in self.by_name.get(essence(name or ""), ()) if c[0] == "2"), key=len)
        if codes and all(c.startswith(codes[0]) for c in codes):
            return self.by_code[codes[0]]
        return None

    def named(self, name: str, length: int, above: Sequence[str]) -> Subject | None:
        """The one functional code of that length and name that lies under the names above it."""
        codes = [c for c in self.by_name.get(essence(name), ()) if len(c) == length and c[0] == "2"]
        for upper in above:
            if len(codes) < 2:
                break
            under = [c for c in codes if self.lies_under(c, essence(upper))]
            codes = under or codes
        return self.by_code[codes[0]] if len(codes) == 1 else None

    def lies_under(self, code: str, name: str) -> bool:
        """Whether a class or section above a code has that name."""
        return any(essence(self.by_code[code[:n]].name) == name for n in (3, 5) if n < len(code) and code[:n] in self.by_code)

    def plainly(self, label: str) -> Subject | None:
        """The subject whose bare name a label is (办公费 → 30201); None when several classifications share it."""
        codes = self.by_name.get(essence(label), ())
        return self.by_code[codes[0]] if len(codes) == 1 else None


def with_meanings(
    statements: Sequence[Statement], paragraphs: Sequence[Paragraph], facts: Sequence[Fact], year: int | None, kind: Kind
) -> tuple[Statement, ...]:
    """The statements with their meanings, where their words name something the document's tables know."""
    subjects = Subjects.of(facts)
    done: list[Statement] = []
    for statement in statements:
        parent = done[statement.parent] if statement.parent is not None and statement.parent < len(done) else None
        opening = paragraphs[statement.paragraph].text[: statement.start]
        basis = statement.basis or (Basis.OUTTURN if kind is Kind.FINAL_ACCOUNTS else Basis.BUDGET)
        meaning = meaning_of(statement, opening, parent, subjects)
        done.append(replace(statement, meaning=meaning and replace(meaning, year=statement.year or year, basis=basis)))
    return tuple(done)


def subject_named(statement: Statement, opening: str, subjects: Subjects) -> Subject | None:
    """The subject a statement's label names; a label that is any total's takes the class, section or item named just above it."""
    label = squeeze(statement.label)
    found = subjects.find(statement.label) or special_subject(label) or subjects.plainly(label)
    if found:
        return found
    total = total_subject(label)
    if total and not fund_of(label) and not nature_of((label,)):
        heading = statement.section[-1] if statement.section else ""
        for above in (opening, heading):
            if LEVEL.search(above):
                return subjects.find(above)
    return total


def meaning_of(statement: Statement, opening: str, parent: Statement | None, subjects: Subjects) -> Meaning | None:
    """What a statement is about, but for its year and basis; None where its label names nothing known.

    A part inherits what its parent says.
    """
    label = squeeze(statement.label)
    subject = subject_named(statement, opening, subjects)
    above = parent.meaning if parent else None
    if subject is None or (parent and CARRIED.search(parent.label)):
        return None
    if subject is TOTAL and (of_something_else(opening, label) or (parent is not None and above is None)):
        return None
    return Meaning(
        subject=subject,
        side=side_of(label) or (above.side if above else None),
        nature=nature_of((label,)) or (above.nature if above and subject.kind in CODED else Nature.TOTAL),
        fund=fund_of(label) or (above.fund if above else None) or section_fund(statement.section),
    )


def of_something_else(opening: str, label: str) -> bool:
    """Whether a total is not the document's: its sentence speaks of projects, or its words name neither side nor fund nor nature."""
    sentence = opening[max(opening.rfind("。"), opening.rfind("；")) + 1 :]
    if "项目" in sentence.replace("项目支出", "") and nature_of((label,)) is not Nature.PROJECT:
        return True
    return not (re.search(r"收|支|拨款|总", label) or fund_of(label) or nature_of((label,)))


def special_subject(label: str) -> Subject | None:
    """A “三公” item or its total, 机关运行经费."""
    if "机关运行经费" in label:
        return Subject(SubjectKind.OTHER, "机关运行经费", "机关运行经费")
    if "三公" in label:
        return Subject(SubjectKind.THREE_PUBLIC, "total", "“三公”经费")
    for name in ("会议费", "培训费"):
        if label.removesuffix("支出").removesuffix("预算").endswith(name):
            return Subject(SubjectKind.OTHER, name, name)
    item = three_public_of(label) if re.search(r"出国|接待|公务用车|公车", label) else None
    return Subject(SubjectKind.THREE_PUBLIC, item, label) if item else None


def total_subject(label: str) -> Subject | None:
    """The total of income or expenditure, of a fund or a nature, where the label says nothing else."""
    plain = not rest_of(label)
    if CARRIED.search(label):
        return None
    return TOTAL if plain and (TOTAL_WORDS.search(label) or nature_of((label,)) or fund_of(label)) else None


def rest_of(label: str) -> str:
    """What is left of a label without the words that any total may carry."""
    return REST.sub("", label)


def side_of(label: str) -> Side | None:
    """Income or expenditure, where the label says one of them."""
    income, spent = "收入" in label, "支出" in label
    if income != spent:
        return Side.INCOME if income else Side.EXPENDITURE
    return None


def section_fund(section: Sequence[str]) -> Fund | None:
    """The fund that the headings above a sentence speak of."""
    for heading in reversed(section):
        if fund := fund_of(squeeze(heading)):
            return fund
    return None
