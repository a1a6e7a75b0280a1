"""The Chroma index over the library: one collection, one writer at a time, never trusted, rebuilt whenever it is lost or damaged.

The collection is named after the parser's version and the embedding's fingerprint, so chunks of another parser or vectors of another
embedding are never mixed in. A document counts as indexed when its seal, written last, is there.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Documents, EmbeddingFunction, Where
from chromadb.config import Settings
from chromadb.errors import ChromaError
from filelock import FileLock

from retrieval.chunks import Chunk
from retrieval.embedding import NgramEmbedding, fingerprint

BATCH = 5_000  # chromadb takes at most 5,461 at once
PREFIX = "gouji"
SEAL = "seal"
DAMAGE = (ChromaError, sqlite3.DatabaseError, ValueError, OSError)
log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found in the index: its id, its text, what was kept with it, and its distance (0 is the same)."""

    id: str
    text: str
    metadata: dict[str, Any]
    distance: float


class Index:
    """The index in a folder, or on a Chroma server (``host:port``) that several processes share."""

    def __init__(
        self, folder: Path, *, parser: str, embedding: EmbeddingFunction[Documents] | None = None, server: str | None = None
    ) -> None:
        self.folder = folder
        self.server = server
        self.embedding = embedding or NgramEmbedding()
        self.name = f"{PREFIX}-{parser}-{fingerprint(self.embedding)}"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(str(folder.with_name(folder.name + ".lock")))
        self._seen = ""
        self._held: Collection | None = None

    def upsert(self, document: str, chunks: Sequence[Chunk]) -> None:
        """Put a document's chunks in place of those it had. Raises ``filelock.Timeout`` only where the lock was given a timeout."""
        with self._writing() as collection:
            _put(collection, document, chunks)

    def remove(self, document: str) -> None:
        """Take a document out; one that is not there is no error."""
        with self._writing() as collection:
            collection.delete(where={"document": document})

    def documents(self) -> set[str]:
        """The documents that are wholly indexed."""
        return set(self.seals())

    def seals(self) -> dict[str, int]:
        """The documents that are wholly indexed, with the number of chunks each was given."""
        found = self._collection().get(where={"kind": SEAL}, include=["metadatas"])
        return {str(m["document"]): int(str(m["chunks"])) for m in found["metadatas"] or []}

    def count(self, document: str) -> int:
        """How many chunks of a document are there."""
        where = {"$and": [{"document": document}, {"kind": {"$ne": SEAL}}]}
        found = self._collection().get(where=cast("Where", where), include=[])
        return len(found["ids"])

    def search(self, query: str, limit: int = 10, documents: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[Hit]:
        """The nearest chunks, best first, of those documents and kinds (all where none are named)."""
        conditions: list[dict[str, Any]] = [{"kind": {"$in": list(kinds)} if kinds else {"$ne": SEAL}}]
        if documents:
            conditions.append({"document": {"$in": list(documents)}})
        where = conditions[0] if len(conditions) == 1 else {"$and": conditions}
        found = self._collection().query(query_texts=[query], n_results=limit, where=cast("Where", where))
        texts, metadatas, distances = found["documents"] or [[]], found["metadatas"] or [[]], found["distances"] or [[]]
        rows = zip(found["ids"][0], texts[0], metadatas[0], distances[0], strict=True)
        return [Hit(i, text, dict(metadata), float(distance)) for i, text, metadata, distance in rows]

    def missing(self, documents: Iterable[str]) -> list[str]:
        """Which of these documents must be indexed (again); an unreadable index is emptied first, so then it is all of them."""
        try:
            known = self.documents()
        except DAMAGE:
            log.warning("the index in %s is damaged and is built again", self.folder, exc_info=True)
            self.clear()
            known = set()
        return [document for document in documents if document not in known]

    def rebuild(self, source: Iterable[tuple[str, Sequence[Chunk]]], total: int, progress: Progress | None = None) -> None:
        """Empty the index and fill it from the library; ``progress`` is told how many documents of ``total`` are done."""
        self.clear()
        for done, (document, chunks) in enumerate(source, 1):
            self.upsert(document, chunks)
            if progress:
                progress(done, total)

    def clear(self) -> None:
        """Throw the index away, collections of other versions too."""
        with self._lock:
            self._held = None
            if self.server:
                client = self._client()
                for collection in client.list_collections():
                    if collection.name.startswith(f"{PREFIX}-"):
                        client.delete_collection(collection.name)
            else:
                SharedSystemClient.clear_system_cache()
                for entry in self.folder.iterdir():
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            self._mark()

    @contextmanager
    def _writing(self) -> Iterator[Collection]:
        """Hold the lock; afterwards other processes know that what they have open is stale."""
        with self._lock:
            collection = self._collection()
            try:
                yield collection
            finally:
                self._mark()

    def _collection(self) -> Collection:
        """The collection, opened anew when another process has written since."""
        written = self._written()
        if self._held is None or written != self._seen:
            if self._held is not None and not self.server:
                SharedSystemClient.clear_system_cache()
            self._held = self._client().get_or_create_collection(
                self.name,
                embedding_function=self.embedding,  # type: ignore[arg-type]
                configuration={"hnsw": {"space": "cosine"}},
            )
            self._seen = written
        return self._held

    def _client(self) -> ClientAPI:
        settings = Settings(anonymized_telemetry=False)
        if self.server:
            host, _, port = self.server.rpartition(":")
            return chromadb.HttpClient(host=host, port=int(port), settings=settings)
        return chromadb.PersistentClient(path=str(self.folder), settings=settings)

    @property
    def _stamp(self) -> Path:
        return self.folder.with_name(self.folder.name + ".written")

    def _written(self) -> str:
        return self._stamp.read_text() if self._stamp.is_file() else ""

    def _mark(self) -> None:
        """Count one more writing; only under the lock."""
        before = self._written()
        self._seen = str(int(before or 0) + 1)
        beside = self._stamp.with_suffix(".new")
        beside.write_text(self._seen)
        beside.replace(self._stamp)


def _put(collection: Collection, document: str, chunks: Sequence[Chunk]) -> None:
    collection.delete(where={"document": document})
    for start in range(0, len(chunks), BATCH):
        batch = chunks[start : start + BATCH]
        collection.add(
            ids=[chunk.id for chunk in batch],
            documents=[chunk.text for chunk in batch],
            metadatas=[chunk.metadata() for chunk in batch],  # type: ignore[misc]
        )
    seal: dict[str, str | int] = {"kind": SEAL, "document": document, "chunks": len(chunks)}
    collection.add(ids=[f"{SEAL}:{document}"], documents=[SEAL], metadatas=[seal])
