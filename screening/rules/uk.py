"""The United Kingdom's own licensing criteria: when they are asked, and of whom."""

from __future__ import annotations

from screening.rules.eu_cp import scope
from screening.rules.holders import READS, Holder
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case

__all__ = ["READS", "gbv_counts", "holders"]


def holders(case: Case, _index: FactIndex, reading: Reading) -> list[Holder]:
    """The United Kingdom, where it owes the decision and had such criteria."""
    text = reading("uk-selc/text_in_force")
    if text is None:
        return []
    note, basis = scope(case, reading, text["basis"])
    return [
        Holder(
            state=state,
            role=role,
            label="BINDING",
            label_why=f"its own criteria: {text['name']}",
            basis=basis,
            note=note,
        )
        for state, role in case.duty_holders()
        if state == text["state"]
    ]


def gbv_counts(reading: Reading) -> bool:
    """Whether the text of the day asks of gender-based violence."""
    text = reading("uk-selc/text_in_force")
    return text is not None and bool(text["asks_of_gender_based_violence"])
