"""Correct a fact: the form, both versions side by side, then the newer version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from treaties import ledger, models

from .adding import note
from .forms import FactForm, fact_form
from .naming import label_of, shown
from .words import said_by_database

if TYPE_CHECKING:
    from .facts import RecordedAdmin


@dataclass(frozen=True)
class Cell:
    """One column of a fact before and after."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def correct_page(page: RecordedAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The form, the preview, or the answer to “record it”."""
    held = held_or_404(page, pk)
    form = _form(page, request, held)
    if request.method != "POST":
        return _form_page(page, request, held, form)
    if not form.is_valid():
        return _form_page(page, request, held, form)
    if request.POST.get("seen") != str(held.recorded_in_id):
        form.add_error(None, _OVERTAKEN)
        return _form_page(page, request, held, form)
    values = form.changed_values(held)
    if not values:
        form.add_error(None, "Nothing differs from what is recorded.")
        return _form_page(page, request, held, form)
    if "record" in request.POST and _correct(page, request, form, held, values):
        messages.success(request, f"“{held}” is corrected; the old version is kept.")
        return HttpResponseRedirect(page.address("history", pk=held.pk))
    if "preview" not in request.POST:
        return _form_page(page, request, held, form)
    return _preview(page, request, held, form)


_OVERTAKEN = (
    "Somebody corrected this fact while you were writing. Nothing was recorded. Look "
    "at the values as they are now, beside yours, and send yours again if they still "
    "hold."
)


def held_or_404(page: RecordedAdmin, pk: int) -> models.Recorded:
    """The open version of a fact; 404 when it was retired."""
    held: models.Recorded | None = page.model._default_manager.filter(pk=pk).first()
    if held is None:
        raise Http404
    return held


def _form(page: RecordedAdmin, request: HttpRequest, held: models.Recorded) -> FactForm:
    # A copy, because a form writes into the object that it is given.
    copy = page.model._default_manager.get(pk=held.pk)
    return fact_form(page.model)(
        request.POST or None,
        instance=copy,
        by=request.user.get_username(),
        today=page.today(),
        correcting=True,
    )


def _correct(
    page: RecordedAdmin,
    request: HttpRequest,
    form: FactForm,
    held: models.Recorded,
    values: dict[str, Any],
) -> bool:
    """Whether the correction is recorded; if not, the form says why."""
    why, by = form.cleaned_data["why"], request.user.get_username()
    try:
        ledger.correct(held, values, by=by, why=why)
    except models.LedgerError as error:
        form.add_error(None, str(error))
    except DatabaseError as error:
        note(form, said_by_database(error, page.model))
    return not form.errors


def _form_page(
    page: RecordedAdmin, request: HttpRequest, held: models.Recorded, form: FactForm
) -> HttpResponse:
    return page.page(
        request,
        "correct",
        f"Correct {page.opts.verbose_name}",
        fact=held,
        form=form,
        seen=held.recorded_in_id,
        cells=compared(page.model, held, form.instance) if form.errors else [],
    )


def _preview(
    page: RecordedAdmin, request: HttpRequest, held: models.Recorded, form: FactForm
) -> HttpResponse:
    return page.page(
        request,
        "correct_preview",
        "Look at both versions",
        fact=held,
        form=form,
        seen=held.recorded_in_id,
        cells=compared(page.model, held, form.instance),
        why=form.cleaned_data["why"],
        sent=[
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in {"csrfmiddlewaretoken", "preview", "record", "seen"}
        ],
    )


def compared(
    model: type[models.Recorded], before: models.Recorded, after: models.Recorded
) -> list[Cell]:
    """Every column of two versions of a fact."""
    columns = [*models.own_fields(model), model._meta.get_field("source")]
    return [
        Cell(
            label_of(column),
            _shown(before, column),
            _shown(after, column),
        )
        for column in columns
    ]


def _shown(row: models.Recorded, column: Any) -> str:
    if column.name == "source":
        return str(row.source)
    return shown(getattr(row, column.attname))
