"""Does the endpoint answer, and can its model call tools: one small request, which holds nothing of any document."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace

from retrieval.assistant.events import ModelError, Spent, Tick
from retrieval.assistant.settings import Settings
from retrieval.assistant.worker import Emit, Work, Worker

PATIENCE = 20.0
ASKED = "Call the tool ping once."


@dataclass(frozen=True, slots=True)
class Probe:
    """``reason`` is "" where all is well, else a key of the catalogue (``assistant.test.<reason>``)."""

    reason: str
    seconds: float


def probe(settings: Settings) -> Probe:
    """Try the endpoint; takes 20 seconds at most, and never raises for what it does."""
    if settings.problem:
        return Probe(settings.problem, 0.0)
    bounded = replace(settings, seconds=PATIENCE, stall=min(settings.stall, PATIENCE))
    start = time.monotonic()
    reason = ""
    try:
        for _ in Worker(lambda: _prepare(bounded)).events(lambda: Tick(Spent())):
            pass
    except ImportError:
        reason = "library"
    except ModelError as error:
        reason = error.reason
    return Probe(reason, time.monotonic() - start)


def _prepare(settings: Settings) -> Work:
    import openai
    from langchain_core.messages import AIMessage

    from retrieval.assistant.endpoint import connected
    from retrieval.assistant.failing import UNREADABLE, reason_of

    tool = {"type": "function", "function": {"name": "ping", "description": "ping", "parameters": {"type": "object", "properties": {}}}}

    async def work(_: Emit) -> None:
        try:
            async with asyncio.timeout(settings.seconds), connected(settings) as model:
                reply = await model.bind_tools([tool]).ainvoke(ASKED)
        except TimeoutError:
            raise ModelError("timeout") from None
        except (openai.OpenAIError, OSError, *UNREADABLE) as error:
            raise ModelError(reason_of(error)) from error
        if not isinstance(reply, AIMessage) or not (reply.tool_calls or reply.text.strip()):
            raise ModelError("empty")
        if not reply.tool_calls:
            raise ModelError("tools")

    return work
