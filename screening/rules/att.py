"""Scope and parties of the Arms Trade Treaty, shared by its criteria."""

from __future__ import annotations

from screening.rules.index import FactIndex
from screening.rules.types import Case
from treaties.standing import StandingOn

OUTSIDE = "outside"
# Art 7 is bound to export; Art 6 reaches every transfer (Art 2(2)).
NOT_EXPORTS = {"TRANSIT", "BROKERING", "IMPORT", "PROMOTION"}


def is_in_scope(case: Case, index: FactIndex) -> bool:
    """Whether the item is a conventional arm (2(1)), munition (3) or part (4)."""
    row = index.items.get(case.item)
    return row is not None and row.att_scope not in {OUTSIDE, ""}


def standing(case: Case, index: FactIndex, state: str) -> StandingOn:
    """The state's relation to the ATT on the case's day."""
    return index.standing(state, "ATT", case.as_of, case.known_at)


def basis_for(case: Case, index: FactIndex, where: StandingOn) -> str:
    """ "law" where the treaty binds this state for this item, else "policy".

    METHOD 2.1: outside the treaty's scope the same question is asked by analogy and
    shown as policy screening, not as a treaty duty.
    """
    in_scope = is_in_scope(case, index)
    return "law" if in_scope and where.standing.binds else "policy"


def scope_note(case: Case, index: FactIndex) -> str:
    """Why the finding is policy although the treaty may bind, "" when it is not."""
    if is_in_scope(case, index):
        return ""
    return (
        "The item is outside the treaty's scope (Arts 2 to 4): the same question is "
        "asked as policy screening, not as a treaty duty."
    )
