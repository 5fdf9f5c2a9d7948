"""Goods with no use but torture or ill-treatment: EU 2019/125 Arts 3 to 7, Annex II."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.torture import READS, is_bound, tier
from screening.rules.types import Case, Finding, Outcome, Verdict


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit for every state bound, as exporter, importer, broker or transit state.

    Elsewhere the item is still inherently abusive: never below REFUSE, from anyone.
    """
    sides = [*case.duty_holders(), (case.recipient, "recipient")]
    return [
        finding
        for state, role in sides
        if tier(case, reading, state) == "prohibited"
        and (finding := _finding(case, index, reading, state, role)) is not None
    ]


def _finding(
    case: Case, index: FactIndex, reading: Reading, state: str, role: str
) -> Finding | None:
    where = is_bound(case, index, reading, state)
    if not where.standing.binds and role == "recipient":
        return None
    bound = where.standing.binds
    words = {"recipient": "may not be imported", "transit": "may not pass in transit"}
    because = (
        f"By Annex II these goods {words.get(role, 'may not be exported')}: no "
        "weighing, whatever the other side."
        if bound
        else "Annex II does not bind this state; the item has no use but torture or "
        "ill-treatment, so the transfer stays refused."
    )
    return Finding(
        criterion="torture-prohibited",
        outcome=Outcome.PROHIBITED if bound else Outcome.FLOOR,
        because=because,
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        basis="law" if bound else "policy",
        verdict=Verdict.PROHIBITED if bound else Verdict.REFUSE,
        item=case.item,
    )


CRITERION = Criterion(code="torture-prohibited", reads=READS, assess=assess)
