"""A reading process in which documents of certain names come to grief, each in its own way."""

from __future__ import annotations

MISHAPS = """
import ctypes, os, time
import triage.reading
read = triage.reading.examine

def examine(data, name, limits):
    kind = name.partition(".")[0]
    if kind == "hang":
        time.sleep(600)
    if kind == "spin":
        while True: pass
    if kind == "crash":
        ctypes.string_at(0)
    if kind == "exit":
        os._exit(3)
    if kind == "bomb":
        held = b"x" * (8 << 30)
    if kind == "creep":
        held = []
        while True: held.append(bytearray(8 << 20)); time.sleep(0.001)
    if kind == "bug":
        return {}["missing"]
    if kind == "slow":
        from ingest.progress import page_read
        for _ in range(4):
            time.sleep(1.1)
            page_read()
    if kind == "chatter":
        print("a library's remark"); os.write(1, b"another")
    return read(data, name, limits)

triage.reading.examine = examine
from triage.child import main
main()
"""
COMMAND = ("-c", MISHAPS)
"""In the place of ``triage.worker.COMMAND``."""
