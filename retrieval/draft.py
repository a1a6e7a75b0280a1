"""An answer in the making: sentences from the words catalogue, numbered citations, figures, and the plan that can be read."""

from __future__ import annotations

from decimal import Decimal

from model.amounts import PERCENT, Amount, Unit
from model.document import Table
from retrieval.answer import Answer, AnswerValue, Evidence
from retrieval.figures import in_unit, printed
from words import Language, say

MOST_CITED = 12


class Draft:
    """Collects what an answer says. Citing a place twice gives the same number; numbers begin after ``offset``.

    ``amounts`` are the figures stated, in the order they were.
    """

    def __init__(self, asked: str, language: Language, offset: int = 0) -> None:
        self.asked = asked
        self.language = language
        self.offset = offset
        self.amounts: list[Amount] = []
        self.lines: list[str] = []
        self.steps: list[str] = []
        self.values: list[AnswerValue] = []
        self.evidence: list[Evidence] = []

    def mark(self) -> tuple[int, int, int, int, int]:
        """How much has been collected, to come back to."""
        return (len(self.amounts), len(self.lines), len(self.steps), len(self.values), len(self.evidence))

    def back_to(self, mark: tuple[int, int, int, int, int]) -> None:
        """Forget what was collected after a mark."""
        amounts, lines, steps, values, evidence = mark
        del self.amounts[amounts:], self.lines[lines:], self.steps[steps:], self.values[values:], self.evidence[evidence:]

    def say(self, key: str, /, **params: object) -> None:
        """Add a sentence of the answer (``answer.<key>``)."""
        self.lines.append(say(f"answer.{key}", self.language, **params))

    def word(self, key: str, /, **params: object) -> str:
        """A phrase of the catalogue, to be put into a sentence."""
        return say(f"answer.{key}", self.language, **params)

    def step(self, key: str, /, **params: object) -> None:
        """Add a line of the plan (``answer.plan.<key>``)."""
        self.steps.append(say(f"answer.plan.{key}", self.language, **params))

    def cite(self, evidence: Evidence) -> str:
        """The number of a place, in brackets; "" when there are too many to be of use."""
        for number, known in enumerate(self.evidence, 1):
            if (known.place, known.text, known.column) == (evidence.place, evidence.text, evidence.column):
                return f"[{self.offset + number}]"
        if len(self.evidence) >= MOST_CITED:
            return ""
        self.evidence.append(evidence)
        return f"[{self.offset + len(self.evidence)}]"

    def table(self, table: Table) -> str:
        """How a table is called in the answer: number and title, else its page."""
        return table.label if table.number or table.title else self.word("table_on", page=table.place.page)

    def figure(self, amount: Amount, text: str | None = None) -> str:
        """Note a figure that answers the question; returned as people read it."""
        body = amount.text if text is None else text
        self.amounts.append(amount)
        self.values.append(AnswerValue(body, unit_symbol(amount.unit)))
        return printed(amount, body)

    def calculated(self, base: Decimal, unit: Unit | None, places: int) -> str:
        """Note a calculated figure, given in base units."""
        return self.figure(in_unit(base, unit, places))

    def percentage(self, ratio: Decimal) -> str:
        """Note a calculated ratio as a percentage with two places."""
        return self.figure(in_unit(ratio * 100, PERCENT, 2))

    def answer(self) -> Answer:
        """The finished answer."""
        return Answer(self.asked, True, "\n".join(self.lines), tuple(self.values), tuple(self.evidence), tuple(self.steps))


def unit_symbol(unit: Unit | None) -> str:
    """A unit as the answer's JSON names it."""
    return unit.symbol if unit else ""
