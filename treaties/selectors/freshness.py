"""How fresh the facts are: editions and their age, what is due, where nobody looked.

Nothing here knows the day: pass it in as `as_of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from treaties import models

from .lists import source_list
from .lookup import NO_STATE

# Renewals of embargoes are prepared a season ahead.
DUE_WITHIN = timedelta(days=90)
# Those that may be screened as themselves.
_SCREENED = ("un_member", "observer", "territory", "other")
# A search for abuses that looked at everybody counts for either.
_LOOKED_AT = {"police": ("police", "all"), "armed_forces": ("armed_forces", "all")}


@dataclass(frozen=True)
class Asserted:
    """A number of rows that a source's own description says must be held.

    where: conditions on the columns of the table; none counts all rows of the source.
    a_row: the columns that make one row of the file, when it is not one of the table.
    """

    source: str
    what: str
    model: type[models.Recorded]
    n: int
    where: Mapping[str, Any] = field(default_factory=dict)
    a_row: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What was asserted beside what is held."""

    what: str
    asserted: int
    held: int

    @property
    def differs(self) -> bool:
        return self.asserted != self.held


@dataclass(frozen=True)
class SourceFreshness:
    """A source: the edition held, how old it is, how many rows nobody has checked.

    edition: the newest that was imported from a publisher's file; None where rows come
        from files of ours or by hand.
    age: in days, from the day the edition appeared, else from the day of retrieval.
    newest: the last day on which any fact of it became known; None when it holds none.
    """

    source: models.Source
    edition: models.ImportedEdition | None
    age: int
    newest: date | None
    n_rows: int
    n_unchecked: int
    counts: tuple[Counted, ...]

    @property
    def n_differing(self) -> int:
        return sum(count.differs for count in self.counts)


@dataclass(frozen=True)
class Renewal:
    """A day on which an embargo or one of its measures ends unless it is renewed.

    days: from the day asked about; negative when the day has passed and nothing newer
    is recorded.
    """

    embargo: models.Embargo
    what: str
    on: date
    days: int


@dataclass(frozen=True)
class Looked:
    """Up to when somebody has looked for abuses of a state; None: nobody has."""

    state: models.State
    police: date | None
    armed_forces: date | None

    @property
    def is_missing(self) -> bool:
        return self.police is None or self.armed_forces is None

    @property
    def oldest(self) -> date:
        return min(self.police or date.min, self.armed_forces or date.min)


def source_freshness(
    as_of: date, asserted: Sequence[Asserted] = ()
) -> list[SourceFreshness]:
    """Every source, the oldest first."""
    counts: dict[str, list[Counted]] = defaultdict(list)
    for claim, held in zip(asserted, _held(asserted), strict=True):
        counts[claim.source].append(Counted(claim.what, claim.n, held))
    newest, editions = _newest_known(as_of), _editions(as_of)
    rows = [
        SourceFreshness(
            row.source,
            editions.get(row.source.pk),
            (as_of - _appeared(row.source, editions)).days,
            newest.get(row.source.pk),
            row.n_rows,
            row.n_unchecked,
            tuple(counts[row.source.slug]),
        )
        for row in source_list()
    ]
    return sorted(rows, key=lambda row: (-row.age, row.source.title))


def _editions(as_of: date) -> dict[int, models.ImportedEdition]:
    """The newest edition of each source that had appeared by the day."""
    held = models.ImportedEdition.objects.filter(known_from__lte=as_of)
    return {e.source_id: e for e in held.order_by("known_from", "imported_in")}


def _appeared(
    source: models.Source, editions: Mapping[int, models.ImportedEdition]
) -> date:
    edition = editions.get(source.pk)
    return source.retrieved_on if edition is None else edition.known_from


def _held(asserted: Sequence[Asserted]) -> list[int]:
    """How many rows are held for each claim: one query a table, and one for each claim
    about a file whose rows are not those of the table."""
    found: dict[int, int] = {}
    by_model: dict[type[models.Recorded], list[int]] = defaultdict(list)
    for place, claim in enumerate(asserted):
        if claim.a_row:
            rows = claim.model._default_manager.filter(_condition(claim)).order_by()
            found[place] = rows.values_list(*claim.a_row).distinct().count()
        else:
            by_model[claim.model].append(place)
    for model, places in by_model.items():
        wanted = {
            f"n_{place}": Count("pk", filter=_condition(asserted[place]))
            for place in places
        }
        counted = model._default_manager.aggregate(**wanted)
        found |= {place: counted[f"n_{place}"] for place in places}
    return [found[place] for place in range(len(asserted))]


def _condition(claim: Asserted) -> Q:
    return Q(source__slug=claim.source, **claim.where)


def _newest_known(as_of: date) -> dict[int, date]:
    """The last day, up to the day asked about, on which a source told something new."""
    newest: dict[int, date] = {}
    for model in models.recorded_models():
        if "known_from" not in {f.name for f in model._meta.concrete_fields}:
            continue
        told = {"known_from__lte": as_of, "known_from__gt": models.ALWAYS_KNOWN}
        rows = model._default_manager.filter(**told).order_by()
        for source, day in rows.values_list("source").annotate(last=Max("known_from")):
            newest[source] = max(day, newest.get(source, day))
    return newest


def renewals_due(as_of: date, within: timedelta = DUE_WITHIN) -> list[Renewal]:
    """What ends within so many days, and what ran out without a newer instrument.

    An instrument says until when it holds; the newest word of an embargo counts.
    """
    found = [*_instruments_due(as_of, within), *_measures_due(as_of, within)]
    return sorted(found, key=lambda due: (due.on, due.embargo.key, due.what))


def _instruments_due(as_of: date, within: timedelta) -> Iterable[Renewal]:
    latest: dict[str, models.EmbargoInstrument] = {}
    said = models.EmbargoInstrument.objects.filter(
        _open_at(as_of, "embargo__"), until__isnull=False
    )
    for instrument in said.select_related("embargo").order_by("until", "key"):
        latest[instrument.embargo_id] = instrument
    for instrument in latest.values():
        if instrument.until is not None and instrument.until <= as_of + within:
            what = f"{instrument.instrument} holds until this day"
            yield _renewal(instrument.embargo, what, instrument.until, as_of)


def _measures_due(as_of: date, within: timedelta) -> Iterable[Renewal]:
    ending = Q(ends__gt=as_of, ends__lte=as_of + within)
    for embargo in models.Embargo.objects.filter(ending):
        if embargo.ends is not None:
            yield _renewal(embargo, "the decision ends", embargo.ends, as_of)
    for measure in models.EmbargoMeasure.objects.filter(ending).select_related(
        "embargo"
    ):
        if measure.ends is not None and measure.ends != measure.embargo.ends:
            what = f"the measure {measure.key} ends"
            yield _renewal(measure.embargo, what, measure.ends, as_of)


def _open_at(as_of: date, of: str = "") -> Q:
    return Q(**{f"{of}ends__isnull": True}) | Q(**{f"{of}ends__gt": as_of})


def _renewal(embargo: models.Embargo, what: str, on: date, as_of: date) -> Renewal:
    return Renewal(embargo, what, on, (on - as_of).days)


def searches_by_state(as_of: date) -> list[Looked]:
    """Each state, those first that nobody looked at, then the longest not looked at.

    A search counts from the day on which it was made.
    """
    covered: dict[str, dict[str, date]] = defaultdict(dict)
    made = models.Search.objects.filter(
        subject="abuses", searched_on__lte=as_of, state__isnull=False
    ).order_by()
    newest = made.values_list("state", "looked_at").annotate(last=Max("covers_to"))
    for iso3, looked_at, day in newest:
        for force, counting in _LOOKED_AT.items():
            if looked_at in counting:
                held = covered[str(iso3)].get(force, day)
                covered[str(iso3)][force] = max(day, held)
    states = models.State.objects.filter(status__in=_SCREENED).exclude(iso3=NO_STATE)
    rows = [
        Looked(s, covered[s.iso3].get("police"), covered[s.iso3].get("armed_forces"))
        for s in states
    ]
    return sorted(rows, key=lambda row: (row.oldest, row.state.name))
