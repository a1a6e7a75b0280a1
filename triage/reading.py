"""One document from bytes to findings: read it, understand it, check it."""

from __future__ import annotations

import time

import checks
import ingest
from model.document import Status
from model.findings import Examination
from model.limits import Limits
from triage.unread import unchecked

DEFAULT = Limits()


def examine(data: bytes, name: str, limits: Limits = DEFAULT) -> Examination:
    """Read and check a document. A bad one comes back with its problems and no findings; nothing is raised for it."""
    start = time.process_time()
    document = ingest.read_document(data, name, limits)
    if document.status is Status.FAILED:
        return unchecked(document)
    facts = ingest.read_facts(document)
    read = time.process_time()
    findings, outcomes, coverage = checks.check(document, facts)
    seconds = {"ingest": read - start, "checks": time.process_time() - read}
    return Examination(document, facts, tuple(findings), outcomes, coverage, seconds)
