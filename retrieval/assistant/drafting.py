"""Texts for the working papers: the explanation of a finding and the triage summary, drafted by the model and verified like answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from model.findings import Examination, Finding
from retrieval.answer import LOCAL
from retrieval.assistant import outline
from retrieval.assistant.bench import Bench, bench_for
from retrieval.assistant.events import Draft, Drafted, Event, ModelError, Spent, Step, Tick
from retrieval.assistant.items import Item
from retrieval.assistant.rendering import plain, told, with_places
from retrieval.assistant.settings import Settings
from retrieval.assistant.verify import Verdict, verify
from retrieval.assistant.worker import Emit, Work, Worker
from words import Language, say

Compose = Callable[[dict[str, "str | list[str]"]], str]
EXPLANATION = {"reading": False, "causes": True, "questions": True, "basis": False}
SUMMARY = {"overview": False, "points": True, "next": True}


@dataclass(slots=True)
class _Job:
    """One draft under way: what it may cite, the request, the form to fill, and how its parts become a text."""

    bench: Bench
    settings: Settings
    request: str
    name: str
    fields: dict[str, bool]
    compose: Compose
    local: str
    spent: Callable[[], Spent] = Spent
    result: Draft | None = None


def explain(examination: Examination, finding: Finding, settings: Settings | None, language: Language = "zh") -> Iterator[Event]:
    """Draft an explanation of a finding; ends with ``Drafted``. Without a model, or where it fails, it is put together by code."""
    local = outline.explanation(finding, language)
    bench = bench_for([examination], language)
    item = bench.shelf.put_finding(bench.shelf.views[0], finding)
    if settings is None or item is None:
        return iter([Drafted(Draft(local, LOCAL))])
    found = bench.shown([item, *bench.places(bench.shelf.views[0], finding)])
    request = say("assistant.prompt.explain", language, found=found)

    def compose(parts: dict[str, str | list[str]]) -> str:
        lists = [(name, _lines(parts[name])) for name in ("causes", "questions")]
        return outline.composed(str(parts["reading"]), lists, str(parts["basis"]), language)

    return _drafted(_Job(bench, settings, request, "explanation", EXPLANATION, compose, local))


def summarise(examination: Examination, settings: Settings | None, language: Language = "zh") -> Iterator[Event]:
    """Draft a triage summary of one page; ends with ``Drafted``. Without a model, or where it fails, it is put together by code."""
    local = outline.summary(examination, language)
    if settings is None:
        return iter([Drafted(Draft(local, LOCAL))])
    bench = bench_for([examination], language)
    shelf = bench.shelf
    items: list[Item] = [shelf.put_text("overview", outline.overview(examination, language))]
    items += [item for finding in outline.gravest(examination) if (item := shelf.put_finding(shelf.views[0], finding))]
    request = say("assistant.prompt.summarise", language, found=bench.shown(items))

    def compose(parts: dict[str, str | list[str]]) -> str:
        lists = [(name, _lines(parts[name])) for name in ("points", "next")]
        return outline.composed(str(parts["overview"]), lists, "", language)

    return _drafted(_Job(bench, settings, request, "summary", SUMMARY, compose, local))


def _lines(value: str | list[str]) -> Sequence[str]:
    return value if isinstance(value, list) else [value]


def _drafted(job: _Job) -> Iterator[Event]:
    language = job.bench.language
    reason = job.settings.problem
    if not reason:
        worker = Worker(lambda: _prepare(job))
        yield Step(say("assistant.plan.asking", language, model=job.settings.model, host=job.settings.host))
        try:
            yield from worker.events(lambda: Tick(job.spent()))
        except ImportError:
            reason = "library"
        except ModelError as error:
            reason = error.reason
    if job.result is not None and not reason:
        yield Drafted(job.result)
    else:
        yield Drafted(Draft(job.local, LOCAL, job.spent(), say(f"assistant.local.{reason or 'malformed'}", language)))


def _prepare(job: _Job) -> Work:
    """Load the libraries, then draft. Runs in the worker's thread."""
    from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

    from retrieval.assistant.endpoint import Meter, connected
    from retrieval.assistant.structured import filled, schema

    language = job.bench.language
    form = schema(job.name, job.fields, language)
    meter = Meter.start(job.settings)
    job.spent = meter.now

    async def work(emit: Emit) -> None:
        messages: list[AnyMessage] = [HumanMessage(job.request)]
        try:
            async with asyncio.timeout(job.settings.seconds), connected(job.settings) as model:
                text = plain(job.compose(await filled(model, meter, form, messages)))
                emit(Step(say("assistant.plan.checking", language)))
                verdict = _verified(job, text)
                if verdict.faults:
                    emit(Step(say("assistant.plan.repairing", language, count=len(verdict.faults))))
                    repair = say("assistant.prompt.repair", language, faults=told(verdict.faults, language))
                    messages += [AIMessage(text), HumanMessage(repair)]
                    text = plain(job.compose(await filled(model, meter, form, messages)))
                    verdict = _verified(job, text)
        except TimeoutError:
            raise ModelError("timeout") from None
        job.result = _result(job, text, verdict)

    return work


def _verified(job: _Job, text: str) -> Verdict:
    """Possible causes are no statements of fact and need no source; their figures do."""
    return verify(text, job.bench.shelf, causal=False)


def _result(job: _Job, text: str, verdict: Verdict) -> Draft:
    """The model's draft, its pages in place of ids; put together by code where nothing of it is borne out."""
    language = job.bench.language
    good = [use for use in verdict.uses if not any(low <= use.start < high for low, high in verdict.struck)]
    if verdict.faults and (not good or any(fault.code == "nothing_cited" for fault in verdict.faults)):
        return Draft(job.local, LOCAL, job.spent(), say("assistant.local.unverified", language))
    warning = say("assistant.draft_warning", language, faults=told(verdict.faults, language)) if verdict.faults else ""
    shown = with_places(text, verdict, job.bench.shelf)
    return Draft(shown, job.settings.model, job.spent(), warning=warning)
