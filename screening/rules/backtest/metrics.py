"""The figures of METHOD 8.5 over the results of a back-test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from screening.rules.triggers import SPOKEN

if TYPE_CHECKING:
    from screening.rules.backtest.run import CaseResult

GROUPINGS = ("partition", "basis", "facts_basis")


def metrics_of(results: Sequence[CaseResult], lead: dict[str, Any]) -> dict[str, Any]:
    """Figures over all cases, by each grouping, of the pairs and of the lead time."""
    return {
        **figures(results),
        **{f"by_{name}": _by(name, results) for name in GROUPINGS},
        "pairs": pair_order(results),
        "triggers": _by_trigger(results),
        "lead_time": lead,
    }


def figures(results: Sequence[CaseResult]) -> dict[str, Any]:
    """The figures of one group; a share of nothing is None.

    within_range: of the covered cases; within_range_of_all: of all.
    mean_distance: steps on the scale between what was said and what was expected.
    """
    covered = [r for r in results if r.covered]
    false_low = [r.case.case_id for r in results if r.is_false_low]
    false_prohibit = [r.case.case_id for r in results if r.is_false_prohibit]
    return {
        "cases": len(results),
        "covered": len(covered),
        "coverage": _share(len(covered), len(results)),
        "complete": sum(r.judged.is_complete for r in results),
        "within_range": _share(sum(r.is_within for r in covered), len(covered)),
        "within_range_of_all": _share(sum(r.is_within for r in results), len(results)),
        "exact": _share(
            sum(r.verdict is r.case.expected for r in results), len(results)
        ),
        "mean_distance": _mean(
            abs(r.verdict.rank - r.case.expected.rank) for r in results
        ),
        "false_low": len(false_low),
        "false_low_cases": false_low,
        "false_prohibit": len(false_prohibit),
        "false_prohibit_cases": false_prohibit,
        "outside_range": [r.case.case_id for r in results if not r.is_within],
        **_recall(results),
    }


def _recall(results: Sequence[CaseResult]) -> dict[str, Any]:
    """The share of expected codes that were said, of all and of those with a rule."""
    expected = [(r, code) for r in results for code in set(r.case.triggers)]
    spoken = [(r, code) for r, code in expected if code in SPOKEN]
    return {
        "trigger_recall": _share(_said(expected), len(expected)),
        "trigger_recall_of_codes_with_a_rule": _share(_said(spoken), len(spoken)),
    }


def _said(pairs: Iterable[tuple[CaseResult, str]]) -> int:
    return sum(code in result.triggers for result, code in pairs)


def _by(name: str, results: Sequence[CaseResult]) -> dict[str, Any]:
    groups: dict[str, list[CaseResult]] = defaultdict(list)
    for result in results:
        groups[getattr(result.case, name) or "not stated"].append(result)
    return {value: figures(groups[value]) for value in sorted(groups)}


def _by_trigger(results: Sequence[CaseResult]) -> dict[str, dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {}
    for result in results:
        for code in set(result.case.triggers):
            line = counts.setdefault(
                code, {"expected": 0, "said": 0, "has_a_rule": code in SPOKEN}
            )
            line["expected"] += 1
            line["said"] += code in result.triggers
    return dict(sorted(counts.items()))


def pair_order(results: Sequence[CaseResult]) -> dict[str, Any]:
    """Whether cases of one pair keep the order that was expected of them.

    Two that were expected apart may be told alike only where both ranges allow the
    verdict said.
    """
    groups: dict[str, list[CaseResult]] = defaultdict(list)
    for result in results:
        if result.case.pair:
            groups[result.case.pair].append(result)
    broken = [
        {"pair": name, "graver": high.case.case_id, "lighter": low.case.case_id}
        for name in sorted(groups)
        for high, low in _expected_apart(groups[name])
        if not _is_kept(high, low)
    ]
    return {
        "pairs": len(groups),
        "kept": len(groups) - len({line["pair"] for line in broken}),
        "broken": broken,
    }


def _expected_apart(
    group: Sequence[CaseResult],
) -> list[tuple[CaseResult, CaseResult]]:
    return [
        (one, other)
        if one.case.expected.rank > other.case.expected.rank
        else (other, one)
        for one, other in combinations(group, 2)
        if one.case.expected is not other.case.expected
    ]


def _is_kept(high: CaseResult, low: CaseResult) -> bool:
    if high.verdict is low.verdict:
        return high.is_within and low.is_within
    return high.verdict.rank > low.verdict.rank


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(steps: Iterable[int]) -> float | None:
    each = list(steps)
    return round(sum(each) / len(each), 3) if each else None
