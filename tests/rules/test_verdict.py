"""From findings to a verdict: a maximum, with what is missing kept in sight."""

from __future__ import annotations

import pytest

from screening.rules.rulebook import load_rulebook
from screening.rules.types import Finding, Gap, Outcome, Verdict
from screening.rules.verdict import Judged
from screening.rules.verdict import judge as judge_by

READING = load_rulebook().reading(20000)
UNLOOKED = Gap("conflict_search", "Nobody looked.", "A search.")


def judge(findings: list[Finding]) -> Judged:
    return judge_by(findings, READING)


def finding(
    criterion: str,
    verdict: Verdict | None,
    outcome: Outcome = Outcome.LEVEL_1,
    gap: Gap | None = None,
) -> Finding:
    return Finding(
        criterion=criterion,
        outcome=outcome,
        because="Because.",
        verdict=verdict,
        gaps=(gap,) if gap is not None else (),
    )


def test_the_verdict_is_the_gravest_finding_and_no_average() -> None:
    judged = judge(
        [
            finding("a", Verdict.LOW, Outcome.LEVEL_0),
            finding("b", Verdict.LOW, Outcome.LEVEL_0),
            finding("c", Verdict.REFUSE, Outcome.LEVEL_3),
        ]
    )
    assert judged.verdict is Verdict.REFUSE
    assert judged.findings[0].criterion == "c"


def test_a_gap_beside_good_news_keeps_the_verdict_from_low() -> None:
    judged = judge([finding("a", Verdict.LOW, Outcome.LEVEL_0, UNLOOKED)])
    assert judged.verdict is Verdict.ELEVATED
    assert not judged.is_complete
    assert (judged.lowest, judged.highest) == (Verdict.LOW, Verdict.REFUSE)


def test_without_gaps_all_clear_reads_low_and_complete() -> None:
    judged = judge([finding("a", Verdict.LOW, Outcome.LEVEL_0)])
    assert judged.verdict is Verdict.LOW
    assert judged.is_complete
    assert judged.lowest is judged.highest is Verdict.LOW


def test_an_unknown_counts_for_the_verdict_and_not_for_its_lower_end() -> None:
    judged = judge([finding("a", Verdict.REFUSE, Outcome.UNKNOWN, UNLOOKED)])
    assert judged.verdict is Verdict.REFUSE
    assert judged.lowest is Verdict.LOW


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (["a", "b"], Verdict.HIGH),
        (["a", "b", "c"], Verdict.REFUSE),
        (["a", "a", "a"], Verdict.HIGH),
    ],
)
def test_three_different_criteria_at_level_two_refuse_together(
    criteria: list[str], expected: Verdict
) -> None:
    found = [finding(c, Verdict.HIGH, Outcome.LEVEL_2) for c in criteria]
    assert judge(found).verdict is expected


def test_a_gap_that_could_hide_a_ban_leaves_the_interval_open_to_prohibited() -> None:
    unnamed = Gap("end_user", "Not named.", "Name it.")
    judged = judge([finding("a", Verdict.HIGH, Outcome.UNKNOWN, unnamed)])
    assert judged.highest is Verdict.PROHIBITED


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_number_stays_inside_its_verdicts_band(verdict: Verdict) -> None:
    heavy = Finding("a", Outcome.LEVEL_1, "Because.", verdict=verdict, weight=0.99)
    low, high = READING("verdict/score_bands")[verdict.value]
    assert low <= judge([heavy]).score <= high


def test_law_stands_before_our_own_judgement_of_the_same_weight() -> None:
    policy = Finding(
        "a", Outcome.FLOOR, "Policy.", verdict=Verdict.REFUSE, basis="policy"
    )
    law = Finding("z", Outcome.LEVEL_3, "Law.", verdict=Verdict.REFUSE)
    assert [f.criterion for f in judge([policy, law]).findings] == ["z", "a"]
