"""A reply in fixed parts: by JSON schema where the endpoint knows it, else by a call of one tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import openai
from langchain_core.messages import AIMessage, AnyMessage
from langchain_openai import ChatOpenAI

from retrieval.assistant.endpoint import Meter, complete
from retrieval.assistant.events import ModelError
from retrieval.assistant.failing import UNREADABLE, reason_of
from words import Language, say

Parts = dict[str, str | list[str]]


def schema(name: str, fields: dict[str, bool], language: Language) -> dict[str, Any]:
    """A JSON schema: each field a text, or a list of texts where True."""
    properties = {
        field: {
            "description": say(f"assistant.prompt.field.{field}", language),
            **({"type": "array", "items": {"type": "string"}} if many else {"type": "string"}),
        }
        for field, many in fields.items()
    }
    return {
        "title": name,
        "description": name,
        "type": "object",
        "properties": properties,
        "required": list(fields),
        "additionalProperties": False,
    }


async def filled(model: ChatOpenAI, meter: Meter, form: dict[str, Any], messages: Sequence[AnyMessage]) -> Parts:
    """The form's fields as the model fills them. Raises ``ModelError``."""
    meter.allow(messages)
    try:
        found = await _asked(model, form, messages)
    except (openai.OpenAIError, OSError, TimeoutError, *UNREADABLE) as error:
        raise ModelError(reason_of(error)) from error
    reply, parsed = found["raw"], found["parsed"]
    if not isinstance(reply, AIMessage):
        raise ModelError("malformed")
    meter.count(messages, reply)
    if not isinstance(parsed, dict):
        complete(reply)
        raise ModelError("malformed")
    return {field: _text(parsed.get(field), many="items" in about) for field, about in form["properties"].items()}


async def _asked(model: ChatOpenAI, form: dict[str, Any], messages: Sequence[AnyMessage]) -> dict[str, Any]:
    try:
        by_schema: Any = await model.with_structured_output(form, method="json_schema", include_raw=True).ainvoke(list(messages))
    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
        if reason_of(error) == "context":
            raise
        by_schema = await model.with_structured_output(form, method="function_calling", include_raw=True).ainvoke(list(messages))
    return dict(by_schema)


def _text(value: object, *, many: bool) -> str | list[str]:
    if many:
        return [str(part) for part in value] if isinstance(value, list) else [str(value)] if value else []
    return "" if value is None else str(value)
