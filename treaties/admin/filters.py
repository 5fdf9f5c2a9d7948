"""Filters of the lists: by a state or a source, checked or not, known from when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models as db
from django.http import HttpRequest

from treaties import models
from treaties.days import NoDayError, read_day


class OneOfMany(admin.RelatedFieldListFilter):
    """A row of another table, chosen in a list that opens; the links were 250 long."""

    template = "admin/treaties/filter_one.html"

    def has_output(self) -> bool:
        # Django leaves out a filter of one choice, and then ignores what it asks for.
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "name": self.lookup_kwarg,
            "chosen": self.lookup_val,
            "options": self.lookup_choices,
            "others": _others(
                changelist, {self.lookup_kwarg, self.lookup_kwarg_isnull}
            ),
        }


class OneOfValues(admin.AllValuesFieldListFilter):
    """One of the values that stand in a column, chosen in a list that opens."""

    template = "admin/treaties/filter_one.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        values = [value for value in self.lookup_choices if value is not None]
        yield {
            "name": self.lookup_kwarg,
            "chosen": self.lookup_val,
            "options": [(value, value) for value in values],
            "others": _others(
                changelist, {self.lookup_kwarg, self.lookup_kwarg_isnull}
            ),
        }


class AimedAt(admin.SimpleListFilter):
    """The state that an embargo aims at, among the codes that it lists."""

    title = "target"
    parameter_name = "target"
    template = "admin/treaties/filter_one.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(models.State.objects.values_list("iso3", "name"))

    def queryset(
        self, request: HttpRequest, queryset: db.QuerySet[Any]
    ) -> db.QuerySet[Any]:
        code = self.value()
        return queryset.filter(targets__contains=code) if code else queryset

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "name": self.parameter_name,
            "chosen": self.value(),
            "options": self.lookup_choices,
            "others": _others(changelist, {self.parameter_name}),
        }


class Between(admin.FieldListFilter):
    """Days from one to another, both included, either left open."""

    template = "admin/treaties/filter_between.html"

    def __init__(
        self,
        field: db.Field[Any, Any],
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[db.Model],
        model_admin: Any,
        field_path: str,
    ) -> None:
        self.first, self.last = f"{field_path}__gte", f"{field_path}__lte"
        for name in (self.first, self.last):
            if params.get(name) == [""]:
                del params[name]
        super().__init__(field, request, params, model, model_admin, field_path)

    def expected_parameters(self) -> list[str | None]:
        return [self.first, self.last]

    def has_output(self) -> bool:
        return True

    def queryset(
        self, request: HttpRequest, queryset: db.QuerySet[Any]
    ) -> db.QuerySet[Any]:
        try:
            days = {
                name: read_day(str(self._typed(name)))
                for name in (self.first, self.last)
                if self._typed(name)
            }
        except (NoDayError, ValidationError) as error:
            raise IncorrectLookupParameters(error) from error
        return queryset.filter(**days)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "days": [
                ("From", self.first, self._typed(self.first)),
                ("To", self.last, self._typed(self.last)),
            ],
            "others": _others(changelist, set(self.expected_parameters())),
        }

    def _typed(self, name: str) -> str:
        value = self.used_parameters.get(name, "")
        return str(value[-1] if isinstance(value, list) else value)


def _others(changelist: ChangeList, mine: set[str | None]) -> list[tuple[str, str]]:
    """What else the address asks for, to be kept when this filter changes."""
    skipped = {*mine, "p", "e"}
    return [
        (name, value)
        for name, values in changelist.filter_params.items()
        if name not in skipped
        for value in values
    ] + [
        (name, str(value))
        for name, value in changelist.params.items()
        if name in {"q", "o"} and value
    ]
