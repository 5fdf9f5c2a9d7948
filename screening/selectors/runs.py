"""Re-screening runs and what they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from screening.access import Account, Action, may, require, transfers_visible_to
from screening.models import ScreeningRun, User

# A page names this many movers; the counts are of all.
MOST_MOVERS = 500
_KEYS_IN_A_QUERY = 1000


def run_list(user: Account) -> QuerySet[ScreeningRun]:
    """Runs, newest first, without their reports. Raises NotAllowed."""
    require(user, Action.VIEW_RUNS)
    found = ScreeningRun.objects.select_related("requested_by").defer("report")
    return found.order_by("-pk")


def run_detail(user: Account, pk: int) -> ScreeningRun:
    """One run. Raises NotAllowed and ScreeningRun.DoesNotExist."""
    return run_list(user).get(pk=pk)


def run_report(user: User, run: ScreeningRun) -> dict[str, Any]:
    """The report of a run: see `screening.services.report.summed`. {} until it ends.

    The counts are of everything. `movers` names the first `MOST_MOVERS` of those that
    the account may see, `n_visible` counts them all and `hidden` the others. `failed`
    says why a chunk failed only to those who look after runs.
    """
    require(user, Action.VIEW_RUNS)
    if not run.report:
        return {}
    movers = run.report["movers"]
    visible = _visible(user, [mover["transfer"] for mover in movers])
    shown = [mover for mover in movers if mover["transfer"] in visible]
    is_told_why = may(user, Action.RESCREEN_ALL)
    return {
        **run.report,
        "movers": shown[:MOST_MOVERS],
        "n_visible": len(shown),
        "hidden": len(movers) - len(shown),
        "failed": [
            {"chunk": part.get("chunk"), "error": part["error"] if is_told_why else ""}
            for part in run.report["failed"]
        ],
    }


def _visible(user: User, keys: Sequence[int]) -> set[int]:
    """Those transfers that the account may see, asked for a bounded number at once."""
    reach = transfers_visible_to(user)
    parts = range(0, len(keys), _KEYS_IN_A_QUERY)
    return {
        pk
        for start in parts
        for pk in reach.filter(
            pk__in=keys[start : start + _KEYS_IN_A_QUERY]
        ).values_list("pk", flat=True)
    }
