"""A re-screening run on PostgreSQL, worked on by a real Celery worker."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from screening import services, tasks
from screening.models import RunChunk, ScreeningRun, User
from screening.services import rescreening
from tests.factories import make_transfer
from tests.services.conftest import Worker

TODAY = date(2026, 11, 24)
SECONDS_TO_FINISH = 60
N_TRANSFERS = 60

pytestmark = pytest.mark.usefixtures("transactional_db", "world")


@pytest.fixture
def run(analyst: User, steward: User, monkeypatch: pytest.MonkeyPatch) -> ScreeningRun:
    """A run over many transfers in many chunks, which nobody has rung for yet."""
    monkeypatch.setattr(rescreening, "CHUNK_SIZE", 1)
    for _ in range(N_TRANSFERS):
        make_transfer(analyst, recipient="SSD")
    return services.start_rescreening(by=steward, today=TODAY)


def wait_until(run: ScreeningRun, arrived: Callable[[ScreeningRun], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while not arrived(run):
        assert time.monotonic() < deadline, f"{run.state}, {run.n_done} done"
        time.sleep(0.02)
        run.refresh_from_db()


def is_done(run: ScreeningRun) -> bool:
    return run.state == ScreeningRun.State.DONE


def times_screened(run: ScreeningRun) -> list[int]:
    counted = run.screenings.order_by().values("transfer").annotate(n=Count("pk"))
    return [row["n"] for row in counted]


@pytest.mark.usefixtures("celery_worker")
def test_a_ring_makes_the_worker_finish_the_run(run: ScreeningRun) -> None:
    tasks.ring_for(run.pk)

    wait_until(run, is_done)

    assert (run.n_done, run.n_failed) == (N_TRANSFERS, 0)
    assert times_screened(run) == [1] * N_TRANSFERS


@pytest.mark.usefixtures("celery_worker")
def test_many_rings_for_one_run_do_its_work_once(run: ScreeningRun) -> None:
    for _ in range(5):
        tasks.ring_for(run.pk)

    wait_until(run, is_done)

    assert times_screened(run) == [1] * N_TRANSFERS


def test_a_worker_killed_in_mid_run_loses_nothing_and_repeats_nothing(
    run: ScreeningRun, start_worker: Callable[[], Worker]
) -> None:
    killed = start_worker()
    tasks.ring_for(run.pk)
    wait_until(run, lambda run: run.n_done > 0)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    run.refresh_from_db()
    assert 0 < run.n_done < N_TRANSFERS, "it was killed too late to show anything"

    # Nobody waits minutes for a lease in a test: it ends now.
    RunChunk.objects.filter(run=run, state=RunChunk.State.RUNNING).update(
        lease_until=datetime.now(UTC)
    )
    start_worker()
    tasks.ring_for(run.pk)
    wait_until(run, is_done)

    assert (run.n_done, run.n_failed) == (N_TRANSFERS, 0)
    assert times_screened(run) == [1] * N_TRANSFERS
