"""Answers and drafts by a language model, where one is configured: it plans and words; every figure is looked up or computed by code.

Nothing of LangChain is imported until a configured model is asked.
"""

from retrieval.assistant.answering import answer, answer_holdings, fallback
from retrieval.assistant.drafting import explain, summarise
from retrieval.assistant.events import AssistantAnswer, Done, Draft, Drafted, Event, Spent, Step, Tick, Token
from retrieval.assistant.probe import Probe, probe
from retrieval.assistant.settings import Settings, forget, load, save

__all__ = [
    "AssistantAnswer",
    "Done",
    "Draft",
    "Drafted",
    "Event",
    "Probe",
    "Settings",
    "Spent",
    "Step",
    "Tick",
    "Token",
    "answer",
    "answer_holdings",
    "explain",
    "fallback",
    "forget",
    "load",
    "probe",
    "save",
    "summarise",
]
