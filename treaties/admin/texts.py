"""Texts of the law and of embargoes, and the goods they list: what their lists show."""

from __future__ import annotations

from django.contrib import admin

from treaties import models

from .facts import STATE_NAMES, FactAdmin
from .filters import OneOfMany, OneOfValues
from .tables import STATE


@admin.register(models.LawText)
class LawTextAdmin(FactAdmin):
    shown = ("instrument", "article", "effect", "rung", "starts", "ends")
    filters = ("effect", ("issuer", OneOfValues))
    sought = ("instrument", "words", "tests")


@admin.register(models.EmbargoText)
class EmbargoTextAdmin(FactAdmin):
    shown = ("instrument", "issuer", "target", "starts", "read_as_of")
    filters = (("issuer", OneOfMany), ("target", OneOfMany))
    sought = ("instrument", "goods")
    list_select_related = ("issuer", "target")


@admin.register(models.ListedGoods)
class ListedGoodsAdmin(FactAdmin):
    shown = ("annex", "entry", "what", "tier", "starts", "ends")
    filters = ("annex", "tier")
    sought = ("what", "cn_codes")


@admin.register(models.EasedDestination)
class EasedDestinationAdmin(FactAdmin):
    shown = ("authorisation", "state", "kind", "starts", "ends")
    filters = (STATE, "authorisation", "kind")
    sought = (*STATE_NAMES,)
    list_select_related = ("state",)


@admin.register(models.RegimeWithoutArms)
class RegimeWithoutArmsAdmin(FactAdmin):
    shown = ("title", "issuer", "target", "starts", "ends")
    filters = (("issuer", OneOfValues), ("target", OneOfMany))
    sought = ("title", "target__name", "target__other_names")
    list_select_related = ("target",)
