"""Start-up checks: settings that would lose or double work are refused."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from screening import tasks
from screening.services.chunks import LEASE


@register()
def times_are_nested(**_: Any) -> list[CheckMessage]:
    """A task must end before the lease of its chunk does, or two would hold it."""
    lease = LEASE.total_seconds()
    if tasks.WORK_SECONDS < tasks.TIME_LIMIT < lease:
        return []
    return [
        Error(
            f"WORK_SECONDS ({tasks.WORK_SECONDS}), TIME_LIMIT ({tasks.TIME_LIMIT}) and "
            f"LEASE ({lease:.0f} s) must rise in this order.",
            hint="Change them in screening/tasks.py and screening/services/chunks.py.",
            id="screening.E001",
        )
    ]
