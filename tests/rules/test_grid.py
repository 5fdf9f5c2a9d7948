"""The evidence grid: what each grade, age and remedy does to an incident's level."""

from __future__ import annotations

from typing import Any

import pytest

from screening.rules import screen, transfers_table
from screening.rules.grid import Graded, level_of
from screening.rules.types import Finding
from tests.rules.strategies import FIXED, facts_of, searches

AS_OF = 18500
REPORT: dict[str, Any] = {
    "key": "R1",
    "known_from": AS_OF - 100,
    "publisher": "Made-up publisher",
    "publisher_class": "un_mandated",
    "title": "A report",
    "published_on": AS_OF - 100,
    "happened_from": AS_OF - 300,
    "happened_to": AS_OF - 200,
    "iso3": "BBB",
    "force": "BBB-AIR",
    "legal_class": "war_crime",
    "items": "COMBAT_AIRCRAFT",
    "pattern": 3,
    "strength": 3,
    "accountability": "none",
    "finding": "adverse",
}
LINE = {
    "exporter": "AAA",
    "recipient": "BBB",
    "force": "BBB-AIR",
    "end_user_kind": "AIR_FORCE",
    "item": "BOMB_GUIDED",
    "as_of": AS_OF,
    "known_at": AS_OF,
}


def incident(
    a: int, m: int, s: int, p: int, *, steps: int = 0, remedied: bool = False
) -> Graded:
    return Graded(
        rows=(),
        attribution=a,
        match=m,
        strength=s,
        pattern=p,
        is_remedied=remedied,
        is_official=s == 3,
        steps_down=steps,
        level=0,
    )


@pytest.mark.parametrize(
    ("graded", "relevance", "level"),
    [
        (incident(2, 2, 2, 2), 3, 3),
        (incident(2, 2, 2, 2, remedied=True), 3, 1),
        (incident(1, 0, 3, 3), 3, 3),
        (incident(1, 0, 3, 3), 2, 0),
        (incident(3, 3, 2, 1), 3, 2),
        (incident(2, 0, 1, 3), 3, 2),
        (incident(1, 1, 1, 1), 2, 1),
        (incident(1, 0, 1, 1), 2, 0),
        (incident(1, 0, 1, 1), 3, 1),
        (incident(2, 2, 2, 2, steps=1), 3, 2),
        (incident(2, 2, 2, 2, steps=2), 3, 1),
        (incident(2, 0, 1, 1, steps=1), 3, 0),
        (incident(2, 2, 2, 2), 1, 2),
        (incident(3, 3, 2, 1), 1, 1),
        (incident(2, 0, 1, 1), 1, 0),
    ],
)
def test_the_level_follows_the_method(
    graded: Graded, relevance: int, level: int
) -> None:
    assert level_of(graded, relevance) == level


def ihl(report: dict[str, Any], line: dict[str, Any] | None = None) -> Finding:
    """The finding on IHL violations in a world with this one report."""
    world = {
        **FIXED,
        "reports": [{**REPORT, **report}],
        "searches": [searches("BBB", 1)],
    }
    screened = screen(transfers_table([{**LINE, **(line or {})}]), facts_of(world))
    found = [f for f in screened.findings_of("0") if f.criterion == "att-7.1b-i"]
    return found[0]


def test_a_bomb_is_matched_by_the_aircraft_that_drops_it() -> None:
    assert ihl({}).outcome == "LEVEL_3"


def several(n: int, *, incident: str) -> Finding:
    """The finding in a world with n isolated reports of the same publisher."""
    rows = [
        {
            **REPORT,
            "key": f"R{number}",
            "pattern": 1,
            "incident": incident or f"I{number}",
        }
        for number in range(n)
    ]
    world = {**FIXED, "reports": rows, "searches": [searches("BBB", 1)]}
    screened = screen(transfers_table([LINE]), facts_of(world))
    found = [f for f in screened.findings_of("0") if f.criterion == "att-7.1b-i"]
    return found[0]


def test_three_isolated_incidents_make_a_pattern_and_one_told_thrice_does_not() -> None:
    assert several(3, incident="").outcome == "LEVEL_3"
    assert several(2, incident="").outcome == "LEVEL_2"
    assert several(3, incident="the same").outcome == "LEVEL_2"


def test_a_lesser_incident_beside_a_grave_one_takes_nothing_away() -> None:
    lesser = {**REPORT, "key": "R2", "incident": "I2", "pattern": 1, "strength": 1}
    grave = {**REPORT, "incident": "I1"}
    world = {**FIXED, "reports": [grave, {**lesser, "items": ""}]}
    screened = screen(transfers_table([LINE]), facts_of(world))
    found = [f for f in screened.findings_of("0") if f.criterion == "att-7.1b-i"]
    assert found[0].outcome == "LEVEL_3"


def test_what_one_force_did_does_not_darken_another_in_the_same_incident() -> None:
    air = {**REPORT, "items": "", "strength": 1, "pattern": 1, "incident": "I"}
    police = {
        **REPORT,
        "key": "R2",
        "force": "BBB-POLICE",
        "incident": "I",
        "strength": 2,
        "pattern": 2,
    }
    world = {**FIXED, "reports": [air, police]}
    screened = screen(transfers_table([LINE]), facts_of(world))
    found = [f for f in screened.findings_of("0") if f.criterion == "att-7.1b-i"]
    assert found[0].outcome == "LEVEL_2"


def test_a_report_of_the_next_day_is_not_known_yet() -> None:
    assert ihl({"known_from": AS_OF + 1}).outcome == "LEVEL_0"
    assert ihl({"known_from": AS_OF}).outcome == "LEVEL_3"


def test_a_report_on_an_armed_group_is_not_the_states() -> None:
    assert ihl({"force": "BBB-REBELS"}).outcome == "LEVEL_0"


def test_a_report_on_the_state_is_not_the_armed_groups() -> None:
    rebels = {"force": "BBB-REBELS", "end_user_kind": "NSAG"}
    assert ihl({}, rebels).outcome == "LEVEL_0"


def test_a_dismissed_claim_is_shown_and_does_not_count() -> None:
    found = ihl({"finding": "dismissed"})
    assert found.outcome == "LEVEL_0"
    assert [e.is_counted for e in found.evidence if e.table == "reports"] == [False]


def test_what_is_four_years_old_and_followed_by_quiet_counts_one_step_less() -> None:
    days = {"happened_from": AS_OF - 1500, "happened_to": AS_OF - 1400}
    assert ihl(days).outcome == "LEVEL_2"


@pytest.mark.parametrize(("risk", "level"), [("IHL", "LEVEL_2"), ("IHRL", "LEVEL_3")])
def test_a_safeguard_tied_to_the_risk_lowers_it_and_one_tied_elsewhere_does_not(
    risk: str, level: str
) -> None:
    stated = {"mitigations": f"TRANCHES:{risk}:verified:{AS_OF}"}
    found = ihl({}, stated)
    assert found.outcome == level
    assert any(reason.startswith("Delivery in tranches: ") for reason in found.reasons)


def test_parts_carry_the_risk_of_what_they_go_into() -> None:
    parts = {"item": "PARTS", "parent_item": "COMBAT_AIRCRAFT"}
    assert ihl({}, parts).outcome == "LEVEL_3"


def test_nothing_found_without_looking_is_unknown_and_never_low_by_itself() -> None:
    screened = screen(transfers_table([LINE]), facts_of(FIXED))
    limbs = [
        f
        for f in screened.findings_of("0")
        if f.criterion in {"att-7.1b-i", "att-7.1b-ii"}
    ]
    assert {(f.outcome, f.verdict) for f in limbs} == {("UNKNOWN", "ELEVATED")}


OLD = {"happened_from": AS_OF - 5600, "happened_to": AS_OF - 5500, "pattern": 2}


def test_what_nobody_answered_for_stays_a_concern_beyond_every_age() -> None:
    eight_years = {"happened_from": AS_OF - 3100, "happened_to": AS_OF - 3000}
    assert ihl({**eight_years, "pattern": 2}).outcome == "LEVEL_1"


def test_after_another_age_of_silence_shown_by_a_search_it_no_longer_weighs() -> None:
    assert ihl(OLD).outcome == "LEVEL_0"


def test_without_a_completed_search_silence_ends_nothing() -> None:
    world = {**FIXED, "reports": [{**REPORT, **OLD}]}
    screened = screen(transfers_table([LINE]), facts_of(world))
    found = [f for f in screened.findings_of("0") if f.criterion == "att-7.1b-i"]
    assert found[0].outcome == "LEVEL_1"


@pytest.mark.parametrize(("pattern", "level"), [(2, "LEVEL_0"), (3, "LEVEL_1")])
def test_age_takes_away_what_was_answered_in_part_unless_it_was_a_system(
    pattern: int, level: str
) -> None:
    days = {"happened_from": AS_OF - 3100, "happened_to": AS_OF - 3000}
    report = {**days, "items": "", "pattern": pattern, "strength": 2}
    said = ihl({**report, "accountability": "partial"})
    assert said.outcome == level
