"""From findings to one verdict a transfer: a maximum, never an average (METHOD 5)."""

from __future__ import annotations

from dataclasses import dataclass

from screening.rules.rulebook import Reading
from screening.rules.types import Finding, Gap, Outcome, Verdict, gravest

# The family of criteria that only weigh, or that put several questions at once.
UNCOUNTED = "uncounted"


@dataclass(frozen=True)
class Judged:
    """The verdict of one transfer with its interval and its findings in order."""

    verdict: Verdict
    lowest: Verdict
    highest: Verdict
    is_complete: bool
    score: float
    findings: list[Finding]


def judge(findings: list[Finding], reading: Reading) -> Judged:
    """The verdict that the findings of a transfer make together.

    A missing critical fact never reads as low: the verdict is then at least ELEVATED
    and marked incomplete, with the interval that the missing fact leaves open.
    """
    ordered = sorted(findings, key=_order)
    gaps = critical_gaps(ordered)
    known = [f.verdict for f in ordered if f.outcome is not Outcome.UNKNOWN]
    lowest = gravest([*known, _cumulative(ordered, reading)])
    verdict = gravest([lowest, *(f.verdict for f in ordered)])
    if gaps:
        verdict = gravest([verdict, Verdict.ELEVATED])
    highest = gravest([verdict, *(worst_of(gap, reading) for gap in gaps)])
    return Judged(
        verdict=verdict,
        lowest=lowest,
        highest=highest,
        is_complete=not gaps,
        score=_score(ordered, verdict, reading),
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


def worst_of(gap: Gap, reading: Reading) -> Verdict:
    """What the missing fact could at worst turn out to make of the verdict."""
    worst = reading("verdict/worst_of_a_missing_fact")
    return Verdict(worst.get(gap.code, worst["otherwise"]))


def _cumulative(findings: list[Finding], reading: Reading) -> Verdict | None:
    at_level_2 = (f.criterion for f in findings if f.outcome is Outcome.LEVEL_2)
    # Questions are counted, not regimes: the same one under two laws is one reason.
    questions = {reading.family(code) for code in at_level_2} - {UNCOUNTED}
    needed = reading("verdict/criteria_that_refuse_together")
    return Verdict.REFUSE if len(questions) >= needed else None


def _score(findings: list[Finding], verdict: Verdict, reading: Reading) -> float:
    weight = max((f.weight for f in findings), default=0.0)
    low, high = reading("verdict/score_bands")[verdict.value]
    return round(float(low + weight * (high - low)), 1)
