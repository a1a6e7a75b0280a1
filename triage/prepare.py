"""``python -m triage.prepare``: the sample read, checked and indexed, so that the app has something to show when it opens."""

from __future__ import annotations

from pathlib import Path

from triage.indexing import index_documents, open_index
from triage.library import examined, open_library

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def prepare() -> None:
    """Put the samples into the library and bring the index up to date; quick where that was done before."""
    library = open_library()
    for path in sorted(SAMPLES.glob("*.pdf")):
        examined(library, path.read_bytes(), path.name)
    index_documents(library, open_index(library))


if __name__ == "__main__":
    prepare()
