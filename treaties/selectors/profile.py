"""One state on one page: everything recorded of it as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from treaties import models
from treaties.facts import day_number
from treaties.standing import standing_on

from .happenings import (
    coups,
    episodes,
    groups_in,
    judgments,
    listings,
    missions,
    regimes_on,
)
from .plain import as_rows, known
from .rows import (
    ConflictRow,
    DiversionRow,
    EmbargoRow,
    IndicatorSeries,
    InstrumentRow,
    NotHeldError,
    OperationRow,
    ReportRow,
    SearchRow,
    StandingRow,
    StateProfile,
    StateRow,
)
from .tables import current_facts


def state_profile(iso3: str, day: date, known_at: date) -> StateProfile:
    """What is recorded of a state as of `day`, less what was not known on `known_at`.

    Raises NotHeldError, a LookupError, for a code that is not held.
    """
    now, past = _embargoes_on(iso3, day, known_at)
    running, ended = missions(iso3, day, known_at)
    return StateProfile(
        state=_state(iso3),
        as_of=day,
        known_at=known_at,
        standings=tuple(standings_of(iso3, day, known_at)),
        embargoes_now=now,
        embargoes_past=past,
        own_stops=_stops_of(iso3, day, known_at),
        regimes_without_arms=regimes_on(iso3, day, known_at),
        reports=_reports(iso3, day, known_at),
        conflicts=_conflicts(iso3, day, known_at),
        operations=_operations(iso3, day, known_at),
        missions_now=running,
        missions_past=ended,
        coups=coups(iso3, day, known_at),
        listings=listings(iso3, day, known_at),
        episodes=episodes(iso3, day, known_at),
        judgments=judgments(day, known_at, iso3),
        diversions=_diversions(iso3, day, known_at),
        searches=_searches(iso3, known_at),
        indicators=_indicators(iso3, day, known_at),
    )


def standings_of(iso3: str, day: date, known_at: date) -> list[StandingRow]:
    """How far each treaty binds the state, by the short name of the treaty."""
    facts = current_facts()
    held = facts.states[facts.states["iso3"] == iso3].itertuples(index=False)
    state = next(held)
    own = facts.acts[facts.acts["iso3"] == iso3]
    acts: dict[str, list[Any]] = defaultdict(list)
    for act in own.itertuples(index=False):
        acts[str(act.treaty)].append(act)
    treaties = facts.treaties.sort_values("short_name").itertuples(index=False)
    return [
        standing_row(state, treaty, acts[str(treaty.code)], day, known_at)
        for treaty in treaties
    ]


def standing_row(
    state: Any, treaty: Any, acts: Sequence[Any], day: date, known_at: date
) -> StandingRow:
    """The standing that these acts of a state give it towards a treaty.

    state, treaty: rows of the tables of facts.
    """
    found = standing_on(
        acts,
        treaty=treaty,
        status=str(state.status),
        day=day_number(day),
        known_at=day_number(known_at),
    )
    deciding = [act for act in acts if act.key in found.acts]
    said = deciding[0] if deciding else treaty
    return StandingRow(
        code=str(treaty.code),
        short_name=str(treaty.short_name),
        iso3=str(state.iso3),
        standing=found.standing.value,
        why=found.why,
        act=str(said.key) if deciding else "",
        publisher=str(said.publisher),
        citation=str(said.citation),
        url=str(said.url),
        checked=bool(said.checked),
    )


def _state(iso3: str) -> StateRow:
    found = as_rows(StateRow, models.State.objects.filter(iso3=iso3))
    if not found:
        message = f"no state with the code {iso3} is held"
        raise NotHeldError(message)
    return found[0]


def _embargoes_on(
    iso3: str, day: date, known_at: date
) -> tuple[tuple[EmbargoRow, ...], tuple[EmbargoRow, ...]]:
    """Those aimed at the state: in force on the day, and at other times."""
    # Codes have three letters and "|" between them: a code is found only where it is.
    found = known(models.Embargo, known_at, targets__contains=iso3)
    running = [e for e in found if is_in_force(e, day)]
    others = [e for e in found if not is_in_force(e, day)]
    return with_chains(running, known_at), with_chains(others, known_at)


def _stops_of(iso3: str, day: date, known_at: date) -> tuple[EmbargoRow, ...]:
    found = known(models.Embargo, known_at, issuer=iso3)
    return with_chains([e for e in found if is_in_force(e, day)], known_at)


def is_in_force(embargo: models.Embargo, day: date) -> bool:
    """Whether the embargo's half-open period holds on a day."""
    begun = embargo.starts is None or embargo.starts <= day
    return begun and (embargo.ends is None or day < embargo.ends)


def with_chains(
    embargoes: Sequence[models.Embargo], known_at: date
) -> tuple[EmbargoRow, ...]:
    """The embargoes with the instruments that were known, the oldest first."""
    keys = [embargo.key for embargo in embargoes]
    acts = known(models.EmbargoInstrument, known_at, embargo__in=keys)
    chains: dict[str, list[models.EmbargoInstrument]] = defaultdict(list)
    for act in acts.order_by("on", "key"):
        chains[act.embargo_id].append(act)
    return tuple(
        as_rows(EmbargoRow, [e], chain=as_rows(InstrumentRow, chains[e.key]))[0]
        for e in embargoes
    )


def _reports(iso3: str, day: date, known_at: date) -> tuple[ReportRow, ...]:
    """Reports on what had happened by the day, the newest first."""
    begun = Q(happened_from__isnull=True) | Q(happened_from__lte=day)
    found = known(models.AbuseReport, known_at, begun, state=iso3)
    return as_rows(ReportRow, found.order_by("-published_on", "key"))


def _operations(iso3: str, day: date, known_at: date) -> tuple[OperationRow, ...]:
    begun = Q(starts__isnull=True) | Q(starts__lte=day)
    found = known(models.Operation, known_at, begun, state=iso3)
    names = [f.name for f in fields(OperationRow) if f.name != "place"]
    return tuple(
        OperationRow(**{n: getattr(x, n) for n in names}, place=x.place_id)
        for x in found.order_by("-starts", "key")
    )


def _conflicts(iso3: str, day: date, known_at: date) -> tuple[ConflictRow, ...]:
    """One row a conflict and part in it, the latest first."""
    found = known(models.ConflictYear, known_at, state=iso3, year__lte=day.year)
    ordered = found.order_by("conflict", "role", "side", "is_abroad", "year", "key")
    parts = [
        list(group)
        for _, group in groupby(
            ordered, key=lambda x: (x.conflict, x.role, x.side, x.is_abroad)
        )
    ]
    groups = groups_in((years[-1].conflict for years in parts), day, known_at)
    rows = [
        (years[-1].year, _conflict_row(years, groups.get(years[-1].conflict, ())))
        for years in parts
    ]
    rows.sort(key=lambda pair: (-pair[0], pair[1].conflict, pair[1].role))
    return tuple(row for _, row in rows)


def _conflict_row(
    years: list[models.ConflictYear], groups: tuple[str, ...]
) -> ConflictRow:
    last = years[-1]
    places = dict.fromkeys(p for y in years for p in y.places.split("|") if p)
    return ConflictRow(
        conflict=last.conflict,
        role=last.role,
        side=last.side,
        places="|".join(places),
        is_abroad=last.is_abroad,
        years=spans(y.year for y in years),
        intensity=last.intensity,
        groups=groups,
        publisher=last.publisher,
        citation=last.citation,
        url=last.url,
        checked=all(year.checked for year in years),
    )


def spans(years: Iterable[int]) -> str:
    """Years as people write them.

    >>> spans([1998, 1999, 2000, 2015])
    '1998 to 2000, 2015'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs
    )


def _diversions(iso3: str, day: date, known_at: date) -> tuple[DiversionRow, ...]:
    found = known(models.DiversionEvent, known_at, state=iso3, happened_on__lte=day)
    return as_rows(DiversionRow, found.order_by("-happened_on", "key"))


def _searches(iso3: str, known_at: date) -> tuple[SearchRow, ...]:
    """Searches about the state, and worldwide ones."""
    where = Q(state=iso3) | Q(state__isnull=True)
    found = known(models.Search, known_at, where).order_by("subject", "key")
    names = [f.name for f in fields(SearchRow) if f.name != "iso3"]
    return tuple(
        SearchRow(**{n: getattr(x, n) for n in names}, iso3=x.state_id or "")
        for x in found
    )


def _indicators(iso3: str, day: date, known_at: date) -> tuple[IndicatorSeries, ...]:
    """Series with at least one value; of two editions the later one counts."""
    points: dict[str, dict[int, float]] = defaultdict(dict)
    found = models.IndicatorValue.objects.filter(
        state_id=iso3, year__lte=day.year, known_from__lte=known_at
    )
    for point in found.order_by("indicator", "year", "known_from"):
        points[str(point.indicator_id)][point.year] = point.value
    return tuple(
        IndicatorSeries(
            code=about.code,
            name=about.name,
            unit=about.unit,
            low=about.scale_min,
            high=about.scale_max,
            higher_is=about.higher_is,
            publisher=about.publisher,
            citation=about.citation,
            url=about.url,
            checked=about.checked,
            points=tuple(points[about.code].items()),
        )
        for about in models.Indicator.objects.filter(code__in=list(points))
    )
