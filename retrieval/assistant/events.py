"""What happens while a model answers, one event at a time; the last one carries the answer."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer import Answer
from retrieval.assistant.verify import Fault


class ModelError(Exception):
    """No text of the model's came of it. ``reason`` is a key of the catalogue (``assistant.local.<reason>``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens sent and received, model turns and seconds so far; ``budget`` limits the tokens; ``estimated``: none were told."""

    sent: int = 0
    received: int = 0
    calls: int = 0
    seconds: float = 0.0
    budget: int = 0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """Tokens in all."""
        return self.sent + self.received


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text as it arrives, not verified yet."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, in words: a look-up, a calculation, the verification. The text so far was not the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing new; comes a few times a second, so that a caller can show the time and be stopped."""

    spent: Spent


@dataclass(frozen=True, slots=True)
class AssistantAnswer:
    """The answer as it may be shown. ``answer.mode`` names the model, ``local`` where the model's answer was not used: ``why`` says why.

    ``faults`` and ``struck`` are stretches of ``answer.text`` that are not borne out, to be shown struck out; ``warning`` says so.
    """

    answer: Answer
    spent: Spent = Spent()
    why: str = ""
    warning: str = ""
    faults: tuple[Fault, ...] = ()
    struck: tuple[tuple[int, int], ...] = ()
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The last event."""

    result: AssistantAnswer


@dataclass(frozen=True, slots=True)
class Draft:
    """A text drafted for a person to edit: ``model`` names who drafted it, ``local`` where it was put together without one."""

    text: str
    model: str
    spent: Spent = Spent()
    why: str = ""
    warning: str = ""
    struck: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """The last event of a draft."""

    draft: Draft


Event = Token | Step | Tick | Done | Drafted
