"""The law and policy of the United States: when it is asked, and what it looks at."""

from __future__ import annotations

from typing import Any

from screening.rules.grid import READS as GRID_READS
from screening.rules.grid import Graded, Grid, grade
from screening.rules.holders import READS as HOLDER_READS
from screening.rules.holders import Holder
from screening.rules.index import STATE_KINDS, FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome

READS = tuple(dict.fromkeys((*HOLDER_READS, "activity", *GRID_READS)))
TYPICAL = 3
NAMED = 3
CREDIBLE = 2


def holders(case: Case, reading: Reading, basis: str = "law") -> list[Holder]:
    """The United States, where it owes the decision on the transfer."""
    own = reading("us/state")
    return [
        Holder(state, role, "BINDING", "its own law and policy", basis)
        for state, role in case.duty_holders()
        if state == own
    ]


def is_for_state_forces(case: Case, index: FactIndex) -> bool:
    """Whether the end user is a government's force, which these laws speak of."""
    return index.kind_of(case.force, case.end_user_kind) in STATE_KINDS


def is_assistance(case: Case, reading: Reading) -> bool:
    """Whether the transfer is help and not a sale."""
    return case.activity in (reading("us/assistance") or ())


def gross_violations(case: Case, index: FactIndex, reading: Reading) -> Grid:
    """What the government's forces are reported to have done, whatever the item."""
    return grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihrl_classes"),
        relevance=TYPICAL,
    )


def is_pattern(incidents: list[Graded], reading: Reading) -> bool:
    """Whether incidents make a consistent pattern: enough, or a systematic one."""
    systematic = any(i.pattern == TYPICAL and i.strength == TYPICAL for i in incidents)
    return systematic or len(incidents) >= reading("us/pattern_incidents")


def recurring(grid: Grid, case: Case, reading: Reading) -> list[Graded]:
    """Incidents that a consistent pattern may be made of."""
    oldest = case.as_of - reading("us/pattern_days")
    return [
        incident
        for incident in grid.incidents
        if incident.strength >= CREDIBLE
        and incident.pattern >= CREDIBLE
        and not incident.is_remedied
        and any(row.happened_to >= oldest for row in incident.rows)
    ]


def by_the_unit(grid: Grid) -> list[Graded]:
    """Incidents that name this very force, and that nobody answered for."""
    return [
        incident
        for incident in grid.incidents
        if incident.attribution == NAMED
        and incident.strength >= CREDIBLE
        and not incident.is_remedied
    ]


def silent(code: str, case: Case, because: str, **more: Any) -> Finding:
    """A line that is shown and contributes nothing."""
    return Finding(code, Outcome.NOT_APPLICABLE, because, item=case.item, **more)
