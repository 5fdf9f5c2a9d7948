"""Start and cancel runs that screen every stored transfer again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from screening.access import Action, require
from screening.models import RunChunk, ScreeningRun, Transfer, User
from screening.rules import load_rulebook
from screening.services.report import summed
from treaties.selectors import facts_digest

CHUNK_SIZE = 200
UNFINISHED = (ScreeningRun.State.QUEUED, ScreeningRun.State.RUNNING)


class RunIsOver(Exception):
    """The run has ended, so it cannot be cancelled."""


def unfinished_runs() -> QuerySet[ScreeningRun]:
    """Runs with work left, the oldest first."""
    return ScreeningRun.objects.filter(state__in=UNFINISHED).order_by("pk")


def start_rescreening(
    *, by: User | None, today: date, now: datetime | None = None
) -> ScreeningRun:
    """Queue a run over every transfer, each as of its own day, with today's knowledge.

    by: None when facts changed and nobody asked.
    However often and from wherever at once it is asked, there is one run: while one on
    the same facts and rules is unfinished, that is returned. Raises NotAllowed.
    """
    if by is not None:
        require(by, Action.RESCREEN_ALL)
    kind = ScreeningRun.Kind.EVERYTHING if by else ScreeningRun.Kind.FACTS_CHANGED
    return _queue(kind, by, today, now)


def _queue(
    kind: str, by: User | None, known_at: date, now: datetime | None
) -> ScreeningRun:
    question = {
        "known_at": known_at,
        "facts_digest": facts_digest(known_at),
        "rulebook_digest": load_rulebook().digest,
    }
    same = unfinished_runs().filter(**question)
    if (run := same.first()) is not None:
        return run
    try:
        return _queue_first(now, kind=kind, requested_by=by, **question)
    except IntegrityError:
        # Another was first at the same moment: theirs is the run.
        if (run := same.first()) is not None:
            return run
        raise


@transaction.atomic
def _queue_first(now: datetime | None, **values: Any) -> ScreeningRun:
    """Make a run with its chunks. IntegrityError: another of its question is there."""
    chunks = _chunks()
    n_transfers = sum(chunk.n_transfers for chunk in chunks)
    # Before anything else, so that whoever comes second holds no lock while it waits.
    run = ScreeningRun.objects.create(n_transfers=n_transfers, **values)
    for chunk in chunks:
        chunk.run = run
    RunChunk.objects.bulk_create(chunks, batch_size=500)
    if not chunks:
        run.state, run.ended_at = ScreeningRun.State.DONE, now
        run.save(update_fields=["state", "ended_at"])
    _drop_waiting(run, now)
    return run


@transaction.atomic
def supersede(run: ScreeningRun, *, now: datetime) -> ScreeningRun | None:
    """End a run whose facts or rules are no longer the current ones; queue the next.

    Chunks that are done keep their screenings, which are on what the run names.
    Returns the run that goes on; None when this one has ended meanwhile.
    """
    if not lock_unfinished(run):
        return None
    _end(run, ScreeningRun.State.SUPERSEDED, now)
    known_at = max(run.known_at, now.date())
    follow_up = _queue(run.kind, run.requested_by, known_at, now)
    _report_end(run, superseded_by=follow_up.pk)
    return follow_up


@transaction.atomic
def cancel_run(run: ScreeningRun, *, by: User, now: datetime) -> None:
    """Stop a run. Chunks that are done keep their screenings; the rest is dropped.

    Raises NotAllowed and RunIsOver.
    """
    require(by, Action.RESCREEN_ALL)
    if not lock_unfinished(run):
        msg = f"Run {run.pk} has ended already, so there is nothing to stop."
        raise RunIsOver(msg)
    _end(run, ScreeningRun.State.CANCELLED, now)
    _report_end(run)


def lock_unfinished(run: ScreeningRun) -> bool:
    """Hold the run's row to the end of the transaction; whether it is unfinished.

    Whoever writes a run's chunks in a transaction calls this first: one order of locks,
    so that two never wait for each other.
    """
    rows = ScreeningRun.objects.select_for_update().filter(pk=run.pk)
    return rows.values_list("state", flat=True).get() in UNFINISHED


def _end(run: ScreeningRun, state: str, now: datetime | None) -> None:
    ScreeningRun.objects.filter(pk=run.pk).update(state=state, ended_at=now)
    left = RunChunk.objects.filter(run=run, state__in=UNFINISHED)
    left.update(state=RunChunk.State.CANCELLED)


def _report_end(run: ScreeningRun, **more: Any) -> None:
    run.refresh_from_db()
    run.report = {**summed(RunChunk.objects.filter(run=run)), **more}
    run.save(update_fields=["report"])


def _drop_waiting(newer: ScreeningRun, now: datetime | None) -> None:
    """End runs that still wait because facts changed: the newer sees newer facts."""
    waiting = ScreeningRun.objects.select_for_update().filter(
        state=ScreeningRun.State.QUEUED, kind=ScreeningRun.Kind.FACTS_CHANGED
    )
    for run in waiting.exclude(pk=newer.pk).order_by("pk"):
        _end(run, ScreeningRun.State.SUPERSEDED, now)
        _report_end(run, superseded_by=newer.pk)


def _chunks() -> list[RunChunk]:
    keys = list(Transfer.objects.order_by("pk").values_list("pk", flat=True))
    parts = [keys[i : i + CHUNK_SIZE] for i in range(0, len(keys), CHUNK_SIZE)]
    return [RunChunk(lo=part[0], hi=part[-1], n_transfers=len(part)) for part in parts]
