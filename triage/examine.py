"""One document from bytes to findings: read it, understand it, check it."""

from __future__ import annotations

import time

import checks
import ingest
from ingest.limits import Limits
from model.document import Document, Problem, Status
from model.facts import Facts
from model.findings import Coverage, Examination

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


def unopened(name: str, problem: Problem) -> Examination:
    """The examination of a file that could not even be opened: it has no bytes, so no identity."""
    return unchecked(Document("", name, Status.FAILED, (), problems=(problem,)))


def unchecked(document: Document) -> Examination:
    """The examination of what could not be read: nothing is known of it, and nothing passes."""
    return Examination(document, Facts(), (), {}, Coverage(0, 0))
