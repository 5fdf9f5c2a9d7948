"""Facts in Django's admin: search, filter, and add to sources kept in the browser.

Facts that files hold are shown only: they are corrected in the files, or answered by
a fact of another source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from treaties import ledger, models

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    # Django's own class takes no type when it runs.
    AnyAdmin = admin.ModelAdmin


class FactAdmin(AnyAdmin):
    """A table of facts; its own columns come first, the common ones last."""

    shown: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False
    search_fields: ClassVar[tuple[str, ...]] = ("key", "publisher", "citation")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # On the class: Django looks there before it lets another table search it.
        cls.search_fields = ("key", *cls.sought, "publisher", "citation")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("key", *self.shown, "publisher", "checked", "known_from")

    def get_list_filter(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.filters, "source", "checked")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return not _in_files(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return not _in_files(obj) and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name == "source":
            kwargs["queryset"] = models.Source.objects.filter(digest="")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        who, why = request.user.get_username(), "in the browser"
        if not change:
            ledger.add(obj, by=who, why=why)
            return
        held = type(obj)._default_manager.get(pk=obj.pk)
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        ledger.correct(held, values, by=who, why=why)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        ledger.retire(obj, by=request.user.get_username(), why="in the browser")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for fact in queryset.filter(source__digest=""):
            self.delete_model(request, fact)


def _in_files(obj: Model | None) -> bool:
    return isinstance(obj, models.Fact) and obj.source.is_kept_in_files


@admin.register(models.Source)
class SourceAdmin(AnyAdmin):
    list_display = ("slug", "publisher", "licence", "redistributable", "retrieved_on")
    list_filter = ("redistributable",)
    search_fields = ("slug", "publisher", "title")
    readonly_fields = ("digest",)

    def has_change_permission(
        self, request: HttpRequest, obj: models.Source | None = None
    ) -> bool:
        kept = obj is not None and obj.is_kept_in_files
        return not kept and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Source | None = None
    ) -> bool:
        kept = obj is not None and obj.is_kept_in_files
        return not kept and super().has_delete_permission(request, obj)


@admin.register(models.State)
class StateAdmin(FactAdmin):
    shown = ("name", "status")
    filters = ("status", "region")
    sought = ("name", "official_name", "other_names", "iso2")


@admin.register(models.StateName)
class StateNameAdmin(FactAdmin):
    shown = ("name", "state", "kind", "scheme", "starts", "ends")
    filters = ("kind", "scheme")
    sought = ("name", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.StateCode)
class StateCodeAdmin(FactAdmin):
    shown = ("scheme", "code", "state", "starts", "ends")
    filters = ("scheme",)
    sought = ("code", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.Treaty)
class TreatyAdmin(FactAdmin):
    shown = ("short_name", "in_force", "complete_to")
    sought = ("name", "short_name")


@admin.register(models.TreatyAct)
class TreatyActAdmin(FactAdmin):
    shown = ("state", "treaty", "act", "on")
    filters = ("treaty", "act")
    sought = ("state__name", "state__iso3")
    list_select_related = ("state", "treaty")
    autocomplete_fields = ("state", "treaty")


@admin.register(models.Embargo)
class EmbargoAdmin(FactAdmin):
    shown = ("title", "issuer", "target_kind", "starts", "ends")
    filters = ("issuer", "target_kind", "binding")
    sought = ("title", "targets", "summary")


@admin.register(models.EmbargoMeasure, models.EmbargoExemption)
class EmbargoPartAdmin(FactAdmin):
    shown = ("embargo", "starts", "ends")
    filters = ("basis",)
    sought = ("embargo__title",)
    list_select_related = ("embargo",)
    autocomplete_fields = ("embargo",)


@admin.register(models.EmbargoInstrument)
class EmbargoInstrumentAdmin(FactAdmin):
    shown = ("embargo", "instrument", "on", "effect")
    filters = ("effect",)
    sought = ("instrument", "embargo__title")
    list_select_related = ("embargo",)
    autocomplete_fields = ("embargo",)


@admin.register(models.Force)
class ForceAdmin(FactAdmin):
    shown = ("name", "state", "kind", "parent")
    filters = ("kind",)
    sought = ("name", "aliases", "state__name")
    list_select_related = ("state", "parent")
    autocomplete_fields = ("state", "parent")


@admin.register(models.AbuseReport)
class AbuseReportAdmin(FactAdmin):
    shown = ("state", "force", "published_on", "finding", "strength")
    filters = ("finding", "publisher_class", "legal_class", "state")
    sought = ("title", "summary", "force__name", "state__name")
    list_select_related = ("state", "force")
    autocomplete_fields = ("state", "place", "force")


@admin.register(models.CoalitionRole)
class CoalitionRoleAdmin(FactAdmin):
    shown = ("coalition", "force", "role", "starts", "ends")
    filters = ("role",)
    list_select_related = ("coalition", "force")
    autocomplete_fields = ("coalition", "force", "state")


@admin.register(models.Search)
class SearchAdmin(FactAdmin):
    shown = ("state", "subject", "covers_from", "covers_to")
    filters = ("subject",)
    sought = ("state__name", "result")
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.Operation)
class OperationAdmin(FactAdmin):
    shown = ("operation", "state", "role", "is_party_to_fighting", "starts", "ends")
    filters = ("is_party_to_fighting", "role")
    sought = ("operation", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state", "place")


@admin.register(models.ConflictYear)
class ConflictYearAdmin(FactAdmin):
    shown = ("conflict", "state", "year", "role")
    filters = ("role", "year")
    sought = ("conflict", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.DiversionEvent)
class DiversionEventAdmin(FactAdmin):
    shown = ("state", "kind", "happened_on", "strength")
    filters = ("kind", "from_role")
    sought = ("summary", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state", "to_state")


@admin.register(models.Indicator)
class IndicatorAdmin(FactAdmin):
    shown = ("name", "unit", "higher_is")
    sought = ("name",)


@admin.register(models.IndicatorValue)
class IndicatorValueAdmin(AnyAdmin):
    """Numbers come from editions, whole; nobody types one."""

    list_display = ("indicator", "state", "year", "value", "known_from")
    list_filter = ("indicator", "source")
    search_fields = ("state__name", "state__iso3")
    list_select_related = ("indicator", "state")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: models.IndicatorValue | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: models.IndicatorValue | None = None
    ) -> bool:
        return False


@admin.register(models.ItemCategory)
class ItemCategoryAdmin(FactAdmin):
    shown = ("name", "att_scope", "family", "standard_tier")
    filters = ("family", "standard_tier")
    sought = ("name", "description")


@admin.register(models.ItemSynonym)
class ItemSynonymAdmin(FactAdmin):
    shown = ("item", "kind", "alternatives")
    filters = ("kind", "item")
    sought = ("phrase",)
    list_select_related = ("item",)
    autocomplete_fields = ("item",)


@admin.register(models.GoodsTerm)
class GoodsTermAdmin(FactAdmin):
    shown = ("scheme", "term", "item", "confidence")
    filters = ("scheme", "confidence")
    sought = ("term", "words")
    list_select_related = ("item",)
    autocomplete_fields = ("item",)


@admin.register(models.ControlListEntry)
class ControlListEntryAdmin(FactAdmin):
    shown = ("scheme", "entry", "item", "tier", "starts", "ends")
    filters = ("scheme", "tier")
    sought = ("entry", "entry_text")
    list_select_related = ("item",)
    autocomplete_fields = ("item",)


@admin.register(models.ConflictParty)
class ConflictPartyAdmin(FactAdmin):
    shown = ("conflict", "actor", "year", "role")
    filters = ("role", "year")
    sought = ("conflict", "actor")
    autocomplete_fields = ("force",)


@admin.register(models.Coup)
class CoupAdmin(FactAdmin):
    shown = ("state", "on", "kind", "counts")
    filters = ("counts", "kind")
    sought = ("state__name",)
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.Mission)
class MissionAdmin(FactAdmin):
    shown = ("mission", "organisation", "theatre", "starts", "ends")
    filters = ("organisation", "kind")
    sought = ("mission", "name")


@admin.register(models.Listing)
class ListingAdmin(FactAdmin):
    shown = ("kind", "year", "party", "state", "status")
    filters = ("kind", "status", "year")
    sought = ("party", "state__name")
    list_select_related = ("state",)
    autocomplete_fields = ("state", "force")


@admin.register(models.Episode)
class EpisodeAdmin(FactAdmin):
    shown = ("state", "force", "starts", "ends")
    sought = ("summary", "state__name")
    list_select_related = ("state", "force")
    autocomplete_fields = ("state", "force", "place")


@admin.register(models.Judgment)
class JudgmentAdmin(FactAdmin):
    shown = ("court", "case_name", "decided_on", "outcome")
    filters = ("outcome", "state")
    sought = ("court", "case_name", "case_number", "holding")
    autocomplete_fields = ("state",)


@admin.register(models.LawText)
class LawTextAdmin(FactAdmin):
    shown = ("instrument", "article", "effect", "rung", "starts", "ends")
    filters = ("effect", "issuer")
    sought = ("instrument", "words", "tests")


@admin.register(models.EmbargoText)
class EmbargoTextAdmin(FactAdmin):
    shown = ("instrument", "issuer", "target", "starts", "read_as_of")
    filters = ("issuer",)
    sought = ("instrument", "goods")
    list_select_related = ("issuer", "target")
    autocomplete_fields = ("issuer", "target")


@admin.register(models.ListedGoods)
class ListedGoodsAdmin(FactAdmin):
    shown = ("annex", "entry", "what", "tier", "starts", "ends")
    filters = ("annex", "tier")
    sought = ("what", "cn_codes")


@admin.register(models.EasedDestination)
class EasedDestinationAdmin(FactAdmin):
    shown = ("authorisation", "state", "kind", "starts", "ends")
    filters = ("authorisation", "kind")
    sought = ("state__name",)
    list_select_related = ("state",)
    autocomplete_fields = ("state",)


@admin.register(models.RegimeWithoutArms)
class RegimeWithoutArmsAdmin(FactAdmin):
    shown = ("title", "issuer", "target", "starts", "ends")
    filters = ("issuer",)
    sought = ("title", "target__name")
    list_select_related = ("target",)
    autocomplete_fields = ("target",)
