"""A run in real Celery workers, over Redis and PostgreSQL, and what a crash does to it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from subprocess import Popen

import pytest
from django.db.models import Count
from django.utils import timezone

from screening import services, tasks
from screening.models import RunChunk, Screening, ScreeningRun, Transfer, User
from tests.factories import make_transfer, make_user

SECONDS = 120
N_TRANSFERS = 600
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def wait(done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline, f"waited too long for {what}"
        time.sleep(0.02)


@pytest.fixture
def run(transactional_db: None) -> ScreeningRun:
    """A run over `N_TRANSFERS` transfers, in chunks of 200."""
    steward = make_user("STEWARD")
    _fill(steward)
    return services.start_rescreening(by=steward, today=timezone.now().date())


def _fill(by: User) -> None:
    model = make_transfer(by, reference="1990-0000")
    Transfer.objects.bulk_create(
        Transfer(
            reference=f"1990-{number:04}",
            organisation=model.organisation,
            exporter="GBR",
            recipient="SAU",
            end_user_state="SAU",
            proposed_on=date(2019, 6, 20),
            created_by=by,
        )
        for number in range(1, N_TRANSFERS)
    )
    line = type(model.items.get())
    line.objects.bulk_create(
        line(transfer=transfer, line=1, item="SALW")
        for transfer in Transfer.objects.exclude(pk=model.pk)
    )


def is_over(run: ScreeningRun) -> bool:
    run.refresh_from_db()
    return run.is_finished


def assert_each_once(run: ScreeningRun) -> None:
    times = Screening.objects.filter(run=run).order_by().values("transfer")
    assert set(times.annotate(n=Count("pk")).values_list("n", flat=True)) == {1}
    assert (run.state, run.n_done) == (ScreeningRun.State.DONE, N_TRANSFERS)
    assert Screening.objects.count() == N_TRANSFERS


def test_a_ring_makes_the_worker_screen_each_transfer_once(
    run: ScreeningRun, celery_worker: Popen[bytes]
) -> None:
    tasks.ring_for(run.pk)

    wait(lambda: is_over(run), "the run")
    assert_each_once(run)


def test_rings_that_are_doubled_double_nothing(
    run: ScreeningRun, celery_worker: Popen[bytes]
) -> None:
    for _ in range(5):
        tasks.ring_for(run.pk)

    wait(lambda: is_over(run), "the run")
    assert_each_once(run)


def test_a_crash_of_all_workers_loses_and_doubles_nothing(
    run: ScreeningRun, start_worker: Callable[[], Popen[bytes]]
) -> None:
    worker = start_worker()
    tasks.ring_for(run.pk)
    held = RunChunk.objects.filter(run=run, state=RunChunk.State.RUNNING)
    wait(held.exists, "a chunk in hand")
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert held.exists(), "it was killed between two chunks"

    # What two minutes of waiting would do; then beat's doorbell.
    held.update(lease_until=LONG_AGO)
    start_worker()
    tasks.ring.run()

    wait(lambda: is_over(run), "the run")
    assert_each_once(run)
