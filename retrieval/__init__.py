"""Chunks, the index, and answers to questions: every figure cited, nothing invented, no language model needed."""

from retrieval.answer import Answer
from retrieval.asking import ask

__all__ = ["Answer", "ask"]
