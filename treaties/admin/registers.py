"""Registers: many rows, which come from editions whole; what their lists show."""

from __future__ import annotations

from django.contrib import admin

from treaties import models

from .facts import RecordedAdmin
from .filters import Between, OneOfMany

SUPPLIER = ("supplier", OneOfMany)
RECIPIENT = ("recipient", OneOfMany)


@admin.register(models.RecordedTransfer)
class RecordedTransferAdmin(RecordedAdmin):
    shown = ("supplier_text", "recipient_text", "year", "kind", "goods", "designation")
    filters = (SUPPLIER, RECIPIENT, "kind")
    sought = (
        "row_key",
        "supplier_text",
        "recipient_text",
        "goods",
        "designation",
        "supplier__name",
        "recipient__name",
    )
    list_select_related = ("source",)


@admin.register(models.LicenceDecision)
class LicenceDecisionAdmin(RecordedAdmin):
    shown = ("decided_on", "recipient_text", "rating", "is_refused", "criteria")
    filters = (RECIPIENT, "is_refused", ("decided_on", Between))
    sought = ("row_key", "recipient_text", "rating", "recipient__name")
    list_select_related = ("source",)


@admin.register(models.ListedEntity)
class ListedEntityAdmin(RecordedAdmin):
    shown = ("name", "kind", "states", "reference", "listed_on")
    filters = ("kind", ("listed_on", Between))
    sought = ("row_key", "name", "aliases", "states", "reference")
    list_select_related = ("source",)


@admin.register(models.ConflictEvent)
class ConflictEventAdmin(RecordedAdmin):
    shown = ("starts", "place_text", "kind", "side_a", "side_b", "deaths")
    filters = (("place", OneOfMany), "kind", ("starts", Between))
    sought = ("row_key", "side_a", "side_b", "area", "place_text", "place__name")
    list_select_related = ("source",)
