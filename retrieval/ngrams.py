"""Character n-grams as numbers, hashed without loops in Python: the ground of both the lexical ranking and the embedding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.text import chinese_number, flat

Hashes = npt.NDArray[np.uint64]
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_CODE = re.compile(r"(?<![\d.,])\d{3}(?:\d{2}){0,2}(?![\d.,])")
_TABLE = re.compile(r"(?:附|公开|预算|决算)?表\s*(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d,.])|(?:公开|预算|决算)\s*0?(\d{1,2})\s*表")


def tokens_of(text: str) -> list[str]:
    """Whole tokens beside the n-grams: subject codes, and ``表3`` for every way to number a table."""
    found = [f"#{match.group()}" for match in _CODE.finditer(text)]
    for match in _TABLE.finditer(text):
        number = chinese_number((match.group(1) or match.group(2)).lstrip("0"))
        if number:
            found.append(f"表{number}")
    return found


def hashed(text: str, sizes: Sequence[int]) -> Hashes:
    """The hashes of a text's n-grams of those sizes, repeats kept; another size never gives the same hash by construction."""
    points = np.frombuffer(flat(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    parts = []
    for n in sizes:
        count = len(points) - n + 1
        if count <= 0:
            continue
        value = np.full(count, n, dtype=np.uint64)
        for offset in range(n):
            value = (value ^ points[offset : offset + count]) * _MIX[offset % 3]
            value ^= value >> np.uint64(29)
        parts.append(value)
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)


def token_hash(token: str) -> Hashes:
    """The hash of one whole token, shape (1,)."""
    digest = hashlib.blake2b(token.encode(), digest_size=8).digest()
    return np.frombuffer(digest, dtype=np.uint64)
