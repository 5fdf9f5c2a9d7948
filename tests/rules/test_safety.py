"""What the engine does with values that intake would have refused or mended."""

from __future__ import annotations

from typing import Any

import pytest

from screening.rules import Screened, screen, transfers_table
from tests.rules.strategies import FIXED, facts_of, searches
from treaties.facts import FOREVER, NEVER

AS_OF = 18500
EMBARGO: dict[str, Any] = {
    "key": "E/1",
    "known_from": NEVER,
    "publisher": "Made-up publisher",
    "embargo": "E",
    "issuer": "UN",
    "binding": "chapter_vii",
    "targets": "BBB",
    "direction": "to",
    "covers": "all_arms_and_related",
    "end_users": "named",
    "named_forces": "BBB-REBELS",
    "starts": AS_OF - 100,
    "ends": FOREVER,
    "title": "An embargo on a group",
}
WORLD: dict[str, list[dict[str, Any]]] = {
    **FIXED,
    "measures": [EMBARGO],
    "searches": [
        searches("CCC", 1),
        {**searches("", 2), "subject": "conflict"},
        {**searches("", 3), "subject": "diversion"},
    ],
    "acts": [
        {
            "key": f"{state}-UN",
            "known_from": NEVER,
            "iso3": state,
            "treaty": "UN",
            "act": "entry_into_force",
            "on": 0,
        }
        for state in ("AAA", "BBB", "CCC")
    ],
}
LINE = {
    "exporter": "AAA",
    "recipient": "CCC",
    "force": "CCC-ARMY",
    "end_user_kind": "ARMY",
    "item": "PROTECTIVE_GEAR",
    "as_of": AS_OF,
}


def screened(line: dict[str, Any], **world: list[dict[str, Any]]) -> Screened:
    facts = facts_of({**WORLD, **world})
    return screen(transfers_table([{**LINE, **line}]), facts)


def verdict(line: dict[str, Any], **world: list[dict[str, Any]]) -> Any:
    return screened(line, **world).verdicts.iloc[0]


def test_the_plain_case_reads_low() -> None:
    assert verdict({})["verdict"] == "LOW"


@pytest.mark.parametrize(
    ("looked_at", "kind", "expected"),
    [
        (["armed_forces"], "ARMY", "LOW"),
        (["police"], "ARMY", "ELEVATED"),
        (["police"], "POLICE", "LOW"),
        (["armed_forces"], "POLICE", "ELEVATED"),
        (["all"], "POLICE", "LOW"),
        (["police"], "INTELLIGENCE", "ELEVATED"),
        (["police", "armed_forces"], "INTELLIGENCE", "LOW"),
    ],
)
def test_a_search_says_nothing_of_a_force_that_it_did_not_look_at(
    looked_at: list[str], kind: str, expected: str
) -> None:
    others = [row for row in WORLD["searches"] if row["subject"] != "abuses"]
    looked = [
        {**searches("CCC", number), "looked_at": half}
        for number, half in enumerate(looked_at, start=10)
    ]
    line = {"force": "", "end_user": "A force", "end_user_kind": kind}
    found = verdict(line, searches=[*others, *looked], measures=[])
    assert found["verdict"] == expected


def test_a_force_of_another_state_carries_its_own_record_and_is_a_gap() -> None:
    found = verdict({"force": "BBB-AIR", "end_user_kind": "AIR_FORCE"})
    assert found["verdict"] != "LOW"
    assert not found["is_complete"]


def test_an_embargo_on_a_group_follows_the_group_into_another_state() -> None:
    rebels = {"force": "BBB-REBELS", "end_user_kind": "NSAG", "item": "SALW"}
    assert verdict(rebels)["verdict"] == "PROHIBITED"


def test_an_exporter_not_stated_reads_as_one_not_known() -> None:
    rebels = {"recipient": "BBB", "force": "BBB-REBELS", "item": "SALW"}
    for exporter in ("", "UNK"):
        found = verdict({**rebels, "exporter": exporter})
        assert found["verdict"] == "PROHIBITED"


def test_an_item_in_no_category_leaves_an_embargo_undecided() -> None:
    rebels = {"recipient": "BBB", "force": "BBB-REBELS", "item": "NO-SUCH-ITEM"}
    found = verdict(rebels)
    assert (found["verdict"], found["highest"]) == ("REFUSE", "PROHIBITED")


def test_an_unknown_force_never_reads_lower_than_no_force() -> None:
    report = {
        "key": "R1",
        "known_from": NEVER,
        "publisher": "Made-up publisher",
        "publisher_class": "un_mandated",
        "published_on": AS_OF - 100,
        "happened_from": AS_OF - 300,
        "happened_to": AS_OF - 200,
        "iso3": "CCC",
        "force": "CCC-ARMY",
        "legal_class": "serious_ihrl",
        "items": "SALW",
        "pattern": 2,
        "strength": 2,
        "accountability": "none",
        "finding": "adverse",
    }
    line = {"item": "SALW", "end_user_kind": "ARMY"}
    without = verdict({**line, "force": ""}, reports=[report])
    unknown = verdict({**line, "force": "NO-SUCH-FORCE"}, reports=[report])
    assert without["verdict"] == unknown["verdict"] == "REFUSE"


def test_a_territory_of_a_member_may_be_bound_by_the_union_and_that_is_a_gap() -> None:
    acts = [
        *WORLD["acts"],
        {**WORLD["acts"][1], "key": "BBB-EU", "treaty": "EU"},
    ]
    measure = {
        **EMBARGO,
        "binding": "eu_binding",
        "targets": "CCC",
        "end_users": "all",
        "named_forces": "",
    }
    line = {"exporter": "TTT", "item": "SALW"}
    found = screened(line, acts=acts, measures=[measure])
    (eu,) = [f for f in found.findings_of("0") if f.criterion == "emb-eu"]
    assert (eu.outcome, eu.verdict) == ("UNKNOWN", "REFUSE")
    assert eu.gaps[0].code == "membership"


@pytest.mark.parametrize("activity", ["TRANSIT", "BROKERING"])
def test_article_7_is_asked_of_transit_and_brokering_as_policy_only(
    activity: str,
) -> None:
    acts = [*WORLD["acts"], {**WORLD["acts"][0], "key": "AAA-ATT", "treaty": "ATT"}]
    bases = {}
    for asked in ("EXPORT", activity):
        found = screened({"item": "SALW", "activity": asked}, acts=acts)
        bases[asked] = {
            f.basis for f in found.findings_of("0") if f.criterion == "att-7.1b-i"
        }
    assert bases == {"EXPORT": {"law"}, activity: {"policy"}}


def outcome(criterion: str, line: dict[str, Any], **world: Any) -> str:
    found = screened(line, **world).findings_of("0")
    return next(f.outcome.value for f in found if f.criterion == criterion)


@pytest.mark.parametrize(
    ("known_from", "expected"), [(AS_OF, "LEVEL_1"), (AS_OF + 1, "LEVEL_0")]
)
def test_an_operation_counts_from_the_day_it_is_known(
    known_from: int, expected: str
) -> None:
    operation = {
        "key": "O1",
        "known_from": known_from,
        "operation": "An operation",
        "iso3": "CCC",
        "role": "ground",
        "place": "BBB",
        "is_party_to_fighting": True,
        "starts": AS_OF - 50,
        "ends": FOREVER,
    }
    line = {"item": "SALW"}
    assert outcome("att-7.1b-i", line, operations=[operation]) == expected


@pytest.mark.parametrize(
    ("known_from", "expected"), [(AS_OF, "EXEMPT"), (AS_OF + 1, "PROHIBITED")]
)
def test_an_exemption_counts_from_the_day_it_is_known(
    known_from: int, expected: str
) -> None:
    exemption = {
        "key": "E/x1",
        "known_from": known_from,
        "embargo": "E",
        "who_code": "government",
        "goods_code": "all",
        "procedure": "standing",
        "starts": AS_OF - 50,
        "ends": FOREVER,
    }
    whole = {**EMBARGO, "end_users": "all", "named_forces": "", "targets": "CCC"}
    found = outcome("emb-un", {}, measures=[whole], exemptions=[exemption])
    assert found == expected


@pytest.mark.parametrize(
    ("known_from", "expected"), [(AS_OF, "LEVEL_3"), (AS_OF + 1, "LEVEL_0")]
)
def test_a_role_in_a_coalition_counts_from_the_day_it_is_known(
    known_from: int, expected: str
) -> None:
    role = {
        "key": "COALITION/1",
        "known_from": known_from,
        "coalition": "COALITION",
        "force": "BBB-AIR",
        "iso3": "BBB",
        "role": "air_strike",
        "starts": AS_OF - 400,
        "ends": FOREVER,
    }
    report = {
        "key": "R1",
        "known_from": NEVER,
        "publisher": "Made-up publisher",
        "publisher_class": "un_mandated",
        "published_on": AS_OF - 100,
        "happened_from": AS_OF - 300,
        "happened_to": AS_OF - 200,
        "iso3": "CCC",
        "force": "COALITION",
        "legal_class": "war_crime",
        "items": "BOMB_GUIDED",
        "pattern": 2,
        "strength": 3,
        "accountability": "none",
        "finding": "adverse",
    }
    line = {"recipient": "BBB", "force": "BBB-AIR", "item": "BOMB_GUIDED"}
    searched = [*WORLD["searches"], searches("BBB", 5)]
    found = outcome(
        "att-7.1b-i",
        line,
        coalition_roles=[role],
        reports=[report],
        searches=searched,
        measures=[],
    )
    assert found == expected


@pytest.mark.parametrize(
    ("as_of", "known_at", "expected"),
    [
        (AS_OF, AS_OF, "NOT_APPLICABLE"),
        (AS_OF - 1, AS_OF - 1, "PROHIBITED"),
        # Asked on the eve about the day: the end was not known yet.
        (AS_OF, AS_OF - 1, "PROHIBITED"),
    ],
)
def test_an_end_that_was_not_known_yet_does_not_count(
    as_of: int, known_at: int, expected: str
) -> None:
    ended = {
        **EMBARGO,
        "end_users": "all",
        "named_forces": "",
        "targets": "CCC",
        "ends": AS_OF,
    }
    line = {"as_of": as_of, "known_at": known_at}
    assert outcome("emb-un", line, measures=[ended]) == expected


def test_parts_of_an_irritant_need_their_end_use_stated_as_the_irritant_does() -> None:
    acts = [*WORLD["acts"], {**WORLD["acts"][0], "key": "AAA-EU", "treaty": "EU"}]
    day = {"as_of": 18700}
    whole = {**day, "item": "LE_CHEMICAL_IRRITANT"}
    parts = {**day, "item": "PARTS", "parent_item": "LE_CHEMICAL_IRRITANT"}
    for line in (whole, parts):
        assert outcome("torture-controlled", line, acts=acts) == "UNKNOWN"
