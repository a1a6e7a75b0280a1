"""One document's vectors in memory: searched exactly, in a millisecond."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.near import Hit

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Chunks with their vectors, of length one, a row each; ``whole`` says that the document was sealed when they were fetched."""

    hits: tuple[Hit, ...]
    matrix: Matrix
    whole: bool

    @staticmethod
    def of(found: dict[str, Any], seal: str) -> Vectors:
        """What Chroma's ``get`` gave, but for the seal, which is of that kind."""
        metadatas = found["metadatas"]
        kept = [i for i, metadata in enumerate(metadatas) if metadata["kind"] != seal]
        hits = tuple(Hit(found["ids"][i], found["documents"][i], dict(metadatas[i]), 0.0) for i in kept)
        matrix = np.asarray(found["embeddings"], dtype=np.float32)[kept] if kept else np.empty((0, 0), dtype=np.float32)
        return Vectors(hits, unit(matrix), len(kept) < len(metadatas))

    def nearest(self, vector: Matrix, limit: int) -> list[Hit]:
        """The chunks nearest to a vector, best first, by cosine distance."""
        if not self.hits:
            return []
        distances = 1.0 - self.matrix @ unit(vector[np.newaxis])[0]
        best = np.argsort(distances, kind="stable")[:limit]
        return [Hit(hit.id, hit.text, hit.metadata, float(distances[i])) for i in best for hit in (self.hits[i],)]


def unit(matrix: Matrix) -> Matrix:
    """The rows, each of length one; a row of zeros stays."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True) if matrix.size else np.ones((len(matrix), 1))
    return (matrix / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
