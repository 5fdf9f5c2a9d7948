"""What happened in or to one state, and what courts and scholars made of it.

As of a day, less what was not known on another. What came about later than either is
left out of the rows as well: a coup of 2021 does not tell that order returned in 2025.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from treaties import models

from .plain import as_rows, known
from .rows import (
    CoupRow,
    EpisodeRow,
    JudgmentRow,
    ListingRow,
    MissionRow,
    RegimeRow,
)

Row = TypeVar("Row")


def coups(iso3: str, day: date, known_at: date) -> tuple[CoupRow, ...]:
    """Coups up to the day, the latest first."""
    found = known(models.Coup, known_at, state=iso3, on__lte=day)
    until = min(day, known_at)
    return tuple(
        replace(
            row,
            reversed_on=_by(row.reversed_on, until),
            order_restored_on=_by(row.order_restored_on, until),
        )
        for row in as_rows(CoupRow, found.order_by("-on", "key"))
    )


def missions(
    iso3: str, day: date, known_at: date
) -> tuple[tuple[MissionRow, ...], tuple[MissionRow, ...]]:
    """Missions with the state in their theatre: at work on the day, and ended before.

    Those at work have no end yet: an end that was planned may still be put off.
    """
    begun = Q(starts__isnull=True) | Q(starts__lte=day)
    # Codes have three letters and "|" between them: a code is found only where it is.
    found = known(models.Mission, known_at, begun, theatre__contains=iso3)
    rows = as_rows(MissionRow, found.order_by("-starts", "key"))
    running = [r for r in rows if r.ends is None or r.ends > min(day, known_at)]
    ended = [r for r in rows if r not in running]
    return tuple(replace(r, ends=None) for r in running), tuple(ended)


def listings(iso3: str, day: date, known_at: date) -> tuple[ListingRow, ...]:
    """Annexes that name forces or groups of the state, the latest first."""
    found = known(models.Listing, known_at, state=iso3, published_on__lte=day)
    return as_rows(ListingRow, found.order_by("-published_on", "key"))


def episodes(iso3: str, day: date, known_at: date) -> tuple[EpisodeRow, ...]:
    """Years of mass killing as scholars label them, the latest first."""
    found = known(models.Episode, known_at, state=iso3, starts__lte=day)
    return as_rows(EpisodeRow, found.order_by("-starts", "key"))


def judgments(day: date, known_at: date, iso3: str = "") -> tuple[JudgmentRow, ...]:
    """Decisions up to the day, the latest first.

    iso3: only those on arms sent by or to this state, and those of its own courts.
    """
    found = known(models.Judgment, known_at, decided_on__lte=day)
    if iso3:
        sent = Q(exporters__contains=iso3) | Q(recipients__contains=iso3)
        found = found.filter(sent | Q(state=iso3))
    return as_rows(JudgmentRow, found.order_by("-decided_on", "key"))


def regimes_on(iso3: str, day: date, known_at: date) -> tuple[RegimeRow, ...]:
    """Sanctions on the state on the day that have no arms part."""
    begun = Q(starts__isnull=True) | Q(starts__lte=day)
    running = Q(ends__isnull=True) | Q(ends__gt=day)
    found = known(models.RegimeWithoutArms, known_at, begun, running, target=iso3)
    return as_rows(RegimeRow, found.order_by("title", "key"))


def groups_in(
    conflicts: Iterable[str], day: date, known_at: date
) -> dict[str, tuple[str, ...]]:
    """The armed groups that had fought in each conflict by the day, latest first."""
    found = known(
        models.ConflictParty,
        known_at,
        conflict__in=set(conflicts),
        year__lte=day.year,
    )
    actors: dict[str, list[str]] = defaultdict(list)
    pairs: Any = found.order_by("-year", "actor").values_list("conflict", "actor")
    for conflict, actor in pairs:
        if actor not in actors[conflict]:
            actors[conflict].append(actor)
    return {conflict: tuple(names) for conflict, names in actors.items()}


def _by(day: date | None, until: date) -> date | None:
    return day if day is not None and day <= until else None
