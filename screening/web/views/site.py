"""The start page, the page about the project, and the probes."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from treaties import selectors as facts
from treaties.models import FactsVersion
from treaties.names import Unresolved
from treaties.web.names import names

SCALE = ("PROHIBITED", "REFUSE", "HIGH", "ELEVATED", "LOW")


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Two doors; the search box of the second leads straight to a country."""
    text = request.GET.get("country", "").strip()
    context = {"text": text, "names": names(), "scale": SCALE}
    if text:
        try:
            return redirect("country-detail", iso3=facts.resolve_state(text))
        except Unresolved as why:
            context["matches"] = [*why.ambiguous, *why.suggestions]
    return render(request, "screening/start.html", context)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "screening/about.html", {"scale": SCALE})


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return JsonResponse({"status": "alive"})


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, is migrated and has facts."""
    waiting = _not_ready()
    if waiting:
        return JsonResponse({"status": "not ready", "because": waiting}, status=503)
    return JsonResponse({"status": "ready"})


def _not_ready() -> str:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations have not been applied"
    if not FactsVersion.current():
        return "no reference facts are loaded"
    return ""
