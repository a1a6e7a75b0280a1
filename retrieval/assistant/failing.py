"""Why a model's answer could not be had: every way an endpoint fails, as one short reason (``assistant.local.<reason>``)."""

from __future__ import annotations

import re

import openai

_MESSAGES = {
    "context": re.compile(
        r"context.{0,20}(?:length|window|size)|maximum context|too many tokens|token limit|input is too long|上下文|超长", re.IGNORECASE
    ),
    "tools": re.compile(r"tool|function.?call|工具", re.IGNORECASE),
    "rate": re.compile(r"quota|balance|insufficient|余额|额度|欠费", re.IGNORECASE),
}


# What the client raises for a reply that is no chat completion; our own code is not called where these are caught.
UNREADABLE = (AssertionError, ValueError, TypeError, KeyError, IndexError, AttributeError)
_KINDS = (
    ((openai.APITimeoutError, TimeoutError), "stalled"),
    ((openai.APIConnectionError, OSError), "network"),
    ((openai.LengthFinishReasonError,), "cut"),
    ((openai.ContentFilterFinishReasonError,), "refused"),
    ((openai.APIResponseValidationError,), "malformed"),
)
_STATUS = {401: "unauthorized", 403: "unauthorized", 402: "rate", 408: "timeout", 413: "context", 429: "rate"}


def reason_of(error: BaseException) -> str:
    """The reason behind what the endpoint's client raised."""
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, str(error.message))
    found = next((reason for kinds, reason in _KINDS if isinstance(error, kinds)), "")
    if not found and isinstance(error, openai.APIError):  # an error told in mid-stream
        return _of_status(400, str(error.message))
    return found or "malformed"


def _of_status(status: int, message: str) -> str:
    if status >= 500:
        return "server"
    if status in _STATUS:
        return _STATUS[status]
    told = next((reason for reason, pattern in _MESSAGES.items() if pattern.search(message)), "refused")
    return "model" if status == 404 and told == "refused" else told
