"""Every version of a fact, and the facts that are no longer recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from treaties import ledger, models
from treaties.ledger import Version

from .correcting import Cell
from .links import links_of
from .naming import key_fields, key_of, label_of, shown

if TYPE_CHECKING:
    from .facts import RecordedAdmin

_ON_A_PAGE = 50


@dataclass(frozen=True)
class Told:
    """A version of a fact in words: its number, and what differs from the one before.

    cells: every column, `before` empty for the first version.
    """

    number: int
    version: Version
    cells: list[Cell]

    @property
    def changed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_changed]

    @property
    def is_first(self) -> bool:
        return self.number == 1


def history_page(page: RecordedAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Who recorded what, when and why; also of a fact that was retired."""
    row = page.model._default_manager.filter(pk=pk).first()
    past = models.past_of(page.model)._default_manager.filter(row=pk).first()
    if row is None and past is None:
        raise Http404
    named = key_of(row or past, page.model)  # type: ignore[arg-type]
    versions = ledger.history(page.model, **named)
    return page.page(
        request,
        "history",
        "History",
        fact=row,
        named=", ".join(map(str, named.values())),
        versions=_told(page.model, versions),
        links=links_of(row) if row is not None else [],
    )


def _told(model: type[models.Recorded], versions: list[Version]) -> list[Told]:
    sources = {s.pk: str(s) for s in models.Source.objects.all()}
    columns = {f.attname: label_of(f) for f in models.own_fields(model)}
    columns["source_id"] = "Source"

    def cells(after: Version, before: Version | None) -> list[Cell]:
        return [
            Cell(
                label,
                _shown(name, before.values, sources) if before else "",
                _shown(name, after.values, sources),
            )
            for name, label in columns.items()
        ]

    earlier = [*versions[1:], None]
    return [
        Told(len(versions) - place, version, cells(version, before))
        for place, (version, before) in enumerate(zip(versions, earlier, strict=True))
    ]


def _shown(name: str, values: Mapping[str, Any], sources: Mapping[int, str]) -> str:
    if name == "source_id":
        return sources.get(values[name], "(no longer held)")
    return shown(values[name])


def retired_page(page: RecordedAdmin, request: HttpRequest) -> HttpResponse:
    """Facts that were recorded once and are not now, the last retired first."""
    past = models.past_of(page.model)
    same = {name: OuterRef(name) for name in key_fields(page.model)}
    later = past._default_manager.filter(
        **same, superseded_at__gt=OuterRef("superseded_at")
    )
    gone = (
        past._default_manager.filter(
            ~Exists(page.model._default_manager.filter(**same)), ~Exists(later)
        )
        .select_related("superseded_in")
        .order_by("-superseded_at", "row")
    )
    found = Paginator(gone, _ON_A_PAGE).get_page(request.GET.get("page"))
    return page.page(
        request,
        "retired",
        f"Retired {page.opts.verbose_name_plural}",
        rows=[(_name(page.model, row), row) for row in found],
        found=found,
    )


def _name(model: type[models.Recorded], row: models.Past) -> str:
    """The key and the words by which people know the fact."""
    key = ", ".join(str(part) for part in key_of(row, model).values())
    names = (getattr(row, name, "") for name in ("name", "title", "summary", "phrase"))
    said = next((str(name) for name in names if name), "")
    return f"{key}: {said[:80]}" if said else key
