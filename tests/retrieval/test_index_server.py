"""The index on a Chroma server that several processes share."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("chromadb")

from test_index import chunk

from retrieval.index import TROUBLE, Index
from retrieval.near import Neighbours

CHROMA = Path(sys.executable).with_name("chroma")
LONG = 120.0
WRITER = """
import sys
sys.path[:0] = sys.argv[1:3]
from pathlib import Path
from test_index import chunk
from retrieval.index import Index
index = Index(Path(sys.argv[3]), parser="p1", server=sys.argv[4])
for n in range(4):
    name = f"{Path(sys.argv[3]).name}{n}"
    index.upsert(name, [chunk(i, name, f"第{n}份文件第{i}行") for i in range(40)])
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server on a port of its own, and its process."""
    if not CHROMA.is_file():
        pytest.skip("needs the command chroma beside Python")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(CHROMA), "run", "--path", str(tmp_path / "served"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


def test_two_processes_write_and_a_third_reads(server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path) -> None:
    address, process = server
    here = Path(__file__).parent
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(here.parent.parent), str(here), str(tmp_path / name), address]) for name in "ab"
    ]
    assert [writer.wait(LONG) for writer in writers] == [0, 0]
    reader = Index(tmp_path / "c", parser="p1", server=address)
    assert reader.seals() == {f"{name}{n}": 40 for name in "ab" for n in range(4)}
    assert reader.search("第1份文件", 1, ["b1"])[0].metadata["document"] == "b1"
    Index(tmp_path / "d", parser="p1", server=address).clear()
    assert reader.documents() == set()
    reader.upsert("again", [chunk(0, "again", "教育支出")])
    assert reader.documents() == {"again"}
    process.kill()
    process.wait()
    with pytest.raises(TROUBLE):
        reader.documents()
    assert Neighbours(lambda: reader, patience=LONG)("教育支出", 1) == []
