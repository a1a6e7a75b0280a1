"""What the checks say: outcomes, findings with their places, and the examination of a whole document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from model.document import Document
from model.facts import Facts, Source


class Severity(Enum):
    """How sure and how grave a finding is (spec: the triage report)."""

    ERROR = "error"
    WARNING = "warning"
    ROUNDING = "rounding"
    NOTICE = "notice"


SEVERITIES = tuple(Severity)


class Result(Enum):
    """What one check said of one place. Silence is never a pass (design, law 2)."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    ROUNDING = "rounding"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Location:
    """A place a finding speaks of.

    ``role`` is ``total``, ``part``, ``stated``, ``related`` or ``due`` (where something missing belongs).
    """

    role: str
    source: Source


@dataclass(frozen=True, slots=True)
class Suspect:
    """The figure that is probably wrong, the value that repairs every related check, and the slip that leads from one to the other.

    ``cause`` is a key of the words catalogue (``cause.<key>``); ``explains`` counts the failing checks it accounts for.
    """

    source: Source
    proposed: str
    cause: str
    explains: int


@dataclass(frozen=True, slots=True)
class Finding:
    """An inconsistency, with its evidence. Built from sources, so it cannot lack a place (design, law 4).

    ``params`` fill the templates ``finding.<code>.title`` and ``finding.<code>.explanation`` of the words catalogue; their values are data.
    ``variant`` picks another template of the same rule (``finding.<code>.<variant>.title``).
    """

    id: str
    rule: str
    name: str
    severity: Severity
    locations: tuple[Location, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    equation: str = ""
    stated: str = ""
    expected: str = ""
    difference: str = ""
    unit: str = ""
    suspect: Suspect | None = None
    alternatives: tuple[Suspect, ...] = ()
    symptoms: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        """The page to open first."""
        return (self.suspect.source if self.suspect else self.locations[0].source).place.page


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many printed amounts there are, and how many take part in at least one check."""

    amounts: int
    checked: int


@dataclass(frozen=True, slots=True)
class Examination:
    """One document, read and checked: what the report, the app and the answers are made from.

    ``outcomes`` counts results over all checks; ``seconds`` holds ``ingest`` and ``checks``.
    """

    document: Document
    facts: Facts
    findings: tuple[Finding, ...]
    outcomes: Mapping[Result, int]
    coverage: Coverage
    seconds: Mapping[str, float] = field(default_factory=dict)
