"""Work through a run, chunk by chunk, so that a killed worker harms nothing.

The chunk table is the truth. Claiming is one UPDATE with a lease; the screenings and
"done" are one transaction, guarded by `tries`, so a worker that comes back after its
lease was taken by another writes nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max

from screening import selectors
from screening.bridge import Answer, Question, answers_to
from screening.models import RunChunk, Screening, ScreeningRun, Transfer
from screening.services import report
from screening.services.rescreening import lock_unfinished, supersede
from screening.services.screening import store_answers

logger = logging.getLogger(__name__)

# Far above the seconds that a chunk takes, and above the time limit of the Celery task
# (screening.checks), so that no living worker loses its chunk.
LEASE = timedelta(seconds=120)
MOST_TRIES = 3
LOST = "The worker was lost, or took longer than its lease, every time it was tried."


@dataclass(frozen=True)
class ChunkDone:
    """What became of one chunk."""

    lo: int
    hi: int
    n_done: int
    n_changed: int
    error: str = ""
    # The run that goes on, when this one ended because facts or rules changed.
    follow_up: int | None = None


@dataclass(frozen=True)
class _Claim:
    chunk: int
    lo: int
    hi: int
    tries: int


def work_chunk(run: ScreeningRun, *, now: datetime) -> ChunkDone | None:
    """Take the next free chunk of a run and screen it; None when no chunk is free.

    A run speaks of one state of the facts and rules. When they are others now, nothing
    of the chunk is stored, the run ends as superseded and the next is queued.
    A chunk is free when nobody has it or its lease ran out before `now`.
    """
    _give_up_lost_chunks(run, now)
    claim = _claim(run, now)
    if claim is None:
        return None
    try:
        return _screen_chunk(run, claim, now)
    except Exception as why:
        # Whatever it was, the other chunks must go on. The words of an exception may
        # quote what other organisations entered: they go into the log alone.
        logger.exception("run %s, chunk %s failed", run.pk, claim.chunk)
        error = type(why).__name__
        _put_back(run, claim, error, now)
        return ChunkDone(claim.lo, claim.hi, 0, 0, error)


def _claim(run: ScreeningRun, now: datetime) -> _Claim | None:
    """Take a chunk in one statement, so that no two workers can take the same."""
    skip = ""
    if connection.features.has_select_for_update_skip_locked:
        skip = "FOR UPDATE SKIP LOCKED"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE screening_runchunk
            SET state = 'RUNNING', lease_until = %s, tries = tries + 1
            WHERE id = (
                SELECT id FROM screening_runchunk
                WHERE run_id = %s AND (
                    state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < %s)
                )
                ORDER BY id LIMIT 1 {skip}
            )
            RETURNING id, lo, hi, tries
            """,  # noqa: S608  `skip` is one of two constants
            [now + LEASE, run.pk, now],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    ScreeningRun.objects.filter(pk=run.pk, state=ScreeningRun.State.QUEUED).update(
        state=ScreeningRun.State.RUNNING, started_at=now
    )
    return _Claim(*row)


def _screen_chunk(run: ScreeningRun, claim: _Claim, now: datetime) -> ChunkDone | None:
    transfers = list(
        Transfer.objects.filter(pk__range=(claim.lo, claim.hi))
        .order_by("pk")
        .prefetch_related("items")
    )
    questions = [
        Question(transfer, run.as_of or transfer.proposed_on, run.known_at)
        for transfer in transfers
    ]
    answers = answers_to(questions)
    if any(_is_of_others(run, answer) for answer in answers.values()):
        return _supersede(run, claim, now)
    answered = [(question, answers[question.number]) for question in questions]
    moves = report.moves(answered, _latest(run, claim))
    with transaction.atomic():
        lock_unfinished(run)
        result = {"state": RunChunk.State.DONE, "error": "", "result": moves}
        if not _end_chunk(run, claim, result):
            return None
        store_answers(answered, by=run.requested_by, run=run)
        n_changed = len(moves["movers"])
        _count(run, now, n_done=len(answered), n_changed=n_changed)
    return ChunkDone(claim.lo, claim.hi, len(answered), n_changed)


def _is_of_others(run: ScreeningRun, answer: Answer) -> bool:
    stated = (run.facts_digest, run.rulebook_digest)
    return (answer.facts_digest, answer.rulebook_digest) != stated


def _supersede(run: ScreeningRun, claim: _Claim, now: datetime) -> ChunkDone | None:
    follow_up = supersede(run, now=now)
    if follow_up is None:
        return None
    return ChunkDone(claim.lo, claim.hi, 0, 0, follow_up=follow_up.pk)


def _latest(run: ScreeningRun, claim: _Claim) -> dict[int, Screening]:
    """The screening that each transfer of a chunk had before, of the same question:

    as of the same day, with all that was known when it was made.
    """
    as_of = F("transfer__proposed_on") if run.as_of is None else run.as_of
    earlier = Screening.objects.filter(
        transfer__pk__range=(claim.lo, claim.hi), as_of=as_of
    )
    newest = (
        selectors.with_knowledge_of_their_time(earlier.exclude(run=run))
        .order_by()
        .values("transfer_id")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    stored = Screening.objects.filter(pk__in=newest).select_related("detail")
    return {screening.transfer_id: screening for screening in stored}


def _end_chunk(run: ScreeningRun, claim: _Claim, values: dict[str, Any]) -> bool:
    """Write the end of a chunk, if it is still held under this claim."""
    held = RunChunk.objects.filter(
        pk=claim.chunk, state=RunChunk.State.RUNNING, tries=claim.tries
    )
    return bool(held.update(lease_until=None, **values))


def _put_back(run: ScreeningRun, claim: _Claim, error: str, now: datetime) -> None:
    is_last = claim.tries >= MOST_TRIES
    state = RunChunk.State.FAILED if is_last else RunChunk.State.QUEUED
    with transaction.atomic():
        lock_unfinished(run)
        if _end_chunk(run, claim, {"state": state, "error": error}) and is_last:
            chunk = RunChunk.objects.get(pk=claim.chunk)
            _count(run, now, n_failed=chunk.n_transfers)


def _give_up_lost_chunks(run: ScreeningRun, now: datetime) -> None:
    lost = RunChunk.objects.filter(
        run=run,
        state=RunChunk.State.RUNNING,
        lease_until__lt=now,
        tries__gte=MOST_TRIES,
    )
    for chunk in lost:
        with transaction.atomic():
            lock_unfinished(run)
            claim = _Claim(chunk.pk, chunk.lo, chunk.hi, chunk.tries)
            ended = {"state": RunChunk.State.FAILED, "error": chunk.error or LOST}
            if _end_chunk(run, claim, ended):
                _count(run, now, n_failed=chunk.n_transfers)


def _count(
    run: ScreeningRun,
    now: datetime,
    *,
    n_done: int = 0,
    n_changed: int = 0,
    n_failed: int = 0,
) -> None:
    """Add to the run's counts and end the run with its last chunk.

    The caller holds the row of the run, so of two workers that end the last two chunks
    at once the second sees the first's.
    """
    ScreeningRun.objects.filter(pk=run.pk).update(
        n_done=F("n_done") + n_done,
        n_changed=F("n_changed") + n_changed,
        n_failed=F("n_failed") + n_failed,
    )
    chunks = RunChunk.objects.filter(run=run)
    open_states = [RunChunk.State.QUEUED, RunChunk.State.RUNNING]
    if chunks.filter(state__in=open_states).exists():
        return
    failed = chunks.filter(state=RunChunk.State.FAILED).exists()
    state = ScreeningRun.State.FAILED if failed else ScreeningRun.State.DONE
    ScreeningRun.objects.filter(pk=run.pk, state=ScreeningRun.State.RUNNING).update(
        state=state, ended_at=now, report=report.summed(chunks)
    )
