"""Start and cancel runs that screen every stored transfer again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
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


@transaction.atomic
def start_rescreening(
    *, by: User | None, today: date, now: datetime | None = None
) -> ScreeningRun:
    """Queue a run over every transfer, each as of its own day, with today's knowledge.

    by: None when facts changed and nobody asked.
    Pressing twice gives the same run: one that still waits on the same facts and rules
    would say nothing else. Raises NotAllowed.
    """
    if by is not None:
        require(by, Action.RESCREEN_ALL)
    versions = {
        "known_at": today,
        "facts_digest": facts_digest(today),
        "rulebook_digest": load_rulebook().digest,
    }
    waiting = ScreeningRun.objects.filter(state=ScreeningRun.State.QUEUED, **versions)
    chunks = _chunks()
    n_transfers = sum(chunk.n_transfers for chunk in chunks)
    same = waiting.filter(n_transfers=n_transfers).first()
    if same is not None:
        return same
    _drop_superseded(now)
    kind = ScreeningRun.Kind.EVERYTHING if by else ScreeningRun.Kind.FACTS_CHANGED
    run = ScreeningRun.objects.create(
        kind=kind, requested_by=by, n_transfers=n_transfers, **versions
    )
    for chunk in chunks:
        chunk.run = run
    RunChunk.objects.bulk_create(chunks, batch_size=500)
    if not chunks:
        run.state, run.ended_at = ScreeningRun.State.DONE, now
        run.save(update_fields=["state", "ended_at"])
    return run


@transaction.atomic
def cancel_run(run: ScreeningRun, *, by: User, now: datetime) -> None:
    """Stop a run. Chunks that are done keep their screenings; the rest is dropped.

    Raises NotAllowed and RunIsOver.
    """
    require(by, Action.RESCREEN_ALL)
    stopped = ScreeningRun.objects.filter(pk=run.pk, state__in=UNFINISHED).update(
        state=ScreeningRun.State.CANCELLED, ended_at=now
    )
    if not stopped:
        msg = f"Run {run.pk} has ended already, so there is nothing to stop."
        raise RunIsOver(msg)
    chunks = RunChunk.objects.filter(run=run)
    left = chunks.filter(state__in=[RunChunk.State.QUEUED, RunChunk.State.RUNNING])
    left.update(state=RunChunk.State.CANCELLED)
    run.refresh_from_db()
    run.report = summed(chunks)
    run.save(update_fields=["report"])


def _drop_superseded(now: datetime | None) -> None:
    """Cancel runs that wait because facts changed: the new one looks at newer facts."""
    waiting = ScreeningRun.objects.filter(
        state=ScreeningRun.State.QUEUED, kind=ScreeningRun.Kind.FACTS_CHANGED
    )
    chunks = RunChunk.objects.filter(run__in=waiting)
    chunks.update(state=RunChunk.State.CANCELLED)
    waiting.update(state=ScreeningRun.State.CANCELLED, ended_at=now)


def _chunks() -> list[RunChunk]:
    keys = list(Transfer.objects.order_by("pk").values_list("pk", flat=True))
    parts = [keys[i : i + CHUNK_SIZE] for i in range(0, len(keys), CHUNK_SIZE)]
    return [RunChunk(lo=part[0], hi=part[-1], n_transfers=len(part)) for part in parts]
