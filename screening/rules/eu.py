"""Whether the law of the European Union binds a state or territory on a day."""

from __future__ import annotations

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case
from treaties.facts import day_number
from treaties.standing import Standing, StandingOn

OUTSIDE = StandingOn(Standing.NOT_BOUND, "not a member of the Union")


def standing_in_eu(
    index: FactIndex, state: str, case: Case, reading: Reading
) -> StandingOn:
    """EU membership, or EU law that goes on applying to a former member.

    The list of members is complete, so a state without acts is outside. A territory of
    a member may or may not be reached, which is not recorded: UNKNOWN.
    """
    where = index.standing(state, "EU", case.as_of, case.known_at)
    row = index.states.get(state)
    if where.standing is Standing.UNKNOWN and row is not None:
        parent = index.standing(row.parent, "EU", case.as_of, case.known_at)
        of_member = row.status == "territory" and parent.standing.binds
        return where if of_member else OUTSIDE
    until = reading("embargo/eu_law_after_membership").get(state)
    has_left = where.standing is Standing.WITHDRAWN and until is not None
    if has_left and case.as_of < day_number(until):
        why = f"left the Union; EU law applied to it until {until}"
        return StandingOn(Standing.BINDING, why, where.acts)
    return where
