"""PDFs made wrong: real ones with bytes, numbers, names and lines changed, each the same again from its number."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

FEW_PAGES = 3
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
TOKEN = re.compile(rb"/[A-Za-z]+|(?<=\s)[A-Za-z]{1,3}(?=\s)")
NUMBERS = [b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"99999999999999999999", b"1e308", b"0.0000001", b"-0", b"3 0 R"]
TOKENS = [b"/Kids", b"/Parent", b"/Length", b"/Filter", b"/Type", b"/Page", b"/Pages", b"/XObject", b"/Font", b"/Contents"]
TOKENS += [b"q", b"Q", b"Do", b"BT", b"ET", b"Tj", b"TJ", b"Tm", b"re", b"S", b"f", b"cm", b"Tf", b"W", b"n", b"BI", b"EI", b"l", b"m"]
Mutation = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, chance: random.Random) -> None:
    """Change some bytes."""
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    """Leave out a piece."""
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, max(len(data) // 4, 1))]


def truncate(data: bytearray, chance: random.Random) -> None:
    """Leave out the end."""
    del data[chance.randrange(len(data)) :]


def repeat(data: bytearray, chance: random.Random) -> None:
    """Put a piece somewhere else, too."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    data[at:at] = data[start : start + chance.randint(1, 4000)] * chance.choice([1, 1, 1, 50])


def renumber(data: bytearray, chance: random.Random) -> None:
    """Replace numbers: lengths, coordinates, sizes of type, references."""
    _replace(data, chance, NUMBER, NUMBERS)


def rename(data: bytearray, chance: random.Random) -> None:
    """Replace names and operators."""
    _replace(data, chance, TOKEN, TOKENS)


def shuffle(data: bytearray, chance: random.Random) -> None:
    """Put lines in another order: operators of a page, objects."""
    start = chance.randrange(len(data))
    lines = data[start : start + 3000].split(b"\n")
    chance.shuffle(lines)
    data[start : start + 3000] = b"\n".join(lines)


def _replace(data: bytearray, chance: random.Random, what: re.Pattern[bytes], values: Sequence[bytes]) -> None:
    for _ in range(chance.randint(1, 8)):
        found = what.search(data, chance.randrange(len(data)))
        if found:
            data[found.start() : found.end()] = chance.choice(values)


MUTATIONS: tuple[Mutation, ...] = (flip, cut, truncate, repeat, renumber, renumber, rename, rename, shuffle)


def seeds(files: Sequence[Path]) -> list[bytes]:
    """A few pages of each file, packed, and with all streams unpacked, so that what they say is changed and not just broken."""
    found = []
    for path in files:
        with pymupdf.open(path) as pdf:
            for start in range(0, min(len(pdf), 8 * FEW_PAGES), FEW_PAGES):
                part = pymupdf.open()
                part.insert_pdf(pdf, from_page=start, to_page=start + FEW_PAGES - 1)
                found += [part.tobytes(garbage=3, deflate=True, use_objstms=start // FEW_PAGES % 2), part.tobytes(garbage=3, expand=255)]
    return found


def variant(of: Sequence[bytes], number: int) -> bytes:
    """The variant of that number, the same in every run over the same files."""
    chance = random.Random(number)  # noqa: S311 - no secret
    data = bytearray(chance.choice(of))
    for _ in range(chance.randint(1, 4)):
        if data:
            chance.choice(MUTATIONS)(data, chance)
    if chance.random() < 0.9 and b"%PDF" not in data[:1024]:
        data[:0] = b"%PDF-1.7\n"
    return bytes(data)
