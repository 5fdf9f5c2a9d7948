"""The ledger itself: who changed facts, when and why, and what each entry wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from treaties import models
from treaties.selectors.ledger import Row, written_by

from .filters import Between, OneOfValues

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    AnyAdmin = admin.ModelAdmin


@admin.register(models.Change)
class ChangeAdmin(AnyAdmin):
    """The entries of the ledger, the newest first. Nobody writes one by hand."""

    list_display = ("at", "kind", "by", "why")
    list_filter = ("kind", ("by", OneOfValues), ("at", Between))
    search_fields = ("by", "why")
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        told = {"title": "Ledger"}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One entry, with the facts that it wrote, by table."""
        change = self.get_object(request, object_id)
        if change is None:
            raise Http404
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        return TemplateResponse(
            request,
            "admin/treaties/change_entry.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": "Entry of the ledger",
                "change": change,
                "tables": [
                    (wrote, [(_address(row), row) for row in wrote.first])
                    for wrote in written_by(change)
                ],
            },
        )


def _address(row: Row) -> str:
    name = f"admin:{row.model._meta.app_label}_{row.model._meta.model_name}_history"
    return reverse(name, kwargs={"pk": row.pk})
