"""The index: what is put in is found, what is damaged is built again, versions are kept apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

pytest.importorskip("chromadb")

from chromadb.api.shared_system_client import SharedSystemClient
from disclosure import disclosure

from model.geometry import Box, Place
from retrieval.chunks import Chunk, chunks_of
from retrieval.embedding import NgramEmbedding, fingerprint
from retrieval.index import DAMAGE, FEW, Index
from retrieval.search import search
from retrieval.view import View


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


def test_a_damaged_stamp_is_no_reason_to_do_without_the_index(tmp_path):
    filled(tmp_path / "i").close()
    (tmp_path / "i.written").write_bytes(b"\xff\xb7")
    index = Index(tmp_path / "i", parser="p1")
    assert index.documents() == {"a", "b"}
    index.remove("a")
    assert index.documents() == {"b"}


def test_an_address_that_is_none_is_named(tmp_path):
    for server in ("nonsense", "host:", ":8000"):
        with pytest.raises(ValueError, match=f"GOUJI_CHROMA={server}"):
            Index(tmp_path / "i", parser="p1", server=server).documents()


def test_another_parser_or_embedding_sees_none_of_the_old_chunks(tmp_path):
    filled(tmp_path / "i")
    assert Index(tmp_path / "i", parser="p2").documents() == set()
    assert fingerprint(NgramEmbedding(512)) != fingerprint(NgramEmbedding(1024))


def test_a_cleared_index_can_be_filled_again(tmp_path):
    index = filled(tmp_path / "i")
    index.clear()
    assert index.documents() == set()
    index.upsert("c", [chunk(0, "c", "教育支出")])
    assert index.documents() == {"c"}


def test_a_deleted_folder_is_an_empty_index(tmp_path):
    index = filled(tmp_path / "i")
    shutil.rmtree(tmp_path / "i")
    assert index.missing(["a", "b"]) == ["a", "b"]


def test_collections_of_other_versions_are_thrown_away(tmp_path):
    filled(tmp_path / "i")
    later = Index(tmp_path / "i", parser="p2")
    later.drop_others()
    assert Index(tmp_path / "i", parser="p1").documents() == set()


def test_vectors_that_crash_a_process_are_tried_in_another_one(tmp_path, monkeypatch):
    monkeypatch.setattr("retrieval.index.SYNCHRONIZED", 200)  # so few that they are written now
    index = filled(tmp_path / "i")
    index.upsert("c", [chunk(n, "c", f"第{n}行") for n in range(400)])
    assert index.search("第9行", 1)
    SharedSystemClient.clear_system_cache()
    (vectors,) = (tmp_path / "i").glob("*/data_level0.bin")
    vectors.write_bytes(os.urandom(vectors.stat().st_size))
    with pytest.raises(DAMAGE):
        Index(tmp_path / "i", parser="p1").search("第9行", 1)


def test_the_whole_library_is_searched_where_no_document_is_named(tmp_path):
    index = filled(tmp_path / "i")
    assert {hit.metadata["document"] for hit in index.search("科学技术支出", 2)} == {"a", "b"}
    many = [f"x{n}" for n in range(FEW)]
    assert [hit.id for hit in index.search("科学技术支出", 5, [*many, "b"])] == ["b:0"]


def test_a_search_does_not_wait_for_another_process_that_writes(tmp_path):
    index = filled(tmp_path / "i")
    with FileLock(tmp_path / "i.lock"), pytest.raises(Timeout):
        index.search("教育支出", 1)
    assert index.search("住房公积金", 1)


def test_a_document_without_its_seal_is_not_indexed(tmp_path):
    index = filled(tmp_path / "i")
    index._collection().delete(ids=["seal:a"])  # noqa: SLF001 - stands for a writer that was killed
    assert index.missing(["a", "b"]) == ["a"]


def test_the_environment_chooses_embedding_and_server(tmp_path):
    from retrieval.configured import LangchainEmbedding, configured_embedding, configured_index

    assert isinstance(configured_embedding({}), NgramEmbedding)
    chosen = configured_embedding({"GOUJI_EMBEDDINGS": "ollama:bge-m3", "GOUJI_EMBEDDINGS_URL": "http://127.0.0.1:1"})
    assert isinstance(chosen, LangchainEmbedding)
    assert fingerprint(chosen) != fingerprint(configured_embedding({"GOUJI_EMBEDDINGS": "ollama:other"}))
    index = configured_index(tmp_path / "i", "p1", {"GOUJI_CHROMA": "127.0.0.1:8000"})
    assert index.server == "127.0.0.1:8000"


def test_vectors_near_a_question_join_the_ranking(tmp_path):
    examination = disclosure()
    index = Index(tmp_path / "i", parser="p1")
    index.upsert(examination.document.sha256, chunks_of(examination.document))
    best = search(View(examination), "公积金多少", 5, near=index.search)
    assert best[0].row == "2210201 住房公积金"


WRITER = """
import sys
sys.path[:0] = sys.argv[1:3]
from pathlib import Path
from test_index import chunk
from retrieval.index import Index
index = Index(Path(sys.argv[3]), parser="p1")
for n in range(int(sys.argv[4]), int(sys.argv[5])):
    index.upsert(f"d{n}", [chunk(i, f"d{n}", f"第{n}份文件第{i}行") for i in range(40)])
    print(n, flush=True)
"""


def writer(folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    arguments = [str(here.parent.parent), str(here), str(folder), str(first), str(last)]
    return subprocess.Popen([sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True)


def test_two_processes_that_index_at_once_lose_nothing(tmp_path):
    folder = tmp_path / "i"
    pair = [writer(folder, 0, 4), writer(folder, 4, 8)]
    for process in pair:
        process.communicate(timeout=120)
    index = Index(folder, parser="p1")
    assert index.seals() == {f"d{n}": 40 for n in range(8)}
    assert all(index.count(f"d{n}") == 40 for n in range(8))


def test_a_writer_killed_in_mid_writing_leaves_nothing_half_there(tmp_path):
    folder = tmp_path / "i"
    process = writer(folder, 0, 200)
    assert process.stdout is not None
    done = {f"d{process.stdout.readline().strip()}" for _ in range(2)}
    process.kill()
    process.wait()
    index = Index(folder, parser="p1")
    assert done <= index.documents()
    assert all(index.count(document) == chunks for document, chunks in index.seals().items())
    index.upsert("after", [chunk(0, "after", "教育支出")])
    assert "after" in index.documents()


def test_a_reader_sees_what_another_process_wrote(tmp_path):
    folder = tmp_path / "i"
    reader = filled(folder)
    writer(folder, 0, 1).communicate(timeout=60)
    assert "d0" in reader.documents()
    assert reader.search("第0份文件", 1, ["d0"])[0].metadata["document"] == "d0"
