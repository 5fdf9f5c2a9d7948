"""Search-as-you-type: rows of options for the inputs, open to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from treaties import selectors as facts
from treaties.names import Unresolved

N_OPTIONS = 10


@dataclass(frozen=True)
class Option:
    """A row of the list under an input: what it shows, puts in, and leads to."""

    match: facts.Match
    value: str
    href: str = ""


@require_GET
def states(request: HttpRequest) -> HttpResponse:
    """States by name or code; with `open` each leads to its page."""
    leads = "open" in request.GET
    return _options(
        request,
        [
            Option(m, m.name, reverse("country-detail", args=[m.code]) if leads else "")
            for m in facts.find_states(request.GET.get("q", ""), N_OPTIONS)
        ],
    )


@require_GET
def forces(request: HttpRequest) -> HttpResponse:
    """Forces by name or short name, of one state when `state` names one."""
    iso3 = _state_code(request.GET.get("state", ""))
    found = facts.find_forces(request.GET.get("q", ""), iso3, N_OPTIONS)
    return _options(request, [Option(match, match.name) for match in found])


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """Items by class, model, plain word or control-list entry."""
    text = request.GET.get("q", "")
    found = facts.find_items(text, N_OPTIONS)
    return _options(request, [Option(m, _as_typed(m, text)) for m in found])


def _as_typed(match: facts.Match, text: str) -> str:
    """What a chosen item puts into the field: as near as can be to what was typed.

    "Paveway IV" says more than its class and is kept; "pave" becomes "paveway"; an
    entry of a control list, which holds many classes, becomes the class.
    """
    for said in (text, match.detail):
        try:
            if facts.resolve_item(said) == [match.code]:
                return said
        except Unresolved:
            continue
    return match.name


def _options(request: HttpRequest, options: list[Option]) -> HttpResponse:
    return render(request, "components/options.html", {"options": options})


def _state_code(text: str) -> str | None:
    try:
        return facts.resolve_state(text) if text.strip() else None
    except Unresolved:
        return None
