"""The embedded worker: a process of its own on a SQLite file, killed in mid-chunk."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
N_TRANSFERS = 600
SECONDS = 180

# No facts are loaded: each transfer is then INCOMPLETE, which is a screening as well.
FILL = f"""
import django; django.setup()
from datetime import date
from screening import services
from screening.models import *
north = Organisation.objects.create(name="North", slug="north")
by = User.objects.create(username="stella", role=Role.STEWARD, organisation=north)
Transfer.objects.bulk_create(
    Transfer(reference=f"2019-{{n:04}}", organisation=north, exporter="GBR",
             recipient="SAU", end_user_state="SAU", proposed_on=date(2019, 6, 20),
             created_by=by)
    for n in range({N_TRANSFERS})
)
TransferItem.objects.bulk_create(
    TransferItem(transfer=t, line=1, item="SALW") for t in Transfer.objects.all()
)
services.start_rescreening(by=by, today=date(2026, 11, 24))
"""


class Copy:
    """A copy of the product of its own, in processes, on one SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "msp.sqlite3"
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.file}",
            "DJANGO_SETTINGS_MODULE": "msp.settings",
            "REDIS_URL": "",
            "LOG_LEVEL": "INFO",
        }
        self.workers: list[subprocess.Popen[str]] = []

    def run(self, *arguments: str) -> None:
        subprocess.run(  # noqa: S603
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True
        )

    def start_worker(self, *options: str) -> subprocess.Popen[str]:
        worker = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "worker", *options],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.workers.append(worker)
        return worker

    def one(self, query: str) -> int:
        with sqlite3.connect(self.file, timeout=20) as database:
            found: int = database.execute(query).fetchone()[0]
            return found

    def execute(self, statement: str) -> None:
        with sqlite3.connect(self.file, timeout=20) as database:
            database.execute(statement)

    def wait(self, done: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + SECONDS
        while not done():
            assert time.monotonic() < deadline, f"waited too long for {what}"
            time.sleep(0.005)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with transfers and a run that nobody has worked on."""
    made = Copy(tmp_path_factory.mktemp("filled"))
    made.run("manage.py", "migrate", "--verbosity=0")
    made.run("-c", FILL)
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@pytest.fixture
def copy(filled: Copy, tmp_path: Path) -> Iterator[Copy]:
    made = Copy(tmp_path)
    shutil.copy(filled.file, made.file)
    yield made
    for worker in made.workers:
        if worker.poll() is None:
            worker.kill()
        worker.communicate()


def chunks_in(copy: Copy, state: str) -> int:
    # S608: the state is a word of this module
    query = f"SELECT count(*) FROM screening_runchunk WHERE state = '{state}'"  # noqa: S608
    return copy.one(query)


def test_a_killed_workers_chunk_is_done_by_the_next_and_nothing_is_doubled(
    copy: Copy,
) -> None:
    first = copy.start_worker()
    copy.wait(
        lambda: chunks_in(copy, "DONE") >= 1 and chunks_in(copy, "RUNNING") == 1,
        "a chunk in hand",
    )
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert chunks_in(copy, "RUNNING") == 1, "it was killed between two chunks"

    second = copy.start_worker("--once")
    second.communicate(timeout=SECONDS)
    assert chunks_in(copy, "RUNNING") == 1, "the lease still held"

    # What two minutes of waiting would do.
    copy.execute(
        "UPDATE screening_runchunk SET lease_until = '2020-01-01 00:00:00'"
        " WHERE state = 'RUNNING'"
    )
    _, log = copy.start_worker("--once").communicate(timeout=SECONDS)

    assert "200 screened" in log
    assert copy.one("SELECT count(*) FROM screening_screening") == N_TRANSFERS
    distinct = "SELECT count(DISTINCT transfer_id) FROM screening_screening"
    assert copy.one(distinct) == N_TRANSFERS
    assert copy.one("SELECT count(*) FROM screening_screeningdetail") == N_TRANSFERS
    assert copy.one("SELECT n_done FROM screening_screeningrun") == N_TRANSFERS
    done = "SELECT count(*) FROM screening_screeningrun WHERE state = 'DONE'"
    assert copy.one(done) == 1


def test_two_workers_share_a_run(copy: Copy) -> None:
    workers = [copy.start_worker("--once") for _ in range(2)]
    logs = [worker.communicate(timeout=SECONDS)[1] for worker in workers]

    # Either may find all chunks taken; together they do each once.
    assert sum(log.count("200 screened") for log in logs) == N_TRANSFERS / 200
    assert copy.one("SELECT n_done FROM screening_screeningrun") == N_TRANSFERS


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_finishes_its_chunk_first(
    copy: Copy, number: signal.Signals
) -> None:
    worker = copy.start_worker()
    copy.wait(lambda: chunks_in(copy, "RUNNING") == 1, "a chunk in hand")

    worker.send_signal(number)
    _, log = worker.communicate(timeout=SECONDS)

    assert worker.returncode == 0
    assert "worker: stopped" in log
    assert chunks_in(copy, "RUNNING") == 0
    assert chunks_in(copy, "DONE") >= 1
