"""Whom the EU's common rules on arms exports bind (Common Position 2008/944/CFSP)."""

from __future__ import annotations

from screening.rules.eu import standing_in_eu
from screening.rules.holders import READS, Holder
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case

__all__ = ["READS", "holders"]


def holders(case: Case, index: FactIndex, reading: Reading) -> list[Holder]:
    """Each member of the Union that owes the decision on the transfer.

    Before the Common Position the Code of Conduct stood, a political commitment; before
    that, nothing. States outside are not asked.
    """
    text = reading("eu-cp/text_in_force")
    if text is None:
        return []
    note, basis = scope(case, reading, text["basis"])
    return [
        Holder(
            state=state,
            role=role,
            label=where.standing.value,
            label_why=f"{text['name']}: {where.why}",
            basis=basis,
            note=note,
        )
        for state, role in case.duty_holders()
        if (where := standing_in_eu(index, state, case, reading)).standing.binds
    ]


def scope(case: Case, reading: Reading, basis: str) -> tuple[str, str]:
    """A note and the basis: law for goods of the common military list alone."""
    if case.item in reading("eu-cp/common_military_list"):
        return "", basis
    return (
        "The item is not on the common military list: the same question is asked as "
        "policy screening.",
        "policy",
    )
