"""Where the parts come together: a document is read, understood and checked; many documents one after the other."""

from triage.batch import Examined, run
from triage.examine import examine
from triage.library import examined, open_library, recalled
from triage.paths import expand
from triage.version import gouji_version, reader_version

__all__ = [
    "MAX_MEGABYTES",
    "Examined",
    "examine",
    "examined",
    "expand",
    "gouji_version",
    "open_library",
    "reader_version",
    "recalled",
    "run",
]
