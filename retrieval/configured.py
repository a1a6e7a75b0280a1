"""The index as it is configured: the built-in embedding or any of LangChain's, a folder or a Chroma server.

``GOUJI_EMBEDDINGS``   ``provider:model`` as ``langchain.embeddings.init_embeddings`` takes it, e.g. ``openai:text-embedding-3-small``,
                       ``ollama:bge-m3``; unset: the built-in one. Keys are read by LangChain from their usual variables.
``GOUJI_EMBEDDINGS_URL``  the address of an OpenAI-compatible or Ollama host, where it is not the provider's own.
``GOUJI_CHROMA``       ``host:port`` of a server (``chroma run``) that several processes share; unset: the folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from chromadb.api.types import Documents, EmbeddingFunction, Embeddings
from chromadb.utils.embedding_functions import register_embedding_function

from retrieval.embedding import EmbeddingError, NgramEmbedding
from retrieval.index import Index

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings as Langchain


@register_embedding_function
class LangchainEmbedding(EmbeddingFunction[Documents]):
    """One of LangChain's embeddings; it is made when the first text is embedded."""

    def __init__(self, model: str, url: str = "") -> None:
        self.model = model
        self.url = url

    @cached_property
    def _made(self) -> Langchain:
        from langchain.embeddings import init_embeddings

        return init_embeddings(self.model, **({"base_url": self.url} if self.url else {}))

    def __call__(self, input: Documents) -> Embeddings:  # noqa: A002 - chromadb's name
        """One vector a text. Raises ``EmbeddingError``."""
        return self._vectors(lambda: self._made.embed_documents(list(input)))

    def embed_query(self, input: Documents) -> Embeddings:  # noqa: A002
        """Questions are embedded as such: some models tell them from documents."""
        return self._vectors(lambda: [self._made.embed_query(text) for text in input])

    def _vectors(self, embedded: Callable[[], list[list[float]]]) -> Embeddings:
        """What the provider gives; whatever it raises, for each has errors of its own, is one of ours."""
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(embedded)
            error = future.exception()
        if error is not None:
            raise EmbeddingError(self.model) from error
        return [np.array(vector, dtype=np.float32) for vector in future.result()]

    @staticmethod
    def name() -> str:
        """The name chromadb remembers the function by."""
        return "gouji-langchain"

    def get_config(self) -> dict[str, Any]:
        """What makes two instances alike; keys are no part of it."""
        return {"model": self.model, "url": self.url}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> LangchainEmbedding:
        """The instance of a remembered configuration."""
        return LangchainEmbedding(config["model"], config["url"])

    def default_space(self) -> str:  # type: ignore[override]
        """Cosine: what these models are made for."""
        return "cosine"


def configured_embedding(environment: Mapping[str, str] = os.environ) -> EmbeddingFunction[Documents]:
    """The embedding that the environment names, else the built-in one."""
    model = environment.get("GOUJI_EMBEDDINGS", "")
    return LangchainEmbedding(model, environment.get("GOUJI_EMBEDDINGS_URL", "")) if model else NgramEmbedding()


def configured_index(folder: Path, parser: str, environment: Mapping[str, str] = os.environ) -> Index:
    """The index of a library, where and with which embedding the environment says."""
    return Index(folder, parser=parser, embedding=configured_embedding(environment), server=environment.get("GOUJI_CHROMA") or None)
