"""Which facts refer to a fact, by a reference or by its key in a list of keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models as db
from django.db.models import Q
from django.urls import reverse

from treaties import models

from .naming import file_table, table_of

_SHOWN = 10


@dataclass(frozen=True)
class Referring:
    """The facts of one table that refer to a fact, the first few by name."""

    name: str
    n: int
    first: list[tuple[str, str]]


def referring_to(fact: models.Recorded) -> list[Referring]:
    """The tables whose facts refer to this one. Empty when it can be retired."""
    found = []
    for model in models.recorded_models():
        rows = _rows(model, fact)
        n = rows.count() if rows is not None else 0
        if rows is not None and n:
            name = str(model._meta.verbose_name_plural if n > 1 else _name(model))
            first = [(str(row), _address(row)) for row in rows[:_SHOWN]]
            found.append(Referring(name, n, first))
    return found


def _name(model: type[db.Model]) -> str:
    return str(model._meta.verbose_name)


def _address(row: db.Model) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def _rows(
    model: type[models.Recorded], fact: models.Recorded
) -> db.QuerySet[models.Recorded] | None:
    wanted = Q()
    for column in model._meta.concrete_fields:
        target: Any = getattr(column, "target_field", None)
        if target is not None and target.model is type(fact):
            key = getattr(fact, target.attname)
            wanted |= Q(**{column.attname: key})
    for name in _listing(model, table_of(type(fact))):
        wanted |= Q(pk__in=_naming(model, name, str(getattr(fact, "key", ""))))
    if not wanted:
        return None
    rows: db.QuerySet[models.Recorded] = model._default_manager.filter(wanted)
    return rows.exclude(pk=fact.pk) if model is type(fact) else rows


def _listing(model: type[db.Model], table: str) -> Iterator[str]:
    """The columns of text that hold keys of a table."""
    wanted = {table, "issuers"} if table == "states" else {table}
    mine = file_table(model)
    references = {f.attname for f in model._meta.concrete_fields if f.is_relation}
    for column in mine.columns.values() if mine and table else ():
        if column.refers_to in wanted and column.field not in references:
            yield column.field


def _naming(model: type[models.Recorded], name: str, key: str) -> list[int]:
    """The rows whose list holds the very key, not only a longer one."""
    near = model._default_manager.filter(**{f"{name}__contains": key})
    return [
        pk
        for pk, text in near.values_list("pk", name)
        if key in {part.removeprefix("PARTS:") for part in text.split("|")}
    ]
