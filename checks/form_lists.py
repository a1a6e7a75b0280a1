"""WO3: the numbers of lists: one kind of brackets, no gap, each item where its neighbours stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.findings import Severity

NUMERALS = "一二三四五六七八九十"
BRACKETED = re.compile(rf"(?P<open>[（(])(?P<number>[{NUMERALS}]{{1,3}}|\d{{1,2}})(?P<close>[）)])")
PLAIN = re.compile(rf"(?P<number>[{NUMERALS}]{{1,3}}(?=、)|\d{{1,2}}(?=[、．]|\.(?!\d)))")
INSIDE = re.compile(rf"(?<=[。；])[（(](?P<number>[{NUMERALS}]{{1,3}})[）)](?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph's number: its value, its marks as printed, its kind (brackets with numerals, digits with a dot …), its passage."""

    value: int
    marks: str
    kind: str
    passage: Passage


def value_of(number: str) -> int:
    """The value of 1 to 99 in digits or in Chinese numerals."""
    if number.isdigit():
        return int(number)
    if number == "十":
        return 10
    tens, _, ones = number.rpartition("十")
    if "十" not in number:
        return NUMERALS.index(number) + 1 if len(number) == 1 else 0
    return (NUMERALS.index(tens) + 1 if tens else 1) * 10 + (NUMERALS.index(ones) + 1 if ones else 0)


def item_of(passage: Passage) -> Item | None:
    """The number a paragraph begins with."""
    match = BRACKETED.match(passage.text)
    if match:
        kind = "(1)" if match["number"].isdigit() else "(一)"
        return Item(value_of(match["number"]), match[0], kind, passage)
    match = PLAIN.match(passage.text)
    if match and match["number"]:
        return Item(value_of(match["number"]), match[0], "1." if match["number"].isdigit() else "一、", passage)
    return None


def sequences(prose: Prose) -> Iterator[list[Item]]:
    """The runs of numbered paragraphs of one kind that count up (一, 二, 三 …), however much stands between them."""
    running: dict[str, list[Item]] = {}
    for passage in prose.of("text", "heading"):
        item = item_of(passage)
        if item is None:
            continue
        run = running.setdefault(item.kind, [])
        if run and item.value not in {run[-1].value + 1, run[-1].value + 2, run[-1].value}:
            yield run
            run = running[item.kind] = []
        run.append(item)
    yield from running.values()


@check("WO301", "list-brackets-mixed", Severity.NOTICE)
def mixed_brackets(book: Book) -> Iterator[Equation | Remark]:
    """The numbers of one list are all in full-width or all in half-width brackets.

    Basis: one way of numbering in one list. Example: （一）、(二)、(三)、（四）.
    """
    prose = prose_of(book)
    for run in sequences(prose):
        bracketed = [item for item in run if item.kind.startswith("(")]
        full = [item for item in bracketed if item.marks.startswith("（") and item.marks.endswith("）")]
        other = [item for item in bracketed if item not in full]
        if full and other:
            odd, variant = (full, "full") if len(full) < len(other) else (other, "")
            yield bracket_remark(prose, bracketed, odd, variant)


def bracket_remark(prose: Prose, run: Sequence[Item], odd: Sequence[Item], variant: str) -> Remark:
    """The remark on a list of which some numbers are bracketed unlike the rest."""
    places = [prose.source(item.passage.start, item.passage.start + len(item.marks)) for item in odd]
    marks = {"odd": "".join(item.marks for item in odd), "run": "".join(item.marks for item in run)}
    return remark("WO301", places, variant, **marks)


@check("WO302", "list-number-missing-or-doubled", Severity.NOTICE)
def broken_sequences(book: Book) -> Iterator[Equation | Remark]:
    """The numbers of a list count up by one: none is missing, none comes twice; each item begins its own paragraph if the others do.

    Basis: numbering. Likely causes: an item deleted or inserted, a line break lost. Example: “（七）……（九）……”, with（八）inside （七）.
    """
    prose = prose_of(book)
    for run in sequences(prose):
        for before, after in itertools.pairwise(run):
            if after.value == before.value + 1 or len(run) < 3:
                continue
            inside = inside_of(before, after, prose)
            if inside is not None:
                yield remark("WO302", [prose.around(*inside, 10, 12)], "inline", item=prose.text[slice(*inside)])
            elif after.passage.page - before.passage.page <= 1 and after.value == before.value + 2:
                places = [prose.source(item.passage.start, item.passage.start + 24) for item in (before, after)]
                yield remark("WO302", places, before=before.marks, after=after.marks)


def inside_of(before: Item, after: Item, prose: Prose) -> tuple[int, int] | None:
    """Where the number between two items stands inside a paragraph between them."""
    for match in INSIDE.finditer(prose.text, before.passage.start, after.passage.start):
        if value_of(match["number"]) == before.value + 1:
            return match.span()
    return None
