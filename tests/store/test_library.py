"""Documents kept on disk: whole or absent, whoever else reads, writes or is killed."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from making import ROOT, examination, finding
from model.document import Status
from model.findings import Examination, Severity
from store import Library, UnknownDocumentError

DATA = b"%PDF-1.7 a disclosure"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "勾稽 数据", "1")


def read(data: bytes, name: str = "预算.pdf") -> Examination:
    """An examination that belongs to those bytes."""
    return examination(finding(), finding(Severity.NOTICE, id="b"), sha256=hashlib.sha256(data).hexdigest(), name=name)


def test_what_is_kept_comes_back_the_same(library: Library) -> None:
    kept = read(DATA)
    entry = library.add(DATA, kept)
    assert library.get(SHA256) == kept
    assert library.original(SHA256) == DATA
    assert library.entries() == [entry]
    assert (entry.sha256, entry.name, entry.organization, entry.fiscal_year) == (SHA256, "预算.pdf", "某部门", 2026)
    assert entry.findings == {"error": 1, "notice": 1}


def test_a_library_that_does_not_exist_yet_is_empty(library: Library) -> None:
    assert library.entries() == []
    assert not library.home.exists()


def test_another_version_of_the_reader_reads_again_and_keeps_name_and_date(library: Library) -> None:
    first = library.add(DATA, read(DATA))
    newer = Library(library.home, "2")
    assert newer.get(SHA256) is None
    assert [entry.version for entry in newer.entries()] == ["1"]
    again = newer.add(DATA, read(DATA))
    assert newer.get(SHA256) == read(DATA)
    assert (again.added, again.version) == (first.added, "2")


@pytest.mark.parametrize("damage", [b"", b"\x00\x00\x00", b'{"sha256": 1}\nx', b"not JSON"])
def test_a_damaged_file_is_listed_and_read_again_from_the_original(library: Library, damage: bytes) -> None:
    library.add(DATA, read(DATA))
    (library.folder / f"{SHA256}.gouji").write_bytes(damage)
    assert [entry.sha256 for entry in library.entries()] == [SHA256]
    assert library.get(SHA256) is None
    assert library.original(SHA256) == DATA


def test_what_was_packed_otherwise_is_read_again(library: Library) -> None:
    """The entry is of this version, what follows is not."""
    library.add(DATA, read(DATA))
    path = library.folder / f"{SHA256}.gouji"
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n" + b"not what this version writes")
    assert library.get(SHA256) is None


def test_a_removed_document_is_gone_and_its_working_papers_are_not(library: Library) -> None:
    library.add(DATA, read(DATA))
    library.papers(SHA256).path.parent.mkdir()
    library.papers(SHA256).path.write_text("{}", encoding="utf-8")
    library.remove(SHA256)
    assert library.entries() == []
    for gone in (library.get, library.original, library.remove):
        with pytest.raises(UnknownDocumentError):
            gone(SHA256)
    assert library.papers(SHA256).path.exists()


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "ab" * 31 + "/x", "AB" * 32, "ab" * 32 + "\n"])
def test_an_identity_is_never_a_path(library: Library, sha256: str) -> None:
    for reach in (library.get, library.original, library.remove, library.papers):
        with pytest.raises(UnknownDocumentError):
            reach(sha256)


def test_a_name_is_shown_without_path_and_control_characters(library: Library) -> None:
    entry = library.add(DATA, read(DATA, name="..\\..\\etc/预算\x1b[31m\u202e\nfdp.pdf"))
    assert entry.name == "预算[31mfdp.pdf"
    assert {path.parent for path in library.folder.iterdir()} == {library.folder}


def test_what_a_killed_writer_left_is_swept_away(library: Library) -> None:
    library.add(DATA, read(DATA))
    left = library.folder / f"{'cd' * 32}.gouji.part"
    left.write_bytes(b"half")
    assert len(library.entries()) == 1
    library.add(b"another", read(b"another"))
    assert not left.exists()


def add_many(home: Path, number: int) -> None:
    """Put ten documents into the library at that folder."""
    for n in range(10):
        data = b"%d.%d" % (number, n)
        Library(home, "1").add(data, read(data))


def test_writers_in_several_processes_lose_nothing(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_many, args=(library.home, number)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    entries = library.entries()
    assert len(entries) == 30
    assert all(library.get(entry.sha256) is not None for entry in entries)


WRITE_FOREVER = """
import sys, pathlib
sys.path[:0] = {paths!r}
from test_library import read, Library
for n in range(10**9):
    data = b"%d" % n
    Library(pathlib.Path({home!r}), "1").add(data, read(data))
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_kill_in_mid_write_leaves_every_document_whole(library: Library) -> None:
    code = WRITE_FOREVER.format(paths=[str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "store")], home=str(library.home))
    for pause in (0.02, 0.05, 0.08):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(pause)
            os.kill(writer.pid, signal.SIGKILL)
        entries = library.entries()
        assert entries
        for entry in entries:
            assert library.get(entry.sha256) is not None
            assert hashlib.sha256(library.original(entry.sha256)).hexdigest() == entry.sha256
    library.add(DATA, read(DATA))
    assert not list(library.folder.glob("*.part"))


def test_every_kind_of_value_survives(library: Library, sample: Path) -> None:
    """Decimals, enums, None and nested tuples come back as they were, from a whole document."""
    from triage import examine

    kept = examine(sample.read_bytes(), sample.name)
    assert kept.document.status is Status.OK
    entry = library.add(sample.read_bytes(), kept)
    back = library.get(entry.sha256)
    assert back is not None
    assert back == kept
    assert msgspec.msgpack.encode(back) == msgspec.msgpack.encode(kept)
