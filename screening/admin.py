"""The administrator's view of accounts, transfers and screenings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from screening.models import (
    Confirmation,
    Organisation,
    Screening,
    ScreeningRun,
    Transfer,
    TransferItem,
    User,
)

# Django's own classes take no parameter at run time; their stubs ask for one.
if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
    BaseUserAdmin = UserAdmin[User]
else:
    Admin, Inline, BaseUserAdmin = admin.ModelAdmin, admin.TabularInline, UserAdmin


@admin.register(Organisation)
class OrganisationAdmin(Admin):
    list_display = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(User)
class AccountAdmin(BaseUserAdmin):
    list_display = ("username", "organisation", "role", "is_active", "is_staff")
    list_filter = ("role", "organisation", "is_active")
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        ("Organisation and role", {"fields": ("organisation", "role")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        ("Organisation and role", {"fields": ("organisation", "role")}),
    )


class ReadOnly:
    """An admin that shows and changes nothing."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


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


@admin.register(ScreeningRun)
class ScreeningRunAdmin(ReadOnly, Admin):
    list_display = ("pk", "kind", "state", "n_transfers", "n_done", "n_changed")


@admin.register(Screening)
class ScreeningAdmin(ReadOnly, Admin):
    list_display = ("pk", "transfer", "as_of", "known_at", "verdict", "is_complete")
    list_filter = ("verdict", "is_complete")
    list_select_related = ("transfer",)


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnly, Admin):
    list_display = ("pk", "screening", "criterion", "decision", "by")
    list_select_related = ("screening", "by")
