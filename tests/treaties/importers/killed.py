"""Imports that are killed half-way, in a program and a database of their own.

`Killed` starts the program and asks it; `main` is the program. It makes its database
once, then does each import that it is asked for in a process that is killed as by
`kill -9`, when the first rows are written and before they are committed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.treaties.every_table import make_referred
from tests.treaties.importers.made_up import make_states
from treaties.importers.importing import Asked, import_file
from treaties.importers.publishers import publisher
from treaties.importers.templates import TEMPLATE, template_publisher
from treaties.models import Recorded, State

_BY = "killed"
_START = (
    "import django; django.setup(); "
    "from tests.treaties.importers.killed import main; main()"
)


def environment(database: Path) -> dict[str, str]:
    """That of a program with a database of its own, whatever the tests run on."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "msp.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


# --- The side of the tests -----------------------------------------------------------


@dataclass(frozen=True)
class End:
    """How an import ended: rows in its table at that moment, and what is left of it.

    left: the statements that would make the difference to the database before.
    """

    n_written: int
    signal: int
    left: set[str]


class Killed:
    """The program, as the tests ask it."""

    def __init__(self, database: Path, program: subprocess.Popen[str]) -> None:
        self._database, self._program = database, program

    def importing(self, asked: Asked) -> End:
        """Import a file and be killed."""
        before = self._statements()
        self._tell(json.dumps(asdict(asked), default=str))
        *n_written, ended = map(int, self._answer().split())
        return End(sum(n_written), -ended, self._statements() ^ before)

    def copy(self, to: Path) -> Path:
        """A copy of the database, which holds a few states and what goes with them."""
        return Path(shutil.copy(self._database, to))

    def wait_until_ready(self) -> None:
        assert self._answer() == "ready"

    def _tell(self, line: str) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(line + "\n")
        self._program.stdin.flush()

    def _answer(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()

    def _statements(self) -> set[str]:
        """All that the database holds, as whoever opens it next finds it."""
        held = sqlite3.connect(self._database)
        try:
            return set(held.iterdump())
        finally:
            held.close()


@contextmanager
def start(database: Path) -> Iterator[Killed]:
    """The program, while it is asked."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _START],
        env=environment(database),
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        killed = Killed(database, program)
        killed.wait_until_ready()
        yield killed


# --- The program ---------------------------------------------------------------------


def main() -> None:
    """Make the database; then do the imports asked for, a line each, and say how."""
    call_command("migrate", verbosity=0)
    make_states()
    make_referred(State.objects.get(iso3="AAA"))
    # What is open may not be shared with the processes to come.
    connection.close()
    _say("ready\n")
    for line in sys.stdin:
        # A fork of what is read in already takes a tenth of the time of a new start.
        pid = os.fork()
        if pid == 0:
            _import(json.loads(line))
            # An import that was not killed says nothing of rows.
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        _say(f" {os.waitstatus_to_exitcode(status)}\n")


def _import(told: dict[str, Any]) -> None:
    known_from = told["known_from"]
    told["known_from"] = date.fromisoformat(known_from) if known_from else None
    asked = Asked(**{**told, "file": Path(told["file"])})
    with connection.cursor() as cursor:
        # Too little for the rows, so that they are on the disk before the commit.
        cursor.execute("PRAGMA cache_size=1")
    with connection.execute_wrapper(_killing(_model_of(asked.source))):
        import_file(asked, by=_BY, today=date(2026, 6, 1))


def _killing(model: type[Recorded]) -> Callable[..., Any]:
    into = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} "

    def execute_and_be_killed(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        done = execute(sql, params, many, context)
        if sql.startswith(into):
            _say(str(model._default_manager.filter(recorded_in__by=_BY).count()))
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return execute_and_be_killed


def _model_of(source: str) -> type[Recorded]:
    is_template = source.startswith(TEMPLATE)
    found = template_publisher(source) if is_template else publisher(source)
    return found.importer.model


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
