"""Install Gouji into its own folder and start it; needs nothing but Python 3.11 or newer.

python3 start.py              install what is missing, read the sample, serve the app on http://localhost:8501
python3 start.py test [...]   install the same and the test tools, run the tests (arguments go to pytest)

Standard library only, and no syntax newer than Python 3.6, so that an old Python gets a message and not a syntax error.
"""

import hashlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "gouji-installed.json"
OLDEST = (3, 11)
PORT = 8501

# Chinese first, English below: the catalogue of texts cannot be read before anything is installed.
MESSAGES = {
    "python": """\
Gouji 需要 Python {oldest} 或更高版本，当前是 {found}（{where}）。请安装新版本，再用它运行 start.py。
Gouji needs Python {oldest} or newer; this is {found} ({where}). Install a newer one and run start.py with it.""",
    "venv": """\
这个 Python 缺少 venv 或 ensurepip 模块，不能创建虚拟环境。Debian、Ubuntu：sudo apt install python3-venv；其他系统请安装完整的 Python。
This Python lacks venv or ensurepip and cannot make virtual environments.
Debian, Ubuntu: sudo apt install python3-venv; elsewhere install a complete Python.""",
    "create": """\
无法在 {folder} 创建虚拟环境。请检查该文件夹是否可写、磁盘是否已满。
Could not make a virtual environment in {folder}. Is the folder writable, is the disk full?""",
    "installing": """\
正在安装：首次需要几分钟，约占 1.3 GB 磁盘空间……
Installing: a few minutes the first time, about 1.3 GB of disk …""",
    "install": """\
安装未完成，多半是连不上软件源。请检查网络或代理；单位有内部镜像时，用环境变量 PIP_INDEX_URL 指定。再次运行会接着安装。
The installation did not finish, most often because the package index cannot be reached. Check the network or the proxy;
where your organisation has a mirror, name it in the environment variable PIP_INDEX_URL. Running again goes on from here.""",
    "busy": """\
端口 {port} 已被占用。可能 Gouji 已在运行：请打开 http://localhost:{port}。否则用环境变量 STREAMLIT_SERVER_PORT 换一个端口。
Port {port} is in use. Gouji may be running already: open http://localhost:{port}. Otherwise choose another port in the
environment variable STREAMLIT_SERVER_PORT.""",
    "usage": """\
用法：python3 start.py [test [pytest 参数]]
Usage: python3 start.py [test [pytest arguments]]""",
    "serving": """\
请用浏览器打开 http://localhost:{port}（按 Ctrl+C 结束）
Open http://localhost:{port} in a browser (Ctrl+C ends it)""",
}


class CannotStartError(Exception):
    """A reason not to go on, as a key of MESSAGES with its parameters."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.text = message(key, **params)


def message(key: str, **params: object) -> str:
    """A message in both languages."""
    return MESSAGES[key].format(**params)


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def check_python() -> None:
    """Raise CannotStartError where this Python cannot install Gouji."""
    if sys.version_info < OLDEST:
        found = "{}.{}.{}".format(*sys.version_info[:3])
        raise CannotStartError("python", oldest="{}.{}".format(*OLDEST), found=found, where=sys.executable)
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise CannotStartError("venv")


def fingerprint() -> str:
    """What an installation depends on, hashed: when it changes, pip runs again."""
    digest = hashlib.sha256(repr((sys.version, str(ROOT))).encode("utf-8"))
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed(extra: str) -> bool:
    """Whether a finished installation of this very state, with that extra ("" for none), is there."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp["fingerprint"] == fingerprint() and (not extra or extra in stamp["extras"])


def works(python: Path) -> bool:
    """Whether that interpreter runs, has pip and is of the version that runs this script."""
    if not python.exists():
        return False
    try:
        asked = subprocess.run([str(python), "-c", "import sys, pip; print(sys.hexversion)"], stdout=subprocess.PIPE, check=False)
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.strip() == str(sys.hexversion).encode("ascii")


def environment() -> "dict[str, str]":
    """The environment of what we start: UTF-8 everywhere, pip and Streamlit without questions."""
    ours = {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    served = {
        "STREAMLIT_SERVER_PORT": str(PORT),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    return {**served, **os.environ, **ours}


def install(extra: str) -> None:
    """Make the virtual environment and install what is pinned. Raises CannotStartError."""
    if installed(extra):
        return
    print(message("installing"), flush=True)
    python = python_of(VENV)
    if not works(python):
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
        if made.returncode != 0:
            raise CannotStartError("create", folder=VENV)
    if STAMP.exists():
        STAMP.unlink()
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    pip = [str(python), "-m", "pip", "install", *quiet, "--constraint", "constraints.txt"]
    target = ".[" + extra + "]" if extra else "."
    settled = {**environment(), "PYTHONWARNINGS": "ignore"}  # setuptools' warnings are not for users
    # An up-to-date pip resolves several times faster; setuptools is pinned with it so that the build fetches nothing of its own.
    for packages in (["--upgrade", "pip", "setuptools"], ["--no-build-isolation", "--editable", target]):
        if subprocess.run(pip + packages, cwd=str(ROOT), env=settled, check=False).returncode != 0:
            raise CannotStartError("install")
    stamp = {"fingerprint": fingerprint(), "extras": [extra] if extra else []}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def serve() -> int:
    """Read the sample into the library, then serve the app until it is interrupted; its exit code."""
    port = int(environment()["STREAMLIT_SERVER_PORT"])
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("localhost", port)) == 0:
            raise CannotStartError("busy", port=port)
    prepared = run("-m", "triage.prepare")
    if prepared != 0:
        return prepared
    print(message("serving", port=port), flush=True)
    return run("-m", "streamlit", "run", "app.py")


def run(*arguments: str) -> int:
    """Run the environment's Python in the project's folder; its exit code. What ends this script ends it too."""
    child = subprocess.Popen([str(python_of(VENV)), *arguments], cwd=str(ROOT), env=environment())
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # Ctrl+C reached the child too, and it ends by itself
            continue


def start(arguments: "list[str]") -> int:
    """Install, then serve or test; the exit code. Raises CannotStartError."""
    check_python()
    if not arguments:
        install("")
        return serve()
    if arguments[0] != "test":
        raise CannotStartError("usage")
    install("dev")
    return run("-m", "pytest", *arguments[1:])


def main(arguments: "list[str]") -> int:
    """Do what the arguments ask; the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a console without Chinese shows question marks rather than an error
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return start(arguments)
    except CannotStartError as reason:
        print(reason.text, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
