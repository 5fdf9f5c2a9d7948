"""Coups, missions, listings, episodes, parties and judgments: what their lists show."""

from __future__ import annotations

from django.contrib import admin

from treaties import models

from .facts import STATE_NAMES, FactAdmin
from .filters import Between, OneOfValues
from .tables import FORCE_NAMES, STATE


@admin.register(models.ConflictParty)
class ConflictPartyAdmin(FactAdmin):
    shown = ("conflict", "actor", "year", "role")
    filters = ("role", ("year", OneOfValues))
    sought = ("conflict", "actor", *FORCE_NAMES)


@admin.register(models.Coup)
class CoupAdmin(FactAdmin):
    shown = ("state", "on", "kind", "counts")
    filters = (STATE, "counts", "kind")
    sought = (*STATE_NAMES,)
    list_select_related = ("state",)


@admin.register(models.Mission)
class MissionAdmin(FactAdmin):
    shown = ("mission", "organisation", "theatre", "starts", "ends")
    filters = ("organisation", "kind")
    sought = ("mission", "name")


@admin.register(models.Listing)
class ListingAdmin(FactAdmin):
    shown = ("kind", "year", "party", "state", "status")
    filters = (STATE, "kind", "status", ("year", OneOfValues))
    sought = ("party", *FORCE_NAMES, *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.Episode)
class EpisodeAdmin(FactAdmin):
    shown = ("state", "force", "starts", "ends")
    filters = (STATE,)
    sought = ("summary", *FORCE_NAMES, *STATE_NAMES)
    list_select_related = ("state", "force")


@admin.register(models.Judgment)
class JudgmentAdmin(FactAdmin):
    shown = ("court", "case_name", "decided_on", "outcome")
    filters = (STATE, "outcome", ("decided_on", Between))
    sought = ("court", "case_name", "case_number", "holding", *STATE_NAMES)
