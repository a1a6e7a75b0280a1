"""What the prose of a disclosure says: statements with their figures, comparisons and shares."""

from ingest.narrative.labels import SubjectParts, subject_parts
from ingest.narrative.reader import read_statements

__all__ = ["SubjectParts", "read_statements", "subject_parts"]
