"""Re-screening runs: start one, watch it, read what it changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from screening import selectors, services, tasks
from screening.access import Action, may
from screening.models import ScreeningRun
from screening.web.days import today
from screening.web.guard import account, asks
from treaties.web.names import names

PER_PAGE = 50


@asks(Action.VIEW_RUNS)
@require_GET
def run_list(request: HttpRequest) -> HttpResponse:
    found = selectors.run_list(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "runs": page.object_list,
        "may_rescreen": may(request.user, Action.RESCREEN_ALL),
    }
    return render(request, "screening/run_list.html", context)


@require_POST
@asks(Action.RESCREEN_ALL)
def run_start(request: HttpRequest) -> HttpResponse:
    run = services.start_rescreening(
        by=account(request), today=today(), now=timezone.now()
    )
    transaction.on_commit(partial(tasks.ring_for, run.pk))
    return redirect("run-detail", pk=run.pk)


@require_POST
@asks(Action.RESCREEN_ALL)
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.cancel_run(_run(request, pk), by=account(request), now=timezone.now())
        messages.success(request, "The run is stopped. What it had screened is kept.")
    except services.RunIsOver as why:
        messages.info(request, str(why))
    return redirect("run-detail", pk=pk)


@asks(Action.VIEW_RUNS)
@require_GET
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "screening/run.html", _about(request, _run(request, pk)))


@asks(Action.VIEW_RUNS)
@require_GET
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, as a fragment that asks again until the run has ended."""
    context = _about(request, _run(request, pk))
    return render(request, "screening/run_progress.html", context)


def _run(request: HttpRequest, pk: int) -> ScreeningRun:
    try:
        return selectors.run_detail(request.user, pk)
    except ScreeningRun.DoesNotExist:
        raise Http404 from None


def _about(request: HttpRequest, run: ScreeningRun) -> dict[str, Any]:
    report = selectors.run_report(account(request), run) if run.is_finished else {}
    columns, table = _moves(report.get("moved", []))
    return {
        "run": run,
        "report": report,
        "columns": columns,
        "table": table,
        "names": names(),
        "may_rescreen": may(request.user, Action.RESCREEN_ALL),
    }


def _moves(
    moved: list[dict[str, Any]],
) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """The columns of the matrix, and its rows with a number for each column."""
    counted = {(move["from"], move["to"]): move["n"] for move in moved}
    columns = sorted({to for _, to in counted}, key=_gravest_first)
    starts = sorted({was for was, _ in counted}, key=_gravest_first)
    rows = [(was, [counted.get((was, to), 0) for to in columns]) for was in starts]
    return columns, rows


_SCALE = ("PROHIBITED", "REFUSE", "HIGH", "ELEVATED", "LOW")


def _gravest_first(stand: str) -> tuple[int, str]:
    word = stand.split(",")[0]
    return (_SCALE.index(word) if word in _SCALE else len(_SCALE), stand)
