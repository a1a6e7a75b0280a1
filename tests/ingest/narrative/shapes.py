"""Sentence shapes of about 270 published disclosures, made into sentences whose every figure can be told apart."""

import csv
import re
from pathlib import Path

from ingest.narrative import read_statements
from ingest.numbers import scan_figures
from model.document import Kind, Line, Paragraph
from model.facts import Mention, Statement
from model.geometry import Box

SHAPES = Path(__file__).parents[3].parent / "shared" / "data" / "vocabulary" / "sentence_shapes.csv"
SECTION = ("第三部分2026年部门预算情况说明", "一、支出预算情况说明")
COUNTED = "辆|台|个|人|家|平方米|项|次|所"


def paragraph(text: str, section: tuple[str, ...] = SECTION, role: str = "text") -> Paragraph:
    """A paragraph on one line without geometry."""
    line = Line(0, len(text), 1, Box(0, 0, 0, 0), tuple(0.0 for _ in range(len(text) + 1)))
    return Paragraph(text, (line,), section, role)


def sentence(shape: str) -> str:
    """The shape with numbers in place of its marks: figures all different, list numbers 1, codes 301."""
    counter = iter(range(1, 1000))
    text = shape.replace("YYYY.#", "#").replace("YYYY#", "2010801").replace("ORG", "某市财政局")
    text = re.sub(r"#(?=万?元)", lambda _: f"{1000 + next(counter)}.25", text)
    text = re.sub(r"#(?=[%％])", lambda _: f"{next(counter)}.5", text)
    text = re.sub(rf"#(?={COUNTED})", lambda _: str(100 + next(counter)), text)
    text = re.sub(r"(?<=[一-龥）])（#）(?=[\d#])", "（301）", text)
    text = text.replace("#", "1").replace("比YYYY年", "比2025年").replace("较YYYY年", "较2025年").replace("与YYYY年", "与2025年")
    return text.replace("YYYY", "2026").replace("…", "工作需要")


def bound(statements: tuple[Statement, ...]) -> set[tuple[int, int]]:
    """Where the figures stand that have a role in a statement."""
    found: set[tuple[int, int]] = set()
    for statement in statements:
        mentions: list[Mention | None] = [statement.figure, statement.original, statement.revised, statement.execution]
        mentions += [share.rate for share in statement.shares]
        for comparison in statement.comparisons:
            mentions += [comparison.base, comparison.difference, comparison.rate]
        found |= {(m.paragraph, m.start) for m in mentions if m is not None}
    return found


def bound_share(shape: str) -> tuple[int, int, str]:
    """How many figures of a shape have a role, how many there are, and the sentence with those left out in brackets."""
    text = sentence(shape)
    kind = Kind.FINAL_ACCOUNTS if "决算" in text else Kind.BUDGET
    statements, _ = read_statements([paragraph(text)], 2026, kind)
    places = {start for _, start in bound(statements)}
    figures = [f for f in scan_figures(text) if f.exact and not f.limit]
    missing = [f for f in figures if f.start not in places]
    for figure in reversed(missing):
        text = f"{text[: figure.start]}[{text[figure.start : figure.end]}]{text[figure.end :]}"
    return len(figures) - len(missing), len(figures), text


def read_shapes() -> list[tuple[str, int]]:
    """Each shape with the number of documents it was found in."""
    with SHAPES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [(row[0], int(row[1])) for row in rows]
