"""``python -m triage.prepare``: the sample read and checked, so that the app has something to show when it opens."""

from __future__ import annotations

import logging
from pathlib import Path

from model.document import Status
from model.limits import Limits
from report.tally import sentences_of
from triage.apart import Reader
from triage.library import open_library

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
log = logging.getLogger(__name__)


def prepare() -> None:
    """Put the samples into the library; quick where that was done before, and nothing keeps the app."""
    library, reader = open_library(), Reader()
    for path in sorted(SAMPLES.glob("*.pdf")):
        taken = reader.take(library.home, path.read_bytes(), path.name, Limits())
        if taken.status is Status.FAILED:
            log.warning("%s: %s", path.name, " ".join(sentences_of(taken.problems, "en")))
    reader.close()


if __name__ == "__main__":
    prepare()
