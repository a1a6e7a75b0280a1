"""BM25 over character n-grams, in memory: the ranking that measured best for these documents without a model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.ngrams import hashed, token_hash, tokens_of

SIZES = (1, 2, 3)
K1, B = 1.2, 0.6


class Lexical:
    """An inverted index over texts; a text is known by its position. Built once, read from several threads."""

    def __init__(self, texts: Sequence[str]) -> None:
        per_text = [_terms(text) for text in texts]
        lengths = np.array([len(terms) for terms in per_text], dtype=np.float64)
        every = np.concatenate(per_text) if per_text else np.empty(0, dtype=np.uint64)
        owners = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths.astype(np.int64))
        order = np.lexsort((owners, every))
        every, owners = every[order], owners[order]
        fresh = np.ones(len(every), dtype=bool)
        fresh[1:] = (every[1:] != every[:-1]) | (owners[1:] != owners[:-1])
        starts = np.flatnonzero(fresh)
        counts = np.diff(np.append(starts, len(every)))
        self._owners = owners[starts].astype(np.int32)
        self._terms, self._offsets = np.unique(every[starts], return_index=True)
        self._offsets = np.append(self._offsets, len(starts))
        norm = K1 * (1 - B + B * lengths / (lengths.mean() if len(lengths) and lengths.any() else 1.0))
        self._weights = (counts * (K1 + 1) / (counts + norm[self._owners])).astype(np.float32)
        self._size = len(texts)

    def __len__(self) -> int:
        return self._size

    def idf(self, term: int) -> float:
        """How rare the term at that position of the vocabulary is."""
        held = self._offsets[term + 1] - self._offsets[term]
        return float(np.log(1 + (self._size - held + 0.5) / (held + 0.5)))

    def scores(self, query: str) -> npt.NDArray[np.float64]:
        """The BM25 score of every text, shape (number of texts,)."""
        found = np.zeros(self._size)
        if not len(self._terms):
            return found
        terms = np.unique(_terms(query))
        known = [
            int(i)
            for i, term in zip(np.searchsorted(self._terms, terms), terms, strict=True)
            if i < len(self._terms) and self._terms[i] == term
        ]
        for i in known:
            span = slice(self._offsets[i], self._offsets[i + 1])
            found[self._owners[span]] += self._weights[span] * self.idf(i)
        return found

    def search(self, query: str, limit: int = 10) -> list[tuple[int, float]]:
        """The best texts' positions with their scores, best first; texts that share nothing are left out."""
        scores = self.scores(query)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(i), float(scores[i])) for i in best if scores[i] > 0]


def _terms(text: str) -> npt.NDArray[np.uint64]:
    tokens = [token_hash(token) for token in tokens_of(text)]
    return np.concatenate([hashed(text, SIZES), *tokens, *tokens])
