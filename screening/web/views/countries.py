"""Countries, open to everybody: what is recorded, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from screening import selectors, services
from screening.models import EndUse
from screening.rules import load_rulebook
from screening.web import profile
from screening.web.days import Asked, asked
from treaties import selectors as facts
from treaties.models import FactsVersion
from treaties.web.names import names

# A new version of the code has other answers; they are seen after this time at most.
KEPT_SECONDS = 600


@require_GET
def country_list(request: HttpRequest) -> HttpResponse:
    context = {"groups": _by_letter(facts.states_list()), "names": names()}
    return render(request, "screening/country_list.html", context)


@require_GET
def country_detail(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is recorded of a state as of a day, and the matrix of the rules."""
    if iso3 != iso3.upper():
        return _to_capitals(request, iso3)
    question = asked(request.GET)
    try:
        found = facts.state_profile(iso3, question.as_of, question.known_at)
    except facts.NotHeldError:
        raise Http404 from None
    matrix = _matrix(iso3, question)
    context = {
        **_day(question),
        **profile.context(found, matrix, request.GET),
        "matrix": matrix,
        "query": "&" + urlencode(_address(question)),
        "names": names(),
    }
    return render(request, "screening/country.html", context)


@require_GET
def country_ask(request: HttpRequest, iso3: str) -> HttpResponse:
    """The reasons of one cell of the matrix."""
    question, known = asked(request.GET), names()
    force_key, item = request.GET.get("force", ""), request.GET.get("item", "")
    force = selectors.force_named(iso3, force_key, question.as_of)
    if iso3 not in known.states or force is None or item not in known.items:
        raise Http404
    draft = selectors.country_draft(iso3, force, item, question.as_of)
    told = services.preview(draft, as_of=question.as_of, known_at=question.known_at)
    context = {
        **_day(question),
        "kept": {"force": force_key, "item": item},
        "told": told,
        "force": force,
        "item_name": known.items[item],
        "exporter": draft.exporter,
        "for_crowds": draft.end_use == EndUse.CROWD_CONTROL,
        "state": {"iso3": iso3, "name": known.states[iso3]},
        "names": known,
    }
    return render(request, "screening/country_ask.html", context)


def _matrix(iso3: str, question: Asked) -> selectors.Matrix:
    """The matrix, worked out once for the same day, facts and rules.

    Fifty answers of the engine are the dearest thing a visitor may ask for.
    """
    days = f"{question.as_of}:{question.known_at}"
    basis = f"{FactsVersion.current()}:{load_rulebook().digest}"
    key = f"matrix:{iso3}:{days}:{basis}"
    found: selectors.Matrix | None = cache.get(key)
    if found is None:
        found = selectors.country_matrix(iso3, question.as_of, question.known_at)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _to_capitals(request: HttpRequest, iso3: str) -> HttpResponse:
    """The same question at the one address that a country has."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse("country-detail", args=[iso3.upper()])
    return redirect(f"{address}?{query}" if query else address)


def _day(question: Asked) -> dict[str, Any]:
    return {
        "as_of": question.as_of,
        "known": question.known,
        "day_error": question.error,
    }


def _address(question: Asked) -> dict[str, str]:
    return {"as_of": question.as_of.isoformat(), "known": question.known}


def _by_letter(states: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    ordered = sorted(states, key=lambda state: state.name)
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, lambda s: s.name[:1])
    ]
