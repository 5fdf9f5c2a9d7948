"""A table of facts in the admin: its list, and the pages of each fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator

from treaties import models, selectors

from . import adding, checking, correcting, retiring, versions
from .filters import Between, OneOfMany
from .links import links_of
from .naming import label_of, shown

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    # Django's own class takes no type when it runs.
    AnyAdmin = admin.ModelAdmin

# Other names of a state, wherever a table refers to one.
STATE_NAMES = (
    "state__iso3",
    "state__name",
    "state__official_name",
    "state__other_names",
)
# What a list offers at most to check at once: each is an entry of the ledger.
MOST_CHECKED_AT_ONCE = 200
# A likeness scores less than this; only what the text occurs in is searched for.
_OCCURS = 70
_LONGEST_SHOWN = 60


class RecordedAdmin(AnyAdmin):
    """A table of facts. Nothing is changed in place: facts are corrected or retired."""

    shown: tuple[str, ...] = ()
    filters: tuple[Any, ...] = ()
    sought: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False
    common_shown: ClassVar[tuple[str, ...]] = ("source",)
    common_filters: ClassVar[tuple[Any, ...]] = (("source", OneOfMany),)
    common_sought: ClassVar[tuple[str, ...]] = ()
    search_help_text = "Any part of a name, another name, an alias, a code or a key."

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # On the class: Django looks there before it lets another table search it.
        cls.search_fields = (*cls.sought, *cls.common_sought)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.shown, *self.common_shown)

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*self.filters, *self.common_filters)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Also what belongs to a state or force that goes by this name.

        The names are compared as the rest of the product does: "cote d'ivoire" finds
        Côte d'Ivoire, "Burma" Myanmar.
        """
        found, has_doubles = super().get_search_results(request, queryset, search_term)
        if named := self._named(search_term):
            found = (found | queryset.filter(named)).distinct()
        return found, has_doubles

    def _named(self, text: str) -> Q | None:
        if not text:
            return None
        states = _codes(selectors.find_states(text))
        forces = _codes(selectors.find_forces(text))
        wanted = Q(iso3__in=states) if self.model is models.State else Q()
        if self.model is models.Embargo:
            for code in states:
                wanted |= Q(targets__contains=code)
        for column in self.model._meta.concrete_fields:
            if column.related_model is models.State:
                wanted |= Q(**{f"{column.attname}__in": states})
            if column.related_model is models.Force:
                wanted |= Q(**{f"{column.attname}__in": forces})
        return wanted or None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        told = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    # --- Who may do what: the role decides, and nobody changes a row in place --------

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def may_edit(self, request: HttpRequest) -> bool:
        """Whether the account may add, correct and retire facts."""
        return self.has_add_permission(request)

    # --- Pages -----------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> Any:
            guarded = self.admin_site.admin_view(self._for_editors(view))
            return path(route, guarded, name=f"{self._url_stem}_{name}")

        return [
            page("retired/", versions.retired_page, "retired"),
            page("check/", checking.check_page, "check"),
            page("<int:pk>/correct/", correcting.correct_page, "correct"),
            page("<int:pk>/retire/", retiring.retire_page, "retire"),
            page("<int:pk>/history/", versions.history_page, "history"),
            *super().get_urls(),
        ]

    @property
    def _url_stem(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _for_editors(
        self, view: Callable[..., HttpResponse]
    ) -> Callable[..., HttpResponseBase]:
        def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if not self.may_edit(request):
                raise PermissionDenied
            return view(self, request, **named)

        return update_wrapper(guarded, view)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.may_edit(request):
            raise PermissionDenied
        return adding.add_page(self, request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The fact as it is recorded now, with what can be done about it."""
        fact = self.get_object(request, object_id)
        if fact is None:
            raise Http404
        if not self.has_view_permission(request, fact) or request.method != "GET":
            raise PermissionDenied
        return self.page(
            request,
            "fact",
            str(fact),
            fact=fact,
            rows=[(label_of(f), shown(_told(fact, f))) for f in _columns(self.model)],
            links=links_of(fact),
        )

    def page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        """A page of this table, in the frame of the admin."""
        return TemplateResponse(
            request,
            f"admin/treaties/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                "stem": f"admin:{self._url_stem}",
                "may_edit": self.may_edit(request),
                **context,
            },
        )

    def address(self, name: str, **named: Any) -> str:
        """Where a page of this table is."""
        return reverse(f"admin:{self._url_stem}_{name}", kwargs=named or None)

    def today(self) -> date:
        """The day on which the steward works."""
        return timezone.localdate()

    @admin.action(description="Record that the source was read")
    def mark_checked(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[: MOST_CHECKED_AT_ONCE + 1])
        if len(chosen) > MOST_CHECKED_AT_ONCE:
            self.message_user(
                request,
                f"At most {MOST_CHECKED_AT_ONCE} facts are checked at once: nobody "
                "reads the sources of more in one go. Choose fewer.",
                "error",
            )
            return None
        asked = "&".join(f"pk={pk}" for pk in chosen)
        return HttpResponseRedirect(f"{self.address('check')}?{asked}")


class FactAdmin(RecordedAdmin):
    """A table of facts with keys; its own columns come first, the common ones last."""

    common_shown = ("known", "checked", "said_by")
    common_filters = (
        ("source", OneOfMany),
        "checked",
        ("known_from", Between),
    )
    common_sought = ("key", "publisher", "citation")
    actions = ("mark_checked",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("key", *self.shown, *self.common_shown)

    @admin.display(description="publisher", ordering="publisher")
    def said_by(self, fact: models.Fact) -> str:
        return Truncator(fact.publisher).chars(_LONGEST_SHOWN)

    @admin.display(description="known from", ordering="known_from")
    def known(self, fact: models.Fact) -> str:
        return shown(fact.known_from)


def _codes(matches: list[selectors.Match]) -> list[str]:
    return [match.code for match in matches if match.score >= _OCCURS]


def _columns(model: type[models.Recorded]) -> list[Any]:
    return [*models.own_fields(model), model._meta.get_field("source")]


def _told(fact: models.Recorded, column: Any) -> Any:
    """A value with, for a reference, the name of what it refers to."""
    value = getattr(fact, column.attname)
    if not column.is_relation or value is None:
        return value
    return (
        f"{getattr(fact, column.name)} ({value})"
        if column.name != "source"
        else (fact.source)
    )


def register_the_rest() -> None:
    """Give every table of facts a list, also one that nobody described."""
    for model in models.recorded_models():
        if not admin.site.is_registered(model):
            kind = FactAdmin if issubclass(model, models.Fact) else RecordedAdmin
            admin.site.register(model, kind)
