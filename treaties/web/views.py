"""Pages of what was recorded, and only that: no rule speaks here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from treaties import selectors
from treaties.days import NoDayError, askable_day, read_day
from treaties.standing import Standing
from treaties.web.names import BODIES, Names, names


@require_GET
def embargo_list(request: HttpRequest) -> HttpResponse:
    as_of, day_error = _day(request)
    in_force, others = selectors.embargo_list(as_of)
    context = {
        "as_of": as_of,
        "day_error": day_error,
        "of_bodies": [e for e in in_force if e.issuer in BODIES],
        "of_states": [e for e in in_force if e.issuer not in BODIES],
        "others": others,
        "regimes": selectors.regimes_without_arms(as_of),
        "names": names(),
    }
    return render(request, "treaties/embargo_list.html", context)


@require_GET
def embargo(request: HttpRequest, key: str) -> HttpResponse:
    try:
        found = selectors.embargo(key)
    except selectors.NotHeldError:
        raise Http404 from None
    context = {
        "embargo": found,
        "measures": found.measures.all(),
        "exemptions": found.exemptions.all(),
        "instruments": found.instruments.all(),
        "names": names(),
    }
    return render(request, "treaties/embargo.html", context)


@require_GET
def treaty_list(request: HttpRequest) -> HttpResponse:
    context = {"treaties": selectors.treaty_list(), "names": names()}
    return render(request, "treaties/treaty_list.html", context)


@require_GET
def treaty(request: HttpRequest, code: str) -> HttpResponse:
    """A treaty with the standing of each state that did anything towards it."""
    as_of, day_error = _day(request)
    try:
        found = selectors.treaty(code)
    except selectors.NotHeldError:
        raise Http404 from None
    standings = selectors.treaty_standings(code, as_of, timezone.localdate())
    counted = Counter(row.standing for row in standings)
    context = {
        "treaty": found,
        "as_of": as_of,
        "day_error": day_error,
        "standings": standings,
        "counts": [(word, counted[word]) for word in Standing if counted[word]],
        "names": names(),
    }
    return render(request, "treaties/treaty.html", context)


@require_GET
def force(request: HttpRequest, key: str) -> HttpResponse:
    try:
        found = selectors.force(key)
    except selectors.NotHeldError:
        raise Http404 from None
    context = {
        "force": found,
        "parts": found.parts.all(),
        "reports": found.reports.all(),
        "names": names(),
    }
    return render(request, "treaties/force.html", context)


@require_GET
def judgment_list(request: HttpRequest) -> HttpResponse:
    """Decisions of courts up to a day, of all states or of one."""
    as_of, day_error = _day(request)
    known = names()
    asked = request.GET.get("state", "").strip().upper()
    state = asked if asked in known.states else ""
    every = selectors.judgments(as_of, as_of)
    context = {
        "as_of": as_of,
        "day_error": day_error,
        "judgments": selectors.judgments(as_of, as_of, state) if state else every,
        "n_all": len(every),
        "state": state,
        # A state that is not held finds nothing, and the page says so.
        "unknown_state": asked if asked and not state else "",
        "choices": _states_in(every, known),
        "names": known,
    }
    return render(request, "treaties/judgment_list.html", context)


def _states_in(
    found: Iterable[selectors.JudgmentRow], known: Names
) -> list[tuple[str, str]]:
    """The states that the filter offers: only those that would find something."""
    codes = {
        code
        for row in found
        for part in (row.exporters, row.recipients, row.state_id or "")
        for code in part.split("|")
        if code in known.states
    }
    return sorted(((code, known.states[code]) for code in codes), key=lambda s: s[1])


@require_GET
def law_list(request: HttpRequest) -> HttpResponse:
    """What treaties and laws say as of a day, article by article."""
    as_of, day_error = _day(request)
    instruments = selectors.law_list(as_of)
    context = {
        "as_of": as_of,
        "day_error": day_error,
        "parts": _parts_of_the_law(instruments),
        "n_articles": sum(len(i.articles) for i in instruments),
        "n_unread": sum(i.n_unread for i in instruments),
        "embargo_texts": selectors.embargo_texts(as_of),
        "listed_goods": selectors.listed_goods(as_of),
        "eased": selectors.eased_destinations(as_of),
        "names": names(),
    }
    return render(request, "treaties/law_list.html", context)


def _parts_of_the_law(
    instruments: list[selectors.Instrument],
) -> list[tuple[str, str, list[selectors.Instrument]]]:
    """Anchor, heading and instruments of each part of the page."""
    return [
        ("treaties", "Treaties", [i for i in instruments if not i.issuer]),
        ("union", "European Union", [i for i in instruments if i.issuer == "EU"]),
        (
            "states",
            "Laws and policies of single states",
            [i for i in instruments if i.issuer not in {"", "EU"}],
        ),
    ]


@require_GET
def source_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "treaties/source_list.html", {"sources": selectors.source_list()}
    )


def _day(request: HttpRequest) -> tuple[date, str]:
    """The day that the address asks about, today when it names none; what is wrong."""
    typed = request.GET.get("as_of", "").strip()
    today = timezone.localdate()
    try:
        return (askable_day(read_day(typed), today) if typed else today), ""
    except NoDayError as why:
        return today, str(why)
