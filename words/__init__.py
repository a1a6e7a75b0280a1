"""The one catalogue of text that people read, in Chinese (zh) and English (en).

``words/<language>/<domain>.po`` holds a domain's messages under symbolic keys; the first part of a key names its domain:
``say("finding.FT101.title", "zh", table="表3")`` reads ``finding`` from ``words/zh/finding.po``. A large domain may go on in further files,
``<domain>_<part>.po``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
HERE = Path(__file__).parent


@cache
def catalogue(domain: str, language: Language) -> dict[str, str]:
    """All messages of a domain by key. Raises ``FileNotFoundError`` for an unknown domain."""
    import polib  # only when words are needed: triage to JSON of a sound document needs few

    path = HERE / language / f"{domain}.po"
    if not path.is_file():
        raise FileNotFoundError(f"no catalogue {language}/{domain}.po")
    files = [path, *sorted(path.parent.glob(f"{domain}_*.po"))]
    return {entry.msgid: entry.msgstr for file in files for entry in polib.pofile(str(file), encoding="utf-8")}


def say(key: str, language: Language = "zh", /, **params: object) -> str:
    """The message of that key, its ``{names}`` filled from ``params``. Raises ``KeyError`` for an unknown key.

    Parameters are data: braces in them are never read as names.
    """
    return catalogue(key.split(".", 1)[0], language)[key].format(**params)


def knows(key: str) -> bool:
    """Whether the catalogue holds that key."""
    try:
        return key in catalogue(key.split(".", 1)[0], "zh")
    except FileNotFoundError:
        return False
