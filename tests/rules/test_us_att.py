"""The American rulebook, the later articles of the ATT, and autonomous weapons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.rules import Verdict, load_rulebook, screen, transfers_table
from screening.rules.criteria import all_criteria
from screening.rules.types import Finding, Outcome
from screening.rules.verdict import judge
from tests.rules.regimes import DAY, LINE, answers, member, outcome
from tests.rules.strategies import FIXED, facts_of
from tests.rules.test_backtest import LOOKED, STOP, STRIKES
from tests.rules.test_triggers import COUP, OPERATION, SOLD, TO_GROUP
from treaties.facts import day_number

USA = {"exporter": "USA"}
SMALL_ARMS = {"item": "SALW", "force": "BBB-AF"}
KILLED = {**STRIKES, "legal_class": "serious_ihrl", "items": "SALW", "force": "BBB-AF"}
LISTED = {
    "key": "L0",
    "force": "BBB-AF",
    "iso3": "BBB",
    "kind": "CAAC",
    "status": "listed",
    "known_from": DAY - 30,
    "published_on": DAY - 30,
}
REGIME_US = [c.code for c in all_criteria() if c.code.startswith("us-")]


@pytest.mark.parametrize("code", REGIME_US)
def test_american_law_is_not_asked_of_others(code: str) -> None:
    assert answers(code, SMALL_ARMS, reports=[KILLED], listings=[LISTED]) == []


@pytest.mark.parametrize(
    ("code", "line", "tables", "wanted", "without"),
    [
        ("us-cat", {}, {"reports": [STRIKES]}, "LEVEL_2", "LEVEL_0"),
        ("us-502b", SMALL_ARMS, {"reports": [KILLED]}, "LEVEL_2", "NOT_APPLICABLE"),
        (
            "us-leahy",
            {**SMALL_ARMS, "activity": "GIFT"},
            {"reports": [KILLED]},
            "LEVEL_3",
            "NOT_APPLICABLE",
        ),
        (
            "us-cc",
            {"item": "LE_CHEMICAL_IRRITANT", "force": "BBB-AF"},
            {"reports": [KILLED]},
            "LEVEL_3",
            "LEVEL_0",
        ),
    ],
)
def test_american_law_answers_to_its_facts_and_not_without_them(
    code: str, line: dict[str, Any], tables: dict[str, Any], wanted: str, without: str
) -> None:
    assert outcome(code, {**line, **USA}, **tables) == wanted
    assert outcome(code, {**line, **USA}) == without


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("1995-02-16", ""),
        ("2023-02-22", "LEVEL_2"),
        ("2023-02-23", "LEVEL_3"),
        ("2025-03-13", "LEVEL_3"),
        ("2025-03-14", ""),
        ("2025-04-08", ""),
        ("2025-04-09", "LEVEL_2"),
    ],
)
def test_the_arms_transfer_policy_of_the_day_is_the_one_asked(
    day: str, wanted: str
) -> None:
    on = day_number(date.fromisoformat(day))
    days = {"as_of": on, "known_at": on}
    moved = {key: STRIKES[key] - DAY + on for key in STRIKES if key.startswith("happ")}
    strikes = {**STRIKES, **moved, "known_from": on - 9, "published_on": on - 9}

    assert outcome("us-cat", {**USA, **days}, reports=[strikes]) == wanted


def test_a_paid_sale_to_a_named_unit_is_a_near_miss_of_the_leahy_laws() -> None:
    (finding,) = answers("us-leahy", {**SMALL_ARMS, **USA}, reports=[KILLED])

    assert finding.verdict is None
    assert any(reason.startswith("Near miss") for reason in finding.reasons)


def test_a_report_on_another_unit_is_nothing_to_the_leahy_laws() -> None:
    line = {**SMALL_ARMS, **USA, "activity": "GIFT"}
    other = {**KILLED, "force": "BBB-POLICE"}

    assert outcome("us-leahy", line, reports=[other]) == "NOT_APPLICABLE"


def test_one_incident_is_no_consistent_pattern_and_three_are() -> None:
    once = {**KILLED, "pattern": 2, "strength": 2, "incident": "I0"}
    thrice = [{**once, "key": f"R{n}", "incident": f"I{n}"} for n in range(3)]
    line = {**SMALL_ARMS, **USA}

    assert outcome("us-502b", line, reports=[once]) == "NOT_APPLICABLE"
    assert outcome("us-502b", line, reports=thrice) == "LEVEL_2"


def test_the_list_of_child_soldiers_is_not_held_and_the_un_list_is_shown() -> None:
    (bare,) = answers("us-cspa", USA)
    (shown,) = answers("us-cspa", USA, listings=[LISTED])

    assert (bare.outcome, bare.verdict, bare.evidence) == ("UNKNOWN", None, ())
    assert (shown.verdict, shown.evidence[0].key) == (Verdict.ELEVATED, "L0")
    assert not any(gap.is_critical for gap in (*bare.gaps, *shown.gaps))


def test_restricted_aid_is_asked_of_assistance_alone() -> None:
    siege = {**STRIKES, "violations": "starvation_siege"}
    gift = {**USA, "activity": "GIFT"}

    assert answers("us-620i", USA, reports=[siege]) == []
    assert answers("us-620i", gift)[0].verdict is None
    assert answers("us-620i", gift, reports=[STRIKES])[0].verdict is None
    assert answers("us-620i", gift, reports=[siege])[0].verdict is Verdict.ELEVATED


def test_implements_of_torture_are_denied_to_everyone() -> None:
    line = {**USA, "item": "BODY_WORN_SHOCK"}

    assert outcome("us-cc", line) == "FLOOR"
    assert answers("us-cc", {**USA, "item": "SALW"}) == []


def test_a_conditional_law_is_shown_and_stops_nothing() -> None:
    law = {**STOP, "act_kind": "conditional", "targets": "", "covers": "none"}

    found = answers("national-stop", {}, measures=[law])
    others = answers("national-stop", {"exporter": "CCC"}, measures=[law])

    assert any("a conditional law" in finding.because for finding in found)
    assert {finding.verdict for finding in found} == {None}
    assert not any("a conditional law" in finding.because for finding in others)


# --- The Arms Trade Treaty -----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "tables", "wanted"),
    [
        ("att-7.1a", {"operations": [OPERATION]}, "LEVEL_1"),
        ("att-7.1a", {"operations": [OPERATION], "coups": [COUP]}, "LEVEL_2"),
        ("att-7.1b-iii", {"diversions": [TO_GROUP]}, "LEVEL_2"),
        ("att-7.1b-iv", {"diversions": [SOLD]}, "LEVEL_2"),
        ("att-7.4", {"listings": [LISTED]}, "LEVEL_1"),
    ],
)
def test_an_article_answers_to_its_facts_and_not_without_them(
    code: str, tables: dict[str, Any], wanted: str
) -> None:
    assert outcome(code, SMALL_ARMS, **tables) == wanted
    assert outcome(code, SMALL_ARMS) in {"LEVEL_0", "UNKNOWN"}


@pytest.mark.parametrize("code", ["att-7.1a", "att-7.1b-iii", "att-7.1b-iv"])
def test_what_nobody_looked_for_is_not_known_and_not_critical_twice(code: str) -> None:
    (finding,) = answers(code, SMALL_ARMS, searches=[])

    assert (finding.outcome, finding.verdict) == ("UNKNOWN", None)
    assert not any(gap.is_critical for gap in finding.gaps)


@pytest.mark.parametrize("limb", ["att-7.1b-i", "att-7.1b-ii"])
def test_a_force_on_a_un_list_raises_the_limbs_by_one_step(limb: str) -> None:
    unmatched = {**KILLED, "items": "", "pattern": 1, "strength": 1, "force": "BBB-AF"}
    for legal in ("serious_ihrl", "serious_ihl"):
        report = {**unmatched, "legal_class": legal}
        if legal == ("serious_ihl" if limb == "att-7.1b-i" else "serious_ihrl"):
            assert outcome(limb, SMALL_ARMS, reports=[report]) == "LEVEL_1"
            raised = outcome(limb, SMALL_ARMS, reports=[report], listings=[LISTED])
            assert raised == "LEVEL_2"
            # Bombs are no plausible instrument of it.
            bombs = {**SMALL_ARMS, "item": "BOMB_GUIDED"}
            both = {"reports": [report], "listings": [LISTED]}
            assert outcome(limb, bombs, **both) == outcome(
                limb, bombs, reports=[report]
            )


def test_a_force_taken_off_the_list_or_long_on_it_no_longer_counts() -> None:
    gone = {**LISTED, "key": "L1", "status": "delisted", "published_on": DAY - 10}
    old = {**LISTED, "published_on": DAY - 1500}

    assert outcome("att-7.4", SMALL_ARMS, listings=[LISTED, gone]) == "UNKNOWN"
    assert outcome("att-7.4", SMALL_ARMS, listings=[old]) == "UNKNOWN"


def test_old_news_calls_for_no_reassessment() -> None:
    recent = {**STRIKES, "known_from": DAY - 300}

    (finding,) = answers("att-7.7", {}, reports=[recent])

    assert (finding.outcome, finding.verdict) == ("NOT_APPLICABLE", None)
    assert answers("att-7.7", {}, reports=[{**recent, "known_from": DAY - 366}]) == []


def test_an_end_use_certificate_is_said_to_be_there_or_not() -> None:
    paper = {"item": "SALW", "mitigations": "END_USE_CERTIFICATE:att-11:present:1"}

    assert outcome("att-8", {"item": "SALW"}) == "UNKNOWN"
    assert outcome("att-8", paper) == "NOT_APPLICABLE"
    assert answers("att-8", {"item": "BOMB_GUIDED"}) == []


@pytest.mark.parametrize(
    ("code", "part"), [("att-9", "transit"), ("att-10", "brokers")]
)
def test_each_state_in_between_has_a_line_of_its_own(code: str, part: str) -> None:
    line = {"item": "SALW", part: "CCC|TTT"}
    found = answers(code, line, acts=[member("CCC", "ATT")])

    assert [(f.state, f.basis) for f in found] == [("CCC", "law"), ("TTT", "policy")]
    assert {finding.verdict for finding in found} == {None}
    assert answers(code, {"item": "SALW"}) == []


# --- Autonomous weapons, and what counts together ------------------------------------


def test_autonomous_weapons_are_high_for_a_party_to_a_conflict() -> None:
    line = {"item": "LAWS"}
    at_war = {"operations": [OPERATION], "acts": [member("BBB", "AP1")]}

    assert outcome("pol-laws", line) == "LEVEL_1"
    assert answers("pol-laws", {}) == []
    (finding,) = answers("pol-laws", line, **at_war)
    assert finding.outcome is Outcome.LEVEL_2
    assert any("Article 36" in reason for reason in finding.reasons)


def judged(*codes: str) -> Verdict:
    findings = [
        Finding(code, Outcome.LEVEL_2, "", verdict=Verdict.HIGH) for code in codes
    ]
    return judge(findings, load_rulebook().reading(DAY)).verdict


def test_one_question_under_three_laws_is_one_reason() -> None:
    assert judged("att-7.1b-i", "cp-2c", "uk-2c") is Verdict.HIGH
    assert judged("att-7.1b-i", "att-7.1b-ii", "att-11") is Verdict.REFUSE
    assert judged("att-7.1b-i", "cp-2a", "uk-7") is Verdict.REFUSE


def test_what_only_weighs_is_not_counted_towards_a_refusal() -> None:
    assert judged("att-7.1b-i", "att-7.1b-ii", "att-7.1a") is Verdict.HIGH


def test_every_criterion_of_a_rulebook_has_its_key() -> None:
    keys = {text.regime_key for text in load_rulebook().criteria.values()}

    assert keys == {
        "att",
        "embargoes",
        "weapon-bans",
        "eu-cp",
        "torture-free",
        "uk-selc",
        "us",
        "completeness",
    }


def test_a_member_outside_the_union_and_one_inside_get_the_same_verdict() -> None:
    world = {**FIXED, "searches": LOOKED, "reports": [STRIKES]}
    table = transfers_table([LINE])
    outside = screen(table, facts_of(world))
    inside = screen(table, facts_of({**world, "acts": [member("AAA")]}))

    assert outside.verdicts.equals(inside.verdicts)
