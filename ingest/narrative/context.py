"""Where in the text a sentence stands: open lists of parts, numbered items, and the subject that carries over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.narrative.drafts import Draft, Item, Scope, adds_up, is_three_public, is_two_sided, may_be_part, misplaced
from ingest.narrative.labels import clean_label, without_list_number
from ingest.narrative.passages import Passage
from ingest.narrative.phrases import Base

_LEVEL_END = {level: re.compile(rf"[（(][^（()）]{{0,8}}{level}[^（()）]{{0,8}}[）)](?:支出)?") for level in "类款项"}
_SECTION_TAIL = re.compile(
    r"(?:[（(](?:详见|见)[^）)]*[）)])?(?:的)?(?:总体)?(?:安排|增减变化|变动|变化|设置)?(?:情况)?(?:的)?(?:总体|具体|结构)?(?:情况)?(?:说明)?$"
)
_ABOUT = re.compile(r"^关于")
_COMMON_SUFFIX = 2


class Context:
    """Open lists, numbered items and carried subjects, through all paragraphs of a document."""

    def __init__(self, organisations: frozenset[str] = frozenset()) -> None:
        self._organisations = sorted(organisations, key=len, reverse=True)
        self.drafts: list[Draft] = []
        self.scopes: list[Scope] = []
        self.outline: list[Item] = []
        self.topic = ""
        self.project = ""
        self.section: tuple[str, ...] = ()
        self.class_words = ""
        self.section_words = ""
        self.just_opened: Scope | None = None
        self._listings = 0
        self._rivals: dict[int, tuple[Draft, ...]] = {}
        self._lines: set[int] = set()
        self._project_level = 0

    def label(self, words: str) -> str:
        """The subject in words that end where its figure begins, the document's own organisations left out."""
        return clean_label(self.plain(words))

    def plain(self, words: str) -> str:
        """Words with 本部门 for the document's organisations."""
        for name in self._organisations:
            if name in words:
                words = words.replace(name, "本部门")
        return words

    def enter(self, passage: Passage) -> None:
        """A new passage begins; another chapter ends all items and lists."""
        section = passage.section
        if section[:1] != self.section[:1]:
            self.scopes.clear()
            self.outline.clear()
            self.class_words = self.section_words = self.project = ""
        if section != self.section:
            for title in section:
                self._carry(title)
        self.section = section
        self.topic = ""

    def leave(self, passage: Passage) -> None:
        """A passage is read; a heading is the section of what follows."""
        if passage.heading:
            self.section = (*passage.section, passage.text)

    def leave_items(self) -> None:
        """A title ends all numbered items and lists."""
        self.outline.clear()
        self.scopes = [scope for scope in self.scopes if scope.numbered and scope is self.just_opened]

    def item(self, level: int) -> None:
        """A numbered item begins: items as deep or deeper end, and lists that hold no items as high as it."""
        while self.outline and self.outline[-1].level >= level:
            self.outline.pop()
        self.scopes = [s for s in self.scopes if s.bracket or (s.numbered and _reaches(s, level))]
        for scope in self.scopes:
            if scope.numbered and scope.level is None:
                scope.level = level
        self.outline.append(Item(level))
        if level <= self._project_level:
            self.project = ""
        self.topic = ""
        if level <= 1:
            self.class_words = self.section_words = ""

    def open_list(self, parent: Draft | None, *, bracket: bool = False, one_sided: bool = False, rivals: Sequence[Draft] = ()) -> None:
        """A list of parts begins (其中, 包括, or a bracket behind a figure). ``rivals`` are all that it may be the parts of."""
        self._listings += 1
        if rivals:
            self._rivals[self._listings] = tuple(rivals)
        depth = self.outline[-1].level if self.outline else -1
        self.just_opened = Scope(parent, self._listings, bracket, depth=depth, one_sided=one_sided)
        self.scopes.append(self.just_opened)

    def settle_rivals(self) -> None:
        """Give a list that may be the parts of several statements, or of none, to the last one it adds up to."""
        for listing, rivals in self._rivals.items():
            parts = [draft for draft in self.drafts if draft.listing == listing and draft.parent is not None]
            fitting = [whole for whole in rivals if adds_up(parts, whole)]
            for part in parts:
                part.parent = fitting[-1] if fitting else None

    def settle_lines(self) -> None:
        """End a list of lines where its first ones add up to the whole: what follows only looks like more of them."""
        for listing in self._lines:
            parts = [draft for draft in self.drafts if draft.listing == listing and draft.parent is not None]
            whole = parts[0].parent if parts else None
            fitting = [n for n in range(2, len(parts) + 1) if whole is not None and adds_up(parts[:n], whole)]
            for part in parts[fitting[-1] :] if fitting else ():
                part.parent = None

    def run_on(self, passage: int) -> None:
        """A line of a list without numbers that says its part is nil."""
        for scope in self.scopes:
            if scope.numbered and scope.level is None and scope.reach == passage - 1:
                scope.reach = passage

    def name_project(self, name: str) -> None:
        """``项目名称：…``: the project that figures speak of until the next item as high."""
        self.project = name
        self._project_level = self.outline[-1].level if self.outline else 0

    def leave_weaker(self, mark: int) -> Draft | None:
        """Close lists whose parts stand closer together than the mark that was just read; the whole of the last one closed."""
        whole = None
        while self.scopes:
            scope = self.scopes[-1]
            if scope.numbered or scope.bracket or scope.strength is None or mark <= scope.strength:
                break
            whole = self.scopes.pop().parent
        return whole

    def close_bracket(self) -> None:
        """A bracket ends, and all lists inside it."""
        while self.scopes and not self.scopes.pop().bracket:
            pass

    def end_sentence(self, passage: int, *, goes_on: bool = False) -> None:
        """Lists end with their sentence, but for those whose parts are the numbered items or lines that follow.

        Such a list begins at the sentence's end (``其中：``), or its passage ends in the middle of it (``goes_on``: with a ；).
        """
        if self.just_opened is not None and not self.just_opened.bracket:
            self.just_opened.numbered = True
        for scope in self.scopes:
            if goes_on and not scope.bracket and not scope.numbered and scope.items:
                scope.numbered, scope.reach = True, passage
        self.scopes = [s for s in self.scopes if s.bracket or s.numbered]

    def place(self, draft: Draft, mark: int, companion: Draft | None) -> None:
        """Add a statement: find the list and the whole that it is a part of. ``mark`` is the strength of the mark before it."""
        if companion is not None:
            self._join_companion(draft, companion)
        else:
            self._join_list(draft, mark)
        self.drafts.append(draft)
        self._head_item(draft)

    def _join_companion(self, draft: Draft, companion: Draft) -> None:
        """``车辆 3 辆，价值 5 万元``: the second is a part where the first is one, of the whole's own second figure."""
        whole = companion.parent
        partner = next((d for d in reversed(self.drafts) if d.companion is whole and d is not draft), None) if whole is not None else None
        if partner is not None and may_be_part(draft, partner):
            draft.parent, draft.listing = partner, companion.listing
        draft.companion = companion

    def _join_list(self, draft: Draft, mark: int) -> None:
        while self.scopes and not self.scopes[-1].numbered:
            scope = self.scopes[-1]
            if self._takes(scope, draft, mark):
                draft.parent, draft.listing = self._whole(scope, draft, listed=True), scope.listing
                scope.items += 1
                scope.last = draft
                return
            if scope.bracket:
                return
            self.scopes.pop()
        self._join_numbered(draft)

    def _takes(self, scope: Scope, draft: Draft, mark: int) -> bool:
        """Whether a list goes on with this statement, by the marks between its parts and by what can be a part of what."""
        if scope.parent is not None and self._whole(scope, draft, listed=mark == 1 or not scope.items) is None:
            return False
        if not scope.items or scope.bracket:
            return True
        if scope.strength is None:
            outer = self.scopes[-2] if len(self.scopes) > 1 else None
            if mark >= 3 and outer is not None and not outer.numbered and not outer.bracket:
                return False
            scope.strength = mark
            return True
        if mark <= scope.strength:
            return True
        return scope.strength == 1 and mark == 2 and scope.last is not None and _alike(scope.last.label, draft.label)

    def _whole(self, scope: Scope, draft: Draft, *, listed: bool = False) -> Draft | None:
        """The whole of a list, or the statement that the whole only adds a figure to, whichever the draft can be a part of."""
        for whole in (scope.parent, scope.parent.companion if scope.parent else None):
            if whole is None or misplaced(draft, whole):
                continue
            if may_be_part(draft, whole, listed=listed, one_sided=scope.one_sided):
                return whole
        return None

    def _join_numbered(self, draft: Draft) -> None:
        """The whole of a numbered item: the lone statement of the item above it, or that of the list that the items are."""
        scope = self.scopes[-1] if self.scopes and self.scopes[-1].numbered else None
        if scope is not None and scope.level is None:
            self._take_line(scope, draft)
            return
        if self.outline and self.outline[-1].head is not None:
            self.outline[-1].lone = False
            return
        above = next((i for i in reversed(self.outline[:-1]) if i.head is not None), None)
        stated = scope is not None and above is not None and scope.parent is above.head
        if above is not None and above.head is not None and not stated:
            if above.lone and not is_two_sided(above.head) and may_be_part(draft, above.head) and not misplaced(draft, above.head):
                draft.parent, draft.listing = above.head, above.listing or self._new_listing(above)
        elif scope is not None and scope.parent is not None and self._whole(scope, draft) is not None:
            draft.parent, draft.listing = self._whole(scope, draft), scope.listing

    def _take_line(self, scope: Scope, draft: Draft) -> None:
        """``其中：`` at a paragraph's end, and parts that are paragraphs without numbers."""
        whole = self._whole(scope, draft)
        near = scope.reach < 0 or draft.passage <= scope.reach + 1
        last = scope.last
        if whole is None or not near or (last is not None and last.passage == draft.passage and last.sentence != draft.sentence):
            self.scopes.remove(scope)
            return
        draft.parent, draft.listing = whole, scope.listing
        self._lines.add(scope.listing)
        scope.items += 1
        scope.last, scope.reach = draft, draft.passage

    def _new_listing(self, item: Item) -> int:
        self._listings += 1
        item.listing = self._listings
        if item.head is not None and not is_three_public(item.head):
            self._rivals[item.listing] = (item.head,)
        return item.listing

    def _head_item(self, draft: Draft) -> None:
        if self.outline and self.outline[-1].head is None:
            self.outline[-1].head = draft

    def head_above(self) -> Draft | None:
        """The statement that the nearest numbered item begins with."""
        return next((i.head for i in reversed(self.outline) if i.head is not None), None)

    def subject(self) -> str:
        """The subject that the text around a figure without one speaks of: topic, numbered item, heading."""
        if self.topic:
            return self.topic
        for item in reversed(self.outline):
            if item.label:
                return item.label
        for title in reversed(self.section):
            label = heading_subject(self.plain(title))
            if label:
                return label
        return ""

    def note_topic(self, words: str, *, heading: bool) -> None:
        """Remember words without a figure as what the text goes on to speak of."""
        label = heading_subject(self.plain(words)) if heading else self.label(words)
        if not label:
            return
        label = self.complete(label)
        self.topic = label
        if self.outline and not self.outline[-1].label:
            self.outline[-1].label = label

    def last_base(self) -> Base | None:
        """What the whole of the innermost open list is compared with."""
        for scope in reversed(self.scopes):
            if scope.parent is not None and scope.parent.comparisons:
                return scope.parent.comparisons[-1].base
        return None

    def complete(self, label: str) -> str:
        """Put the class and section in front of a label that names only its section or item."""
        has = {level: pattern.search(label) for level, pattern in _LEVEL_END.items()}
        if not any(has.values()):
            return label
        if has["类"] is None and has["款"] is not None:
            label = self.class_words + label
        elif has["类"] is None and has["项"] is not None and self.section_words:
            label = self.class_words + self.section_words + label
        self._carry(label)
        return label

    def _carry(self, label: str) -> None:
        """Remember the class and section words of a label for the items that follow."""
        by_class = _LEVEL_END["类"].search(label)
        by_section = _LEVEL_END["款"].search(label)
        start = 0
        if by_class:
            words = heading_subject(label[: by_class.end()])
            if words != self.class_words:
                self.class_words, self.section_words = words, ""
            start = by_class.end()
        if by_section and by_section.start() >= start:
            self.section_words = heading_subject(label[start : by_section.end()])


def _reaches(scope: Scope, level: int) -> bool:
    """Whether a list of numbered items goes on at an item of this level."""
    if scope.level is None:
        return not scope.items and level > scope.depth
    return scope.level <= level


def heading_subject(title: str) -> str:
    """What a heading speaks of: ``（二）收入预算情况说明`` → 收入预算."""
    plain = without_list_number("".join(title.split()))
    return clean_label(_SECTION_TAIL.sub("", _ABOUT.sub("", plain)))


def _alike(a: str, b: str) -> bool:
    return a[-_COMMON_SUFFIX:] == b[-_COMMON_SUFFIX:]
