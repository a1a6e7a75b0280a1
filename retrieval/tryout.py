"""``python -m retrieval.tryout FOLDER NAME``: open an index and ask it something: damaged vectors can crash a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 60.0  # seconds after which an index that does not answer counts as damaged
VECTORS = "*/header.bin"


def sound(folder: Path, name: str) -> bool:
    """Whether a process that opens the collection of that name and asks it something comes through it."""
    if not any(folder.glob(VECTORS)):
        return True  # what is in SQLite alone raises, it does not crash
    command = [sys.executable, "-m", "retrieval.tryout", str(folder.absolute()), name]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LONGEST, check=False).returncode == 0  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        return False


def attempt(folder: Path, name: str) -> None:
    """Ask the collection for what is near to one of its own vectors. Raises what Chroma raises, or crashes."""
    import retrieval.configured
    from retrieval.index import local_client

    assert retrieval.configured.LangchainEmbedding.name()  # noqa: S101 - registered by its import: Chroma looks the embedding up by name
    client = local_client(folder)
    if name not in {collection.name for collection in client.list_collections()}:
        return
    collection = client.get_collection(name)
    some = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if some is not None and len(some):
        collection.query(query_embeddings=some, n_results=1, include=[])


if __name__ == "__main__":
    attempt(Path(sys.argv[1]), sys.argv[2])
