"""The agent: LangChain's ``create_agent`` with the bench's tools; its text is passed on as it arrives."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Annotated, Any

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AIMessage, AIMessageChunk, AnyMessage
from langchain_core.tools import BaseTool, StructuredTool
from langchain_openai import ChatOpenAI
from langgraph.errors import GraphRecursionError
from pydantic import Field

from retrieval.assistant.bench import Bench, Found
from retrieval.assistant.endpoint import Guard, Meter
from retrieval.assistant.events import Event, ModelError, Step, Token
from retrieval.assistant.settings import Settings
from words import knows, say

Emit = Callable[[Event], None]
TOOLS = ("look_up", "search", "list_tables", "read_table", "list_findings", "explain_finding", "calculate", "compare_documents")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)


def tools_of(bench: Bench) -> list[BaseTool]:
    """The bench's methods as tools; one at a time, since a model may call several at once."""
    lock = Lock()
    return [_tool(bench, name, lock) for name in TOOLS]


def _tool(bench: Bench, name: str, lock: Lock) -> BaseTool:
    method: Callable[..., Found] = getattr(bench, name)

    def run(**arguments: Any) -> Found:  # noqa: ANN401 - LangChain has checked them against the schema
        with lock:
            return method(**arguments)

    run.__signature__ = inspect.signature(method)  # type: ignore[attr-defined]
    about = say("assistant.tool.document", bench.language)
    run.__annotations__ = {
        argument: Annotated[str, Field(description=about)] if argument == "document" else int if argument == "start" else str
        for argument in inspect.signature(method).parameters
    }
    return StructuredTool.from_function(
        run, name=name, description=say(f"assistant.tool.{name}", bench.language), response_format="content_and_artifact"
    )


class Talker:
    """A conversation of one question: the messages so far, and the agent that goes on with them."""

    def __init__(self, model: ChatOpenAI, bench: Bench, settings: Settings, meter: Meter, emit: Emit) -> None:
        self.bench = bench
        self.settings = settings
        self.emit = emit
        self.steps: list[str] = []
        self.messages: list[AnyMessage] = []
        documents = "、".join(bench.shelf.head(view) for view in bench.shelf.views)
        refusal = say("answer.refusal", bench.language)
        self.agent = create_agent(
            model,
            tools_of(bench),
            system_prompt=say("assistant.prompt.system", bench.language, refusal=refusal, documents=documents),
            middleware=[
                Guard(meter),
                ModelCallLimitMiddleware(run_limit=settings.calls, exit_behavior="error"),
                ToolCallLimitMiddleware(run_limit=settings.tools, exit_behavior="continue"),
            ],
        )

    async def reply(self, messages: Sequence[AnyMessage]) -> str:
        """The model's text after its look-ups. Raises ``ModelError``."""
        self.messages.extend(messages)
        hidden = Thoughts()
        config: Any = {"recursion_limit": 4 * (self.settings.calls + self.settings.tools)}
        state: Any = {"messages": list(self.messages)}
        try:
            async for mode, data in self.agent.astream(state, config, stream_mode=["messages", "updates"]):
                if mode == "messages":
                    self._pass_on(data, hidden)
                else:
                    self._note(data)
        except (ModelCallLimitExceededError, GraphRecursionError):
            raise ModelError("loop") from None
        last = self.messages[-1]
        text = _THOUGHT.sub("", last.text).strip() if isinstance(last, AIMessage) else ""
        if not text:
            raise ModelError("empty")
        return text

    def _pass_on(self, data: object, hidden: Thoughts) -> None:
        chunk = data[0] if isinstance(data, tuple) else None
        if isinstance(chunk, AIMessageChunk) and chunk.text:
            shown = hidden.visible(chunk.text)
            if shown:
                self.emit(Token(shown))

    def _note(self, data: object) -> None:
        """Keep the messages of a node, and tell what the model looks up."""
        for update in data.values() if isinstance(data, dict) else ():
            for message in (update or {}).get("messages", ()):
                self.messages.append(message)
                for call in message.tool_calls if isinstance(message, AIMessage) else ():
                    self._tell(call["name"], call["args"])

    def _tell(self, name: str, arguments: dict[str, object]) -> None:
        key = f"assistant.plan.{name}"
        values = [str(value)[:80] for value in arguments.values() if value not in {"", None}]
        what = " ".join(values) if knows(key) and name in TOOLS else name[:40]
        step = say(key if name in TOOLS else "assistant.plan.other", self.bench.language, what=what)
        self.steps.append(step)
        self.emit(Step(step))


class Thoughts:
    """Takes out of a stream what a model thinks aloud between <think> and </think>."""

    def __init__(self) -> None:
        self.inside = False
        self.held = ""

    def visible(self, piece: str) -> str:
        """What of the next piece is meant to be read."""
        text, self.held, shown = self.held + piece, "", ""
        while text:
            mark = "</think>" if self.inside else "<think>"
            before, found, after = text.partition(mark)
            if not found:
                tail = next((n for n in range(min(len(text), len(mark) - 1), 0, -1) if mark.startswith(text[-n:])), 0)
                self.held = text[len(text) - tail :]
                return shown if self.inside else shown + text[: len(text) - tail]
            shown += "" if self.inside else before
            self.inside, text = not self.inside, after
        return shown
