"""ATT 6(2): no transfer that would violate the state's own treaty obligations."""

from __future__ import annotations

from screening.rules import att
from screening.rules.ban import READS, act_evidence, is_banned, strictest
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

BANS = ("MBT", "CCM", "CCW-AP2", "CCW-P4", "BWC", "CWC")


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit where an ATT party would break a weapon ban that binds it.

    The screened state's own treaties count, "in particular those relating to the
    transfer of ... conventional arms".
    """
    bans = tuple(t for t in BANS if is_banned(t, case, index, reading))
    if not bans or not att.is_in_scope(case, index):
        return []
    return [
        _finding(case, index, state, role, bans)
        for state, role in case.duty_holders()
        if att.standing(case, index, state).standing.binds
    ]


def _finding(
    case: Case, index: FactIndex, state: str, role: str, bans: tuple[str, ...]
) -> Finding:
    where = att.standing(case, index, state)
    treaty, ban = strictest(case, index, state, bans)
    holds = ban.standing.binds
    return Finding(
        criterion="att-6.2",
        outcome=Outcome.PROHIBITED if holds else Outcome.NOT_APPLICABLE,
        because=(
            "The transfer would violate a weapon ban that binds this state."
            if holds
            else "No weapon ban is shown to bind this state for this item."
        ),
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        verdict=Verdict.PROHIBITED if holds else None,
        item=case.item,
        evidence=act_evidence(index, state, treaty, ban) if holds else (),
    )


CRITERION = Criterion(code="att-6.2", reads=READS, assess=assess)
