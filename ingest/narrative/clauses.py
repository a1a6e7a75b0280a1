"""Clauses without a figure: topics, what figures to come are compared with, reasons, purposes, and words that stand for a figure."""

from __future__ import annotations

import re
from enum import Enum

from ingest.narrative import phrases
from ingest.narrative.binding import Binder
from ingest.narrative.context import Context
from ingest.narrative.drafts import ComparisonDraft, Draft
from ingest.narrative.labels import enumerator_level, opens_list
from ingest.narrative.phrases import PURPOSE, REASON, Base
from ingest.narrative.targets import Spot
from ingest.squeeze import Squeezed
from model.document import Kind
from model.facts import Basis, Direction

_MONEY_WORDS = "支出|收入|预算|经费|费用?|资金|拨款"
_NIL = re.compile(
    r"均?(?:没有(?:使用|安排|发生)?|未(?:使用|安排|编列|涉及|发生|列)|无(?![法关偿障力形])(?:使用|安排|发生)?|不(?:涉及|安排))(?:预算)?"
    rf"(?P<subject>[^，。；：]*?(?:{_MONEY_WORDS}|购置|采购|车辆|设备|结转|结余)[^，。；：]*)$"
)
_NIL_AFTER = re.compile(
    rf"^(?P<subject>[^，。；：]{{2,40}}?(?:{_MONEY_WORDS}|车辆|设备|结余|结转))"
    r"(?:为(?:零|空|无)|均?(?:未|没有|无)(?:安排|发生|编列|涉及)?(?:预算|支出)?)$"
)
LIST_FOLLOWS = re.compile(r"(?:以下|如下|下列)[^，。；]{0,8}$|^(?:其中|包括|包含)")
REASON_ITEM = re.compile(r"^(?:[一二三四五六七八九]是|[①-⑳]|\d{1,2}[、.．)）]|[（(][\d一二三四五六七八九]{1,2}[）)]|第?[一二三四五][，、])")
_RESUMES = re.compile(r"^(?:占(?!用|地)|(?:比|较|与)(?:上年|20\d\d年))")
_PARTITION = re.compile(r"按.{2,14}(?:分类|划分|来分|分为|分，|性质|用途)")
_SIDE = re.compile(r"^(?:本年)?(?:收入|支出)(?:预算|决算)?(?:总计|合计)?(?:主要)?(?:包括|包含|$)")
_NAMED_LIST = re.compile(r"^(?P<subject>[^，]{2,20}?)(?:主要)?(?:包括|包含)$")
_MAINLY = re.compile(r"主要(?:是|为)$")
_PATH = re.compile(r"[（(]\d*[类款项]\d*[）)]")
_PROJECT = re.compile(r"项目名称$")
_CLAUSE_LIMIT = 40


class Mode(Enum):
    """What the words at hand are: statements, the reason of a change, or what money is for."""

    SAYING = "saying"
    REASON = "reason"
    PURPOSE = "purpose"


class Clauses:
    """Reads clauses; ``lead`` are the words since the last sign, which begin at ``origin`` of the squeezed text."""

    def __init__(self, context: Context, year: int | None, kind: Kind) -> None:
        self.context = context
        self.binder = Binder(context, year, kind)
        self.year = year
        self.mode = Mode.SAYING
        self.words: list[str] = []
        self.listed_reasons = self.bare_reason = False
        self.lead = ""
        self.origin = 0
        self.fresh = True
        self.in_bracket = False
        self.text = Squeezed("", range(1))

    def clause(self, *, colon: bool = False, list_ahead: bool = False) -> None:
        """Words that end without a figure. ``list_ahead`` is True where a figure follows before the sentence turns."""
        words, self.lead = self.lead, ""
        if not words:
            return
        self.context.just_opened = None
        if self.mode is not Mode.SAYING:
            if not self._resumes(words):
                self.words.append(words)
                return
            self.finish_words()
        words = self.head(words)
        named = _NAMED_LIST.match(words)
        if colon and list_ahead and (named or LIST_FOLLOWS.search(words)):
            self.open_list(named["subject"] if named else words)
            return
        opened, rest = opens_list(words)
        if opened and list_ahead and not (rest and PURPOSE.match(words)):
            self.open_list("")
            words = rest
        if words and not (self.reasoned(words) or self._word_alone(words) or self._nil(words)) and self.binder.sentence.behind is None:
            self._note(words, colon=colon)

    def _resumes(self, words: str) -> bool:
        """Whether a reason or purpose is over: a share or comparison of the statement itself, or its parts, follow."""
        return words.startswith("其中") or (self.mode is Mode.PURPOSE and _RESUMES.match(words) is not None)

    def resume(self, words: str) -> bool:
        """The same before a figure, with the reason or purpose handed over."""
        if self._resumes(words):
            self.finish_words()
            return True
        return False

    def finish_words(self) -> None:
        """Give the reason or purpose that ends here to the statement it was said of; a purpose may come before its statement."""
        text = "".join(self.words).strip("：:，,； ")
        current = self.binder.current
        here = current is not None and current.passage == self.binder.passage
        if text and self.mode is Mode.PURPOSE and not here:
            self.binder.purpose = text
        elif text and current is not None and self.mode is Mode.PURPOSE:
            current.purpose = current.purpose or text
        elif text and current is not None and self.mode is Mode.REASON and (here or self.bare_reason):
            current.explain(text)
        self.mode, self.words = Mode.SAYING, []

    def head(self, words: str) -> str:
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

    def open_list(self, words: str) -> None:
        """A list of parts begins; of a subject of its own (``政府采购包括：``) that is no statement, the parts have no whole."""
        sentence = self.binder.sentence
        self.binder.current = self.context.leave_weaker(sentence.mark) or self.binder.current
        whole = self.binder.standing_whole(beginning=sentence.mark == 4 and not sentence.prefix)
        rivals = self.binder.rivals(whole)
        own = _SIDE.match(words)
        if any(_PARTITION.search(clause) for clause in [*sentence.prefix[-1:], words]):
            whole, rivals = self._partitioned(whole), []
        elif words and own is None and not LIST_FOLLOWS.search(words):
            whole = None
        self.context.open_list(whole, one_sided=own is not None, rivals=rivals)

    def _partitioned(self, whole: Draft | None) -> Draft | None:
        """The whole that is parted (按用途分类 …): the one at hand, else that of the numbered item."""
        scope = self.context.scopes[-1] if self.context.scopes else None
        if scope is not None and not scope.items and not scope.bracket and scope.parent is not None:
            return self.context.scopes.pop().parent
        return whole if whole is not None and whole.passage == self.binder.passage else self.context.head_above() or whole

    def opener(self, words: str) -> str:
        """Open the list that words before a figure begin (其中, 包括, 按用途分为), and leave its words out."""
        opened, rest = opens_list(words)
        if opened:
            self.open_list("")
            words = rest
        parted = re.match(r"^按[^，]{2,14}?(?:分类|划分)(?:的)?(?:支出|收入)?(?:划分|分)?为?(?:包括)?(?=.{2})", words)
        if parted:
            self.open_list(parted[0])
            return words[parted.end() :]
        found = re.match(r"^(?P<subject>[^，]{2,20}?)(?:主要)?(?:包括|包含)(?P<rest>[^，]+)$", words)
        if found:
            self.open_list(found["subject"])
            return found["rest"]
        return words

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
        if sentence.prefix and _PROJECT.search(sentence.prefix[-1]):
            self.context.name_project(self.text.text[self.origin :].partition("。")[0].strip("：:，"))
        if colon or (not sentence.prefix and self._topical(words)):
            self.context.note_topic(words, heading=self.binder.printed.heading)
        sentence.prefix.append(words)

    def _topical(self, words: str) -> bool:
        if _PATH.search(words):
            return True
        return len(words) <= _CLAUSE_LIMIT and bool(self.context.outline) and not self.context.outline[-1].label

    def reasoned(self, words: str) -> bool:
        """Where a reason or a purpose begins."""
        purpose, reason = PURPOSE.search(words), REASON.search(words)
        first = min((m for m in (purpose, reason) if m is not None), key=lambda m: m.start(), default=None)
        if first is None:
            return False
        if first is reason and _MAINLY.match(first[0]) and self.binder.sentence.prefix and not self.binder.in_sentence():
            return False
        head = words[: first.start()]
        if head and not (self._word_alone(head + "的主要原因") or self._word_alone(head)) and self.binder.sentence.behind is None:
            self._note(head, colon=False)
        self.mode = Mode.PURPOSE if first is purpose else Mode.REASON
        self.bare_reason = not head
        rest = words[first.end() :].lstrip("：:")
        self.listed_reasons = self.mode is Mode.REASON and bool(REASON_ITEM.match(rest) or "一是" in first[0])
        self.words = [rest] if rest else []
        return True

    def _word_alone(self, words: str) -> bool:
        """``与上年持平``, ``决算数大于年初预算数``: a comparison by a word alone."""
        compared = phrases.word_comparison(words)
        if compared is not None:
            base = Base(self.year, self._budget_basis(compared["base"]))
            word = compared["level"] or compared["word"]
            return self._add_word(words, compared.start("word"), word, base, phrases.word_direction(compared))
        level = phrases.level_word(words)
        if level is None or len(words) > _CLAUSE_LIMIT or re.match(r"[均各都]", words):
            return False
        found = phrases.split_comparison(words[: level.start()], self.year)
        if found is None:
            return False
        self.binder.target(found.before + found.after, self._spot(words, level.end()))
        return self._add_word(words, level.start("word"), level["word"], found.base, Direction.LEVEL)

    def _budget_basis(self, stated: str) -> Basis | None:
        """Which budget 决算数大于预算数 speaks of: the one that stands beside the outturn."""
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
        start = self._position(words) + at
        mention = self.binder.mention(self.text.start(start), self.text.end(start + len(word)), word)
        current.comparisons.append(ComparisonDraft(base, direction, mention))
        return True

    def _nil(self, words: str) -> bool:
        """``没有政府性基金预算拨款安排的支出``, ``公务用车购置费未安排``: a statement without a figure."""
        if self.binder.sentence.behind is not None:
            return False
        found = _NIL_AFTER.search(words) or _NIL.search(words)
        if found is None:
            return False
        draft = self.binder.stand(found["subject"], self._spot(words, len(words)))
        if draft is not None:
            draft.nil = True
        return draft is not None

    def _spot(self, words: str, end: int) -> Spot:
        """A place for words that stand where a figure could."""
        start = self._position(words)
        begin, stop = self.text.start(start), self.text.end(max(start + end, start + 1))
        return Spot(words[:end], self.binder.mention(begin, stop, words[:end]), start, stop, "", self.in_bracket, self.text)

    def _position(self, words: str) -> int:
        """Where words of the clause at hand begin: a list number or 其中 may have been taken off their head."""
        found = self.text.text.find(words[:_CLAUSE_LIMIT].removesuffix("的主要原因"), self.origin)
        return found if found >= 0 else self.origin
