"""Retire a fact, once nothing refers to it, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from treaties import ledger, models

from .correcting import held_or_404
from .forms import RetireForm
from .referring import Referring, referring_to
from .words import said_by_database

if TYPE_CHECKING:
    from .facts import RecordedAdmin


def retire_page(page: RecordedAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What refers to the fact and, when nothing does, the form to retire it."""
    held = held_or_404(page, pk)
    referring = referring_to(held)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        problem = _retire(page, request, form, held, referring)
        if not problem:
            messages.success(
                request, f"“{held}” is retired; the ledger keeps every version of it."
            )
            return HttpResponseRedirect(page.address("changelist"))
        form.add_error(None, problem)
    return page.page(
        request,
        "retire",
        f"Retire {page.opts.verbose_name}",
        fact=held,
        form=form,
        referring=referring,
    )


def _retire(
    page: RecordedAdmin,
    request: HttpRequest,
    form: RetireForm,
    held: models.Recorded,
    referring: list[Referring],
) -> str:
    """Why the fact could not be retired; "" when it was."""
    if referring:
        return "Other facts refer to it. Correct or retire them first."
    why, by = form.cleaned_data["why"], request.user.get_username()
    try:
        ledger.retire(held, by=by, why=why)
    except models.LedgerError as error:
        return str(error)
    except DatabaseError as error:
        return " ".join(said_by_database(error, page.model).messages)
    return ""
