"""A real Celery worker, in a process of its own, on the database of the tests.

These tests need DATABASE_URL (PostgreSQL) and REDIS_URL; `.ci/run` starts both.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from msp.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60

Worker = subprocess.Popen[bytes]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("services")


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[[], Worker]]:
    """Start Celery workers with `start_worker()`; all are stopped after the test.

    A worker is a process group: `os.killpg(worker.pid, signal.SIGKILL)` is a crash.
    """
    if not os.environ.get("REDIS_URL"):
        pytest.fail("tests/services needs DATABASE_URL and REDIS_URL; see .ci/run")
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(_start(name=f"test-{os.getpid()}-{len(workers)}"))
        return workers[-1]

    yield start
    for worker in workers:
        _stop(worker)


@pytest.fixture
def celery_worker(start_worker: Callable[[], Worker]) -> Worker:
    """One running Celery worker."""
    return start_worker()


def _start(name: str) -> Worker:
    command = [sys.executable, "-m", "celery", "-A", "msp", "worker"]
    options = [
        "--queues=rescreen,default",
        "--concurrency=2",
        "--loglevel=WARNING",
        f"--hostname={name}@test",
    ]
    environment = {**os.environ, "DATABASE_URL": _url_of_test_database()}
    worker = subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, start_new_session=True
    )
    deadline = time.monotonic() + SECONDS_TO_START
    while not app.control.ping([f"{name}@test"], timeout=0.5):
        if worker.poll() is not None or time.monotonic() > deadline:
            _stop(worker)
            pytest.fail("the Celery worker did not start")
    return worker


def _url_of_test_database() -> str:
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _stop(worker: Worker) -> None:
    """End it without ceremony, with its children: what it held, it must not lose."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
