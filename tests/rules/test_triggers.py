"""Trigger codes: each is said for its own reason, and not without it."""

from __future__ import annotations

from typing import Any

import pytest

from screening.rules import load_rulebook, screen, transfers_table
from screening.rules.engine import case_of
from screening.rules.index import index_of
from screening.rules.triggers import SPOKEN, triggers_of
from tests.rules.strategies import FIXED, facts_of
from tests.rules.test_backtest import DECIDED, LOOKED, STATED, STOP, STRIKES

EMBARGO = {
    **STOP,
    "key": "E0/1",
    "embargo": "E0",
    "issuer": "UN",
    "binding": "chapter_vii",
    "act_kind": "",
    "starts": DECIDED - 900,
    "known_from": DECIDED - 900,
}
UN = [
    {
        "key": f"{state}-UN",
        "iso3": state,
        "treaty": "UN",
        "act": "entry_into_force",
        "on": 0,
    }
    for state in ("AAA", "BBB", "CCC")
]
DIVERTED = {
    "key": "D0",
    "known_from": DECIDED - 300,
    "happened_on": DECIDED - 400,
    "iso3": "BBB",
    "from_role": "authorised_end_user",
    "items": "SALW",
    "kind": "end_use_breach",
    "strength": 3,
    "to_text": "someone",
    "summary": "Arms were passed on.",
}
TO_GROUP = {**DIVERTED, "kind": "supplied_to_nsag"}
SOLD = {**DIVERTED, "kind": "sold_by_officials"}
COUP = {
    "key": "C0",
    "known_from": DECIDED - 30,
    "on": DECIDED - 30,
    "iso3": "BBB",
    "kind": "military_coup",
    "counts": "y",
}
EPISODE = {
    "key": "P0",
    "known_from": DECIDED - 300,
    "published_on": DECIDED - 300,
    "starts": DECIDED - 900,
    "iso3": "BBB",
    "force": "BBB-AF",
    "title": "A list of episodes",
    "summary": "Mass killing.",
}
BLOCKADE = {"violations": "starvation_siege", "items": "WARSHIP"}
OPERATION = {
    "key": "O0",
    "known_from": DECIDED - 300,
    "starts": DECIDED - 300,
    "operation": "Operation",
    "iso3": "BBB",
    "role": "air",
    "place": "CCC",
    "is_party_to_fighting": True,
}
ROLE = {
    "key": "COALITION/0",
    "known_from": DECIDED - 900,
    "starts": DECIDED - 900,
    "coalition": "COALITION",
    "force": "BBB-AIR",
    "iso3": "BBB",
    "role": "air_strike",
}

ITEMS = [
    *FIXED["items"],
    {**FIXED["items"][0], "key": "WARSHIP", "code": "WARSHIP", "family": "NAVAL"},
    {**FIXED["items"][0], "key": "LAWS", "code": "LAWS", "family": "UNMANNED"},
]


def said(
    line: dict[str, Any] | None = None, **tables: list[dict[str, Any]]
) -> set[str]:
    """The codes for guided bombs to the air force of BBB, or for what `line` says."""
    facts = facts_of(
        {**FIXED, "items": ITEMS, "searches": LOOKED, "acts": UN, **tables}
    )
    row = {
        **STATED,
        "force": "BBB-AIR",
        "item": "BOMB_GUIDED",
        "parent_item": "",
        "as_of": DECIDED,
        "known_at": DECIDED,
        **(line or {}),
    }
    table = transfers_table([row])
    findings = screen(table, facts).findings_of("0")
    case = case_of({str(k): v for k, v in table.iloc[0].to_dict().items()})
    reading = load_rulebook().reading(DECIDED)
    return set(triggers_of(findings, [case], index_of(facts), reading))


SMALL_ARMS = {"item": "SALW", "force": "BBB-AF"}


@pytest.mark.parametrize(
    ("code", "line", "tables"),
    [
        ("ATT-7.1b-i", {}, {"reports": [STRIKES]}),
        ("F-ITEM-MATCH-ABUSE", {}, {"reports": [STRIKES]}),
        ("F-PERP-MATCH", {}, {"reports": [STRIKES]}),
        ("F-FORCE-MISCONDUCT", {}, {"reports": [STRIKES]}),
        ("F-PAST-VIOL-UNASSESSED", {}, {"reports": [STRIKES]}),
        ("F-CONFLICT-ABROAD", {}, {"reports": [STRIKES]}),
        ("F-CONFLICT-ABROAD", {}, {"operations": [OPERATION]}),
        (
            "F-ENDUSER-IN-CONFLICT",
            {},
            {"operations": [OPERATION], "reports": [STRIKES]},
        ),
        (
            "F-COALITION",
            {},
            {
                "coalition_roles": [ROLE],
                "reports": [{**STRIKES, "force": "COALITION", "iso3": "CCC"}],
            },
        ),
        (
            "ATT-4",
            {"item": "PARTS", "parent_item": "COMBAT_AIRCRAFT"},
            {"reports": [STRIKES]},
        ),
        ("ATT-11", SMALL_ARMS, {"diversions": [DIVERTED]}),
        ("F-DIVERSION-CONFIRMED", SMALL_ARMS, {"diversions": [DIVERTED]}),
        ("F-ENDUSE-BREACH", SMALL_ARMS, {"diversions": [DIVERTED]}),
        ("EMB-UN", {}, {"measures": [EMBARGO]}),
        ("ATT-6.1", {}, {"measures": [EMBARGO]}),
        ("ATT-7.1a", {}, {"operations": [OPERATION]}),
        ("ATT-7.1a", {}, {"coups": [COUP]}),
        ("F-COUP", {}, {"coups": [COUP]}),
        ("ATT-7.7", {}, {"coups": [COUP]}),
        ("ATT-7.7", {}, {"reports": [{**STRIKES, "known_from": DECIDED - 30}]}),
        ("F-ATROCITY-ALERT", {}, {"episodes": [EPISODE]}),
        (
            "F-ATROCITY-ALERT",
            {},
            {"reports": [{**STRIKES, "legal_class": "crime_against_humanity"}]},
        ),
        (
            "F-NAVAL-BLOCKADE",
            {},
            {"reports": [{**STRIKES, **BLOCKADE}]},
        ),
        (
            "F-MITIG-INSUFFICIENT",
            {"mitigations": "TRAINING:att-7.1b-i:present:18000"},
            {"reports": [STRIKES]},
        ),
        ("ATT-7.1b-iii", SMALL_ARMS, {"diversions": [TO_GROUP]}),
        ("ATT-7.1b-iv", SMALL_ARMS, {"diversions": [SOLD]}),
        (
            "F-EMB-EXPORTER",
            {},
            {"measures": [{**EMBARGO, "targets": "AAA", "direction": "from"}]},
        ),
        ("NAT-EMB", {}, {"measures": [STOP]}),
        ("NAT-STAT", {}, {"measures": [{**STOP, "act_kind": "statute"}]}),
    ],
)
def test_a_code_is_said_for_its_fact_and_not_without_it(
    code: str, line: dict[str, Any], tables: dict[str, Any]
) -> None:
    assert code in said(line, **tables)
    assert code not in said(line)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("F-BROKER", {"brokers": "CCC"}),
        ("ATT-10", {"brokers": "CCC"}),
        ("ATT-9", {"transit": "CCC"}),
        ("F-ECON-PRESSURE", {"economic": "yes"}),
        ("F-MITIG-PSV", {"mitigations": "POST_SHIPMENT_VERIFICATION:att-11:present:0"}),
        ("ATT-11", {"force": "", "end_user_kind": "MANUFACTURER_INTEGRATOR"}),
        ("POL-LAWS", {"item": "LAWS"}),
        ("F-TERRITORY", {"recipient": "TTT", "end_user_state": "TTT", "force": ""}),
        ("F-ENDUSER-NSAG", {"force": "BBB-REBELS"}),
        ("F-ENDUSER-PMSC", {"force": "", "end_user_kind": "PMSC"}),
        ("F-THIRD-PARTY-TRANSFER", {"origin": "CCC"}),
        ("F-ULTIMATE-END-USER", {"force": "CCC-ARMY", "end_user_state": "CCC"}),
        ("F-OUT-OF-SCOPE", {"item": "LE_CHEMICAL_IRRITANT"}),
        ("MBT-1", {"item": "AP_MINE"}),
        ("TF-P", {"item": "BODY_WORN_SHOCK"}),
        ("TF-PROMO", {"item": "BODY_WORN_SHOCK", "activity": "PROMOTION"}),
    ],
)
def test_a_code_is_said_for_what_the_transfer_is(
    code: str, line: dict[str, Any]
) -> None:
    assert code in said(line)
    assert code not in said()


def test_an_indiscriminate_item_is_named_so() -> None:
    items = [{**row, "is_indiscriminate": True} for row in FIXED["items"]]

    assert "F-INDISCRIMINATE" in said(items=items)
    assert "F-INDISCRIMINATE" not in said()


def test_nothing_found_says_nothing() -> None:
    assert said() == set()


def test_a_dismissed_report_and_an_unsearched_state_say_no_code() -> None:
    dismissed = {**STRIKES, "finding": "dismissed"}

    assert said(reports=[dismissed], searches=[]) == set()


def test_another_force_or_another_weapon_is_no_match() -> None:
    codes = said(reports=[{**STRIKES, "force": "BBB-POLICE", "items": "SALW"}])

    assert "ATT-7.1b-i" in codes
    assert not codes & {"F-PERP-MATCH", "F-FORCE-MISCONDUCT", "F-ITEM-MATCH-ABUSE"}


def test_a_fact_that_did_not_count_implies_nothing() -> None:
    dismissed = {
        **STRIKES,
        "key": "R1",
        "force": "COALITION",
        "iso3": "CCC",
        "finding": "dismissed",
    }

    codes = said(reports=[STRIKES, dismissed], coalition_roles=[ROLE])

    assert "ATT-7.1b-i" in codes
    assert "F-COALITION" not in codes


def test_goods_outside_the_treaty_are_answered_by_analogy() -> None:
    beaten = {**STRIKES, "legal_class": "serious_ihrl", "items": "LE_CHEMICAL_IRRITANT"}

    codes = said({"item": "LE_CHEMICAL_IRRITANT"}, reports=[beaten])

    assert "X-7.1b-ii" in codes
    assert "ATT-7.1b-ii" not in codes


def test_an_exemption_that_opens_the_gate_says_so_in_place_of_the_embargo() -> None:
    opened = {
        "key": "E0/x0",
        "known_from": DECIDED - 900,
        "starts": DECIDED - 900,
        "embargo": "E0",
        "who_code": "government",
        "goods_code": "all",
        "procedure": "standing",
        "instrument": "an instrument",
    }

    codes = said(measures=[EMBARGO], exemptions=[opened])

    assert "EMB-UN-EXEMPT" in codes
    assert not codes & {"EMB-UN", "ATT-6.1"}


def test_a_mine_to_a_party_breaks_the_recipients_own_treaty() -> None:
    party = {**UN[1], "key": "BBB-MBT", "treaty": "MBT"}

    codes = said({"item": "AP_MINE"}, acts=[*UN, party])

    assert {"ATT-6.2-RECIPIENT", "F-RECIPIENT-PARTY"} <= codes
    assert "ATT-6.2-RECIPIENT" not in said({"item": "AP_MINE"})


def test_every_code_said_is_on_the_list_of_codes_with_a_rule() -> None:
    everything = said(
        {"item": "SALW", "brokers": "CCC", "transit": "CCC"},
        reports=[{**STRIKES, "items": "SALW"}],
        measures=[EMBARGO, STOP],
        diversions=[DIVERTED],
        operations=[OPERATION],
    )

    assert everything
    assert everything <= SPOKEN
