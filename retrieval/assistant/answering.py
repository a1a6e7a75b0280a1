"""A question answered by the configured model, verified; by code alone wherever the model cannot be had or is not borne out."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.findings import Examination
from retrieval.across import MOST, chosen
from retrieval.answer import Answer
from retrieval.assistant.bench import Bench, bench_for
from retrieval.assistant.events import AssistantAnswer, Done, Event, ModelError, Spent, Step, Tick
from retrieval.assistant.memory import Earlier, Remembered, remember
from retrieval.assistant.rendering import answer_of, plain, struck_in, told
from retrieval.assistant.settings import Settings
from retrieval.assistant.verify import Verdict, verify
from retrieval.assistant.worker import Emit, Work, Worker
from retrieval.holdings import Holdings, ask_holdings, narrowed
from words import Language, say

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage

    from retrieval.assistant.agent import Talker
    from retrieval.assistant.endpoint import Meter

SHORT = 16  # characters of a question that leans on the one before: 那比上年呢
LONGEST = 8_000  # characters of a reply that are read


@dataclass(slots=True)
class _Talk:
    """One question under way."""

    examinations: Sequence[Examination]
    question: str
    settings: Settings
    bench: Bench
    local: Answer
    meter: Meter | None = None
    result: AssistantAnswer | None = None

    @property
    def spent(self) -> Spent:
        return self.meter.now() if self.meter else Spent(budget=self.settings.tokens)


def answer(
    examinations: Sequence[Examination],
    question: str,
    history: Sequence[Earlier],
    settings: Settings | None,
    language: Language = "zh",
) -> Generator[Event]:
    """Answer with the model of ``settings``: its text as it arrives, its look-ups, and at last ``Done`` with the verified answer.

    Never raises for what the endpoint or the user does. Closing the iterator stops the model.
    """
    yield from answer_holdings(Holdings.of(examinations), question, history, settings, language)


def answer_holdings(
    holdings: Holdings, question: str, history: Sequence[Earlier], settings: Settings | None, language: Language = "zh"
) -> Generator[Event]:
    """The same of documents that are not open: of many, only those are opened that the question is about."""
    examinations = narrowed(holdings, question)
    local = ask_holdings(holdings, question, language)
    scope = chosen(examinations, question) if len(examinations) > 1 else list(examinations)
    if settings is None or not question.strip() or not scope or len(scope) > MOST:
        yield Done(AssistantAnswer(local))
        return
    if settings.problem:
        yield Done(_locally(local, settings.problem, Spent(), language))
        return
    talk = _Talk(scope, question, settings, bench_for(scope, language, holdings.near), local)
    worker = Worker(lambda: _prepare(talk, history))
    yield Step(say("assistant.plan.asking", language, model=settings.model, host=settings.host))
    reason = ""
    try:
        yield from worker.events(lambda: Tick(talk.spent))
    except ImportError:
        reason = "library"
    except ModelError as error:
        reason = error.reason
    yield Done(talk.result if talk.result and not reason else _locally(local, reason or "malformed", talk.spent, language))


def fallback(holdings: Holdings, question: str, reason: str, language: Language = "zh") -> AssistantAnswer:
    """The answer made by code, with the reason why the model's is not shown (``stopped``, ``network`` …)."""
    return _locally(ask_holdings(holdings, question, language), reason, Spent(), language)


def _locally(local: Answer, reason: str, spent: Spent, language: Language) -> AssistantAnswer:
    return AssistantAnswer(local, spent, why=say(f"assistant.local.{reason}", language))


def _prepare(talk: _Talk, history: Sequence[Earlier]) -> Work:
    """Load the libraries, then talk. Runs in the worker's thread."""
    from retrieval.assistant.agent import Talker
    from retrieval.assistant.endpoint import Meter, connected

    talk.meter = Meter.start(talk.settings)
    meter = talk.meter

    async def work(emit: Emit) -> None:
        earlier = remember(history, talk.bench.shelf)
        try:
            async with asyncio.timeout(talk.settings.seconds), connected(talk.settings) as model:
                talker = Talker(model, talk.bench, talk.settings, meter, emit)
                await _converse(talk, talker, earlier, emit)
        except TimeoutError:
            raise ModelError("timeout") from None

    return work


async def _converse(talk: _Talk, talker: Talker, earlier: Sequence[Remembered], emit: Emit) -> None:
    """Ask, verify, ask once more with what is wrong, verify again."""
    language = talk.bench.language
    shelf = talk.bench.shelf
    text = plain((await talker.reply(_messages(talk, earlier)))[:LONGEST])
    emit(Step(say("assistant.plan.checking", language)))
    verdict = _verified(talk, text)
    repaired = False
    if verdict.faults:
        from langchain_core.messages import HumanMessage

        emit(Step(say("assistant.plan.repairing", language, count=len(verdict.faults))))
        repair = say("assistant.prompt.repair", language, faults=told(verdict.faults, language))
        text = plain((await talker.reply([HumanMessage(repair)]))[:LONGEST])
        verdict, repaired = _verified(talk, text), True
    result = _result(talk, text, verdict, talker.steps)
    pages = sorted({evidence.place.page for evidence in shelf.withheld})
    if pages:
        note = say("assistant.plan.withheld", language, pages="、".join(map(str, pages)))
        result = replace(result, answer=replace(result.answer, plan=(*result.answer.plan, note)))
    talk.result = replace(result, repaired=repaired, spent=talk.spent)


def _verified(talk: _Talk, text: str) -> Verdict:
    refusal = say("answer.refusal", talk.bench.language)
    return verify(text, talk.bench.shelf, talk.question, citing=text.strip(" 。.") != refusal.strip(" 。."))


def _messages(talk: _Talk, earlier: Sequence[Remembered]) -> list[AnyMessage]:
    """The conversation so far, and the question with what code has found for it already."""
    from langchain_core.messages import AIMessage, HumanMessage

    messages: list[AnyMessage] = []
    for turn in earlier:
        messages.extend([HumanMessage(turn.question), AIMessage(turn.answer or "…")])
    bench, language = talk.bench, talk.bench.language
    follows = bool(earlier) and len(talk.question) <= SHORT
    asked = f"{earlier[-1].question} {talk.question}" if follows else talk.question
    found = [bench.look_up(talk.question)[0], bench.search(asked)[0]]
    cited = [item for turn in earlier for item in turn.items]
    if cited:
        found.insert(0, say("assistant.prompt.earlier", language, found=bench.shown(cited)))
    messages.append(HumanMessage(say("assistant.prompt.question", language, question=talk.question, found="\n".join(found))))
    return messages


def _result(talk: _Talk, text: str, verdict: Verdict, steps: Sequence[str]) -> AssistantAnswer:
    """The model's answer; struck out where it is not borne out, replaced where nothing of it is."""
    language, settings = talk.bench.language, talk.settings
    refusal = say("answer.refusal", language)
    if text.strip(" 。.") == refusal.strip(" 。."):
        nearest = talk.local.nearest or talk.local.evidence
        return AssistantAnswer(Answer(talk.question, False, refusal, plan=tuple(steps), mode=settings.model, nearest=nearest))
    good = [use for use in verdict.uses if not any(low <= use.start < high for low, high in verdict.struck)]
    whole = any(fault.code == "nothing_cited" for fault in verdict.faults)
    if verdict.faults and (whole or not good):
        return replace(_locally(talk.local, "unverified", talk.spent, language), faults=verdict.faults)
    checked = say("assistant.plan.checked", language, model=settings.model, count=len(good))
    made = replace(answer_of(talk.question, text, verdict, talk.bench.shelf), mode=settings.model)
    made = replace(made, plan=(*steps, checked, *made.plan))
    warning = say("assistant.warning", language, faults=told(verdict.faults, language)) if verdict.faults else ""
    if warning:
        made = replace(made, text=f"{made.text}\n{warning}")
    return AssistantAnswer(made, warning=warning, faults=verdict.faults, struck=struck_in(made.text))
