"""Safeguards put forward against a risk: which count, which do not, and why.

ATT 7(2) and (4), 11(2): a measure counts only where it is tied to the risk, dated and
shown. It lowers a level by one step at most and never touches a gate.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.rules.rulebook import Reading
from screening.rules.types import Case
from treaties.facts import day_date

STATUSES = ("present", "authenticated", "verified")


@dataclass(frozen=True)
class _Safeguard:
    kind: str
    risk: str
    status: str
    since: int


def mitigated(
    level: int, risk: str, case: Case, reading: Reading
) -> tuple[int, tuple[str, ...]]:
    """The level that remains, and a sentence on each safeguard, those that count first.

    risk: IHL, IHRL or DIVERSION, the question that the criterion asks.
    A concern stays a concern: no measure takes a level below 1.
    """
    weighed = [
        (one, _objection(one, level, risk, case, reading)) for one in _read(case)
    ]
    words = reading("mitigation/names")
    said = sorted(
        (bool(why), f"{words.get(one.kind, one.kind)}: {why or _counts(one)}.")
        for one, why in weighed
    )
    lowers = any(not why for _, why in weighed)
    return level - int(lowers), tuple(text for _, text in said)


def _counts(one: _Safeguard) -> str:
    return f"counts against this risk: one step lower ({one.status})"


def _read(case: Case) -> list[_Safeguard]:
    """What is stated; a code that is not understood counts as nothing stated."""
    found = []
    for code in case.mitigations:
        kind, risk, status, since = (*code.split(":"), "", "", "", "")[:4]
        if status in STATUSES and since.lstrip("-").isdigit():
            found.append(_Safeguard(kind, risk, status, int(since)))
    return found


def _objection(
    one: _Safeguard, level: int, risk: str, case: Case, reading: Reading
) -> str:
    """Why the safeguard does not count against this risk, "" when it does."""
    needed = reading("mitigation/status_needed").get(risk, {}).get(one.kind)
    if one.risk != risk:
        return "it is tied to another risk"
    if needed is None:
        return "a measure of this kind does not reach the cause of this risk"
    if one.since > case.as_of:
        return f"it holds only from {day_date(one.since)}"
    if STATUSES.index(one.status) < STATUSES.index(needed):
        return f"it is {one.status}; to count here it must be {needed}"
    return "there is nothing that it could lower" if level <= 1 else ""
