"""Text recognition: pages that are pictures, read by cells and lines. Needs the optional extra ``ocr``.

This file imports nothing heavy; the rest of the package does, and is loaded when the first scan comes.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

import pymupdf

from ingest.page import Content

NEEDED = ("cv2", "numpy", "onnxruntime", "rapidocr_onnxruntime")


@cache
def is_installed() -> bool:
    """Whether what the extra installs is there."""
    return all(find_spec(name) is not None for name in NEEDED)


def read_scan(page: pymupdf.Page) -> Content:
    """The words and rules of a page that is a picture. Raises MuPDF's errors where it cannot be rendered."""
    from ingest.ocr.scan import scanned

    return scanned(page)
