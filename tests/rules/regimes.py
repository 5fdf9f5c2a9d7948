"""One transfer under one criterion, on facts that are made up for it."""

from __future__ import annotations

from typing import Any

from screening.rules import load_rulebook
from screening.rules.criteria import all_criteria
from screening.rules.engine import case_of
from screening.rules.index import index_of
from screening.rules.types import Finding
from tests.rules.strategies import FIXED, facts_of
from tests.rules.test_backtest import DECIDED, LOOKED, STATED

DAY = DECIDED
GBV = 3
ITEMS = [
    {**row, "rel_gbv": GBV if row["code"] == "SALW" else 0} for row in FIXED["items"]
]
LINE: dict[str, Any] = {
    **STATED,
    "force": "BBB-AIR",
    "item": "BOMB_GUIDED",
    "as_of": DAY,
    "known_at": DAY,
}


def member(state: str, treaty: str = "EU", since: int = 0) -> dict[str, Any]:
    """An act by which a treaty or a union binds a state from a day on."""
    return {
        "key": f"{state}-{treaty}",
        "iso3": state,
        "treaty": treaty,
        "act": "entry_into_force",
        "on": since,
    }


def answers(code: str, line: dict[str, Any], **tables: Any) -> list[Finding]:
    """What the criterion says of the line, on these facts and completed searches."""
    world = {**FIXED, "items": ITEMS, "searches": LOOKED, **tables}
    case = case_of({**LINE, **line})
    (criterion,) = [c for c in all_criteria() if c.code == code]
    reading = load_rulebook().reading(case.as_of)
    return criterion.assess(case, index_of(facts_of(world)), reading)


def outcome(code: str, line: dict[str, Any], **tables: Any) -> str:
    """The one outcome, "" where the criterion is not concerned."""
    found = {finding.outcome.value for finding in answers(code, line, **tables)}
    assert len(found) <= 1
    return "".join(found)
