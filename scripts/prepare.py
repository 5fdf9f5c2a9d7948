"""Make this checkout ready: environment, packages, `.env`, database, facts, demo.

Standard library only: it runs before anything is installed. The Makefile calls it, and
has checked the Python. Each step leaves a stamp of what it was made from, so a second
start does only what has changed since.

    python3 -m scripts.prepare env      # .env with a random key
    python3 -m scripts.prepare dev      # env, and all packages for tests and checks
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENV_FILE = ROOT / ".env"


class NotReady(Exception):
    """A step cannot be done; the message says in one sentence how to mend it."""


def run_step(what: str, step: Callable[[], str]) -> None:
    """Say what is done, do it, say how it went and how long it took."""
    print(f"  {what} ... ", end="", flush=True)
    began = time.monotonic()
    try:
        outcome = step()
    except BaseException:
        print("no")
        raise
    print(f"{outcome} ({time.monotonic() - began:.1f} s)", flush=True)


def setting(name: str, default: str = "") -> str:
    """What the environment, else `.env`, says of one variable."""
    if name in os.environ:
        return os.environ[name]
    if ENV_FILE.is_file():
        for line in ENV_FILE.read_text(encoding="utf-8").splitlines():
            key, found, value = line.partition("=")
            if found and key.strip() == name:
                return value.strip().strip("'\"")
    return default


# --- Stamps ------------------------------------------------------------------------


def digest(paths: Iterable[Path], *words: str) -> str:
    """One hash of the files below `paths`, their names, and some words."""
    seen = hashlib.sha256("\0".join(words).encode())
    for path in sorted(_files(paths)):
        seen.update(str(path.relative_to(ROOT)).encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()


def _files(paths: Iterable[Path]) -> set[Path]:
    found: set[Path] = set()
    for path in paths:
        found |= {path} if path.is_file() else set(path.rglob("*"))
    return {path for path in found if path.is_file() and path.suffix != ".pyc"}


def done_before(stamp: Path, made_from: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from


def leave_stamp(stamp: Path, made_from: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from, encoding="utf-8")


# --- Packages ----------------------------------------------------------------------


def make_venv() -> str:
    if PYTHON.exists() and _answers(PYTHON):
        return "there"
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip"):
        _quietly([sys.executable, "-m", "venv", str(VENV)], "the environment")
    elif uv := shutil.which("uv"):
        _quietly([uv, "venv", "--python", sys.executable, str(VENV)], "the environment")
    else:
        message = (
            "this Python cannot make environments: install its venv module "
            "(on Debian and Ubuntu `sudo apt install python3-venv`) and start again."
        )
        raise NotReady(message)
    return "made"


def _answers(python: Path) -> bool:
    """Whether the interpreter starts: an update of Python may have removed it."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    done = subprocess.run([str(python), "-c", code], check=False, capture_output=True)
    return done.returncode == 0


def install(name: str) -> str:
    """Install exactly what the lock file `name` pins, each file checked by its hash."""
    lock = ROOT / name
    made_from = digest([lock], str(PYTHON.resolve()))
    stamp = VENV / f"{name}.stamp"
    if done_before(stamp, made_from):
        return "there"
    if not _install_with_uv(lock):
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
        _quietly([*pip, "-r", str(lock)], "the packages", hint=REGISTRY_HINT)
    leave_stamp(stamp, made_from)
    return "installed"


REGISTRY_HINT = (
    "Is the package registry within reach? Check the network, or name another registry "
    "with `PIP_INDEX_URL=https://... make run`."
)


def _install_with_uv(lock: Path) -> bool:
    """Use uv for speed where it is installed; what it cannot do is left to pip."""
    uv = shutil.which("uv")
    if not uv:
        return False
    command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    done = subprocess.run(
        [*command, "--require-hashes", "-r", str(lock)],
        check=False,
        capture_output=True,
        cwd=ROOT,
    )
    return done.returncode == 0


def _quietly(command: list[str], what: str, hint: str = "") -> None:
    """Run a command; only when it fails, show the end of what it said."""
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    if done.returncode:
        last_lines = "\n".join(done.stdout.strip().splitlines()[-12:])
        message = f"{last_lines}\n\nMSP could not make {what} ready. {hint}"
        raise NotReady(message.strip())


# --- Settings, database, facts -----------------------------------------------------


def write_env() -> str:
    """Write `.env` for one's own machine: a random key, and plain HTTP allowed."""
    if ENV_FILE.exists():
        return "there"
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    text = text.replace("SECRET_KEY=", f"SECRET_KEY={secrets.token_urlsafe(50)}", 1)
    text = text.replace("INSECURE_HTTP=false", "INSECURE_HTTP=true", 1)
    ENV_FILE.touch(mode=0o600)
    ENV_FILE.write_text(text, encoding="utf-8")
    return "written"


def var_dir() -> Path:
    return ROOT / setting("VAR_DIR", "var")


def database() -> str:
    """The database's address, with the file's identity where it is a file."""
    url = setting("DATABASE_URL")
    if url and not url.startswith("sqlite:///"):
        return ""
    path = Path(url.removeprefix("sqlite:///")) if url else var_dir() / "msp.sqlite3"
    path = ROOT / path
    return f"{path} {path.stat().st_ino}" if path.exists() else ""


def manage(what: str, *arguments: str) -> str:
    """Run a management command, unless the same was done to the same database."""
    stamp = var_dir() / "stamps" / arguments[0]
    inputs = [*code_of(arguments[0]), ROOT / "requirements.txt"]
    # A server's database may be another one behind the same address: no stamp then.
    known = database()
    if known and done_before(stamp, digest(inputs, known)):
        return "there"
    _quietly([str(PYTHON), "manage.py", *arguments], what)
    leave_stamp(stamp, digest(inputs, database()))
    return "done"


def code_of(name: str) -> list[Path]:
    """The files whose change makes the command `name` worth running again."""
    migrations = [ROOT / app / "migrations" for app in ("screening", "treaties")]
    facts = [*migrations, ROOT / "fixtures", ROOT / "treaties" / "importers"]
    demo = [*facts, ROOT / "screening" / "management"]
    return {
        "migrate": migrations,
        "load_reference": facts,
        "create_demo": demo,
        "collectstatic": [ROOT / "static"],
    }[name]


def prepare_env() -> None:
    run_step("Settings (.env)", write_env)


def prepare_packages(lock: str) -> None:
    run_step("Python environment (.venv)", make_venv)
    run_step(f"Packages ({lock}; half a minute the first time)", lambda: install(lock))


def prepare_data() -> None:
    for what, *arguments in steps_of_data(setting("DATABASE_URL")):
        run_step(what, partial(manage, what.lower(), *arguments))


def steps_of_data(database_url: str) -> list[tuple[str, ...]]:
    """What is done to the database; the demonstration only to an embedded one.

    A server's database may hold the real accounts and transfers of others.
    """
    demo = ("Demo accounts and made-up transfers", "create_demo")
    is_embedded = not database_url or database_url.startswith("sqlite")
    return [
        ("Database tables", "migrate", "--no-input"),
        ("Reference facts (fixtures/)", "load_reference"),
        *([demo] if is_embedded else []),
        ("Style sheets and scripts", "collectstatic", "--no-input"),
    ]


def main(arguments: list[str]) -> int:
    if arguments not in (["env"], ["dev"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if arguments == ["dev"]:
            prepare_packages("requirements-dev.txt")
        prepare_env()
    except NotReady as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
