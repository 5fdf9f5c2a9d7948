"""From findings to one verdict a transfer: a maximum, never an average (METHOD 5)."""

from __future__ import annotations

from dataclasses import dataclass

from screening.rules.types import Finding, Gap, Outcome, Verdict, gravest

# What a missing fact could at worst turn out to mean (METHOD 8.3, pessimistic side).
WORST = {
    "end_user": Verdict.PROHIBITED,
    "membership": Verdict.PROHIBITED,
    "embargo_area": Verdict.PROHIBITED,
    "treaty_status": Verdict.PROHIBITED,
    "item": Verdict.PROHIBITED,
    "parent_item": Verdict.PROHIBITED,
    "recipient_state": Verdict.PROHIBITED,
    "exporter_state": Verdict.PROHIBITED,
    "end_user_state": Verdict.PROHIBITED,
}
WORST_OTHERWISE = Verdict.REFUSE
CUMULATIVE = 3  # METHOD 5: three different criteria at level 2 refuse
# Bands of METHOD 8.2, into which the ranking number is clamped.
BANDS = {
    Verdict.LOW: (0, 24),
    Verdict.ELEVATED: (25, 49),
    Verdict.HIGH: (50, 74),
    Verdict.REFUSE: (75, 99),
    Verdict.PROHIBITED: (100, 100),
}


@dataclass(frozen=True)
class Judged:
    """The verdict of one transfer with its interval and its findings in order."""

    verdict: Verdict
    lowest: Verdict
    highest: Verdict
    is_complete: bool
    score: float
    findings: list[Finding]


def judge(findings: list[Finding]) -> Judged:
    """The verdict that the findings of a transfer make together.

    A missing critical fact never reads as low: the verdict is then at least ELEVATED
    and marked incomplete, with the interval that the missing fact leaves open.
    """
    ordered = sorted(findings, key=_order)
    gaps = critical_gaps(ordered)
    known = [f.verdict for f in ordered if f.outcome is not Outcome.UNKNOWN]
    lowest = gravest([*known, _cumulative(ordered)])
    verdict = gravest([lowest, *(f.verdict for f in ordered)])
    if gaps:
        verdict = gravest([verdict, Verdict.ELEVATED])
    highest = gravest([verdict, *(WORST.get(g.code, WORST_OTHERWISE) for g in gaps)])
    return Judged(
        verdict=verdict,
        lowest=lowest,
        highest=highest,
        is_complete=not gaps,
        score=_score(ordered, verdict),
        findings=ordered,
    )


def critical_gaps(findings: list[Finding]) -> list[Gap]:
    """The critical facts that are missing, each once."""
    gaps = {gap.text: gap for f in findings for gap in f.gaps if gap.is_critical}
    return list(gaps.values())


def _order(finding: Finding) -> tuple[int, bool, bool, str, str, str]:
    rank = finding.verdict.rank if finding.verdict is not None else -1
    # Law before our own judgement where both say the same, and what is found before
    # what a person has yet to confirm.
    return (
        -rank,
        finding.basis != "law",
        finding.outcome in {Outcome.PROPOSED, Outcome.WATCH},
        finding.criterion,
        finding.state,
        finding.item,
    )


def _cumulative(findings: list[Finding]) -> Verdict | None:
    criteria = {f.criterion for f in findings if f.outcome is Outcome.LEVEL_2}
    return Verdict.REFUSE if len(criteria) >= CUMULATIVE else None


def _score(findings: list[Finding], verdict: Verdict) -> float:
    weight = max((f.weight for f in findings), default=0.0)
    low, high = BANDS[verdict]
    return round(low + weight * (high - low), 1)
