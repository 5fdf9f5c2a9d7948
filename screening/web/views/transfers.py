"""Transfers and their screenings: the list, the reasons, a new look, a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from screening import selectors, services
from screening.access import Action, may
from screening.models import Screening, Transfer, Verdict
from screening.web import words
from screening.web.days import asked, today
from screening.web.forms import ConfirmForm
from screening.web.guard import account, asks, refuse_unless
from treaties.web.names import Names, names

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A transfer in a list, with what the list says of it in words."""

    transfer: Transfer
    receiver: str
    items: str
    verdict: str | None
    is_complete: bool


@asks(Action.VIEW_TRANSFER)
@require_GET
def transfer_list(request: HttpRequest) -> HttpResponse:
    text, verdict = request.GET.get("q", "").strip(), request.GET.get("verdict", "")
    filters = selectors.TransferFilters(text=text, verdict=verdict)
    found = selectors.transfer_list(request.user, filters)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    known = names()
    context = {
        "page": page,
        "transfers": [_row(transfer, known) for transfer in page],
        "filters": filters,
        "scale": Verdict.values,
        "names": known,
        "may_propose": may(request.user, Action.PROPOSE),
    }
    return render(request, "screening/transfer_list.html", context)


def _row(transfer: Any, known: Names) -> Row:
    return Row(
        transfer,
        words.receiver(transfer, known),
        words.items(transfer, known),
        transfer.latest_verdict,
        bool(transfer.latest_is_complete),
    )


@require_GET
def transfer_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The latest screening of a transfer."""
    return _latest_page(request, _transfer(request, reference))


@require_GET
def screening_detail(request: HttpRequest, pk: int) -> HttpResponse:
    screening = _screening(request, pk)
    return _screening_page(request, screening, screening.transfer)


@require_POST
@asks(Action.SCREEN)
def transfer_screen(request: HttpRequest, reference: str) -> HttpResponse:
    """Screen a transfer as of another day; the earlier screenings stay."""
    transfer = _transfer(request, reference)
    refuse_unless(request, Action.SCREEN, transfer)
    question = asked(request.POST)
    if question.error or not request.POST.get("as_of"):
        error = question.error or "This is empty. Give a day, for example 2019-06-20."
        return _latest_page(request, transfer, error)
    screening = services.screen_transfer(
        transfer,
        as_of=question.as_of,
        known_at=question.known_at,
        by=account(request),
    )
    messages.success(request, "Screened again. The earlier screenings are kept below.")
    return redirect("screening-detail", pk=screening.pk)


@require_POST
@asks(Action.CONFIRM)
def screening_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A reviewer confirms, or declines to confirm, what the rules propose."""
    screening = _screening(request, pk)
    refuse_unless(request, Action.CONFIRM, screening)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _screening_page(request, screening, screening.transfer, form)
    try:
        services.confirm(
            screening,
            criterion=request.POST.get("criterion", ""),
            by=account(request),
            **form.cleaned_data,
        )
    except services.NotConfirmable as why:
        form.add_error(None, str(why))
        return _screening_page(request, screening, screening.transfer, form)
    messages.success(request, "Your decision is recorded beside the screening.")
    return redirect("screening-detail", pk=pk)


def _transfer(request: HttpRequest, reference: str) -> Transfer:
    try:
        return selectors.transfer_detail(request.user, reference)
    except Transfer.DoesNotExist:
        raise Http404 from None


def _screening(request: HttpRequest, pk: int) -> Screening:
    try:
        return selectors.screening_detail(request.user, pk)
    except Screening.DoesNotExist:
        raise Http404 from None


def _about(request: HttpRequest, transfer: Transfer) -> dict[str, Any]:
    known = names()
    return {
        "transfer": transfer,
        "title": words.items(transfer, known),
        "sender": known.states.get(transfer.exporter, transfer.exporter),
        "receiver": words.receiver(transfer, known),
        "proposed": words.as_proposed(transfer, known),
        "names": known,
        "today": today(),
        "may_screen": may(request.user, Action.SCREEN, transfer),
    }


def _latest_page(
    request: HttpRequest, transfer: Transfer, day_error: str = ""
) -> HttpResponse:
    latest = selectors.latest_screening(transfer)
    if latest is None:
        context = {**_about(request, transfer), "day_error": day_error}
        return render(request, "screening/unscreened.html", context)
    return _screening_page(request, latest, transfer, day_error=day_error)


def _screening_page(
    request: HttpRequest,
    screening: Screening,
    transfer: Transfer,
    form: ConfirmForm | None = None,
    *,
    day_error: str = "",
) -> HttpResponse:
    latest = selectors.latest_screening(transfer)
    context = {
        **_about(request, transfer),
        **_decisions(request, screening, transfer, form or ConfirmForm()),
        "screening": screening,
        "screenings": selectors.screenings_of(transfer),
        "latest_pk": latest.pk if latest else screening.pk,
        "day_error": day_error,
        "confirmed": selectors.confirmed(screening),
        "told": screening.explanation,
    }
    return render(request, "screening/screening.html", context)


def _decisions(
    request: HttpRequest, screening: Screening, transfer: Transfer, form: ConfirmForm
) -> dict[str, Any]:
    """What waits for a person, what was decided, and who may decide."""
    made = list(screening.confirmations.select_related("by"))
    decided = {confirmation.criterion for confirmation in made}
    findings = screening.explanation.get("findings", [])
    proposed = [f for f in findings if f["outcome"] == "PROPOSED"]
    titles = {f["criterion"]: f.get("title", f["criterion"]) for f in proposed}
    errors = [
        (form[name].auto_id if name in form.fields else "", form.fields[name].label, e)
        if name in form.fields
        else ("", "", e)
        for name, found in form.errors.items()
        for e in found
    ]
    return {
        "confirmations": [(c, titles.get(c.criterion, c.criterion)) for c in made],
        "proposals": [f for f in proposed if f["criterion"] not in decided],
        "may_confirm": may(request.user, Action.CONFIRM, transfer),
        "why_not_confirm": _why_not(request, transfer),
        "form": form,
        "error_list": errors,
    }


def _why_not(request: HttpRequest, transfer: Transfer) -> str:
    if not may(request.user, Action.CONFIRM):
        return "A reviewer of your organisation can confirm it here."
    if not may(request.user, Action.CONFIRM, transfer):
        return "Another reviewer than the person who proposed it must confirm it."
    return ""
