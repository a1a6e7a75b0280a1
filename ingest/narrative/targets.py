"""Whom a figure is said of: the label it has or inherits, and the statement that a comparison or share belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.narrative.context import Context
from ingest.narrative.drafts import Draft, same_subject
from ingest.narrative.passages import Passage
from ingest.narrative.phrases import Base
from ingest.squeeze import Squeezed
from model.amounts import Amount, Dimension
from model.document import Kind
from model.facts import Mention

LABEL_LIMIT = 64
_PLACE_WORDS = re.compile(r"^在|[中下]$")
_SIDES = frozenset({"收入", "支出"})
_PURE_YEAR = re.compile(
    r"^(?:本部门|本单位)?(?:20\d\d年|上一?年|去年)度?(?:当年|年初)?(?:部门|单位|财政拨款|支出|收入)?"
    r"(?:预算执行|年初预算|预算|执行|决算|批复)?(?:数|安排|金额)*(?:为|是)?$"
)
_SUM_OF_TOPIC = re.compile(r"^(?:预算)?支出(?:预算)?(?:合计|总计)?$|^预算合计$")
_PATH = re.compile(r"[（(]\d*[类款项]\d*[）)]")
_NO_LABEL = re.compile(r"[\d.,]*\.\d|[^一-龥]*$")
_NEAR = 40


@dataclass(slots=True)
class Sentence:
    """What a sentence has said so far.

    ``prefix`` are its clauses since the last figure, ``mark`` is the strength of the last mark, ``behind`` the figure that the words
    at hand follow without a mark between.
    """

    index: int
    year: int | None
    prefix: list[str] = field(default_factory=list)
    base: Base | None = None
    mark: int = 4
    behind: Mention | None = None
    colon: bool = False


@dataclass(slots=True)
class Spot:
    """A figure with the words before it in its clause and the text after it.

    ``origin`` is where the lead begins in the squeezed text; ``end`` is where the figure ends in the passage.
    """

    lead: str
    mention: Mention
    origin: int
    end: int
    after: str
    bracket: bool
    text: Squeezed

    @property
    def dimension(self) -> Dimension | None:
        """What the figure measures; None where there is no figure."""
        amount = self.mention.amount
        return amount.unit.dimension if amount is not None and amount.unit is not None else None

    @property
    def start(self) -> int:
        """Where the lead begins, in the passage as printed."""
        return self.text.start(self.origin)


class Targets:
    """Finds and makes statements. ``current`` is the one that comparisons and shares without a subject are said of."""

    def __init__(self, context: Context, year: int | None, kind: Kind) -> None:
        self.context = context
        self.year = year
        self.kind = kind
        self.current: Draft | None = None
        self.passage = 0
        self.purpose = ""
        self.printed = Passage("", (0,), (0,), ())
        self.sentence = Sentence(0, year)

    def mention(self, start: int, end: int, text: str, amount: Amount | None = None) -> Mention:
        """A stretch of the passage at hand."""
        return Mention(*self.printed.place(start, end), text, amount)

    def in_sentence(self) -> bool:
        """Whether the sentence has made a statement."""
        return self.current is not None and self.current.sentence == self.sentence.index

    def standing_whole(self, *, beginning: bool = False) -> Draft | None:
        """The statement whose parts a list that begins here names: the last one, or the first of the sentence before."""
        current = self.current
        if current is None or current.sentence == self.sentence.index:
            return current
        if current.passage != self.passage and not (beginning and current.passage == self.passage - 1):
            return None
        while current.parent is not None and current.parent.sentence == current.sentence:
            current = current.parent
        return current

    def rivals(self, whole: Draft | None) -> list[Draft]:
        """The statements, besides the one at hand, whose parts 其中 may name as well: where several stand side by side before it."""
        if whole is None:
            return []
        scope = self.context.scopes[-1] if self.context.scopes else None
        inside = scope is not None and scope.last is whole and scope.items > 1 and not scope.numbered
        if inside and scope is not None and scope.parent is not None and self.sentence.mark >= (scope.strength or 0):
            return [scope.parent, whole]
        near = self.context.drafts[-_NEAR:]
        peers = [d for d in near if d.sentence == whole.sentence and d.parent is None and d.figure is not None and d.companion is None]
        return peers if len(peers) > 1 and whole in peers and whole.sentence != self.sentence.index else []

    def stand(self, words: str, spot: Spot) -> Draft | None:
        """A statement of a subject without a figure."""
        draft = self.new(self.label(self.context.label(words), spot), spot)
        if draft is not None:
            self.context.drafts.append(draft)
            self.context.run_on(self.passage)
            self.current = draft
        return draft

    def label(self, label: str, spot: Spot) -> str:
        """The label, or where it is empty the subject that earlier clauses or the text around speak of."""
        if label and not (_SUM_OF_TOPIC.match(label) and _PATH.search(self.context.topic)):
            return self.context.complete(label)
        for clause in reversed(self.sentence.prefix):
            found = self.context.label(clause)
            if found and not _PLACE_WORDS.search(found):
                return self.context.complete(found)
        if not spot.lead:
            return ""
        return self._running_subject(spot) or self.context.subject()

    def _running_subject(self, spot: Spot) -> str:
        """The subject of the passage's statement at hand, for a figure of another year or basis (``2025年预算数为``)."""
        draft = self.current
        if draft is None or draft.passage != self.passage:
            return ""
        if draft.sentence != self.sentence.index and not self.is_pure_year(spot.lead):
            return ""
        while draft.parent is not None and draft.parent.sentence == draft.sentence:
            draft = draft.parent
        return draft.label

    def weak(self, label: str, companion: Draft | None) -> str:
        """The full label of one that says nothing by itself (``金额``, ``涉及资金``)."""
        words = [self.context.label(clause) for clause in self.sentence.prefix[-2:]]
        if companion is not None:
            said = (companion.companion or companion).label.removesuffix(label)
            return said + (label.removeprefix("项目") if said.endswith("项目") else label)
        return "，".join([word for word in words if word] + [label]) if any(words) else self.context.project + label

    def companion(self) -> Draft | None:
        """The statement that a label like ``价值`` is said of: the one before it in its sentence."""
        current = self.current
        if current is None or current.sentence != self.sentence.index or self.sentence.mark > 2 or self.sentence.prefix:
            return None
        return current

    def target(self, words: str, spot: Spot, *, share: bool = False, move: bool = False) -> Draft | None:
        """The statement that a comparison or share is said of: that of its own subject, else the current one."""
        label = words if words in _SIDES else self.context.label(words)
        if not label or (self.current is not None and same_subject(label, self.current.label)):
            return self._standing(share=share) or (self._bare(spot) if move else None)
        if len(label) > LABEL_LIMIT:
            return None
        known = self._known(label)
        if known is not None:
            self.current = known
            return known
        return self._add(self.context.complete(label), spot, part=not share)

    def is_pure_year(self, words: str) -> bool:
        """Whether words name a year and a basis alone (``2025年当年预算执行数为``)."""
        return _PURE_YEAR.match(self.context.plain(words)) is not None

    def prior(self, draft: Draft, base: Base) -> Mention | None:
        """The figure of that year and basis that was printed just before a statement, of the same subject."""
        for other in reversed(self.context.drafts[-4:]):
            if other is not draft and other.passage == self.passage and other.label == draft.label and other.year == base.year:
                return other.figure if base.basis is None or other.basis is base.basis else None
        return None

    def _standing(self, *, share: bool) -> Draft | None:
        """The current statement, or its whole where a list of parts has just ended (``A 3万元、B 5万元，比上年增加``)."""
        current = self.current
        if current is not None and current.passage < self.passage - 1:
            return None
        scope = self.context.scopes[-1] if self.context.scopes else None
        if current is None or scope is None or scope.numbered or scope.last is not current:
            return current
        if scope.strength == 1 and scope.items > 1 and self.sentence.mark >= 2 and not scope.loose and not scope.bracket:
            return None if share else scope.parent
        if scope.items == 1 and self.sentence.mark == 2:
            scope.loose = True
        return current

    def _bare(self, spot: Spot) -> Draft | None:
        """A statement without a figure, of the subject that the text around speaks of."""
        return self._add(self.label("", spot), spot, part=True)

    def _add(self, label: str, spot: Spot, *, part: bool) -> Draft | None:
        draft = self.new(label, spot)
        if draft is None:
            return None
        if part:
            self.context.place(draft, self.sentence.mark, None)
        else:
            self.context.drafts.append(draft)
        self.current = draft
        return draft

    def _known(self, label: str) -> Draft | None:
        """The one statement of this passage, or the one before, that has this subject and no comparison yet."""
        near = [d for d in self.context.drafts[-_NEAR:] if d.passage >= self.passage - 1 and d.section == self.context.section]
        same = [d for d in near if d.figure is not None and same_subject(label, d.label)]
        return same[0] if len(same) == 1 and not same[0].comparisons else None

    def new(self, label: str, spot: Spot) -> Draft | None:
        """A statement of that label, not yet placed; None for no label, or one too long to be a subject."""
        if not label or len(label) > LABEL_LIMIT + 30 or _NO_LABEL.match(label):
            return None
        sentence = self.sentence
        purpose, self.purpose = self.purpose, ""
        return Draft(label, self.passage, spot.start, spot.end, self.context.section, sentence.index, year=sentence.year, purpose=purpose)

    def stretch(self, draft: Draft, spot: Spot) -> Draft:
        """Let a statement run to the end of a figure."""
        if draft.passage == self.passage:
            draft.end = max(draft.end, spot.end)
        return draft
