"""Celery's way in, and that of `manage.py worker`: the same functions for both.

The chunk table is the truth and a message only a doorbell, so one that is lost or
doubled harms nothing.
"""

from __future__ import annotations

import logging
import time

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from screening import services
from screening.models import ScreeningRun

logger = logging.getLogger(__name__)

# A task works so long and then rings for the next; the hard limit kills only a chunk
# that hangs. `screening.checks` keeps WORK_SECONDS < TIME_LIMIT < the lease of a chunk.
WORK_SECONDS = 30
TIME_LIMIT = 90
# On SQLite a writer waits by polling: leave it a gap between two chunks.
PAUSE_SECONDS = 0.01


@shared_task(name="screening.tasks.work_on_run", time_limit=TIME_LIMIT)
def work_on_run(run_id: int) -> None:
    """Work on a run until no chunk of it is free, or until the next worker's turn."""
    run = ScreeningRun.objects.get(pk=run_id)
    stop_at = time.monotonic() + WORK_SECONDS
    while work_once(run):
        if time.monotonic() > stop_at:
            ring_for(run_id)
            return
        time.sleep(PAUSE_SECONDS)


@shared_task(name="screening.tasks.ring", time_limit=TIME_LIMIT)
def ring() -> None:
    """Ring for every unfinished run, each minute, in case a ring was lost."""
    for run in services.unfinished_runs():
        ring_for(run.pk)


def ring_for(run_id: int) -> None:
    """Tell the Celery workers of a run. Without Redis the worker looks for itself.

    Call it on commit: a worker must find the run. When Redis does not answer the run
    stays queued, and `ring` tells of it later.
    """
    if not settings.REDIS_URL:
        return
    try:
        work_on_run.delay(run_id)
    except OperationalError:
        logger.exception("run %s stays queued: the broker does not answer", run_id)


def work_once(run: ScreeningRun) -> bool:
    """Work on one chunk, with a line in the log; False when no chunk was free."""
    begun = time.monotonic()
    done = services.work_chunk(run, now=timezone.now())
    if done is None:
        return False
    if done.follow_up is not None:
        logger.info("run %s ended: facts or rules changed", run.pk)
        ring_for(done.follow_up)
        return True
    logger.info(
        "run %s: transfers %s to %s, %s screened, %s moved, %.2f s%s",
        run.pk,
        done.lo,
        done.hi,
        done.n_done,
        done.n_changed,
        time.monotonic() - begun,
        f", {done.error}" if done.error else "",
    )
    return True
