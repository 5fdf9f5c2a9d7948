"""Record that somebody read the source of a fact, or of several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from treaties import ledger, models

from .forms import CheckForm

if TYPE_CHECKING:
    from .facts import RecordedAdmin


def check_page(page: RecordedAdmin, request: HttpRequest) -> HttpResponse:
    """Ask who read the sources of the chosen facts, when, and what was read."""
    if not issubclass(page.model, models.Fact):
        raise Http404
    chosen = [pk for pk in request.GET.getlist("pk") if pk.isdecimal()]
    facts = list(page.model._default_manager.filter(pk__in=chosen).order_by("key"))
    if not facts:
        raise Http404
    me = {"who": request.user.get_username(), "on": page.today()}
    form = CheckForm(request.POST or None, today=page.today(), initial=me)
    if request.method == "POST" and form.is_valid():
        problem = _check(request, form, facts)
        if not problem:
            messages.success(request, _receipt(facts))
            return HttpResponseRedirect(_back(page, facts))
        form.add_error(None, problem)
    title = "Record that the source was read"
    return page.page(request, "check", title, facts=facts, form=form)


def _check(request: HttpRequest, form: CheckForm, facts: list[models.Fact]) -> str:
    """Why nothing was recorded; "" when all of them are checked."""
    data = form.cleaned_data
    values = {
        "checked": True,
        "checked_by": data["who"],
        "checked_on": data["on"],
    }
    try:
        with transaction.atomic():
            for fact in facts:
                told = request.user.get_username()
                ledger.correct(fact, values, by=told, why=f"Read: {data['what']}")
    except models.LedgerError as error:
        return f"{fact.key}: {error}"
    return ""


def _receipt(facts: list[models.Fact]) -> str:
    if len(facts) == 1:
        return f"“{facts[0]}” is recorded as checked."
    return f"{len(facts)} facts are recorded as checked."


def _back(page: RecordedAdmin, facts: list[models.Fact]) -> str:
    if len(facts) == 1:
        return page.address("change", object_id=facts[0].pk)
    return page.address("changelist")
