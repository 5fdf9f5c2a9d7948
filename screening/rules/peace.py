"""Peace and security: war and tension inside the end user's state, and force abroad.

Shared by ATT 7(1)(a) and criteria 3 and 4 of the European and British texts. Whether a
use of force was lawful is not decided here: the rows say that there was one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from screening.rules.attribution import attribution
from screening.rules.conflict import conflict_gap, conflicts
from screening.rules.grid import READS, report_evidence
from screening.rules.holders import Holder, said_to
from screening.rules.index import (
    STATE_KINDS,
    FactIndex,
    codes,
    is_running,
)
from screening.rules.rulebook import Reading
from screening.rules.types import (
    LEVEL_OUTCOMES,
    LEVEL_VERDICTS,
    Case,
    Evidence,
    Finding,
    Outcome,
)
from treaties.facts import day_date

__all__ = ["READS", "Ground", "abroad", "answer", "inside", "power_seized"]

COUNTS = "y"
PRIMARY = "primary"
PEACEABLE = {"CIVILIAN", "PRIVATE_INDIVIDUAL", "PEACE_OPERATION"}
REPEATED = 2
PLAUSIBLE = 2
PROTEST = "excessive_force_protest"


@dataclass(frozen=True)
class Ground:
    """One kind of reason, in words, with the facts that show it."""

    said: str
    evidence: tuple[Evidence, ...]
    level: int = 1


def answer(
    code: str,
    holders: list[Holder],
    grounds: list[Ground],
    of_what: str,
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Finding]:
    """The answer that the grounds make: two kinds weigh more than one, never clear.

    What no ground shows while nobody has looked is not known; that is critical where
    humanitarian law is asked of, and not a second time here.
    """
    if not holders:
        return []
    if not _plays_a_role(case, index):
        because = "This item, or this end user, plays no part in war or repression."
        finding = Finding(code, Outcome.NOT_APPLICABLE, because, item=case.item)
        return said_to(holders, finding)
    gap = None if grounds else conflict_gap(case, index, reading)
    level = min(max((g.level for g in grounds), default=0) + (len(grounds) > 1), 2)
    if gap is not None:
        finding = Finding(
            code,
            Outcome.UNKNOWN,
            f"Whether the items would {of_what} is not known.",
            item=case.item,
            gaps=(replace(gap, is_critical=False),),
        )
        return said_to(holders, finding)
    finding = Finding(
        code,
        LEVEL_OUTCOMES[level],
        f"{_WORDS[level]} that the items would {of_what}.",
        verdict=LEVEL_VERDICTS[level],
        item=case.item,
        reasons=tuple(ground.said for ground in grounds),
        evidence=tuple(row for g in grounds for row in g.evidence[:SHOWN]),
    )
    return said_to(holders, finding)


_WORDS = ("Nothing on record shows", "Some risk", "A substantial risk")
SHOWN = 3


def _plays_a_role(case: Case, index: FactIndex) -> bool:
    """Whether the end user may fight or police, and the item serves for that.

    The risk of an intermediary follows the last user, who may be anyone.
    """
    kind = index.kind_of(case.force, case.end_user_kind)
    return kind not in PEACEABLE and _serves(case, index, "rel_ihl", "rel_ihrl")


def _serves(case: Case, index: FactIndex, *relevances: str) -> bool:
    """Whether the item is a plausible instrument; what is in no category is."""
    row = index.items.get(case.real_item)
    return row is None or any(getattr(row, name) >= PLAUSIBLE for name in relevances)


def inside(case: Case, index: FactIndex, reading: Reading) -> list[Ground]:
    """War, seizures of power and force against protest in the end user's state."""
    found = [power_seized(case, index, reading), _mass_killing(case, index)]
    if _serves(case, index, "rel_ihrl"):
        found.append(_protest(case, index, reading))
    if _serves(case, index, "rel_ihl"):
        wars = tuple(
            row
            for row in conflicts(case, index, reading)
            if not _is_abroad(row, case, index)
            and not _is_between_states(row, case, index)
        )
        said = "There is armed conflict inside the end user's state."
        found.insert(0, Ground(said, wars))
    return [ground for ground in found if ground.evidence]


def abroad(case: Case, index: FactIndex, reading: Reading) -> list[Ground]:
    """Fighting by the end user's state beyond its own territory.

    Graver where it is itself a main party against another state.
    """
    if not _serves(case, index, "rel_ihl"):
        return []
    rows = [r for r in conflicts(case, index, reading) if _is_abroad(r, case, index)]
    against = [row for row in rows if _is_between_states(row, case, index)]
    if against:
        said = "The end user's state fights abroad, against another state."
        return [Ground(said, tuple(against), level=2)]
    if rows:
        return [Ground("The end user's state fights abroad.", tuple(rows))]
    return []


def power_seized(case: Case, index: FactIndex, reading: Reading) -> Ground:
    """Changes of power against the constitution that still count on the day."""
    oldest = case.as_of - reading("peace/coup_days")
    rows = [
        row
        for row in index.coups.get((index.user_state(case),), [])
        if row.counts == COUNTS
        and row.known_from <= case.known_at
        and oldest <= row.on <= case.as_of
        and not _is_over(row.reversed_on, case)
        and not _is_over(row.order_restored_on, case)
    ]
    said = "Power was seized against the constitution, and its order is not restored."
    return Ground(said, tuple(_coup_evidence(row) for row in rows))


def _mass_killing(case: Case, index: FactIndex) -> Ground:
    """Episodes of mass killing by state forces that scholars count as going on."""
    rows = [
        row
        for row in index.episodes.get((index.user_state(case),), [])
        if row.known_from <= case.known_at
        and is_running(row, case)
        and row.force in index.forces
        and index.forces[row.force].kind in STATE_KINDS
    ]
    said = "Scholars count mass killing by forces of the end user's state as going on."
    return Ground(said, tuple(_episode_evidence(row) for row in rows))


def _episode_evidence(row: Any) -> Evidence:
    return Evidence(
        table="episodes",
        key=row.key,
        text=f"{row.title}: {row.summary}",
        publisher=row.publisher,
        on=row.published_on,
        url=row.url,
        is_checked=row.checked,
        force=row.force,
    )


def _is_over(day: int, case: Case) -> bool:
    return bool(day <= case.as_of and day <= case.known_at)


def _protest(case: Case, index: FactIndex, reading: Reading) -> Ground:
    """Force against protest by this end user, of late and more than once."""
    oldest = case.as_of - reading("peace/tension_days")
    rows = [
        row
        for row in index.reports.get((index.user_state(case),), [])
        if PROTEST in codes(row.violations)
        and row.known_from <= case.known_at
        and oldest <= row.happened_to
        and row.happened_from <= case.as_of
        and row.pattern >= REPEATED
        and row.finding == "adverse"
        and attribution(row, case, index) >= REPEATED
    ]
    said = "Protest was met with force by this end user within the last year."
    return Ground(said, tuple(report_evidence(row) for row in rows[:3]))


def _is_abroad(row: Evidence, case: Case, index: FactIndex) -> bool:
    fact = index.fact(row.table, row.key)
    if fact is None:
        return False
    if row.table == "operations":
        return bool(fact.place != index.user_state(case))
    return bool(fact.is_abroad)


def _is_between_states(row: Evidence, case: Case, index: FactIndex) -> bool:
    """Whether the state is itself a main party, against another state's government.

    Help to one side of another state's war does not show it: who counts as government
    there differs between UCDP and the United Nations.
    """
    fact = index.fact(row.table, row.key)
    return (
        fact is not None
        and row.table == "conflict_years"
        and fact.role == PRIMARY
        and any(other.iso3 for other in _enemies(fact, case, index))
    )


def _enemies(year: Any, case: Case, index: FactIndex) -> list[Any]:
    return [
        other
        for other in index.conflict_sides.get((year.conflict,), [])
        if other.year == year.year
        and other.side != year.side
        and other.role == PRIMARY
        and other.known_from <= case.known_at
    ]


def _coup_evidence(row: Any) -> Evidence:
    return Evidence(
        table="coups",
        key=row.key,
        text=f"{row.kind.replace('_', ' ').capitalize()}, {day_date(row.on)}",
        publisher=row.publisher,
        on=row.on,
        url=row.url,
        is_checked=row.checked,
    )
