"""How much of one file is read before the reader refuses."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read: bytes, pages, drawn pieces and words of one page, pages that are pictures (recognising one takes seconds).

    The largest real disclosures have a few hundred pages and some tens of megabytes; what is far beyond is a mistake or an attack.
    """

    bytes: int = 200 * MEGABYTE
    pages: int = 3000
    rules_per_page: int = 60_000
    words_per_page: int = 60_000
    scanned_pages: int = 300


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may cost the process that reads it: bytes of memory, seconds, and the limits on the file itself.

    ``seconds`` are those from one page to the next, and from the last page to the end; all together may be ten times as many, since a
    scan takes seconds a page. A disclosure of 300 pages with text takes some ten seconds and 300 MB.
    """

    seconds: float = 120.0
    memory: int = 2048 * MEGABYTE
    limits: Limits = LIMITS

    @property
    def altogether(self) -> float:
        """The seconds that all pages together may take."""
        return 10 * self.seconds


USUAL = Bounds()
