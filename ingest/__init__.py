"""PDF to Document to Facts: the only package that reads PDF and knows table layouts.

``read_document`` gives the tables and paragraphs of a disclosure, ``read_facts`` what their figures mean,
``draw`` what was recognised on a page.
"""

from ingest.document import read_document
from ingest.draw import draw
from ingest.facts import read_facts
from model.limits import Limits

__all__ = ["Limits", "draw", "read_document", "read_facts"]
