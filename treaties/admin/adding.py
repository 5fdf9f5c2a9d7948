"""Add a fact: first where it stands, then what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from treaties import ledger, models

from .forms import FactForm, SourceForm, fact_form
from .words import said_by_database

if TYPE_CHECKING:
    from .facts import RecordedAdmin


def add_page(page: RecordedAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the source until the address names one, then for the fact."""
    slug = request.GET.get("source", "")
    source = models.Source.objects.filter(slug=slug).first()
    if source is None:
        return _source_step(page, request, asked=slug)
    return _fact_step(page, request, source)


def _source_step(page: RecordedAdmin, request: HttpRequest, asked: str) -> HttpResponse:
    form = SourceForm(request.POST or None, today=page.today())
    if request.method == "POST" and form.is_valid():
        source = form.save()
        messages.success(request, f"The source “{source}” is made. Now the fact.")
        return HttpResponseRedirect(_next_step(page, source))
    return page.page(
        request,
        "add_source",
        f"Add {page.opts.verbose_name}: its source",
        form=form,
        groups=list(_sources()),
        asked=asked,
    )


def _next_step(page: RecordedAdmin, source: models.Source) -> str:
    return f"{page.address('add')}?source={source.slug}"


def _sources() -> Iterator[tuple[str, list[models.Source]]]:
    """Every source, those of the stewards first; what they add to others is kept."""
    held = list(models.Source.objects.order_by("title", "slug"))
    yield "Kept by the stewards", [s for s in held if not s.is_kept_in_files]
    yield (
        "Held in files; what you add stays when they are loaded again",
        [s for s in held if s.is_kept_in_files],
    )


def _fact_step(
    page: RecordedAdmin, request: HttpRequest, source: models.Source
) -> HttpResponse:
    form = _form(page, request, source)
    if request.method == "POST" and form.is_valid():
        added = _add(page, request, form)
        if added is not None:
            messages.success(request, f"“{added}” is recorded.")
            again = "another" in request.POST
            where = (
                _next_step(page, source)
                if again
                else page.address("change", object_id=added.pk)
            )
            return HttpResponseRedirect(where)
    return page.page(
        request,
        "add_fact",
        f"Add {page.opts.verbose_name}",
        form=form,
        source=source,
    )


def _form(page: RecordedAdmin, request: HttpRequest, source: models.Source) -> FactForm:
    told: dict[str, Any] = {"source": source}
    if issubclass(page.model, models.Fact):
        told["publisher"] = source.publisher
        told["url"] = source.url
        told["citation"] = source.symbol
    return fact_form(page.model)(
        request.POST or None,
        instance=page.model(**told),
        by=request.user.get_username(),
        today=page.today(),
        correcting=False,
    )


def _add(
    page: RecordedAdmin, request: HttpRequest, form: FactForm
) -> models.Recorded | None:
    """The fact as it was recorded; None, with the reason in the form, if it was not."""
    why, by = form.cleaned_data["why"], request.user.get_username()
    try:
        added: models.Recorded = ledger.add(form.instance, by=by, why=why)
    except models.LedgerError as error:
        form.add_error(None, str(error))
    except DatabaseError as error:
        note(form, said_by_database(error, page.model))
    else:
        return added
    form.instance.pk = None
    return None


def note(form: FactForm, error: ValidationError) -> None:
    """Show what was refused, beside its field when the form has it."""
    told = getattr(error, "error_dict", None)
    if told is None or set(told) <= form.fields.keys():
        form.add_error(None, error)
    else:
        form.add_error(None, ValidationError(error.messages))
