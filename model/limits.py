"""How much of one file is read before the reader refuses."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read: the size of the file in bytes, its pages, and the drawn pieces and the words of one page.

    The largest real disclosures have a few hundred pages and some tens of megabytes; what is far beyond is a mistake or an attack.
    """

    bytes: int = 200 * MEGABYTE
    pages: int = 3000
    rules_per_page: int = 60_000
    words_per_page: int = 60_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may cost the process that reads it: seconds, bytes of memory, and the limits on the file itself.

    A disclosure of 300 pages takes some ten seconds and 300 MB; what takes far more is broken or means harm.
    """

    seconds: float = 120.0
    memory: int = 2048 * MEGABYTE
    limits: Limits = LIMITS


USUAL = Bounds()
