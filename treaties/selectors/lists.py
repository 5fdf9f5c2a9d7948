"""Rows for the public lists and their pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet

from treaties import models

from .lookup import NO_STATE
from .plain import as_rows
from .profile import is_in_force, standing_row
from .rows import EmbargoRow, NotHeldError, SourceRow, StandingRow, StateRow
from .tables import current_facts

Held = TypeVar("Held", bound=Model)


def states_list() -> list[StateRow]:
    """Every state and territory, by name."""
    found = models.State.objects.exclude(iso3=NO_STATE).order_by("name", "iso3")
    return list(as_rows(StateRow, found))


def embargo_list(day: date) -> tuple[list[EmbargoRow], list[EmbargoRow]]:
    """Embargoes and national stops in force on a day, and those that were not."""
    found = list(models.Embargo.objects.order_by("title", "key"))
    running = [embargo for embargo in found if is_in_force(embargo, day)]
    others = [embargo for embargo in found if not is_in_force(embargo, day)]
    return list(as_rows(EmbargoRow, running)), list(as_rows(EmbargoRow, others))


def embargo(key: str) -> models.Embargo:
    """An embargo with its measures, exemptions and instruments.

    Raises NotHeldError.
    """
    related = ("measures", "exemptions", "instruments")
    return _one(models.Embargo.objects.prefetch_related(*related), key=key)


def treaty_list() -> list[models.Treaty]:
    """Treaties and organisations, by short name."""
    return list(models.Treaty.objects.order_by("short_name", "code"))


def treaty(code: str) -> models.Treaty:
    """A treaty. Raises NotHeldError."""
    return _one(models.Treaty.objects.all(), code=code)


def treaty_standings(code: str, day: date, known_at: date) -> list[StandingRow]:
    """How far the treaty binds each state on a day, by the name of the state.

    Territories without an act of their own are left out: they are never read as their
    parent state. Empty for a treaty that is not held.
    """
    facts = current_facts()
    rows = facts.treaties[facts.treaties["code"] == code]
    row = next(rows.itertuples(index=False), None)
    if row is None:
        return []
    acts: dict[str, list[Any]] = defaultdict(list)
    for act in facts.acts[facts.acts["treaty"] == code].itertuples(index=False):
        acts[str(act.iso3)].append(act)
    states = facts.states.sort_values("name").itertuples(index=False)
    return [
        standing_row(state, row, acts[str(state.iso3)], day, known_at)
        for state in states
        if state.iso3 in acts or state.status in {"un_member", "observer"}
    ]


def force(key: str) -> models.Force:
    """A force with its parts and reports. Raises NotHeldError."""
    related = ("parts", "reports")
    return _one(models.Force.objects.prefetch_related(*related), key=key)


def source_list() -> list[SourceRow]:
    """Every source with the number of its facts."""
    tallies: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for model in models.Fact.__subclasses__():
        counted = model._default_manager.values_list("source").annotate(
            n_rows=Count("pk"), n_unchecked=Count("pk", filter=Q(checked=False))
        )
        for source, n_rows, n_unchecked in counted.order_by():
            tallies[source][0] += n_rows
            tallies[source][1] += n_unchecked
    values = models.IndicatorValue.objects.values_list("source").annotate(
        n_rows=Count("pk")
    )
    for source, n_rows in values.order_by():
        tallies[source][0] += n_rows
    return [
        SourceRow(source, *tallies[source.pk])
        for source in models.Source.objects.order_by("title", "slug")
    ]


def _one(found: QuerySet[Held], **key: str) -> Held:
    held = found.filter(**key).first()
    if held is None:
        message = f"nothing is held under {', '.join(key.values())}"
        raise NotHeldError(message)
    return held


__all__ = [
    "embargo",
    "embargo_list",
    "force",
    "source_list",
    "states_list",
    "treaty",
    "treaty_list",
    "treaty_standings",
]
