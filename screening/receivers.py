"""Hears that facts changed, and queues the re-screening."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening import services, tasks
from screening.models import Transfer
from treaties.signals import facts_changed

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to `facts_changed`; the id keeps a second call from doubling it."""
    facts_changed.connect(rescreen, dispatch_uid="screening.rescreen")


def rescreen(sender: object, sources: list[str], **_: Any) -> None:
    """Queue a run over all transfers, if there are any."""
    if not Transfer.objects.exists():
        return
    now = timezone.now()
    run = services.start_rescreening(by=None, today=now.date(), now=now)
    logger.info("run %s queued: facts changed in %s", run.pk, ", ".join(sources))
    transaction.on_commit(lambda: tasks.ring_for(run.pk))
