"""Which language model answers: as the environment, ``.streamlit/secrets.toml`` or the settings page say; none by default."""

from __future__ import annotations

import contextlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

KEPT = "model.json"
KEY = "model.key"
SECRETS = Path(".streamlit") / "secrets.toml"
TABLE = "gouji"
NAMES = {
    "url": "GOUJI_MODEL_URL",
    "model": "GOUJI_MODEL",
    "key": "GOUJI_MODEL_KEY",
    "seconds": "GOUJI_MODEL_SECONDS",
    "tokens": "GOUJI_MODEL_TOKENS",
}
NO_KEY = "none"  # sent where a local endpoint asks for no key: the protocol's client wants one


@dataclass(frozen=True, slots=True)
class Settings:
    """An endpoint that speaks the OpenAI protocol, and the bounds on one answer.

    ``seconds`` bounds an answer as a whole, ``stall`` the silence within it, ``tokens`` what is sent and received for it;
    ``calls`` bounds the model's turns, ``tools`` its look-ups. ``origin`` is ``environment``, ``secrets`` or ``kept``.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 90.0
    stall: float = 30.0
    tokens: int = 60_000
    calls: int = 8
    tools: int = 16
    origin: str = "kept"

    @property
    def host(self) -> str:
        """Where text is sent."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def local(self) -> bool:
        """Whether the endpoint is on this machine: nothing leaves it, and no proxy is asked."""
        name = urlsplit(self.url).hostname or ""
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False

    @property
    def problem(self) -> str:
        """Why it cannot be used (``url``, ``insecure``, ``model``, ``key``), "" where it can be tried.

        Without TLS the key and the text travel in clear: only to this machine, unless ``GOUJI_MODEL_INSECURE=1`` allows it elsewhere.
        """
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return "url"
        if parts.scheme == "http" and not self.local and os.environ.get("GOUJI_MODEL_INSECURE") != "1":
            return "insecure"
        if not self.model.strip():
            return "model"
        return "" if self.key or self.local else "key"


def load(home: Path, environment: Mapping[str, str] | None = None, secrets: Path | None = None) -> Settings | None:
    """The configured model, None where there is none. The environment goes before secrets, these before what was kept.

    The first place that names a model is taken as a whole: a key is never sent to an address from another place.
    """
    env = os.environ if environment is None else environment
    places = (
        ("environment", {field: env.get(name, "") for field, name in NAMES.items()}),
        ("secrets", _secrets(secrets if secrets is not None else Path.cwd() / SECRETS)),
        ("kept", _kept(home)),
    )
    for origin, values in places:
        if values.get("model", "").strip() and values.get("url", "").strip():
            return _made(values, origin)
    return None


def _made(values: Mapping[str, str], origin: str) -> Settings:
    found = Settings(values["url"].strip().rstrip("/"), values["model"].strip(), values.get("key", "").strip(), origin=origin)
    with contextlib.suppress(ValueError, KeyError):
        found = replace(found, seconds=min(600.0, max(5.0, float(values["seconds"]))))
    with contextlib.suppress(ValueError, KeyError):
        found = replace(found, tokens=min(2_000_000, max(1_000, int(values["tokens"]))))
    return found


def _secrets(path: Path) -> dict[str, str]:
    """The ``GOUJI_MODEL…`` names of a secrets file, at its top or under ``[gouji]``; {} where it is absent or damaged."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    table = found.get(TABLE)
    nested = table if isinstance(table, dict) else {}
    return {field: str(found.get(name) or nested.get(name) or nested.get(field) or "") for field, name in NAMES.items()}


def _kept(home: Path) -> dict[str, str]:
    try:
        found = json.loads((home / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    values = {field: str(found.get(field) or "") for field in NAMES} if isinstance(found, dict) else {}
    try:
        values["key"] = (home / KEY).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        values["key"] = ""
    return values


def save(home: Path, settings: Settings) -> None:
    """Keep a model for this library; its key goes into a file of its own that only its owner can read, where the system allows."""
    home.mkdir(parents=True, exist_ok=True)
    values = {"url": settings.url, "model": settings.model, "seconds": settings.seconds, "tokens": settings.tokens}
    _write(home / KEY, settings.key)
    _write(home / KEPT, json.dumps(values, ensure_ascii=False, indent=1))


def _write(path: Path, text: str) -> None:
    """Write a file under another name and put it in place; it is private before anything is in it."""
    beside = path.with_name(f"{path.name}.part")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
        file.write(text)
    beside.replace(path)


def forget(home: Path) -> None:
    """Remove what was kept; the environment and secrets are not touched."""
    for name in (KEPT, KEY):
        (home / name).unlink(missing_ok=True)
