"""What names a fact, and how a value of it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models as db

from treaties import models
from treaties.facts import day_number
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
    if issubclass(model, models.Fact):
        return ("key",)
    unique = next(
        rule
        for rule in model._meta.constraints
        if isinstance(rule, db.UniqueConstraint) and rule.condition is None
    )
    return tuple(model._meta.get_field(name).attname for name in unique.fields)  # type: ignore[union-attr]


def fixed_fields(model: type[models.Recorded]) -> frozenset[str]:
    """The fields that a correction cannot change, because they name the fact."""
    table = file_table(model)
    if issubclass(model, models.Fact):
        return frozenset({"key", table.key if table else "key"})
    named = set(key_fields(model))
    return frozenset(f.name for f in models.own_fields(model) if f.attname in named)


def key_of(row: db.Model, model: type[models.Recorded]) -> dict[str, Any]:
    """What names the fact of an open or of a superseded row."""
    return {name: getattr(row, name) for name in key_fields(model)}


def fact_key(fact: models.Recorded) -> str:
    """The key by which the rules and the pages name a fact."""
    if isinstance(fact, models.IndicatorValue):
        known = day_number(fact.known_from)
        return f"{fact.indicator_id}:{fact.state_id}:{fact.year}:{known}"
    return ":".join(str(part) for part in key_of(fact, type(fact)).values())


def label_of(field: db.Field[Any, Any]) -> str:
    """How a column is called in words."""
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
