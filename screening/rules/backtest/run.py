"""Cases in, answers and figures out: one table, one call of the engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from screening.rules.backtest.cases import PastCase, conventions
from screening.rules.backtest.lead import days_to_ask, lead_figures, lead_of
from screening.rules.backtest.metrics import metrics_of
from screening.rules.engine import Screened, case_of, screen, transfers_table
from screening.rules.index import FactIndex, index_of
from screening.rules.rulebook import Reading, Rulebook, load_rulebook
from screening.rules.triggers import triggers_of
from screening.rules.types import Finding, Outcome, Verdict
from screening.rules.verdict import Judged, critical_gaps, judge, worst_of
from treaties.facts import Facts

# Lists of names rather than claims: they stay when only checked facts are asked for.
REGISTERS = {"states", "treaties", "forces", "items"}


@dataclass(frozen=True)
class CaseResult:
    """What the engine said of one case, beside what was expected."""

    case: PastCase
    judged: Judged
    triggers: tuple[str, ...]
    covered: bool
    # Findings on the very decision of the case, left out (METHOD 11.3).
    left_out: int

    @property
    def verdict(self) -> Verdict:
        return self.judged.verdict

    @property
    def is_within(self) -> bool:
        return self.verdict in self.case.acceptable

    @property
    def is_false_low(self) -> bool:
        """METHOD 8.5: truly REFUSE or more, and ELEVATED or less was said."""
        return (
            self.case.expected.rank >= Verdict.REFUSE.rank
            and self.verdict.rank <= Verdict.ELEVATED.rank
        )

    @property
    def is_false_prohibit(self) -> bool:
        """METHOD 8.5: PROHIBITED was said, and the range lacks it."""
        return (
            self.verdict is Verdict.PROHIBITED
            and Verdict.PROHIBITED not in self.case.acceptable
        )

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        case = self.case
        return {
            "case_id": case.case_id,
            "covered": self.covered,
            "complete": self.judged.is_complete,
            "expected": case.expected.value,
            "acceptable": [verdict.value for verdict in case.acceptable],
            "verdict": self.verdict.value,
            "interval": [self.judged.lowest.value, self.judged.highest.value],
            "within": self.is_within,
            "triggers": list(self.triggers),
            "expected_triggers": list(case.triggers),
            "missed_triggers": sorted(set(case.triggers) - set(self.triggers)),
            "reasons": _reasons(self.judged.findings),
            "facts_used": _facts_used(self.judged.findings),
            "facts_missing": [
                {"code": gap.code, "text": gap.text, "settle": gap.settle}
                for gap in critical_gaps(self.judged.findings)
            ],
            "forces": list(case.forces),
            "own_decision_left_out": self.left_out > 0,
            "partition": case.partition,
            "basis": case.basis,
            "facts_basis": case.facts_basis,
        }


@dataclass(frozen=True)
class Backtest:
    """The results in the order of the cases, and the figures over all of them."""

    results: list[CaseResult]
    metrics: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Cases and metrics as plain JSON values."""
        return {
            "cases": [result.as_dict() for result in self.results],
            "metrics": self.metrics,
        }


def backtest(
    cases: Sequence[PastCase], facts: Facts, rulebook: Rulebook | None = None
) -> Backtest:
    """Put past cases to the engine, each with what was known on its own day.

    All cases, and all earlier days asked for the lead time, are lines of one table.
    """
    rulebook = rulebook or load_rulebook()
    index = index_of(facts)
    days = {
        place: days_to_ask(case, index, rulebook)
        for place, case in enumerate(cases)
        if case.acted
    }
    rows = [
        line
        for place, case in enumerate(cases)
        for day in {case.as_of, *days.get(place, [])}
        for line in case.lines(_name(place, day), day)
    ]
    if not rows:
        return Backtest([], metrics_of([], lead_figures([])))
    asked = _Asked(screen(transfers_table(rows), facts, rulebook), index, rulebook)
    results = [asked.result(place, case) for place, case in enumerate(cases)]
    leads = [asked.lead(place, cases[place], days[place]) for place in days]
    metrics = metrics_of(results, lead_figures(leads))
    metrics["rulebook_digest"] = rulebook.digest
    metrics["facts_digest"] = facts.digest()
    return Backtest(results, metrics)


def checked_only(facts: Facts) -> Facts:
    """The facts less every row that nobody has checked against its source."""
    return Facts(
        **{
            name: table
            if name in REGISTERS
            else table[table["checked"].astype(bool)].reset_index(drop=True)
            for name, table in facts.tables.items()
        }
    )


@dataclass(frozen=True)
class _Asked:
    """The answers of the one call, read case by case."""

    screened: Screened
    index: FactIndex
    rulebook: Rulebook

    def result(self, place: int, case: PastCase) -> CaseResult:
        judged, left_out = self._judged(place, case, case.as_of)
        lines = [case_of(line) for line in case.lines("", case.as_of)]
        reading = self.rulebook.reading(case.as_of)
        unsaid = conventions(case.as_of)("gaps_of_the_transfer")
        return CaseResult(
            case=case,
            judged=judged,
            triggers=triggers_of(judged.findings, lines, self.index, reading),
            covered=_is_covered(judged, unsaid, reading),
            left_out=left_out,
        )

    def lead(self, place: int, case: PastCase, days: list[int]) -> dict[str, Any]:
        """The lead time; no earlier stop of the state's own counts as foresight."""
        verdicts = {
            day: self._judged(place, case, day, is_lead=True)[0].verdict for day in days
        }
        return lead_of(case, verdicts)

    def _judged(
        self, place: int, case: PastCase, day: int, *, is_lead: bool = False
    ) -> tuple[Judged, int]:
        """The verdict again, less what the state itself decided in this very case."""
        findings = self.screened.findings_of(_name(place, day))
        kept = [f for f in findings if not self._is_own(f, case, is_lead)]
        reading = self.rulebook.reading(day)
        return judge(kept, reading), len(findings) - len(kept)

    def _is_own(self, finding: Finding, case: PastCase, is_lead: bool) -> bool:
        if finding.outcome is not Outcome.STOPPED or finding.state != case.screened:
            return False
        acts = conventions(case.as_of)("own_decision_acts")
        near = conventions(case.as_of)("own_decision_days")
        measures = [
            self.index.fact("measures", row.key)
            for row in finding.evidence
            if row.table == "measures"
        ]
        return any(
            measure.act_kind in acts
            and (is_lead or abs(measure.starts - case.decided_on) <= near)
            for measure in measures
            if measure is not None
        )


def _name(place: int, day: int) -> str:
    return f"{place}@{day}"


def _is_covered(judged: Judged, unsaid: Collection[str], reading: Reading) -> bool:
    """Whether the facts are loaded that could still move the verdict.

    unsaid: gaps that only the proposer could close, which are none of the facts.
    """
    missing = [g for g in critical_gaps(judged.findings) if g.code not in unsaid]
    verdict = judged.verdict
    could_rise = any(worst_of(gap, reading).rank > verdict.rank for gap in missing)
    could_fall = judged.lowest is not verdict
    return not missing or not (could_rise or could_fall)


def _reasons(findings: list[Finding]) -> list[dict[str, str]]:
    """What each criterion that weighs said, the gravest first."""
    return [
        {
            "criterion": f.criterion,
            "state": f.state,
            "item": f.item,
            "outcome": f.outcome.value,
            "verdict": f.verdict.value,
            "because": f.because,
        }
        for f in findings
        if f.verdict is not None and f.verdict is not Verdict.LOW
    ]


def _facts_used(findings: list[Finding]) -> list[dict[str, Any]]:
    """Each fact that carried a finding, once."""
    rows = {
        (row.table, row.key): {
            "table": row.table,
            "key": row.key,
            "text": row.text,
            "publisher": row.publisher,
            "url": row.url,
            "checked": row.is_checked,
        }
        for finding in findings
        for row in finding.evidence
        if row.is_counted
    }
    return list(rows.values())
