"""Sources in the admin, and the pages about whole sources: imports and freshness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from treaties import models

from . import board, imports

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    AnyAdmin = admin.ModelAdmin


@admin.register(models.Source)
class SourceAdmin(AnyAdmin):
    """What a source says of itself. One that files describe is described there."""

    list_display = ("slug", "publisher", "title", "licence", "retrieved_on", "held_in")
    list_filter = ("redistributable",)
    search_fields = ("slug", "publisher", "title", "symbol")
    readonly_fields = ("digest",)

    @admin.display(description="held in")
    def held_in(self, source: models.Source) -> str:
        return "files" if source.is_kept_in_files else "the browser"

    def has_change_permission(
        self, request: HttpRequest, obj: models.Source | None = None
    ) -> bool:
        kept = obj is not None and obj.is_kept_in_files
        return not kept and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Source | None = None
    ) -> bool:
        # Superseded versions name their source too, and no key of the database holds
        # it for them: only one that no fact ever named may go.
        return (
            obj is not None
            and not obj.is_kept_in_files
            and super().has_delete_permission(request, obj)
            and not _is_named(obj)
        )

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("freshness/", guard(self.freshness), name="treaties_freshness"),
            path("import/", guard(self.import_file), name="treaties_import"),
            *super().get_urls(),
        ]

    def freshness(self, request: HttpRequest) -> HttpResponse:
        """How old everything is, what is due, and where nobody has looked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = board.board(timezone.localdate())
        return self.page(request, "freshness", "Freshness", board=shown)

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Import a publisher's file, after a look at what it would change."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return imports.import_page(self, request)

    def page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        """A page about sources, in the frame of the admin."""
        return TemplateResponse(
            request,
            f"admin/treaties/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                **context,
            },
        )


def _is_named(source: models.Source) -> bool:
    """Whether any fact, open or superseded, rests on the source."""
    return any(
        manager.filter(source=source).exists()
        for model in models.recorded_models()
        for manager in (
            model._default_manager,
            models.past_of(model)._default_manager,
        )
    )
