"""States that goods pass through or are brokered from: ATT Arts 9 and 10."""

from __future__ import annotations

from screening.rules import att
from screening.rules.index import FactIndex
from screening.rules.types import Case, Finding, Outcome

READS = (
    "exporter",
    "origin",
    "brokers",
    "transit",
    "item",
    "parent_item",
    "as_of",
    "known_at",
)


def lines(
    code: str, role: str, said: str, case: Case, index: FactIndex
) -> list[Finding]:
    """A line for each state with this part; law for parties and arms of Article 2(1).

    No threshold stands in either article, so the lines contribute no verdict.
    """
    is_arm = att.scope_of(case, index) not in att.OUTSIDE | att.BEYOND_ARMS
    found = []
    for state, part in case.duty_holders():
        if part != role:
            continue
        where = att.standing(case, index, state)
        binds = is_arm and where.standing.value == "BINDING"
        found.append(
            Finding(
                criterion=code,
                outcome=Outcome.NOT_APPLICABLE,
                because=said,
                state=state,
                role=role,
                label=where.standing.value,
                label_why=where.why,
                basis="law" if binds else "policy",
                item=case.item,
            )
        )
    return found
