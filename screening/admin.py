"""The administrator's view of accounts, transfers and screenings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from screening.access import (
    Action,
    NotAllowed,
    may,
    require,
    screenings_visible_to,
    transfers_visible_to,
)
from screening.models import (
    Confirmation,
    Organisation,
    Screening,
    ScreeningRun,
    Transfer,
    TransferItem,
    User,
)
from screening.selectors import screenings_naming, uses_of
from treaties.admin import FactLink, add_fact_link

# The explanations of these are read whole to say what the fact was used for.
ON_A_PAGE = 25

# Django's own classes take no parameter at run time; their stubs ask for one.
if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
    BaseUserAdmin = UserAdmin[User]
else:
    Admin, Inline, BaseUserAdmin = admin.ModelAdmin, admin.TabularInline, UserAdmin


class ByRole:
    """Permissions by role alone, so that not even a superuser's flag adds to them."""

    action = Action.MANAGE_ACCOUNTS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, self.action)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, self.action)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, self.action)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, self.action)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, self.action)


class ReadOnly(ByRole):
    """An admin that shows and changes nothing."""

    action = Action.VIEW_TRANSFER

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ByRole, Admin):
    list_display = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(User)
class AccountAdmin(ByRole, BaseUserAdmin):
    list_display = ("username", "organisation", "role", "is_active", "last_login")
    list_filter = ("role", "organisation", "is_active")
    # The role decides; groups, single permissions and the staff flag decide nothing.
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Organisation and role", {"fields": ("organisation", "role")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        ("Organisation and role", {"fields": ("organisation", "role")}),
    )


class TransferItems(ReadOnly, Inline):
    model = TransferItem
    extra = 0


# Read-only: a transfer is what was proposed, and enters through intake alone.
@admin.register(Transfer)
class TransferAdmin(ReadOnly, Admin):
    list_display = ("reference", "organisation", "exporter", "recipient", "proposed_on")
    list_filter = ("organisation", "is_made_up", "is_public")
    search_fields = ("reference", "end_user")
    list_select_related = ("organisation",)
    inlines = (TransferItems,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        seen = transfers_visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=seen)


@admin.register(ScreeningRun)
class ScreeningRunAdmin(ReadOnly, Admin):
    action = Action.VIEW_RUNS
    list_display = ("pk", "kind", "state", "n_transfers", "n_done", "n_changed")


@admin.register(Screening)
class ScreeningAdmin(ReadOnly, Admin):
    list_display = ("pk", "transfer", "as_of", "known_at", "verdict", "is_complete")
    list_filter = ("verdict", "is_complete")
    list_select_related = ("transfer",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Screening]:
        seen = screenings_visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=seen)

    def get_urls(self) -> list[URLPattern]:
        trace = self.admin_site.admin_view(self.trace)
        return [path("trace/", trace, name="screening_trace"), *super().get_urls()]

    def trace(self, request: HttpRequest) -> HttpResponse:
        """Every screening whose explanation names a fact, with what it was used for."""
        require_to(request, Action.EDIT_FACTS)
        table, key = request.GET.get("table", ""), request.GET.get("key", "")
        found = screenings_naming(request.user, table, key)
        shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Screenings that used a fact",
            "table": table,
            "key": key,
            "found": shown,
            "rows": uses_of(shown, table, key),
        }
        return TemplateResponse(request, "admin/screening/trace.html", context)


def require_to(request: HttpRequest, action: Action) -> None:
    """Answer 403 unless the account may do this."""
    try:
        require(request.user, action)
    except NotAllowed as why:
        raise PermissionDenied(str(why)) from why


def _trace_of(table: str, key: str) -> str:
    return (
        f"{reverse('admin:screening_trace')}?{urlencode({'table': table, 'key': key})}"
    )


add_fact_link(FactLink("Trace", _trace_of))


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnly, Admin):
    list_display = ("pk", "screening", "criterion", "decision", "by")
    list_select_related = ("screening", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Confirmation]:
        seen = screenings_visible_to(request.user)
        return super().get_queryset(request).filter(screening__in=seen)
