"""What was said before: earlier questions and answers of the same documents, their numbered places turned back into ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from model.geometry import Box, Place
from retrieval.answer import Evidence
from retrieval.assistant.items import Item
from retrieval.assistant.rendering import unstruck
from retrieval.assistant.shelf import Shelf

REMEMBERED = 3
LONGEST = 1_200


class Cited(Protocol):
    """A numbered place of an earlier answer."""

    @property
    def number(self) -> int:
        """As in the text."""

    @property
    def document(self) -> str:
        """SHA-256."""

    @property
    def page(self) -> int:
        """From 1."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """In points of the page."""

    @property
    def text(self) -> str:
        """As printed."""

    @property
    def table(self) -> str | None:
        """The table's id."""


class Earlier(Protocol):
    """An earlier question with its answer, as the store keeps it."""

    @property
    def question(self) -> str:
        """What was asked."""

    @property
    def answer(self) -> str:
        """What was answered."""

    @property
    def citations(self) -> Sequence[Cited]:
        """What it rests on."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A turn as the model is told of it; ``items`` are back on the shelf."""

    question: str
    answer: str
    items: tuple[Item, ...]


def remember(history: Sequence[Earlier], shelf: Shelf) -> list[Remembered]:
    """The last few turns; those that rest on a document which is not chosen now are left out as a whole."""
    chosen = {view.document.sha256 for view in shelf.views}
    kept = [turn for turn in history if all(cited.document in chosen for cited in turn.citations)]
    return [_turn(turn, shelf) for turn in kept[-REMEMBERED:]]


def _turn(turn: Earlier, shelf: Shelf) -> Remembered:
    ids: dict[str, Item] = {}
    for cited in turn.citations:
        place = Evidence(cited.document, Place(cited.page, Box(*cited.box)), cited.text, cited.table)
        item = shelf.put(place)
        if item is not None:
            ids[str(cited.number)] = item
    text = re.sub(r"\[(\d+)\]", lambda m: f"[{ids[m[1]].id}]" if m[1] in ids else "", unstruck(turn.answer))
    return Remembered(turn.question[:LONGEST], text[:LONGEST], tuple(ids.values()))
