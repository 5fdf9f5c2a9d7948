"""Scope and parties of the Arms Trade Treaty, shared by its criteria."""

from __future__ import annotations

from screening.rules.holders import Holder
from screening.rules.index import FactIndex
from screening.rules.types import Case
from treaties.standing import Standing, StandingOn

OUTSIDE = {"outside", ""}
# Art 7 is bound to export; Art 6 reaches every transfer (Art 2(2)).
NOT_EXPORTS = {"TRANSIT", "BROKERING", "IMPORT", "PROMOTION"}
# Art 11 speaks of arms of Art 2(1): neither munitions (3) nor parts (4).
BEYOND_ARMS = {"art3", "art4"}


def scope_of(case: Case, index: FactIndex) -> str:
    """The item's place in Arts 2 to 4; parts follow what they go into (Art 4)."""
    row, whole = index.items.get(case.item), index.items.get(case.real_item)
    scope = str(row.att_scope) if row is not None else ""
    parts_of_nothing = whole is not None and whole.att_scope in OUTSIDE
    return "outside" if parts_of_nothing else scope


def is_in_scope(case: Case, index: FactIndex) -> bool:
    """Whether the item is a conventional arm (2(1)), munition (3) or part (4)."""
    return scope_of(case, index) not in OUTSIDE


def standing(case: Case, index: FactIndex, state: str) -> StandingOn:
    """The state's relation to the ATT on the case's day."""
    return index.standing(state, "ATT", case.as_of, case.known_at)


def basis_for(article: int, case: Case, index: FactIndex, where: StandingOn) -> str:
    """ "law" where this article binds this state for this transfer, else "policy".

    METHOD 2.1: elsewhere the same question is asked by analogy and shown as policy
    screening, not as a treaty duty. Provisional application is of Arts 6 and 7 (23).
    """
    speaks = is_in_scope(case, index)
    if article == 7:
        speaks = speaks and case.activity not in NOT_EXPORTS
    if article == 11:
        speaks = speaks and scope_of(case, index) not in BEYOND_ARMS
        speaks = speaks and where.standing is Standing.BINDING
    return "law" if speaks and where.standing.binds else "policy"


def scope_note(case: Case, index: FactIndex) -> str:
    """Why the finding is policy although the treaty may bind, "" when it is not."""
    if is_in_scope(case, index):
        return ""
    return (
        "The item is outside the treaty's scope (Arts 2 to 4): the same question is "
        "asked as policy screening, not as a treaty duty."
    )


def exporter(article: int, case: Case, index: FactIndex) -> Holder:
    """The exporting state, which Articles 7 and 11 ask."""
    where = standing(case, index, case.exporter)
    return Holder(
        state=case.exporter,
        role="exporter",
        label=where.standing.value,
        label_why=where.why,
        basis=basis_for(article, case, index, where),
        note=scope_note(case, index),
    )
