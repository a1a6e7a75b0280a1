"""The endpoint as LangChain's chat model, its use metered: limits on turns, tokens and silence; every failure with its reason."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import openai
from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, BaseMessage
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import SecretStr

from retrieval.assistant.events import ModelError, Spent
from retrieval.assistant.failing import UNREADABLE, reason_of
from retrieval.assistant.settings import NO_KEY, Settings

CONNECT = 8.0  # seconds to reach an endpoint
RETRIES = 1


async def _unnamed(request: Any) -> None:  # noqa: ANN401 - of whichever HTTP library the client uses
    """Take out what the client reads from the environment of another account."""
    for name in ("openai-organization", "openai-project"):
        request.headers.pop(name, None)


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[ChatOpenAI]:
    """The model over a client of its own, closed with its connections at the end, also when it is stopped in mid-stream.

    Redirects are not followed, so text goes nowhere but to the address that was set; nothing is traced to other services.
    """
    timeout = openai.Timeout(settings.stall, connect=min(CONNECT, settings.stall))
    hooks = {"request": [_unnamed]}
    client = openai.DefaultAsyncHttpxClient(timeout=timeout, trust_env=not settings.local, follow_redirects=False, event_hooks=hooks)
    try:
        with tracing_context(enabled=False):
            yield ChatOpenAI(
                model=settings.model,
                base_url=settings.url,
                api_key=SecretStr(settings.key or NO_KEY),
                temperature=0,
                timeout=timeout,
                stream_chunk_timeout=settings.stall,
                max_retries=RETRIES,
                streaming=True,
                stream_usage=True,
                use_responses_api=False,
                http_socket_options=(),
                http_async_client=client,
            )
    finally:
        await client.aclose()


@dataclass
class Meter:
    """What one question has cost so far."""

    settings: Settings
    began: float
    spent: Spent

    @classmethod
    def start(cls, settings: Settings) -> Meter:
        """A meter at zero."""
        return cls(settings, time.monotonic(), Spent(budget=settings.tokens))

    def now(self) -> Spent:
        """What has been spent, with the time."""
        return replace(self.spent, seconds=time.monotonic() - self.began)

    def allow(self, messages: Sequence[BaseMessage]) -> None:
        """Raise ``ModelError`` where another turn would exceed the budget of tokens."""
        if self.spent.tokens + sum(estimate(str(message.content)) for message in messages) > self.settings.tokens:
            raise ModelError("budget")

    def count(self, messages: Sequence[BaseMessage], reply: AIMessage) -> None:
        """Add a turn: as the endpoint counted it, else estimated."""
        usage = reply.usage_metadata
        sent = usage["input_tokens"] if usage else sum(estimate(str(message.content)) for message in messages)
        received = usage["output_tokens"] if usage else estimate(str(reply.content))
        self.spent = replace(
            self.spent,
            sent=self.spent.sent + sent,
            received=self.spent.received + received,
            calls=self.spent.calls + 1,
            estimated=self.spent.estimated or usage is None,
        )


def estimate(text: str) -> int:
    """About how many tokens a text is: one a Chinese character, one for four others."""
    wide = sum(char > "⺀" for char in text)
    return wide + (len(text) - wide + 3) // 4


class Guard(AgentMiddleware[Any, Any, Any]):
    """Meters every turn of the model and turns what goes wrong in it into ``ModelError``."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self.meter = meter

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        """One turn."""
        self.meter.allow(request.messages)
        try:
            response = await handler(request)
        except (openai.OpenAIError, OSError, TimeoutError, *UNREADABLE) as error:
            raise ModelError(reason_of(error)) from error
        reply = response.result[-1]
        if not isinstance(reply, AIMessage):
            raise ModelError("malformed")
        self.meter.count(request.messages, reply)
        complete(reply)
        return response


def complete(reply: AIMessage) -> None:
    """Raise ``ModelError`` for a reply that says nothing, was cut off, or calls a tool in a way that cannot be read."""
    finish = reply.response_metadata.get("finish_reason")
    if reply.tool_calls:
        return
    if finish == "length":
        raise ModelError("cut")
    if finish == "content_filter":
        raise ModelError("refused")
    if reply.invalid_tool_calls:
        raise ModelError("malformed")
    if not reply.text.strip():
        raise ModelError("empty")
