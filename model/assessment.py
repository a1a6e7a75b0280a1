"""What an auditor said of a finding: the status of a doubtful point in the working papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How far a doubtful point has been looked into (待核实, 属实, 不属实, 已说明)."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One finding's status with the auditor's note, name and date (ISO, ``2026-11-22``; "" where not given)."""

    status: Standing = Standing.PENDING
    note: str = ""
    name: str = ""
    date: str = ""


Assessments = Mapping[str, Mapping[str, Assessment]]
"""By the document's SHA-256, then by the finding's id."""

PENDING = Assessment()


def assessed(assessments: Assessments, sha256: str, finding_id: str) -> Assessment:
    """What was said of that finding; still to be looked into where nothing was."""
    return assessments.get(sha256, {}).get(finding_id, PENDING)
