"""ATT Article 11: how recorded diversion makes a level."""

from __future__ import annotations

from typing import Any

import pytest

from screening.rules import screen, transfers_table
from screening.rules.types import Finding
from tests.rules.strategies import FIXED, facts_of, searches

AS_OF = 18500
EVENT: dict[str, Any] = {
    "known_from": AS_OF - 300,
    "publisher": "Made-up publisher",
    "happened_on": AS_OF - 400,
    "iso3": "BBB",
    "from_role": "authorised_end_user",
    "items": "SALW",
    "kind": "theft_loss",
    "strength": 3,
    "to_text": "someone",
    "summary": "Arms were passed on.",
}
LOOKED = {**searches("", 91), "subject": "diversion"}


def diversion(*events: dict[str, Any], looked: bool = True) -> Finding:
    rows = [{**EVENT, "key": f"D{n}", **event} for n, event in enumerate(events)]
    world = {**FIXED, "diversions": rows, "searches": [LOOKED] if looked else []}
    line = {
        "exporter": "AAA",
        "recipient": "BBB",
        "force": "BBB-AF",
        "end_user_kind": "ARMED_FORCES",
        "item": "SALW",
        "as_of": AS_OF,
    }
    screened = screen(transfers_table([line]), facts_of(world))
    return next(f for f in screened.findings_of("0") if f.criterion == "att-11")


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([], "LEVEL_0"),
        ([{}], "LEVEL_2"),
        ([{}, {}], "LEVEL_3"),
        ([{}, {}, {}], "LEVEL_3"),
        ([{"kind": "embargo_breach"}], "LEVEL_3"),
        ([{"kind": "supplied_to_nsag"}], "LEVEL_3"),
        ([{"strength": 2}], "LEVEL_1"),
        ([{"items": "COMBAT_AIRCRAFT"}], "LEVEL_1"),
        ([{"from_role": "forged_end_user"}], "LEVEL_0"),
        ([{"known_from": AS_OF + 1}], "LEVEL_0"),
        ([{"happened_on": AS_OF - 3651}], "LEVEL_0"),
    ],
)
def test_the_level_follows_the_events(
    events: list[dict[str, Any]], outcome: str
) -> None:
    assert diversion(*events).outcome == outcome


def test_nothing_found_without_looking_is_unknown() -> None:
    found = diversion(looked=False)
    assert found.outcome == "UNKNOWN"
    assert found.gaps[0].code == "diversion_search"
