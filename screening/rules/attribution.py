"""How near a report is to the end user: 3 same force … 1 state forces … 0 not at all.

METHOD 7.2 and 8.1: a parent's report reaches a child one step lower, a sibling's two
steps; a coalition's report reaches a member only through the role it had on the days
reported (METHOD 11.6).
"""

from __future__ import annotations

from typing import Any

from screening.rules.index import NON_STATE_KINDS, STATE_KINDS, FactIndex
from screening.rules.types import Case

# Which service a coalition role belongs to. A report on the coalition as a whole
# reaches every fighting role.
_ROLE_OF_SERVICE = {"AIR_FORCE": "air_strike", "NAVY": "naval", "ARMY": "ground"}
_FIGHTING = set(_ROLE_OF_SERVICE.values()) | {"command"}
# Kinds that are one service in the eyes of a report that names only "the police".
_POLICING = {"POLICE", "INTERNAL_SECURITY"}
_MILITARY = {
    "ARMED_FORCES",
    "ARMY",
    "AIR_FORCE",
    "NAVY",
    "NATIONAL_GUARD",
    "PRESIDENTIAL_GUARD",
}


def attribution(row: Any, case: Case, index: FactIndex) -> int:
    """The attribution grade of one report for the case's end user."""
    if row.force in index.coalitions:
        return _as_member(row, case, index)
    user_kind = index.kind_of(case.force, case.end_user_kind)
    reported = index.forces.get(row.force)
    reported_kind = reported.kind if reported is not None else "ARMED_FORCES"
    near = _by_lineage(row.force, case.force, index)
    if near:
        return near
    if reported_kind in NON_STATE_KINDS or user_kind in NON_STATE_KINDS:
        # An armed group answers for itself; a state's forces do not answer for it.
        return 0
    if user_kind not in STATE_KINDS | {"UNKNOWN"}:
        return 0
    if case.force not in index.forces and _is_same_service(user_kind, reported_kind):
        return 2
    return 1


def _by_lineage(reported: str, user: str, index: FactIndex) -> int:
    """Grade by kinship of the two forces; 0 when neither is above the other."""
    if not user or user not in index.forces:
        return 0
    if reported == user:
        return 3
    above, below = index.lineage(user), index.lineage(reported)
    if reported in above:
        # An umbrella ("all state security forces") says no more than "state forces".
        return 1 if _is_umbrella(reported) else 2
    if user in below:
        return 1 if _is_umbrella(user) else 2
    return 0


def _is_umbrella(force: str) -> bool:
    return force.endswith("-STATE")


def _is_same_service(user_kind: str, reported_kind: str) -> bool:
    if user_kind == reported_kind:
        return True
    if {user_kind, reported_kind} <= _POLICING:
        return True
    return user_kind == "ARMED_FORCES" and reported_kind in _MILITARY


def _as_member(row: Any, case: Case, index: FactIndex) -> int:
    if case.force in index.lineage(row.force):
        # The coalition itself is the end user.
        return 3 if case.force == row.force else 2
    service = index.forces[row.force].kind
    grades = [
        _grade_of_role(role, service)
        for role in index.coalition_roles.get((index.user_state(case),), [])
        if role.coalition in index.lineage(row.force)
        and _is_the_user(role.force, case, index)
        and role.starts <= row.happened_to
        and row.happened_from < role.ends
        and role.known_from <= case.known_at
    ]
    return max(grades, default=0)


def _is_the_user(member: str, case: Case, index: FactIndex) -> bool:
    """Whether the member force is the end user, part of it, or it is part of that."""
    if case.force in index.forces:
        user = case.force
        kin = user in index.lineage(member) or member in index.lineage(user)
        return kin and not _is_umbrella(user)
    kind = index.kind_of("", case.end_user_kind)
    member_kind = index.forces[member].kind if member in index.forces else ""
    return kind == "UNKNOWN" or _is_same_service(kind, member_kind)


def _grade_of_role(role: Any, service: str) -> int:
    if role.role not in _FIGHTING:
        return 0
    if role.role == "command":
        return 3
    wanted = _ROLE_OF_SERVICE.get(service)
    return 2 if wanted is None or wanted == role.role else 0
