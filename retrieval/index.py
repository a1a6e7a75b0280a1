"""The Chroma index over the library: one collection, one process at a time, never trusted, rebuilt whenever it is lost or damaged.

The collection is named after the parser's version and the embedding's fingerprint, so chunks of another parser or vectors of another
embedding are never mixed in. A document counts as indexed when its seal, written last, is there.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, cast

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Documents, EmbeddingFunction, Where
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from filelock import FileLock, Timeout

from retrieval.chunks import Chunk
from retrieval.embedding import EmbeddingError, NgramEmbedding, fingerprint
from retrieval.near import Hit
from retrieval.tryout import sound
from retrieval.vectors import Matrix, Vectors

BATCH = 5_000  # chromadb takes at most 5,461 at once
SYNCHRONIZED = 10_000  # chunks after which Chroma writes all its vectors anew: by default 1,000, a second for every document of 300
PREFIX = "gouji"
SEAL = "seal"
SEALS = 20  # results more than are asked for, in case seals are among them
WIDE = 1_000  # chunks of all documents that are looked through for those of some
FEW = 32  # documents that are searched one by one and exactly; these are kept
MOMENT = 0.05  # seconds a search waits while another process has the index in hand
PATIENCE = 300.0  # seconds anything else does
log = logging.getLogger(__name__)


class DamagedError(Exception):
    """An index that a process did not come through."""


DAMAGE = (DamagedError, ChromaError, sqlite3.DatabaseError, ValueError, OSError)
"""What a damaged index raises; ``filelock.Timeout`` is an ``OSError`` too and no damage."""
TROUBLE = (*DAMAGE, httpx.HTTPError, EmbeddingError)
"""What an index raises that cannot be used now, for whatever reason."""


class Index:
    """The index in a folder, or on a Chroma server (``host:port``) that several processes share. Threads may share it."""

    def __init__(
        self, folder: Path, *, parser: str, embedding: EmbeddingFunction[Documents] | None = None, server: str | None = None
    ) -> None:
        self.folder = folder
        self.server = server
        self.embedding = embedding or NgramEmbedding()
        self.name = f"{PREFIX}-{parser}-{fingerprint(self.embedding)}"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = folder.with_name(folder.name + ".lock")
        self._guard = RLock()
        self._writers = 0
        self._seen: tuple[str, int] = ("", 0)
        self._held: Collection | None = None
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    def upsert(self, document: str, chunks: Sequence[Chunk]) -> None:
        """Put a document's chunks in place of those it had."""
        with self._writing(document) as collection:
            _put(collection, document, chunks)

    def remove(self, document: str) -> None:
        """Take a document out; one that is not there is no error."""
        with self._writing(document) as collection:
            collection.delete(where={"document": document})

    def documents(self) -> set[str]:
        """The documents that are wholly indexed."""
        return set(self.seals())

    def seals(self) -> dict[str, int]:
        """The documents that are wholly indexed, with the number of chunks each was given."""
        with self._reading(PATIENCE) as collection:
            found = collection.get(where={"kind": SEAL}, include=["metadatas"])
        return {str(m["document"]): int(str(m["chunks"])) for m in found["metadatas"] or []}

    def count(self, document: str) -> int:
        """How many chunks of a document are there."""
        where = {"$and": [{"document": document}, {"kind": {"$ne": SEAL}}]}
        with self._reading(PATIENCE) as collection:
            return len(collection.get(where=cast("Where", where), include=[])["ids"])

    def search(self, query: str, limit: int = 10, documents: Sequence[str] = (), /) -> list[Hit]:
        """The nearest chunks, best first, of those documents (of all where none are named).

        Raises ``filelock.Timeout`` where another process has the index in hand.
        """
        vector = np.asarray(self.embedding.embed_query([query])[0], dtype=np.float32)
        with self._reading(MOMENT) as collection:
            if 0 < len(documents) <= FEW:
                hits = [hit for document in documents for hit in self._of(collection, document).nearest(vector, limit)]
                return sorted(hits, key=lambda hit: hit.distance)[:limit]
            return _nearest(collection, vector, limit, frozenset(documents))

    def missing(self, documents: Iterable[str]) -> list[str]:
        """Which of these documents must be indexed (again); an unreadable index is emptied first, so then it is all of them."""
        try:
            known = self.documents()
        except Timeout:
            raise
        except DAMAGE as error:
            if self.server:  # others use it, and it may only be away
                raise
            log.warning("the index in %s is damaged and is built again: %s", self.folder, error or type(error).__name__)
            self.clear()
            known = set()
        return [document for document in documents if document not in known]

    def close(self) -> None:
        """Forget what is open; it is tried out and opened again when it is needed."""
        with self._guard:
            self._close()

    def clear(self) -> None:
        """Throw the index away, collections of other versions too."""
        with FileLock(self._lock, timeout=PATIENCE), self._guard:
            self._close()
            if self.server:
                self._drop(keep="")
            else:
                SharedSystemClient.clear_system_cache()  # what could not be opened is kept there as well
                for entry in self.folder.iterdir():
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            self._mark()

    def drop_others(self) -> None:
        """Throw collections of other versions and embeddings away; on a server, where others may use them, they stay."""
        if not self.server and self._others(self.name):
            with self._writing():
                self._drop(keep=self.name)

    def _drop(self, keep: str) -> None:
        client = self._client()
        for name in self._others(keep):
            client.delete_collection(name)

    def _others(self, keep: str) -> list[str]:
        names = [collection.name for collection in self._client().list_collections()]
        return [name for name in names if name.startswith(f"{PREFIX}-") and name != keep]

    @contextmanager
    def _writing(self, document: str = "") -> Iterator[Collection]:
        """Have the index in hand to write; afterwards other processes know that what they have open is stale."""
        with FileLock(self._lock, timeout=PATIENCE):
            collection = self._served() if self.server else self._collection()
            with self._guard:
                self._writers += 1
            try:
                yield collection
            finally:
                with self._guard:
                    self._writers -= 1
                    self._vectors.pop(document, None)
                    self._mark()

    @contextmanager
    def _reading(self, patience: float) -> Iterator[Collection]:
        """The collection while no other process writes. Chroma itself sees to the threads of one process, a server to several processes."""
        if self.server:
            yield self._served()
        elif self._writers:
            yield self._collection()
        else:
            with FileLock(self._lock, timeout=patience):
                yield self._collection()

    def _served(self) -> Collection:
        """A server's collection, made anew where another process has thrown it away."""
        try:
            self._collection().count()
        except NotFoundError:
            self._held = None
        return self._collection()

    def _collection(self) -> Collection:
        """The collection, opened anew when another process has written since, or the folder is another one."""
        with self._guard:
            if self._held is None or self._state() != self._seen:
                self._close()
                self._held = self._open()
                self._seen = self._state()
            return self._held

    def _open(self) -> Collection:
        if not self.server and not sound(self.folder, self.name):
            raise DamagedError(str(self.folder))
        return self._client().get_or_create_collection(
            self.name,
            embedding_function=self.embedding,  # type: ignore[arg-type]
            configuration={"hnsw": {"space": "cosine", "sync_threshold": SYNCHRONIZED}},
        )

    def _close(self) -> None:
        self._vectors.clear()
        if self._held is not None and not self.server:
            SharedSystemClient.clear_system_cache()
        self._held = None

    def _of(self, collection: Collection, document: str) -> Vectors:
        """A document's vectors, fetched once: Chroma's own search takes a second to find one document among 300."""
        with self._guard:
            if document in self._vectors:
                self._vectors.move_to_end(document)
                return self._vectors[document]
        found = collection.get(where={"document": document}, include=["embeddings", "documents", "metadatas"])
        made = Vectors.of(cast("dict[str, Any]", found), SEAL)
        if made.whole:
            with self._guard:
                self._vectors[document] = made
                while len(self._vectors) > FEW:
                    self._vectors.popitem(last=False)
        return made

    def _client(self) -> ClientAPI:
        if self.server:
            host, _, port = self.server.rpartition(":")
            if not host or not port.isdecimal():
                raise ValueError(f"GOUJI_CHROMA={self.server} ≠ host:port")
            return chromadb.HttpClient(host=host, port=int(port), settings=Settings(anonymized_telemetry=False))
        return local_client(self.folder)

    @property
    def _stamp(self) -> Path:
        return self.folder.with_name(self.folder.name + ".written")

    def _state(self) -> tuple[str, int]:
        """What changes when another process writes, or the folder is deleted."""
        database = self.folder / "chroma.sqlite3"
        written = self._stamp.read_text(errors="replace") if self._stamp.is_file() else ""
        return written, database.stat().st_ino if database.is_file() else 0

    def _mark(self) -> None:
        """Count one more writing; only under the lock."""
        before = self._state()[0]
        beside = self._stamp.with_suffix(".new")
        beside.write_text(str(int(before) + 1 if before.isdigit() else 1))
        beside.replace(self._stamp)
        self._seen = self._state()


def local_client(folder: Path) -> ClientAPI:
    """Chroma over a folder; it tells nobody."""
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _nearest(collection: Collection, vector: Matrix, limit: int, documents: frozenset[str]) -> list[Hit]:
    """The nearest chunks of all documents, of some where they are named; Chroma's own filter would look at every chunk."""
    wanted = min(collection.count(), WIDE if documents else limit + SEALS)
    if not wanted:
        return []
    found = collection.query(query_embeddings=[vector], n_results=wanted, include=["documents", "metadatas", "distances"])  # type: ignore[arg-type]
    texts, metadatas, distances = found["documents"] or [[]], found["metadatas"] or [[]], found["distances"] or [[]]
    rows = zip(found["ids"][0], texts[0], metadatas[0], distances[0], strict=True)
    hits = [Hit(i, text, dict(metadata), float(distance)) for i, text, metadata, distance in rows if metadata["kind"] != SEAL]
    return [hit for hit in hits if not documents or hit.metadata["document"] in documents][:limit]


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
