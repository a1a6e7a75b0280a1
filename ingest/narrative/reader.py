"""Reads sentences: one pass over the pieces of each passage, binding every figure to the subject it is said of.

A figure whose role is not certain stays unbound: it is a ``Mention`` and nothing more, since a wrong binding would be a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.narrative import phrases
from ingest.narrative.clauses import REASON_ITEM, Clauses, Mode
from ingest.narrative.context import Context
from ingest.narrative.drafts import Draft
from ingest.narrative.labels import enumerator_level, organisations
from ingest.narrative.passages import Passage, passages
from ingest.narrative.pieces import Part, Piece, cut
from ingest.narrative.targets import Sentence, Spot
from ingest.numbers import Figure, scan_squeezed
from ingest.squeeze import squeeze
from model.document import Kind, Paragraph
from model.facts import Mention, Statement

_AFTER = 60
_TITLE = re.compile(r"(?:说明|情况|解释|附件|名词|编制)$|^第.{1,3}部分")
_TITLE_LIMIT = 40
_TELLING = re.compile(r"没有|未[安使编发列]|无|不[涉安]|持平|相同|一致|原因|等于|[大小]于|用于|其中|包括|名称|[（(].?[类款项]")


def read_statements(paragraphs: Sequence[Paragraph], year: int | None, kind: Kind) -> tuple[tuple[Statement, ...], tuple[Mention, ...]]:
    """What the prose says, and every figure in it.

    ``year`` is the document's fiscal year, from which 上年 is counted. Offsets are characters of each paragraph's text.
    """
    found = passages(paragraphs)
    titles = (p.text for p in paragraphs if p.role != "text")
    reader = Reader(found, Context(organisations(titles, (p.text for p in found))), year, kind)
    for index in range(len(found)):
        reader.read(index)
    return reader.statements(), tuple(reader.mentions)


class Reader(Clauses):
    """The state of one reading."""

    def __init__(self, found: Sequence[Passage], context: Context, year: int | None, kind: Kind) -> None:
        super().__init__(context, year, kind)
        self.passages = found
        self.mentions: list[Mention] = []
        self.sentences = 0
        self.saved: list[tuple[Draft | None, Mode, list[str]]] = []

    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order in which they begin."""
        drafts = self.context.drafts
        for draft in drafts:
            draft.settle()
        self.context.settle_rivals()
        self.context.settle_lines()
        indices = {id(draft): i for i, draft in enumerate(drafts)}
        return tuple(draft.finish(indices, self.passages[draft.passage]) for draft in drafts)

    def read(self, index: int) -> None:
        """Read one passage."""
        passage = self.passages[index]
        self.binder.passage, self.binder.printed = index, passage
        self.text = squeeze(passage.text)
        figures = scan_squeezed(self.text.text)
        places = {figure.start: self._mention(figure, passage) for figure in figures}
        self.mentions += places.values()
        self.saved.clear()
        self.binder.purpose = ""
        self.context.enter(passage)
        if not figures and len(self.text.text) > _TITLE_LIMIT and not _TELLING.search(self.text.text):
            self._pass_over()
            return
        pieces = cut(self.text.text, figures)
        if len(pieces) == 1 and _TITLE.search(self.text.text) and len(self.text.text) <= _TITLE_LIMIT:
            self.context.leave_items()
        self._begin_sentence(pieces)
        for i, piece in enumerate(pieces):
            if piece.part is Part.FIGURE:
                self._figure(piece, places[piece.start], pieces[i + 1 : i + 2])
            elif piece.part is Part.WORDS:
                self.lead, self.origin = piece.text, piece.start
            else:
                self._sign(piece, pieces, i + 1)
        self.clause()
        self._end_sentence(goes_on=self.text.text.endswith(("；", ";")))
        self.context.leave(passage)

    def _pass_over(self) -> None:
        """A long passage that carries no figure and no word that stands for one: only its place in the outline counts."""
        level = enumerator_level(self.text.text)
        if level is not None:
            self.context.item(level[0])
        self.context.scopes.clear()
        self.listed_reasons = False
        self.context.leave(self.passages[self.binder.passage])

    def _mention(self, figure: Figure, passage: Passage) -> Mention:
        start, end = self.text.start(figure.start), self.text.end(figure.end)
        return self.binder.mention(start, end, passage.text[start:end], figure.amount)

    def _sign(self, piece: Piece, pieces: Sequence[Piece], following: int) -> None:
        """A mark or a bracket; ``following`` is the index of the next piece."""
        colon = piece.text in "：:"
        self.clause(colon=colon, list_ahead=_list_ahead(pieces, following))
        if piece.part is Part.OPEN:
            self.saved.append((self.binder.current, self.mode, self.words))
            self.mode, self.words, self.in_bracket = Mode.SAYING, [], True
            self.context.open_list(self.binder.current, bracket=True)
        elif piece.part is Part.CLOSE:
            self._close()
        else:
            self._mark(piece, pieces[following : following + 1], colon=colon)

    def _close(self) -> None:
        self.finish_words()
        self.context.close_bracket()
        if self.saved:
            self.binder.current, self.mode, self.words = self.saved.pop()
        self.in_bracket = bool(self.saved)
        self.binder.sentence.behind = None

    def _mark(self, piece: Piece, following: Sequence[Piece], *, colon: bool) -> None:
        sentence = self.binder.sentence
        sentence.mark, sentence.behind, sentence.colon = piece.strength, None, colon
        self.fresh = piece.strength >= 3 or colon
        if piece.strength <= 2 and self.mode is not Mode.SAYING:
            self.words.append(piece.text)
        if piece.strength == 4:
            self._end_sentence()
            self._begin_sentence(following)
        elif piece.strength == 3:
            self._end_words(following)
            sentence.prefix.clear()

    def _begin_sentence(self, following: Sequence[Piece]) -> None:
        self.sentences += 1
        self.binder.sentence = Sentence(self.sentences, self.year)
        self.fresh, self.lead = True, ""
        words = following[0].text if following else ""
        if self.listed_reasons and REASON_ITEM.match(words):
            self.mode = Mode.REASON
        else:
            self.listed_reasons = False

    def _end_sentence(self, *, goes_on: bool = False) -> None:
        self.finish_words()
        if not self.saved:
            self.context.end_sentence(self.binder.passage, goes_on=goes_on)

    def _end_words(self, following: Sequence[Piece]) -> None:
        """A ； ends a reason or purpose, unless the next words number another one (二是, ②)."""
        words = following[0].text if following else ""
        if self.mode is Mode.REASON and self.listed_reasons and REASON_ITEM.match(words):
            self.words.append("；")
        else:
            self.finish_words()

    def _figure(self, piece: Piece, mention: Mention, following: Sequence[Piece]) -> None:
        words, self.lead = self.lead, ""
        sentence = self.binder.sentence
        self.context.just_opened = None
        if self.mode is not Mode.SAYING and not self.resume(words):
            self.words.append(words + mention.text)
            return
        words = self.opener(self.head(words))
        if words and self.reasoned(words):
            self.words.append(mention.text)
            return
        if sentence.behind is not None and phrases.tail_move(words) is None:
            words = re.sub(r"^[^，]*的(?=.{2})", "", words)
        after = self.text.text[piece.end : piece.end + _AFTER]
        end = self.text.end(piece.end)
        self.binder.bind(Spot(words, mention, piece.start - len(words), end, after, self.in_bracket, self.text))
        sentence.behind = mention
        sentence.prefix.clear()
        if following and following[0].text in {"：", ":"}:
            self.context.open_list(self.binder.standing_whole())


def _list_ahead(pieces: Sequence[Piece], start: int) -> bool:
    """Whether parts of a list follow: a figure before the next ； or 。, or nothing at all (the parts are the lines that follow)."""
    for index in range(start, len(pieces)):  # a slice would copy the rest of a paragraph for each of its figures
        piece = pieces[index]
        if piece.part is Part.FIGURE:
            return True
        if piece.part is Part.MARK and piece.strength >= 3:
            return False
    return start >= len(pieces)
