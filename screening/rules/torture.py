"""Tiers of goods that could be used for torture, and whom Regulation 2019/125 binds."""

from __future__ import annotations

from screening.rules.eu import standing_in_eu
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case
from treaties.facts import day_number
from treaties.standing import Standing, StandingOn

READS = (
    "exporter",
    "recipient",
    "item",
    "parent_item",
    "origin",
    "brokers",
    "transit",
    "as_of",
    "known_at",
)


def tier(case: Case, reading: Reading, state: str) -> str:
    """ "prohibited" (Annex II), "controlled" (III or IV) or "none", by a state's law.

    A state that keeps the annexes in its own law keeps them as they stood.
    """
    own = reading("torture-free/own_law_tiers").get(state)
    tiers = own or reading("torture-free/law_tiers")
    for name in ("prohibited", "controlled"):
        if case.real_item in tiers.get(name, []):
            return name
    return "none"


def is_bound(case: Case, index: FactIndex, reading: Reading, state: str) -> StandingOn:
    """Whether the regulation, or the same rules in the state's own law, bind it."""
    where = standing_in_eu(index, state, case, reading)
    if where.standing.binds:
        return StandingOn(Standing.BINDING, f"EU member; {where.why}", where.acts)
    own = reading("torture-free/same_rules_in_own_law").get(state)
    if own is not None and case.as_of >= day_number(own):
        why = f"keeps the same rules in its own law since {own}"
        return StandingOn(Standing.BINDING, why)
    if where.standing is Standing.UNKNOWN:
        return where
    return StandingOn(Standing.NOT_BOUND, "not in the Union; no such law is recorded")
