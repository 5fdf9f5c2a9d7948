"""The European and British criteria: when they speak, of whom, and when they do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.rules.types import Verdict
from tests.rules.regimes import DAY, answers, member, outcome
from tests.rules.test_backtest import STRIKES
from tests.rules.test_triggers import COUP, DIVERTED, EMBARGO, OPERATION, TO_GROUP
from treaties.facts import day_number

EU = [member("AAA")]
UK = {"exporter": "GBR"}
SMALL_ARMS = {"item": "SALW", "force": "BBB-AF"}
BEATEN = {**STRIKES, "legal_class": "serious_ihrl", "items": "SALW", "force": "BBB-AF"}
OFFICIAL = {**BEATEN, "publisher_class": "un_mandated"}
CHARITY = {**BEATEN, "publisher_class": "ngo", "publisher": "A charity"}
INVADER = {
    "key": "Y0",
    "conflict": "Government of BBB - Government of CCC",
    "iso3": "BBB",
    "role": "primary",
    "side": "A",
    "places": "CCC",
    "year": 2019,
    "is_abroad": True,
}
INVADED = {**INVADER, "key": "Y1", "iso3": "CCC", "side": "B", "is_abroad": False}
AT_HOME = {**INVADER, "is_abroad": False, "places": "BBB"}

# What each criterion finds, with the line and the facts that it finds it on.
FOUND: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("1", "PROHIBITED", {}, {"measures": [EMBARGO]}),
    ("2a", "LEVEL_3", SMALL_ARMS, {"reports": [BEATEN]}),
    ("2b", "LEVEL_1", SMALL_ARMS, {"reports": [OFFICIAL]}),
    ("2c", "LEVEL_3", {}, {"reports": [STRIKES]}),
    ("3", "LEVEL_1", {}, {"coups": [COUP]}),
    ("3", "LEVEL_2", {}, {"coups": [COUP], "conflict_years": [AT_HOME]}),
    ("4", "LEVEL_1", {}, {"operations": [OPERATION]}),
    ("4", "LEVEL_2", {}, {"conflict_years": [INVADER, INVADED]}),
    ("6", "LEVEL_1", SMALL_ARMS, {"diversions": [TO_GROUP]}),
    ("7", "LEVEL_2", SMALL_ARMS, {"diversions": [DIVERTED]}),
]
# And on the same line without those facts.
ELSE = {
    "1": "NOT_APPLICABLE",
    "2a": "LEVEL_0",
    "2b": "NOT_APPLICABLE",
    "2c": "LEVEL_0",
    "3": "LEVEL_0",
    "4": "LEVEL_0",
    "6": "UNKNOWN",
    "7": "LEVEL_0",
}
NUMBERS = ["1", "2a", "2b", "2c", "3", "4", "5", "6", "7", "8"]


@pytest.mark.parametrize(("number", "wanted", "line", "tables"), FOUND)
def test_a_criterion_answers_to_its_facts_and_not_without_them(
    number: str, wanted: str, line: dict[str, Any], tables: dict[str, Any]
) -> None:
    acts = [*EU, member("AAA", "UN"), member("GBR", "UN")]
    tables = {"acts": acts, **tables}

    assert outcome(f"cp-{number}", line, **tables) == wanted
    assert outcome(f"uk-{number}", {**line, **UK}, **tables) == wanted
    assert outcome(f"cp-{number}", line, acts=acts) == ELSE[number]
    assert outcome(f"uk-{number}", {**line, **UK}, acts=acts) == ELSE[number]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_state_that_the_text_does_not_address_is_not_asked(number: str) -> None:
    assert answers(f"cp-{number}", {}, reports=[STRIKES], acts=[]) == []
    assert answers(f"uk-{number}", {}, reports=[STRIKES], acts=EU) == []


@pytest.mark.parametrize("part", ["exporter", "brokers", "transit", "origin"])
def test_every_member_that_owes_the_decision_is_asked(part: str) -> None:
    acts = [member("CCC")]
    found = answers("cp-2c", {part: "CCC"}, reports=[STRIKES], acts=acts)

    assert [finding.state for finding in found] == ["CCC"]


@pytest.mark.parametrize("number", ["5", "8"])
def test_what_no_fact_answers_is_said_and_blocks_nothing(number: str) -> None:
    (finding,) = answers(f"cp-{number}", {}, acts=EU)

    assert (finding.outcome, finding.verdict) == ("UNKNOWN", None)
    assert [gap.is_critical for gap in finding.gaps] == [False]


def test_a_finding_of_a_body_that_is_not_competent_calls_for_no_special_caution() -> (
    None
):
    found = outcome("cp-2b", SMALL_ARMS, acts=EU, reports=[CHARITY])

    assert found == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("day", "basis"),
    [("1998-06-07", ""), ("1998-06-08", "policy"), ("2008-12-08", "law")],
)
def test_the_code_of_conduct_was_policy_and_the_common_position_is_law(
    day: str, basis: str
) -> None:
    on = day_number(date.fromisoformat(day))
    found = answers("cp-2c", {"as_of": on, "known_at": on}, acts=EU)

    assert [finding.basis for finding in found] == ([basis] if basis else [])


def test_goods_off_the_military_list_are_asked_of_as_policy() -> None:
    (finding,) = answers("cp-2a", {"item": "BODY_WORN_SHOCK"}, acts=EU)

    assert finding.basis == "policy"


@pytest.mark.parametrize(
    ("day", "wanted"), [("2019-09-16", "FLOOR"), ("2019-09-17", "NOT_APPLICABLE")]
)
def test_members_undertook_to_export_no_mines_until_the_text_changed(
    day: str, wanted: str
) -> None:
    on = day_number(date.fromisoformat(day))
    line = {"item": "AP_MINE", "as_of": on, "known_at": on}

    assert outcome("cp-1", line, acts=EU) == wanted


@pytest.mark.parametrize(
    ("day", "wanted"), [("2021-12-07", ""), ("2021-12-08", "LEVEL_1")]
)
def test_violence_against_women_is_asked_of_since_the_british_text_says_so(
    day: str, wanted: str
) -> None:
    on = day_number(date.fromisoformat(day))
    line = {**UK, **SMALL_ARMS, "as_of": on, "known_at": on}
    listed = {
        "key": "L0",
        "force": "BBB-AF",
        "iso3": "BBB",
        "kind": "CRSV",
        "status": "listed",
        "known_from": on - 30,
        "published_on": on - 30,
    }

    assert outcome("uk-2d", line, listings=[listed]) == wanted
    assert outcome("uk-2a", line, listings=[listed]) == (wanted or "LEVEL_0")


def test_a_seizure_of_power_that_was_undone_no_longer_counts() -> None:
    undone = {**COUP, "order_restored_on": DAY - 5}
    after = {**COUP, "order_restored_on": DAY + 5}

    assert outcome("cp-3", {}, acts=EU, coups=[undone]) == "LEVEL_0"
    assert outcome("cp-3", {}, acts=EU, coups=[after]) == "LEVEL_1"
    assert outcome("cp-3", {}, acts=EU, coups=[{**COUP, "counts": "disputed"}]) == (
        "LEVEL_0"
    )


def test_a_state_under_attack_is_not_at_war_inside() -> None:
    attacked = {"recipient": "CCC", "end_user_state": "CCC", "force": "CCC-ARMY"}

    found = outcome("cp-3", attacked, acts=EU, conflict_years=[INVADER, INVADED])

    assert found == "LEVEL_0"


def test_goods_for_a_civilian_play_no_part_in_war() -> None:
    line = {"force": "", "end_user_kind": "CIVILIAN"}

    assert outcome("cp-3", line, acts=EU, coups=[COUP]) == "NOT_APPLICABLE"


def test_diversion_weighs_by_the_words_of_criterion_7_and_refuses_not_alone() -> None:
    twice = [DIVERTED, {**DIVERTED, "key": "D1"}]

    (eu,) = answers("cp-7", SMALL_ARMS, acts=EU, diversions=twice)
    (att,) = answers("att-11", SMALL_ARMS, acts=EU, diversions=twice)

    assert (eu.verdict, att.verdict) == (Verdict.HIGH, Verdict.REFUSE)
