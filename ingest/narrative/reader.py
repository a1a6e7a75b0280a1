"""Reads sentences: one pass over the pieces of each paragraph, binding every figure to the subject it is said of.

A figure whose role is not certain stays unbound: it is a ``Mention`` and nothing more, since a wrong binding would be a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from ingest.narrative import phrases
from ingest.narrative.binding import Binder, Sentence, Spot
from ingest.narrative.context import Context
from ingest.narrative.drafts import ComparisonDraft, Draft
from ingest.narrative.labels import enumerator_level, opens_list
from ingest.narrative.phrases import PURPOSE, REASON, Base
from ingest.narrative.pieces import Part, Piece, cut
from ingest.numbers import scan_squeezed
from ingest.squeeze import Squeezed, squeeze
from model.document import Kind, Paragraph
from model.facts import Basis, Direction, Mention, Statement

_SILENT = frozenset({"contents", "cover", "caption"})
_NIL = re.compile(
    r"均?(?:没有(?:使用|安排|发生)?|未(?:使用|安排|编列|涉及|发生|列)|无(?![法关偿障力形])(?:使用|安排|发生)?|不(?:涉及|安排))(?:预算)?"
    r"(?P<subject>[^，。；：]*?(?:支出|收入|预算|经费|费用?|资金|拨款|购置|采购|车辆|设备|结转|结余)[^，。；：]*)$"
)
_NIL_AFTER = re.compile(
    r"^(?P<subject>[^，。；：]{2,40}?(?:支出|收入|预算|经费|费用?|资金|拨款|车辆|设备|结余|结转))"
    r"(?:为(?:零|空|无)|均?(?:未|没有|无)(?:安排|发生|编列|涉及)?(?:预算|支出)?)$"
)
_LIST_FOLLOWS = re.compile(r"(?:以下|如下|下列)[^，。；]{0,8}$|^(?:其中|包括|包含)")
_REASON_ITEM = re.compile(
    r"^(?:[一二三四五六七八九]是|[①-⑳]|\d{1,2}[、.．)）]|[（(][\d一二三四五六七八九]{1,2}[）)]|第?[一二三四五][，、])"
)
_RESUMES = re.compile(r"^(?:占|比上年|较上年|与上年|比20\d\d年|较20\d\d年|与20\d\d年)")
_PARTITION = re.compile(r"按.{2,14}(?:分类|划分|来分|分为|分，|性质|用途)")
_SIDE = re.compile(r"^(?:本年)?(?:收入|支出)(?:预算|决算)?(?:总计|合计)?(?:主要)?(?:包括|包含|$)")
_LEVEL_LIMIT = 40


class Mode(Enum):
    """What the words at hand are: statements, the reason of a change, or what money is for."""

    SAYING = "saying"
    REASON = "reason"
    PURPOSE = "purpose"


def read_statements(paragraphs: Sequence[Paragraph], year: int | None, kind: Kind) -> tuple[tuple[Statement, ...], tuple[Mention, ...]]:
    """What the prose says, and every figure in it.

    ``year`` is the document's fiscal year, from which 上年 is counted. Offsets are characters of each paragraph's text.
    """
    reader = Reader(year, kind)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role not in _SILENT:
            reader.read(index, paragraph)
    return reader.statements(), tuple(reader.mentions)


class Reader:
    """The state of one reading."""

    def __init__(self, year: int | None, kind: Kind) -> None:
        self.context = Context()
        self.binder = Binder(self.context, year, kind)
        self.kind = kind
        self.year = year
        self.mentions: list[Mention] = []
        self.sentences = 0
        self.mode = Mode.SAYING
        self.words: list[str] = []
        self.listed_reasons = False
        self.lead = ""
        self.origin = 0
        self.fresh = True
        self.open_next = False
        self.saved: list[tuple[Draft | None, Mode, list[str]]] = []
        self.text = Squeezed("", range(1))

    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order in which they begin."""
        drafts = self.context.drafts
        for draft in drafts:
            draft.settle()
        indices = {id(draft): i for i, draft in enumerate(drafts)}
        return tuple(draft.finish(indices) for draft in drafts)

    def read(self, index: int, paragraph: Paragraph) -> None:
        """Read one paragraph."""
        self.text = squeeze(paragraph.text)
        figures = scan_squeezed(self.text.text)
        places = {}
        for figure in figures:
            start, end = self.text.start(figure.start), self.text.end(figure.end)
            places[figure.start] = Mention(index, start, end, paragraph.text[start:end], figure.amount)
            self.mentions.append(places[figure.start])
        self.binder.paragraph = index
        self.context.enter(paragraph.section)
        self._begin_sentence()
        pieces = cut(self.text.text, figures)
        for i, piece in enumerate(pieces):
            following = pieces[i + 1 : i + 3]
            if piece.part is Part.FIGURE:
                self._figure(piece, places[piece.start], following)
            elif piece.part is Part.WORDS:
                self.lead, self.origin = piece.text, piece.start
            else:
                self._sign(piece, following)
        self._clause()
        self._end_sentence()

    # marks and brackets

    def _sign(self, piece: Piece, following: list[Piece]) -> None:
        colon = piece.text in "：:"
        self._clause(colon=colon)
        sentence = self.binder.sentence
        if piece.part is Part.OPEN:
            self.saved.append((self.binder.current, self.mode, self.words))
            self.context.open_list(self.binder.current, bracket=True)
            return
        if piece.part is Part.CLOSE:
            self._close()
            return
        sentence.mark = piece.strength
        sentence.behind = None
        self.fresh = piece.strength >= 3 or colon
        if piece.strength == 4:
            self._end_sentence()
            self._begin_sentence(following)
        elif piece.strength == 3:
            self._end_words(following)
            sentence.prefix.clear()

    def _close(self) -> None:
        self.context.close_bracket()
        if self.saved:
            current, mode, words = self.saved.pop()
            self._finish_words()
            self.binder.current, self.mode, self.words = current, mode, words
        self.binder.sentence.behind = None

    def _begin_sentence(self, following: Sequence[Piece] = ()) -> None:
        self.sentences += 1
        self.binder.sentence = Sentence(self.sentences, self.year)
        self.fresh, self.open_next = True, False
        self.lead = ""
        words = following[0].text if following else ""
        if self.listed_reasons and _REASON_ITEM.match(words):
            self.mode = Mode.REASON
        else:
            self.listed_reasons = False

    def _end_sentence(self) -> None:
        self._finish_words()
        if not self.saved:
            self.context.end_sentence()

    def _end_words(self, following: Sequence[Piece]) -> None:
        """A ； ends a reason or purpose, unless the next words number another one (二是, ②)."""
        words = following[0].text if following else ""
        if self.mode is Mode.REASON and self.listed_reasons and _REASON_ITEM.match(words):
            self.words.append("；")
        else:
            self._finish_words()

    def _finish_words(self) -> None:
        """Give the reason or purpose that ends here to the statement it was said of."""
        text = "".join(self.words).strip("：:，,； ")
        current = self.binder.current
        if text and current is not None:
            if self.mode is Mode.PURPOSE:
                current.purpose = current.purpose or text
            elif self.mode is Mode.REASON and current.comparisons and not current.comparisons[-1].reason:
                current.comparisons[-1].reason = text
        self.mode, self.words = Mode.SAYING, []

    # clauses

    def _clause(self, *, colon: bool = False) -> None:
        """Words that end without a figure."""
        words, self.lead = self.lead, ""
        sentence = self.binder.sentence
        if not words:
            return
        self.context.just_opened = None
        if self.mode is not Mode.SAYING:
            if not (self.mode is Mode.PURPOSE and _RESUMES.match(words)) and not words.startswith("其中"):
                self.words.append(words + ("：" if colon else "，"))
                return
            self._finish_words()
        words = self._head(words)
        if colon and _LIST_FOLLOWS.search(words):
            self._open_list(words)
            return
        opened, rest = opens_list(words)
        if opened and not (rest and PURPOSE.match(words)):
            self._open_list("")
            words = rest
        if not words or self._reasoned(words) or self._standing(words) or self._nil(words):
            return
        if sentence.behind is None:
            self._note(words, colon=colon)

    def _note(self, words: str, *, colon: bool) -> None:
        """Words that say nothing themselves: what the figures to come are compared with, or what they are about."""
        sentence = self.binder.sentence
        found = phrases.split_comparison(words, self.year)
        if found is not None and not found.before and not found.after:
            sentence.base = found.base
            return
        year = phrases.read_year(words, None)
        if year is not None and not re.search(r"20\d\d年(?:\d|底|末)", words):
            sentence.year = year
        if colon or (not sentence.prefix and self._topical(words)):
            self.context.note_topic(words)
        sentence.prefix.append(words)

    def _topical(self, words: str) -> bool:
        return bool(re.search(r"[（(](?:\d*)(?:类|款|项)", words)) or (
            len(words) <= _LEVEL_LIMIT and bool(self.context.outline) and not self.context.outline[-1].label
        )

    def _head(self, words: str) -> str:
        """Take a list number off the head of a clause that begins a sentence, and go to its place in the outline."""
        if not self.fresh:
            return words
        self.fresh = False
        found = enumerator_level(words)
        while found is not None:
            self.context.item(found[0])
            self.origin += found[1]
            words = words[found[1] :]
            found = enumerator_level(words)
        return words

    def _open_list(self, words: str) -> None:
        """A list of parts begins; of a subject of its own (``收入包括：``) that is no statement, the parts have no whole."""
        sentence = self.binder.sentence
        whole = self.binder.standing_whole(beginning=sentence.mark == 4 and not sentence.prefix)
        own = _SIDE.match(words)
        if any(_PARTITION.search(clause) for clause in [*sentence.prefix[-1:], words]):
            whole = self.context.head_above() or whole
        elif words and own is None and not _LIST_FOLLOWS.match(words):
            whole = None
        self.context.open_list(whole, one_sided=own is not None)

    def _reasoned(self, words: str) -> bool:
        """Where a reason or a purpose begins."""
        purpose, reason = PURPOSE.search(words), REASON.search(words)
        first = min((m for m in (purpose, reason) if m is not None), key=lambda m: m.start(), default=None)
        if first is None:
            return False
        head = words[: first.start()]
        if head:
            self._standing(head + "的主要原因") or self._standing(head) or self._note_head(head)
        self.mode = Mode.PURPOSE if first is purpose else Mode.REASON
        rest = words[first.end() :].lstrip("：:")
        self.listed_reasons = self.mode is Mode.REASON and bool(_REASON_ITEM.match(rest) or "一是" in first[0])
        self.words = [rest + "，"] if rest else []
        return True

    def _note_head(self, head: str) -> None:
        if self.binder.sentence.behind is None:
            self._note(head, colon=False)

    def _standing(self, words: str) -> bool:
        """``与上年持平``, ``决算数大于年初预算数``: a comparison by a word alone."""
        compared = phrases.word_comparison(words)
        if compared is not None:
            direction = phrases.word_direction(compared)
            base = Base(self.year, self._budget_basis(compared["base"]))
            word = compared["level"] or compared["word"]
            return self._add_word(words, compared.start("word"), word, base, direction)
        level = phrases.level_word(words)
        if level is None or len(words) > _LEVEL_LIMIT or re.match(r"[均各都]", words):
            return False
        found = phrases.split_comparison(words[: level.start()], self.year)
        if found is None:
            return False
        self.binder.to_subject(found.before + found.after, self._spot(words, level.end()))
        return self._add_word(words, level.start("word"), level["word"], found.base, Direction.LEVEL)

    def _budget_basis(self, stated: str) -> Basis | None:
        basis = phrases.read_basis(stated)
        current = self.binder.current
        if basis is not Basis.BUDGET or current is None:
            return basis
        if current.original is not None:
            return current.original_basis
        return Basis.REVISED_BUDGET if current.revised is not None else basis

    def _add_word(self, words: str, at: int, word: str, base: Base, direction: Direction | None) -> bool:
        current = self.binder.current
        if current is None or direction is None:
            return False
        start = self.text.text.find(words, max(0, self.origin - 2))
        where = (start if start >= 0 else self.origin) + at
        end = min(where + len(word), len(self.text.text))
        mention = Mention(self.binder.paragraph, self.text.start(where), self.text.end(end), word)
        current.comparisons.append(ComparisonDraft(base, direction, mention))
        return True

    def _nil(self, words: str) -> bool:
        """``没有政府性基金预算拨款安排的支出``, ``公务用车购置费未安排``: a statement without a figure."""
        if self.binder.sentence.behind is not None:
            return False
        found = _NIL_AFTER.search(words) or _NIL.search(words)
        if found is None:
            return False
        subject = found["subject"]
        draft = self.binder.stand(subject, self._spot(words, len(words)))
        if draft is not None:
            draft.nil = True
        return draft is not None

    def _spot(self, words: str, end: int) -> Spot:
        start = self.origin
        stop = min(start + end, len(self.text.text))
        mention = Mention(self.binder.paragraph, self.text.start(start), self.text.end(max(stop, start + 1)), words[:end])
        return Spot(words[:end], mention, start, "", bool(self.saved), self.text)

    # figures

    def _figure(self, piece: Piece, mention: Mention, following: Sequence[Piece]) -> None:
        words, self.lead = self.lead, ""
        sentence = self.binder.sentence
        self.context.just_opened = None
        if self.mode is not Mode.SAYING and not self._resumes(words):
            self.words.append(words + mention.text)
            return
        words = self._head(words)
        opened, words = self._opener(words)
        if self._enters(words):
            self.words.append(mention.text)
            return
        if sentence.behind is not None and sentence.behind.amount is not None:
            words = re.sub(r"^[^，]*的(?=.{2})", "", words) if not phrases.tail_move(words) else words
        after = "".join(p.text for p in following)
        origin = piece.start - len(words)
        spot = Spot(words, mention, origin, after, bool(self.saved), self.text)
        self.binder.bind(spot)
        sentence.behind = mention
        if following and following[0].text in {"：", ":"}:
            self.context.open_list(self.binder.standing_whole())

    def _opener(self, words: str) -> tuple[bool, str]:
        opened, rest = opens_list(words)
        if opened:
            self._open_list("")
            return True, rest
        found = re.match(r"^(?P<subject>[^，]{2,20}?)(?:主要)?(?:包括|包含)(?P<rest>[^，]+)$", words)
        if found:
            self._open_list(found["subject"])
            return True, found["rest"]
        return False, words

    def _resumes(self, words: str) -> bool:
        """Whether a reason or purpose is over: a share or comparison of the statement itself, or its parts, follow."""
        if words.startswith(("其中", "，其中")) or (self.mode is Mode.PURPOSE and _RESUMES.match(words)):
            self._finish_words()
            return True
        return False

    def _enters(self, words: str) -> bool:
        """Whether a reason or purpose begins in the words before a figure."""
        return bool(words) and self._reasoned(words)
