"""The evidence grid of METHOD 8.1: how near, how strong, how often, how recent.

Ordinal throughout. Reports are grouped by incident, so that one event told by many
outlets counts once. Within an incident each reported force is graded by its own rows,
since what one force did does not darken another; only corroboration is shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from screening.rules.attribution import attribution
from screening.rules.index import FactIndex, codes
from screening.rules.rulebook import Reading
from screening.rules.searched import completed
from screening.rules.types import Case, Evidence

READS = (
    "end_user_state",
    "recipient",
    "force",
    "end_user_kind",
    "item",
    "parent_item",
    "end_use",
    "as_of",
    "known_at",
)


# From clear to nothing.
ALL_STEPS = 3


@dataclass(frozen=True)
class Graded:
    """One incident with its four grades (0 to 3) and the level they make."""

    rows: tuple[Any, ...]
    attribution: int
    match: int
    strength: int
    pattern: int
    is_remedied: bool
    is_official: bool
    steps_down: int
    level: int
    # Answered for in part, and not systematic.
    is_answered: bool = False

    @property
    def best(self) -> Any:
        """The row to show first: the strongest of the incident."""
        return max(self.rows, key=lambda r: (r.strength, r.pattern, r.published_on))


@dataclass(frozen=True)
class Grid:
    """All incidents that concern the case, gravest first, and what was dismissed."""

    incidents: tuple[Graded, ...]
    dismissed: tuple[Any, ...]

    @property
    def level(self) -> int:
        """The maximum over incidents, 0 when there is none."""
        return max((i.level for i in self.incidents), default=0)


def grade(
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    legal_classes: Iterable[str],
    relevance: int,
) -> Grid:
    """Grade every incident known then that is attributed to the end user.

    legal_classes: which reports count (war_crime, serious_ihrl …).
    relevance: the item's relevance for this criterion, 0 to 3 (METHOD 7.1).
    """
    wanted = set(legal_classes)
    rows = [
        (row, near)
        for row in _reports_on(case, index)
        if row.known_from <= case.known_at
        and row.happened_from <= case.as_of
        and row.legal_class in wanted
        and (near := attribution(row, case, index)) > 0
    ]
    adverse: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for row, near in rows:
        if row.finding != "dismissed":
            adverse[row.incident or row.key].append((row, near))
    repeats = _repeats(adverse, case, reading)
    fresh = _fresh_days(adverse)
    graded = [
        max(
            (
                _graded(part, len(publishers), case, index, reading, relevance)
                for part in _parts(group, repeats, fresh)
            ),
            key=_gravity,
        )
        for group in adverse.values()
        if (publishers := {row.publisher for row, _ in group})
    ]
    order = sorted(graded, key=_gravity, reverse=True)
    dismissed = tuple(row for row, _ in rows if row.finding == "dismissed")
    return Grid(tuple(order), dismissed)


def _gravity(incident: Graded) -> tuple[int, ...]:
    return (
        incident.level,
        incident.attribution,
        incident.match,
        incident.strength,
        incident.pattern,
        incident.best.happened_to,
    )


def _reports_on(case: Case, index: FactIndex) -> list[Any]:
    """Reports on the end user's state, and on coalitions its forces are part of."""
    state = index.user_state(case)
    found = list(index.reports.get((state,), []))
    heads = {r.coalition for r in index.coalition_roles.get((state,), [])}
    for force in sorted(index.coalitions):
        if heads & set(index.lineage(force)):
            found += [
                r for r in index.reports_by_force.get((force,), []) if r.iso3 != state
            ]
    return found


@dataclass(frozen=True)
class _Part:
    """The rows of one incident about one reported force."""

    rows: list[Any]
    near: int
    is_repeated: bool
    ends: list[int]


def _parts(
    group: list[tuple[Any, int]], repeats: set[str], fresh: dict[str, list[int]]
) -> list[_Part]:
    by_force: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for row, near in group:
        by_force[row.force].append((row, near))
    return [
        _Part(
            rows=[row for row, _ in pairs],
            near=max(near for _, near in pairs),
            is_repeated=force in repeats,
            ends=fresh[force],
        )
        for force, pairs in by_force.items()
    ]


def _graded(
    part: _Part,
    n_publishers: int,
    case: Case,
    index: FactIndex,
    reading: Reading,
    relevance: int,
) -> Graded:
    rows = part.rows
    strength = max(row.strength for row in rows)
    if n_publishers >= reading("evidence/publishers_for_corroboration"):
        strength = max(strength, 2)
    pattern = max(row.pattern for row in rows)
    official = reading("evidence/official_publishers")
    graded = Graded(
        rows=tuple(rows),
        attribution=part.near,
        match=max(item_match(row, case, index, reading) for row in rows),
        strength=strength,
        pattern=max(pattern, 2) if part.is_repeated else pattern,
        is_remedied=any(
            r.accountability == "effective" or r.finding == "remedied" for r in rows
        ),
        is_official=any(
            row.publisher_class in official and row.strength == 3 for row in rows
        ),
        steps_down=_steps_down(part, case, index, reading),
        level=0,
        is_answered=pattern < 3
        and any(row.accountability == "partial" for row in rows),
    )
    return replace(graded, level=level_of(graded, relevance))


def level_of(incident: Graded, relevance: int) -> int:
    """The level of METHOD 8.1, mended by 11.5: 3 clear, 2 substantial, 1 concern.

    Lowered for a remedy, for age, and for an item that is at most enabling.
    """
    a, m, s, p = (
        incident.attribution,
        incident.match,
        incident.strength,
        incident.pattern,
    )
    if (min(a, m, s, p) >= 2 and not incident.is_remedied) or (
        p == 3 and s == 3 and a >= 1 and relevance == 3
    ):
        level = 3
    elif sum(grade >= 2 for grade in (a, m, s, p)) >= 3 or (
        p == 3 and (m >= 1 or a >= 2)
    ):
        level = 2
    else:
        level = int(a >= 2 or (a == 1 and (relevance == 3 or m >= 1)))
    before = level
    level -= int(incident.is_remedied) + incident.steps_down
    if relevance <= 1:
        level -= 1
        level = max(level, int(before == 3 and incident.steps_down == 0))
    elif _is_unanswered(incident) and (before >= 2 or p == 3):
        # F-PAST-VIOL-UNASSESSED: what nobody answered for stays adverse, not neutral,
        # as long as the level before age was any at all.
        level = max(level, min(before, 1))
    return max(level, 0)


def _is_unanswered(incident: Graded) -> bool:
    answered = incident.is_remedied or incident.is_answered
    return not answered and incident.steps_down < ALL_STEPS


def item_match(row: Any, case: Case, index: FactIndex, reading: Reading) -> int:
    """How near the reported items are: 3 same, 2 same class, 1 family, 0 none."""
    item = case.real_item
    reported = set(codes(row.items))
    if not reported:
        return 0
    if item in reported:
        return 3
    # METHOD 11.1: a munition matches its platform.
    for system in reading("evidence/weapon_systems").values():
        if item in system and reported & set(system):
            return 2
    family = index.items[item].family if item in index.items else ""
    families = {index.items[code].family for code in reported if code in index.items}
    if family and family in families:
        return 1
    return int(item in reading("evidence/enabling_items"))


def _repeats(
    adverse: dict[str, list[tuple[Any, int]]], case: Case, reading: Reading
) -> set[str]:
    """Forces with enough separate incidents of late to call it repeated."""
    window = reading("evidence/repeat_window_days")
    incidents: dict[str, set[str]] = defaultdict(set)
    for key, group in adverse.items():
        for row, near in group:
            if near >= 2 and case.as_of - row.happened_to <= window:
                incidents[row.force].add(key)
    needed = reading("evidence/incidents_for_repeated")
    return {force for force, keys in incidents.items() if len(keys) >= needed}


def _fresh_days(adverse: dict[str, list[tuple[Any, int]]]) -> dict[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for group in adverse.values():
        for row, _ in group:
            days[row.force].append(row.happened_to)
    return {force: sorted(set(ends)) for force, ends in days.items()}


def _steps_down(part: _Part, case: Case, index: FactIndex, reading: Reading) -> int:
    """0, 1 or 2 steps for age; none while incidents by the same force go on.

    METHOD 11.4: the decay pauses while fresh incidents follow one another. What is of
    another age, as a completed search shows, weighs nothing.
    """
    quiet = reading("evidence/quiet_days")
    if any(_goes_on(row, case.as_of, quiet, part.ends) for row in part.rows):
        return 0
    age = case.as_of - max(row.happened_to for row in part.rows)
    first, second = reading("evidence/recency_days")
    if age > second and _is_of_another_age(part, case, index, reading):
        return ALL_STEPS
    return int(age > first) + int(age > second)


def _is_of_another_age(
    part: _Part, case: Case, index: FactIndex, reading: Reading
) -> bool:
    """Whether the reported force's last incident is long past, as a search shows.

    Only a completed search can tell silence from not having looked.
    """
    past = (end for end in part.ends if end <= case.as_of)
    quiet_since = max(past, default=case.as_of)
    if case.as_of - quiet_since <= reading("evidence/unanswered_days"):
        return False
    return bool(completed("abuses", case, index, reading))


def _goes_on(row: Any, as_of: int, quiet: int, ends: list[int]) -> bool:
    """Whether incidents without a quiet spell lead from the row to as_of."""
    last: int = row.happened_to
    for end in ends:
        if last < end <= as_of:
            if end - last > quiet:
                return False
            last = end
    return as_of - last <= quiet


def incident_evidence(incident: Graded, is_counted: bool) -> list[Evidence]:
    """One evidence row for each report of the incident, the strongest first."""
    rows = sorted(incident.rows, key=lambda r: (-r.strength, r.published_on, r.key))
    return [
        replace(
            report_evidence(row),
            attribution=incident.attribution,
            match=incident.match,
            pattern=incident.pattern,
            is_counted=is_counted,
        )
        for row in rows
    ]


def report_evidence(row: Any, *, is_counted: bool = True) -> Evidence:
    """A report as an evidence row, with its own strength."""
    said = row.summary or row.title
    return Evidence(
        table="reports",
        key=row.key,
        text=f"{row.title}: {said}" if row.summary else said,
        publisher=row.publisher,
        on=row.published_on,
        url=row.url,
        is_checked=row.checked,
        force=row.force,
        strength=row.strength,
        pattern=row.pattern,
        is_counted=is_counted,
    )
