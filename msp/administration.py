"""The administration: who may come in, and what its first page shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from screening.access import may_administer
from treaties.models import Change

_N_CHANGES = 10


class Administration(AdminSite):
    """Django's admin for whoever edits facts or manages accounts, staff flag or not."""

    site_header = "MSP administration"
    site_title = "MSP administration"
    index_title = "Facts and accounts"
    # Lists of facts are wide; the first page and the trail above lead everywhere.
    enable_nav_sidebar = False
    # The default form asks for the staff flag, which decides nothing here.
    login_form = AuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def admin_view(
        self, view: Callable[..., HttpResponseBase], cacheable: bool = False
    ) -> Any:
        """Refuse whoever signed in and may not come in; a visitor is asked to sign in.

        Django's own asks both to sign in, which tells the first nothing.
        """
        inner = super().admin_view(view, cacheable)

        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            is_leaving = request.path == reverse(f"{self.name}:logout")
            known = request.user.is_authenticated
            if known and not is_leaving and not self.has_permission(request):
                message = "Your account may not open the administration."
                raise PermissionDenied(message)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {"latest_changes": Change.objects.order_by("-at")[:_N_CHANGES]}
        return super().index(request, {**context, **(extra_context or {})})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """Django's, with the ledger under the name that the pages give it."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for listed in (table for app in apps for table in app["models"]):
            if listed["model"] is Change:
                listed["name"] = "Ledger"
        return apps
