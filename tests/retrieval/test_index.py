"""The index: what is put in is found, what is damaged is built again, versions are kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("chromadb")

from chromadb.api.shared_system_client import SharedSystemClient

from model.geometry import Box, Place
from retrieval.chunks import Chunk
from retrieval.embedding import NgramEmbedding, fingerprint
from retrieval.index import Index


def chunk(number: int, document: str, text: str) -> Chunk:
    return Chunk(f"{document}:{number}", document, "row", text, text, Place(3, Box(1, 2, 3, 4)), "某局", 2026, "T1", text)


def filled(folder: Path) -> Index:
    index = Index(folder, parser="p1")
    index.upsert("a", [chunk(0, "a", "科学技术支出 310.00"), chunk(1, "a", "住房公积金 35.46")])
    index.upsert("b", [chunk(0, "b", "科学技术支出 99.00")])
    return index


def test_search_keeps_to_the_document_and_tells_page_and_box(tmp_path):
    index = filled(tmp_path / "索引")
    hit = index.search("住房公积金", 1, ["a"])[0]
    assert hit.id == "a:1"
    assert hit.metadata["page"] == 3
    assert list(hit.metadata["bbox"]) == [1, 2, 3, 4]
    assert {h.metadata["document"] for h in index.search("科学技术支出", 5, ["b"])} == {"b"}


def test_a_document_put_in_again_replaces_itself_and_can_be_removed(tmp_path):
    index = filled(tmp_path / "i")
    index.upsert("a", [chunk(0, "a", "教育支出 1.00")])
    assert [h.id for h in index.search("住房公积金", 5, ["a"])] == ["a:0"]
    index.remove("a")
    assert index.documents() == {"b"}
    assert index.search("教育支出", 5, ["a"]) == []


def test_a_damaged_index_is_emptied_and_reported_as_missing(tmp_path):
    folder = tmp_path / "i"
    filled(folder)
    SharedSystemClient.clear_system_cache()
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage" * 99)
    index = Index(folder, parser="p1")
    assert index.missing(["a", "b"]) == ["a", "b"]
    index.upsert("a", [chunk(0, "a", "教育支出 1.00")])
    assert index.documents() == {"a"}


def test_another_parser_or_embedding_sees_none_of_the_old_chunks(tmp_path):
    filled(tmp_path / "i")
    assert Index(tmp_path / "i", parser="p2").documents() == set()
    assert fingerprint(NgramEmbedding(512)) != fingerprint(NgramEmbedding(1024))


def test_rebuild_reports_progress(tmp_path):
    index = filled(tmp_path / "i")
    seen: list[tuple[int, int]] = []
    index.rebuild([("c", [chunk(0, "c", "教育支出")])], 1, lambda done, total: seen.append((done, total)))
    assert index.documents() == {"c"}
    assert seen == [(1, 1)]


def test_a_document_without_its_seal_is_not_indexed(tmp_path):
    index = filled(tmp_path / "i")
    index._collection().delete(ids=["seal:a"])  # noqa: SLF001 - stands for a writer that was killed
    assert index.missing(["a", "b"]) == ["a"]
