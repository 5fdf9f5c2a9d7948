"""Presses and workers at the same moment, on PostgreSQL with a connection each.

On SQLite one writer works at a time; what these tests are about cannot happen there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from screening import services
from screening.models import RunChunk, Screening, ScreeningRun, User
from screening.services import rescreening
from screening.services.screening import store_answers
from tests.factories import make_transfer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECONDS = 30

pytestmark = pytest.mark.usefixtures("transactional_db", "world")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each returns, all begun at the same moment, each on its own connection."""
    answers: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def act(number: int) -> None:
        start.wait(SECONDS)
        try:
            answers[number] = acts[number]()
        except Exception as why:  # noqa: BLE001  the test asserts what came
            answers[number] = why
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return answers


def test_four_presses_at_once_give_one_run(analyst: User, steward: User) -> None:
    for _ in range(3):
        make_transfer(analyst, recipient="SSD")

    def press() -> ScreeningRun:
        return services.start_rescreening(by=steward, today=NOW.date(), now=NOW)

    runs = at_once(*[press] * 4)

    assert runs == [ScreeningRun.objects.get()] * 4
    assert RunChunk.objects.count() == 1


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2])
def test_stopping_a_run_while_a_chunk_ends_makes_neither_wait_for_the_other(
    analyst: User, steward: User, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(rescreening, "CHUNK_SIZE", 1)
    for _ in range(2):
        make_transfer(analyst, recipient="SSD")
    run = services.start_rescreening(by=steward, today=NOW.date(), now=NOW)
    is_storing = threading.Event()

    def store_slowly(*arguments: Any, **options: Any) -> Any:
        is_storing.set()
        threading.Event().wait(0.3)
        return store_answers(*arguments, **options)

    monkeypatch.setattr("screening.services.chunks.store_answers", store_slowly)

    def work() -> Any:
        return services.work_chunk(run, now=NOW)

    def cancel() -> None:
        assert is_storing.wait(SECONDS)
        threading.Event().wait(seconds)
        services.cancel_run(run, by=steward, now=NOW)

    done, stopped = at_once(work, cancel)

    assert stopped is None
    assert (done.n_done, done.error) == (1, "")
    run.refresh_from_db()
    assert (run.state, run.n_done, run.n_failed) == ("CANCELLED", 1, 0)
    assert Screening.objects.count() == 1
    states = RunChunk.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["DONE", "CANCELLED"]
