"""The built-in embedding: hashed character n-grams, exact and offline. Any other can be configured in its place."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import numpy as np
import numpy.typing as npt
from chromadb.api.types import Documents, EmbeddingFunction, Embeddings
from chromadb.utils.embedding_functions import register_embedding_function

from retrieval.ngrams import hashed, token_hash, tokens_of

SIZES = (1, 2, 3)
DIMENSIONS = 512  # R@5 as with 1,024, and half the memory
_FIGURES = re.compile(r"[\d,.%％-]+")


class EmbeddingError(Exception):
    """An embedding elsewhere that cannot be had: not installed, not reachable, refused."""


@register_embedding_function
class NgramEmbedding(EmbeddingFunction[Documents]):
    """Hashed 1-3-grams with signs, square roots of their counts, length one. Needs no model and no network.

    Figures are left out, codes apart: nobody asks by them, and their digits would make every row alike to every other.
    """

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self.dimensions = dimensions

    def __call__(self, input: Documents) -> Embeddings:  # noqa: A002 - chromadb's name
        """One vector of ``dimensions`` floats a text."""
        return [self.vector(text) for text in input]

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of one text, of length one; of a text without any character, a unit vector of its own."""
        parts = [hashed(_FIGURES.sub(" ", text), SIZES), *(token_hash(token) for token in tokens_of(text))]
        terms = np.concatenate(parts)
        slots = (terms % np.uint64(self.dimensions)).astype(np.int64)
        signs = np.where((terms >> np.uint64(40)) & np.uint64(1), 1.0, -1.0)
        sums = np.bincount(slots, weights=signs, minlength=self.dimensions)
        vector = np.sign(sums) * np.sqrt(np.abs(sums))
        length = float(np.linalg.norm(vector))
        if length == 0:
            vector[0], length = 1.0, 1.0
        return (vector / length).astype(np.float32)

    @staticmethod
    def name() -> str:
        """The name chromadb remembers the function by."""
        return "gouji-ngram"

    def get_config(self) -> dict[str, Any]:
        """What makes two instances alike."""
        return {"dimensions": self.dimensions, "sizes": list(SIZES), "figures": False}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> NgramEmbedding:
        """The instance of a remembered configuration."""
        return NgramEmbedding(config["dimensions"])

    def default_space(self) -> str:  # type: ignore[override]
        """Vectors of length one: cosine."""
        return "cosine"

    def supported_spaces(self) -> list[str]:  # type: ignore[override]
        """The distances that make sense."""
        return ["cosine", "l2", "ip"]


def fingerprint(embedding: EmbeddingFunction[Documents]) -> str:
    """Eight hexadecimal digits that change with the embedding or its configuration (chromadb itself does not notice)."""
    told = json.dumps([embedding.name(), embedding.get_config()], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:8]
