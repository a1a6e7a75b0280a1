"""WO1: punctuation marks that cannot stand as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import sub
from statistics import median

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.document import Line
from model.facts import Source
from model.findings import Severity

DOUBLED = re.compile(rf"(?<=[{HAN}\d）”》])(?:。[。，；、]+|，[，。；、]+|；[；。，]+|、[、。，；]+)")
STOP_IN_BRACKET = re.compile(rf"。）(?=[{HAN}])")
STOP_BEFORE_COMPARISON = re.compile(r"(?<=元)。[比与较](?=(?:20\d\d|上年|去年)(?:(?!相比)[^，。；\n]){0,10}(?:持平|增加|减少|增长|下降))")
HALF_WIDTH = re.compile(rf"(?<=[{HAN}）”》])(?<!\n注)(?<!^注)[,;:?!] ?(?=[{HAN}（“《])")
ODD_BRACKETS = re.compile(r"（[^（）()\n]{1,30}\)|\([^（）()\n]{1,30}）")
PAIRS = (("《", "》"), ("“", "”"), ("（(", "）)"), ("【", "】"), ("〔", "〕"))
ITEM = re.compile(rf"(?<=[{HAN}]) ?(?P<item>（[一二三四五六七八九十]{{1,3}}）|(?P<number>\d{{1,2}})[、.．](?!\d))(?=[{HAN}]{{2}})")
SENTENCE = re.compile(r"[，。；]|主要(?!负责)|原因|详见|为[\d,.]+万元$|增加|减少|按照|用于")
UNFINISHED = re.compile(rf"(?<!其中)(?<=[{HAN}\d元）”%])$")
SHORT_LINE = 8
LONG_CELL = 40
MOST_GAPS = 2
WIDE = 1.35
EVEN = 0.06
MOSTLY = 0.75
SPACED = re.compile(rf"[{HAN}][{HAN}，。；、]")


def found(prose: Prose, pattern: re.Pattern[str], before: int, after: int, text: str | None = None) -> list[Source]:
    """Where a pattern matches in the document's words, with some characters of its passage around it."""
    return [prose.around(m.start(), m.end(), before, after) for m in pattern.finditer(prose.text if text is None else text)]


@check("WO101", "punctuation-doubled", Severity.NOTICE)
def doubled_marks(book: Book) -> Iterator[Equation | Remark]:
    """Two stops follow each other, or a full stop stands inside a sentence.

    Basis: GB/T 15834 (标点符号用法): a pause has one mark; a bracket inside a sentence holds no full stop. Likely causes: a template's stop
    kept after the text that was filled in. Example: “……等方面的支出。。”; “减少318.88万元。）比上年减少”.
    """
    prose = prose_of(book)
    for variant, pattern, after in (("", DOUBLED, 0), ("bracket", STOP_IN_BRACKET, 6), ("early", STOP_BEFORE_COMPARISON, 10)):
        places = found(prose, pattern, 12, after)
        if places:
            yield remark("WO101", places, variant)


@check("WO102", "half-width-marks-in-chinese", Severity.NOTICE)
def half_width_marks(book: Book) -> Iterator[Equation | Remark]:
    """Half-width commas, colons or semicolons stand between Chinese characters, or the two brackets of a pair differ in width.

    Basis: GB/T 15834: Chinese text uses full-width marks. Example: “结合本区实际,制订”; “（款)”.
    """
    prose = prose_of(book)
    marks = [
        prose.around(match.start(), match.end(), 6, 6) for match in HALF_WIDTH.finditer(prose.text) if is_written(prose.at(match.start()))
    ]
    if marks:
        yield remark("WO102", marks)
    brackets = found(prose, ODD_BRACKETS, 0, 0)
    if brackets:
        yield remark("WO102", brackets, "brackets")


def is_written(passage: Passage) -> bool:
    """Whether a passage is text, or a cell that holds as much as a paragraph."""
    return passage.kind in {"text", "heading", "note"} or (passage.kind == "cell" and len(passage.text) > LONG_CELL)


@check("WO103", "marks-not-paired", Severity.NOTICE)
def unpaired_marks(book: Book) -> Iterator[Equation | Remark]:
    """A paragraph opens a bracket, quotation or book-title mark that it does not close, or closes one that it did not open.

    Basis: GB/T 15834. Example: “人民调解协议书检查”、优秀调解案例”活动.
    """
    prose = prose_of(book)
    places = [
        prose.source(passage.start + where[0], passage.start + where[1])
        for passage in prose.passages
        if passage.kind in {"text", "cell", "note"}
        for where in [unpaired(passage.text)]
        if where
    ]
    if places:
        yield remark("WO103", places)


def unpaired(text: str) -> tuple[int, int] | None:
    """The stretch around the first mark of a text that has no partner, list numbers like ``1）`` left out."""
    for opening, closing in PAIRS:
        if sum(map(text.count, opening)) == sum(map(text.count, closing)):
            continue
        depth, opened = 0, -1
        for i, char in enumerate(text):
            if char in opening:
                if depth and opening == "“":
                    return max(0, opened), min(len(text), i + 12)
                depth, opened = depth + 1, i
            elif char in closing:
                if not depth:
                    if i and text[i - 1].isdigit():
                        continue
                    return max(0, i - 16), min(len(text), i + 6)
                depth -= 1
        if depth:
            return opened, min(len(text), opened + 24)
    return None


@check("WO104", "list-item-not-separated", Severity.NOTICE)
def unseparated_items(book: Book) -> Iterator[Equation | Remark]:
    """An item of a list inside a paragraph follows the item before it without any mark.

    Basis: GB/T 15834: items are parted by semicolons or full stops. Example: “公车运行费不超上年数 4、我单位作为”.
    """
    prose = prose_of(book)
    places = []
    for match in ITEM.finditer(prose.text):
        passage = prose.at(match.start())
        if passage.kind in {"text", "cell"} and has_item_before(passage, match):
            places.append(prose.around(match.start(), match.end(), 8, 6))
    if places:
        yield remark("WO104", places)


def has_item_before(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the paragraph prints the item before this one, so that it is a list and no cross-reference."""
    before = passage.text[: match.start("item") - passage.start]
    if match["number"]:
        return int(match["number"]) > 1 and bool(re.search(rf"(?<![\d.]){int(match['number']) - 1}[、.．](?!\d)", before))
    order = "一二三四五六七八九"
    at = order.find(match["item"][1])
    return at > 0 and bool(re.search(f"(?:^|[：:。；]) ?（{order[at - 1]}）", before))


@check("WO105", "sentence-not-ended", Severity.NOTICE)
def unended_sentences(book: Book) -> Iterator[Equation | Remark]:
    """A paragraph of sentences ends without a mark, while the others of its document end with one.

    Basis: GB/T 15834. Likely causes: text cut off by the size of a cell, a mark lost in copying. Example: “……机关运行经费预算为464.64万元”.
    """
    prose = prose_of(book)
    places = []
    ended = 0
    for passage in prose.passages:
        if passage.kind != "text" or len(passage.text) < 12 or not SENTENCE.search(passage.text):
            continue
        if not UNFINISHED.search(passage.text):
            ended += 1
        else:
            places.append(prose.source(max(passage.start, passage.end - 20), passage.end))
    if places and ended > 3 * len(places):
        yield remark("WO105", places)


@check("WO106", "space-inside-words", Severity.NOTICE)
def stray_spaces(book: Book) -> Iterator[Equation | Remark]:
    """No space stands between two Chinese characters or before a Chinese mark within a line.

    Basis: Chinese text has no spaces. Seen from the printed distances: a gap of half a character or more in a line that is otherwise
    evenly set. Example: “公务 用车”; “区政府工作部门 ，为正处级”.
    """
    places = []
    for i, paragraph in enumerate(book.document.paragraphs):
        if paragraph.role in {"text", "note"}:
            for line in paragraph.lines:
                found = list(gaps(paragraph.text, line))
                if len(found) <= MOST_GAPS:
                    places += [book.source(i, max(line.start, at - 4), min(line.end, at + 5)) for at in found]
    if places:
        yield remark("WO106", places)


def gaps(text: str, line: Line) -> Iterator[int]:
    """Where a space was printed in a line: the index of the character before it."""
    widths = list(map(sub, line.edges[1:], line.edges))
    if len(widths) < SHORT_LINE:
        return
    usual = median(widths)
    if max(widths) < WIDE * usual or sum(abs(width - usual) < EVEN * usual for width in widths) < MOSTLY * len(widths):
        return
    for i, width in enumerate(widths[:-1]):
        if WIDE * usual <= width < 3 * usual and SPACED.match(text, line.start + i):
            yield line.start + i
