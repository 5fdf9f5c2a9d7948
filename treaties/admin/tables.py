"""The tables of facts, each with what its list shows, filters and searches."""

from __future__ import annotations

from django.contrib import admin

from treaties import models

from .facts import STATE_NAMES, FactAdmin, RecordedAdmin
from .filters import AimedAt, Between, OneOfMany, OneOfValues

STATE = ("state", OneOfMany)
EMBARGO_NAMES = ("embargo__key", "embargo__title", "embargo__target_text")
FORCE_NAMES = ("force__key", "force__name", "force__aliases")


@admin.register(models.State)
class StateAdmin(FactAdmin):
    shown = ("name", "status")
    filters = ("status", "region")
    sought = ("name", "official_name", "other_names", "iso2")


@admin.register(models.Treaty)
class TreatyAdmin(FactAdmin):
    shown = ("short_name", "in_force", "complete_to")
    sought = ("code", "name", "short_name")


@admin.register(models.TreatyAct)
class TreatyActAdmin(FactAdmin):
    shown = ("state", "treaty", "act", "on")
    filters = (STATE, ("treaty", OneOfMany), ("act", OneOfValues))
    sought = (*STATE_NAMES, "treaty__code", "treaty__name", "treaty__short_name")
    list_select_related = ("state", "treaty")


@admin.register(models.Embargo)
class EmbargoAdmin(FactAdmin):
    shown = ("title", "issuer", "target_kind", "starts", "ends")
    filters = (AimedAt, ("issuer", OneOfValues), "target_kind", "binding")
    sought = ("title", "targets", "summary")


@admin.register(models.EmbargoMeasure, models.EmbargoExemption)
class EmbargoPartAdmin(FactAdmin):
    shown = ("embargo", "starts", "ends")
    filters = (("embargo", OneOfMany), "basis")
    sought = EMBARGO_NAMES
    list_select_related = ("embargo",)


@admin.register(models.EmbargoInstrument)
class EmbargoInstrumentAdmin(FactAdmin):
    shown = ("embargo", "instrument", "on", "effect")
    filters = (("embargo", OneOfMany), "effect")
    sought = ("instrument", *EMBARGO_NAMES)
    list_select_related = ("embargo",)


@admin.register(models.Force)
class ForceAdmin(FactAdmin):
    shown = ("name", "state", "kind", "parent")
    filters = (STATE, ("kind", OneOfValues))
    sought = ("name", "aliases", *STATE_NAMES)
    list_select_related = ("state", "parent")


@admin.register(models.AbuseReport)
class AbuseReportAdmin(FactAdmin):
    shown = ("state", "force", "published_on", "finding", "strength")
    filters = (STATE, "finding", "publisher_class", "legal_class")
    sought = ("title", "summary", "incident", *FORCE_NAMES, *STATE_NAMES)
    list_select_related = ("state", "force")


@admin.register(models.CoalitionRole)
class CoalitionRoleAdmin(FactAdmin):
    shown = ("coalition", "force", "role", "starts", "ends")
    filters = (STATE, "role")
    sought = (*FORCE_NAMES, "coalition__name", "coalition__aliases", *STATE_NAMES)
    list_select_related = ("coalition", "force")


@admin.register(models.Search)
class SearchAdmin(FactAdmin):
    shown = ("state", "subject", "looked_at", "covers_to", "found")
    filters = (STATE, "subject", "looked_at", "found")
    sought = ("sources", "result", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.Operation)
class OperationAdmin(FactAdmin):
    shown = ("operation", "state", "role", "is_party_to_fighting", "starts", "ends")
    filters = (STATE, "is_party_to_fighting", "role")
    sought = ("operation", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.ConflictYear)
class ConflictYearAdmin(FactAdmin):
    shown = ("conflict", "state", "year", "role")
    filters = (STATE, "role", ("year", OneOfValues))
    sought = ("conflict", "actor", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.DiversionEvent)
class DiversionEventAdmin(FactAdmin):
    shown = ("state", "kind", "happened_on", "strength")
    filters = (STATE, "kind", "from_role")
    sought = ("summary", "found_by", "to_text", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.Indicator)
class IndicatorAdmin(FactAdmin):
    shown = ("name", "unit", "higher_is")
    sought = ("code", "name")


@admin.register(models.IndicatorValue)
class IndicatorValueAdmin(RecordedAdmin):
    """Numbers, by indicator, state, year and the edition that published them."""

    shown = ("indicator", "state", "year", "value", "known_from")
    filters = (
        ("indicator", OneOfMany),
        STATE,
        ("year", OneOfValues),
        ("known_from", Between),
    )
    sought = ("indicator__code", "indicator__name", *STATE_NAMES)
    list_select_related = ("indicator", "state", "source")


@admin.register(models.ItemCategory)
class ItemCategoryAdmin(FactAdmin):
    shown = ("name", "att_scope", "family", "standard_tier")
    filters = ("family", "standard_tier")
    sought = ("code", "name", "description")


@admin.register(models.ItemSynonym)
class ItemSynonymAdmin(FactAdmin):
    shown = ("item", "kind", "alternatives")
    filters = ("kind", ("item", OneOfMany))
    sought = ("phrase", "maker", "item__name")
    list_select_related = ("item",)


@admin.register(models.ControlListEntry)
class ControlListEntryAdmin(FactAdmin):
    shown = ("scheme", "entry", "item", "tier", "starts", "ends")
    filters = (("scheme", OneOfValues), "tier")
    sought = ("scheme", "entry", "entry_text", "item__code", "item__name")
    list_select_related = ("item",)


@admin.register(models.StateName)
class StateNameAdmin(FactAdmin):
    shown = ("name", "state", "kind", "scheme", "starts", "ends")
    filters = (STATE, "kind", ("scheme", OneOfValues))
    sought = ("name", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.StateCode)
class StateCodeAdmin(FactAdmin):
    shown = ("scheme", "code", "state", "starts", "ends")
    filters = (STATE, ("scheme", OneOfValues))
    sought = ("code", *STATE_NAMES)
    list_select_related = ("state",)


@admin.register(models.GoodsTerm)
class GoodsTermAdmin(FactAdmin):
    shown = ("scheme", "term", "item", "confidence")
    filters = (("scheme", OneOfValues), "confidence", ("item", OneOfMany))
    sought = ("term", "words", "item__code", "item__name")
    list_select_related = ("item",)
