"""Safeguards put forward against a risk: which count, which do not, and why.

ATT 7(2) and (4), 11(2): a measure counts only where it is tied to the risk, dated and
shown. It lowers a level by one step at most and never touches a gate.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.rules.rulebook import Reading
from screening.rules.types import Case, Considered
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
) -> tuple[int, tuple[Considered, ...]]:
    """The level that remains, and what was considered, the sufficient ones first.

    risk: IHL, IHRL or DIVERSION, the question that the criterion asks.
    A concern stays a concern: no measure takes a level below 1.
    """
    considered = tuple(
        sorted(
            (_considered(one, level, risk, case, reading) for one in _read(case)),
            key=lambda c: (not c.is_sufficient, c.kind, c.text),
        )
    )
    lowers = level > 1 and any(c.is_sufficient for c in considered)
    return level - int(lowers), considered


def _read(case: Case) -> list[_Safeguard]:
    """What is stated; a code that is not understood counts as nothing stated."""
    found = []
    for code in case.mitigations:
        kind, risk, status, since = (*code.split(":"), "", "", "", "")[:4]
        if status in STATUSES and since.lstrip("-").isdigit():
            found.append(_Safeguard(kind, risk, status, int(since)))
    return found


def _considered(
    one: _Safeguard, level: int, risk: str, case: Case, reading: Reading
) -> Considered:
    needed = reading("mitigation/status_needed").get(risk, {}).get(one.kind)
    words = reading("mitigation/names")
    name = words.get(one.kind, one.kind)
    if one.risk != risk:
        why = "it is tied to another risk"
    elif needed is None:
        why = "a measure of this kind does not reach the cause of this risk"
    elif one.since > case.as_of:
        why = f"it holds only from {day_date(one.since)}"
    elif STATUSES.index(one.status) < STATUSES.index(needed):
        why = f"it is {one.status}; to count here it must be {needed}"
    elif level <= 1:
        why = "there is nothing that it could lower"
    else:
        why = ""
    said = f"counts against this risk: one step lower ({one.status})"
    return Considered(one.kind, not why, f"{name}: {why or said}.")
