"""A back-test in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from screening.rules.backtest.metrics import GROUPINGS
from screening.rules.backtest.run import Backtest, CaseResult

_SHARES = {
    "coverage": "cases whose critical facts are loaded",
    "within_range": "of these, inside the acceptable range",
    "within_range_of_all": "of all cases, inside the acceptable range",
    "exact": "exactly the expected verdict",
    "trigger_recall": "expected trigger codes that were said",
    "trigger_recall_of_codes_with_a_rule": "the same, of codes that some rule can say",
}
_COUNTS = {
    "false_low": "ELEVATED or less where REFUSE or more is expected",
    "false_prohibit": "PROHIBITED where the range lacks it",
}


def in_words(
    whole: Backtest, checked: Backtest | None, left_out: Sequence[str] = ()
) -> str:
    """Each case on a line, then the figures; those on checked facts in brackets."""
    lines = [_case_line(result) for result in whole.results]
    lines += ["", *_figures(whole.metrics, checked.metrics if checked else None)]
    for name in GROUPINGS:
        groups = whole.metrics[f"by_{name}"]
        if len(groups) > 1 or "not stated" not in groups:
            lines += ["", f"By {name}:", *_groups(groups)]
    lines += ["", *_others(whole.metrics)]
    if left_out:
        lines += ["", f"Columns that the file does not have: {', '.join(left_out)}."]
    return "\n".join(lines)


def _case_line(result: CaseResult) -> str:
    case, judged = result.case, result.judged
    mark = "within " if result.is_within else "OUTSIDE"
    wanted = "|".join(verdict.value for verdict in case.acceptable)
    missing = "" if result.covered else ", facts missing"
    return (
        f"{mark} {case.case_id}: {result.verdict.value} "
        f"({judged.lowest.value} to {judged.highest.value}{missing}), "
        f"expected {wanted}"
    )


def _figures(whole: dict[str, Any], checked: dict[str, Any] | None) -> Iterator[str]:
    yield f"{whole['cases']} cases" + (
        ", in brackets with checked facts only" if checked else ""
    )
    for name, words in _SHARES.items():
        beside = f" ({percent(checked[name])})" if checked else ""
        yield f"{percent(whole[name]):>7}{beside}  {words}"
    for name, words in _COUNTS.items():
        beside = f" ({checked[name]})" if checked else ""
        yield f"{whole[name]:>7}{beside}  {words}"
    beside = f" ({checked['mean_distance']})" if checked else ""
    yield f"{whole['mean_distance']!s:>7}{beside}  mean distance in steps of the scale"


def _groups(groups: dict[str, Any]) -> Iterator[str]:
    for value, group in groups.items():
        yield (
            f"  {value}: {group['cases']} cases, covered {percent(group['coverage'])}, "
            f"within range {percent(group['within_range'])}, "
            f"false-low {group['false_low']}, "
            f"false-prohibit {group['false_prohibit']}, "
            f"triggers {percent(group['trigger_recall'])}"
        )


def _others(metrics: dict[str, Any]) -> Iterator[str]:
    pairs, lead = metrics["pairs"], metrics["lead_time"]
    if pairs["pairs"]:
        yield f"Order kept in {pairs['kept']} of {pairs['pairs']} pairs."
    for line in pairs["broken"]:
        yield f"  {line['pair']}: {line['graver']} is not above {line['lighter']}"
    if not lead["cases"]:
        return
    yield (
        f"Lead time over {lead['cases']} cases where somebody acted: median "
        f"{lead['median_months']} months; {lead['median_months_unbroken']} without a "
        f"break; never in {len(lead['never'])}."
    )


def percent(share: float | None) -> str:
    """A share as people read it.

    >>> percent(0.8613), percent(None)
    ('86.1%', 'none')
    """
    return "none" if share is None else f"{share:.1%}"
