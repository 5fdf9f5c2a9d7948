"""Re-screening runs and what they changed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from screening.access import Account, Action, require, transfers_visible_to
from screening.models import ScreeningRun, User


def run_list(user: Account) -> QuerySet[ScreeningRun]:
    """Runs, newest first. Raises NotAllowed."""
    require(user, Action.VIEW_RUNS)
    return ScreeningRun.objects.select_related("requested_by").order_by("-pk")


def run_detail(user: Account, pk: int) -> ScreeningRun:
    """One run. Raises NotAllowed and ScreeningRun.DoesNotExist."""
    return run_list(user).get(pk=pk)


def run_report(user: User, run: ScreeningRun) -> dict[str, Any]:
    """The report of a run: see `screening.services.report.summed`. {} until it ends.

    The counts are of everything; of the movers only those are named that the account
    may see, and `hidden` counts the others.
    """
    require(user, Action.VIEW_RUNS)
    if not run.report:
        return {}
    movers = run.report["movers"]
    keys = [mover["transfer"] for mover in movers]
    visible = set(
        transfers_visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
    )
    shown = [mover for mover in movers if mover["transfer"] in visible]
    return {**run.report, "movers": shown, "hidden": len(movers) - len(shown)}
