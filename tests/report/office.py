"""LibreOffice as a second pair of eyes: it opens what we write and turns it into something that can be read back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(PROGRAM is None, reason="needs LibreOffice (soffice) on the path")


def converted(data: bytes, suffix: str, target: str, folder: Path) -> Path:
    """The file that LibreOffice makes of these bytes. ``target`` is its ``--convert-to`` filter, beginning with the new suffix."""
    source = folder / f"given{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [str(PROGRAM), "--headless", f"-env:UserInstallation={profile}", "--convert-to", target, "--outdir", str(folder / "made")]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return folder / "made" / f"given.{target.split(':', maxsplit=1)[0]}"
