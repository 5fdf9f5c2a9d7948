"""Rows for pages and the API: plain values, each with who says so.

Their names are those of the models' fields, so that a template can show either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from treaties.models import Source


class NotHeldError(LookupError):
    """Nothing is held under this key."""


@dataclass(frozen=True)
class StateRow:
    """A state or territory as lists show it."""

    iso3: str
    name: str
    status: str
    parent_id: str | None
    region: str


@dataclass(frozen=True)
class StandingRow:
    """How far a treaty binds a state on a day, and why.

    act: the key of the act that decides; "" where the silence of the list does, whose
    publisher and check then stand here.
    """

    code: str
    short_name: str
    iso3: str
    standing: str
    why: str
    act: str
    publisher: str
    citation: str
    url: str
    checked: bool


@dataclass(frozen=True)
class Sourced:
    """What every row says of its source."""

    key: str
    publisher: str
    citation: str
    url: str
    checked: bool
    note: str


@dataclass(frozen=True)
class InstrumentRow(Sourced):
    """One act in the life of an embargo."""

    instrument: str
    on: date | None
    effect: str
    until: date | None
    what: str


@dataclass(frozen=True)
class EmbargoRow(Sourced):
    """An embargo with the chain of its instruments."""

    issuer: str
    target_kind: str
    targets: str
    target_text: str
    binding: str
    act_kind: str
    starts: date | None
    ends: date | None
    title: str
    summary: str
    # Empty in lists, where nobody asks for it.
    chain: tuple[InstrumentRow, ...] = ()


@dataclass(frozen=True)
class ReportRow(Sourced):
    """An abuse report on one force."""

    publisher_class: str
    title: str
    published_on: date
    published_precision: str
    happened_from: date | None
    happened_to: date | None
    place_id: str
    place_text: str
    force_id: str
    violations: str
    legal_class: str
    items: str
    item_text: str
    pattern: int
    strength: int
    accountability: str
    finding: str
    incident: str
    summary: str
    civilian_harm: str
    disagreement: str


@dataclass(frozen=True)
class OperationRow(Sourced):
    """A part in a military operation abroad."""

    operation: str
    role: str
    place: str
    is_party_to_fighting: bool
    starts: date | None
    ends: date | None
    ends_precision: str


@dataclass(frozen=True)
class ConflictRow:
    """A part in one conflict over the years."""

    conflict: str
    role: str
    side: str
    places: str
    is_abroad: bool
    years: str
    intensity: int
    # Armed groups that had fought in it by then, on whichever side.
    groups: tuple[str, ...]
    publisher: str
    citation: str
    url: str
    # Whether somebody has checked every one of its years.
    checked: bool


@dataclass(frozen=True)
class RegimeRow(Sourced):
    """Sanctions without an arms part."""

    issuer: str
    target_id: str
    title: str
    measures: str
    base_act: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True)
class MissionRow(Sourced):
    """A force of an international body; no party to the conflict there for that."""

    mission: str
    name: str
    organisation: str
    kind: str
    theatre: str
    starts: date | None
    starts_precision: str
    ends: date | None
    ends_precision: str


@dataclass(frozen=True)
class CoupRow(Sourced):
    """A change of power; `counts` says whether we count it as unconstitutional."""

    on: date
    kind: str
    flags: str
    counts: str
    reversed_on: date | None
    order_restored_on: date | None


@dataclass(frozen=True)
class ListingRow(Sourced):
    """A party that a report of the UN Secretary-General lists, or takes off."""

    kind: str
    year: int
    party: str
    force_id: str | None
    status: str
    detail: str
    published_on: date
    published_precision: str


@dataclass(frozen=True)
class EpisodeRow(Sourced):
    """Scholars' label for years of mass killing: never a report."""

    title: str
    published_on: date
    force_id: str | None
    place_id: str
    place_text: str
    starts: date
    ends: date | None
    violations: str
    civilian_harm: str
    summary: str

    @property
    def last_year(self) -> int | None:
        """The year of its last day; None when the list knows no end."""
        return (self.ends - timedelta(days=1)).year if self.ends else None


@dataclass(frozen=True)
class JudgmentRow(Sourced):
    """A court's decision on a transfer."""

    court: str
    state_id: str | None
    case_name: str
    case_number: str
    decided_on: date
    decided_precision: str
    exporters: str
    recipients: str
    items: str
    tests: str
    outcome: str
    holding: str
    lesson: str


@dataclass(frozen=True)
class LawRow(Sourced):
    """What one article asks, in a few of its words."""

    instrument: str
    issuer: str
    article: str
    tests: str
    words: str
    rung: str
    effect: str
    starts: date | None
    ends: date | None
    amended_by: str


@dataclass(frozen=True)
class EmbargoTextRow(Sourced):
    """How a state's own law words an embargo."""

    issuer_id: str
    instrument: str
    target_id: str | None
    article: str
    prohibited: str
    goods: str
    to_whom: str
    exemptions: str
    starts: date | None
    ends: date | None
    read_as_of: date


@dataclass(frozen=True)
class ListedGoodsRow(Sourced):
    """One entry of an annex."""

    regulation: str
    annex: str
    entry: str
    what: str
    tier: str
    cn_codes: str
    items: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Instrument:
    """An instrument with its wordings as of a day, and those of other times."""

    name: str
    issuer: str
    articles: tuple[LawRow, ...]
    others: tuple[LawRow, ...]

    @property
    def n_unread(self) -> int:
        """How many of its wordings nobody has read at their source."""
        return sum(not row.checked for row in self.articles)


@dataclass(frozen=True)
class SearchRow(Sourced):
    """A completed search; iso3 is "" for a worldwide one."""

    iso3: str
    subject: str
    searched_on: date
    depth: str
    covers_from: date | None
    covers_to: date
    sources: str
    result: str


@dataclass(frozen=True)
class DiversionRow(Sourced):
    """Arms that left their authorised hands."""

    happened_on: date
    happened_precision: str
    from_role: str
    exporter: str
    to_text: str
    items: str
    kind: str
    found_by: str
    strength: int
    summary: str


@dataclass(frozen=True)
class IndicatorSeries:
    """A published yearly number: its points are (year, value), the oldest first."""

    code: str
    name: str
    unit: str
    low: float | None
    high: float | None
    higher_is: str
    publisher: str
    citation: str
    url: str
    # Of the series as a whole: its files were read whole, not number by number.
    checked: bool
    points: tuple[tuple[int, float], ...]

    @property
    def first_year(self) -> int:
        return self.points[0][0]

    @property
    def last_year(self) -> int:
        return self.points[-1][0]

    @property
    def last_value(self) -> float:
        return self.points[-1][1]


@dataclass(frozen=True)
class StateProfile:
    """What is recorded of one state as of a day, with what was known on another."""

    state: StateRow
    as_of: date
    known_at: date
    standings: tuple[StandingRow, ...]
    embargoes_now: tuple[EmbargoRow, ...]
    embargoes_past: tuple[EmbargoRow, ...]
    own_stops: tuple[EmbargoRow, ...]
    regimes_without_arms: tuple[RegimeRow, ...]
    reports: tuple[ReportRow, ...]
    conflicts: tuple[ConflictRow, ...]
    operations: tuple[OperationRow, ...]
    missions_now: tuple[MissionRow, ...]
    missions_past: tuple[MissionRow, ...]
    coups: tuple[CoupRow, ...]
    listings: tuple[ListingRow, ...]
    episodes: tuple[EpisodeRow, ...]
    judgments: tuple[JudgmentRow, ...]
    diversions: tuple[DiversionRow, ...]
    searches: tuple[SearchRow, ...]
    indicators: tuple[IndicatorSeries, ...]


@dataclass(frozen=True)
class SourceRow:
    """A source with how many facts it holds, and how many nobody has checked."""

    source: Source
    n_rows: int
    n_unchecked: int
