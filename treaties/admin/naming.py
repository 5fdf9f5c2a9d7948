"""What names a fact, and how a value of it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models as db

from treaties import models
from treaties.importers.tables import TABLES, Table

_TABLES: Mapping[type[db.Model], Table] = {t.model: t for t in TABLES.values()}


def file_table(model: type[db.Model]) -> Table | None:
    """The table of facts as files hold it; None for what no file of ours holds."""
    return _TABLES.get(model)


def table_of(model: type[db.Model]) -> str:
    """The name of the table as the rules read it; "" when they do not."""
    if model is models.IndicatorValue:
        return "indicator_values"
    table = file_table(model)
    return "" if table is None else table.name


def key_fields(model: type[models.Recorded]) -> tuple[str, ...]:
    """The columns, by attname, that name a row of the table for ever."""
    if "key" in _names(model):
        return ("key",)
    unique = next(
        rule
        for rule in model._meta.constraints
        if isinstance(rule, db.UniqueConstraint) and rule.condition is None
    )
    return tuple(model._meta.get_field(name).attname for name in unique.fields)  # type: ignore[union-attr]


def fixed_fields(model: type[models.Recorded]) -> frozenset[str]:
    """The fields that a correction cannot change, because they name the fact."""
    if model is models.IndicatorValue:
        return frozenset({"key", "indicator", "state", "year", "known_from"})
    table = file_table(model)
    if "key" in _names(model):
        return frozenset({"key", table.key if table else "key"})
    named = key_fields(model)
    return frozenset(f.name for f in model._meta.concrete_fields if f.attname in named)


def _names(model: type[models.Recorded]) -> set[str]:
    return {f.name for f in model._meta.concrete_fields}


def key_of(row: db.Model, model: type[models.Recorded]) -> dict[str, Any]:
    """What names the fact of an open or of a superseded row."""
    return {name: getattr(row, name) for name in key_fields(model)}


def fact_key(fact: models.Recorded) -> str:
    """The key by which the rules and the pages name a fact."""
    return ":".join(str(part) for part in key_of(fact, type(fact)).values())


def label_of(field: db.Field[Any, Any]) -> str:
    """How a column is called in words."""
    if field.name == "url":
        return "URL"
    return str(field.verbose_name).capitalize()


def shown(value: Any) -> str:
    """A value as the steward's pages show it; empty is said, never left blank."""
    if value is None or value == "":
        return "(empty)"
    if value == models.ALWAYS_KNOWN:
        return "always"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Source):
        return str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
