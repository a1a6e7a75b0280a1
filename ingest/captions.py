"""Titles, numbers, units and notes of tables: what stands above, below, or in the first rows of a grid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.cells import tight
from ingest.characters import em
from ingest.page import Word
from model.geometry import Box

DIGITS = "一二三四五六七八九十百"
UNIT = re.compile(r"单位[:：]?(?:人民币)?[（(]?(元|千元|万元|百万元|亿元)(?![^\s）)，,。；]*[：:])")
UNIT_IN_TITLE = re.compile(r"[（(](?:金额)?(?:单位)?[:：]?(?:人民币)?(?:元|千元|万元|百万元|亿元)[）)]")
NUMBER = re.compile(
    rf"(?:(?:部门|单位|财决|财预|预算|决算|公开|预公开|决公开|附|附件){{0,3}}(?:表\d+(?:[-－—]\d+)*|表[{DIGITS}]+|\d+(?:[-－—]\d+)*表)|附件\d+)"
)
OWNER = re.compile(
    r"(?!单位[:：]?[（(]?(?:元|千元|万元|百万元|亿元))"
    r"[^：:。，,；（(]{0,6}(?:部门|单位|机构)(?:名称)?(?:[（(][^）)]{1,6}[）)])?[:：]"
)
YEAR = re.compile(r"[（(]?\s*(?:20\d\d|\d{4})\s*年(?:度)?\s*[）)]?")
NOTE = re.compile(r"[（(]?(?:备?注|说明)\s*(?:\d{0,2}|[一二三四五六七八九])\s*[:：.、]")
TITLE_END = re.compile(r"(?:表|情况|明细|目录|报告|清单|计划)(?:[（(][^）)]*[）)])*(?:[（(]?续(?:表)?[）)]?)?$")
ENUMERATOR = re.compile(rf"^(?:[{DIGITS}]{{1,3}}[、.．]|[（(](?:[{DIGITS}]{{1,3}}|\d{{1,2}})[）)](?!年)|\d{{1,2}}[、.．](?!\d))")
TAIL = 5  # characters of a title so short that it is the end of one
SENTENCE_END = "。；;，,：:、"


@dataclass(slots=True)
class Caption:
    """What the lines above a grid say. ``lines`` are the lines taken; boxes are in the reading frame."""

    number: str | None = None
    title: str = ""
    unit: str | None = None
    title_box: Box | None = None
    title_size: float = 0.0
    unit_box: Box | None = None
    lines: list[list[Word]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """All that is said, to tell a repeated caption from another one."""
        return tuple(sorted(re.sub(r"[（(]?续表?[）)]?|第?\d+页.*", "", tight(line_text(line))) for line in self.lines))

    def take(self, line: list[Word]) -> None:
        """Read a caption line."""
        self.lines.append(line)
        text = tight(line_text(line))
        unit = UNIT.search(text)
        if unit and self.unit is None:
            self.unit, self.unit_box = unit.group(1), box_of(line)
        if OWNER.match(text):
            return
        for part in _parts(line):
            self._read(tight(line_text(part)), part)

    def wants(self, line: list[Word]) -> bool:
        """Whether a line is a number or a title that the caption lacks."""
        text = tight(line_text(line))
        return (not self.number and bool(NUMBER.fullmatch(text))) or (not self.title and bool(TITLE_END.search(text)))

    def _read(self, text: str, words: list[Word]) -> None:
        text = ENUMERATOR.sub("", text)
        number = NUMBER.match(text)
        if number:
            if self.number is None:
                self.number = number.group(0)
            text = text[number.end() :].lstrip("：:.、 ")
        text = UNIT_IN_TITLE.sub("", text)
        if not text or UNIT.search(text) or OWNER.match(text) or YEAR.fullmatch(text) or text in ("金额", "单位"):
            return
        self.title = text + self.title
        self.title_size = type_size(words)
        self.title_box = box_of(words).union(self.title_box) if self.title_box else box_of(words)


def line_text(line: list[Word]) -> str:
    """A printed line's words, with a space between each two."""
    return " ".join(word.text for word in line)


def box_of(words: list[Word]) -> Box:
    """The rectangle around some words."""
    first = words[0]
    if len(words) == 1:
        return first.box
    return Box(min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words))


def type_size(line: list[Word]) -> float:
    """The size of a line's type: boxes of mixed fonts are higher than their letters, justified lines wider."""
    height = min(word.size for word in line)
    return min(height, em("".join(word.text for word in line), sum(word.x1 - word.x0 for word in line)))


def _parts(line: list[Word]) -> list[list[Word]]:
    """A line cut at wide gaps: 编制单位 to the left, the title in the middle, 单位 to the right."""
    parts = [[line[0]]]
    for word in line[1:]:
        if word.x0 - parts[-1][-1].x1 > 3 * word.size:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def is_note(text: str) -> bool:
    """Whether a text is a note below a table."""
    return bool(NOTE.match(text))


def is_caption_row(filled: list[str], spread: bool) -> bool:
    """Whether a grid's first row is a title, a number or a line of unit and 编制单位 rather than header."""
    if not filled:
        return False
    if spread and TITLE_END.search(tight(filled[0])):
        return True
    return all(_says_caption(tight(text)) for text in filled)


def _says_caption(text: str) -> bool:
    """Whether a text is a table's number, unit, owner or year and nothing else."""
    return bool(NUMBER.fullmatch(text) or OWNER.match(text) or (UNIT.search(text) and len(text) < 14) or YEAR.fullmatch(text))


def caption_above(lines: list[list[Word]], grid: Box, inner: list[list[Word]]) -> Caption:
    """The caption in the lines that stand above a grid, the nearest last, and in the first rows ``inner`` of the grid itself."""
    caption = Caption()
    for line in reversed(inner):
        caption.take(line)
    caption.lines.clear()
    bottom = grid.y0
    for line in reversed(lines):
        box = box_of(line)
        text = tight(line_text(line))
        if bottom - box.y1 > 60 or len(caption.lines) >= 7:
            break
        if not is_side(text) and not (_continues(caption, line, text, grid) if caption.title else _may_be_title(text, box, grid)):
            break
        caption.take(line)
        bottom = box.y0
    return caption


def is_side(text: str) -> bool:
    """Whether a line holds unit, owner, number or year, and so belongs to a caption wherever it stands."""
    return bool(len(text) < 70 and (_says_caption(text) or OWNER.match(text) or UNIT.search(text[-14:]) or NUMBER.fullmatch(text)))


def _may_be_title(text: str, box: Box, grid: Box) -> bool:
    """Whether a line reads like a table's title: short, no sentence, and set in the middle or ending like one."""
    if len(text) > 50 or text[-1] in SENTENCE_END or text.isdigit():
        return False
    middle = abs(box.center[0] - grid.center[0]) < 0.06 * grid.width + 12
    return bool(TITLE_END.search(text)) or (middle and box.width < 0.8 * grid.width and not re.match(r"第.{1,3}部分", text))


def _continues(caption: Caption, line: list[Word], text: str, grid: Box) -> bool:
    """Whether a line is the upper line of a title set on two lines."""
    below, box = caption.title_box, box_of(line)
    if below is None or TITLE_END.search(text) or re.match(r"第.{1,3}部分", text):
        return False
    if below.y0 - box.y1 > 1.1 * below.height:
        return False
    if len(caption.title) < TAIL:
        return True
    same_size = abs(type_size(line) - caption.title_size) <= 0.15 * caption.title_size
    if NUMBER.match(ENUMERATOR.sub("", text)):
        return same_size and caption.number is None
    if ENUMERATOR.match(text):
        return same_size and box.x1 > grid.x1 - 3 * box.height
    return same_size and abs(box.center[0] - below.center[0]) < 12
