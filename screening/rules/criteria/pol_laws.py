"""The call for a ban on weapons that choose and attack targets by themselves."""

from __future__ import annotations

from screening.rules.conflict import READS as CONFLICT_READS
from screening.rules.conflict import conflicts
from screening.rules.criterion import Criterion
from screening.rules.holders import READS as HOLDER_READS
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

CODE = "pol-laws"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """At least HIGH for a party to a conflict, else ELEVATED; policy, no treaty binds.

    AP I Art. 36 asks those who acquire a new weapon whether the law forbids its use.
    """
    if LAWS not in {case.item, case.real_item}:
        return []
    wars = conflicts(case, index, reading)
    asked = [
        Holder(state, role, "", "", "policy") for state, role in case.duty_holders()
    ]
    finding = Finding(
        CODE,
        Outcome.LEVEL_2 if wars else Outcome.LEVEL_1,
        "The weapon chooses and attacks targets without meaningful human control; a "
        "ban is called for and none is in force.",
        verdict=Verdict.HIGH if wars else Verdict.ELEVATED,
        item=case.item,
        reasons=_review(case, index),
        evidence=tuple(wars[:3]),
    )
    return said_to(asked, finding)


def _review(case: Case, index: FactIndex) -> tuple[str, ...]:
    """The question of AP I Art. 36 to each side that is a party."""
    sides = [state for state, _ in case.duty_holders()] + [index.user_state(case)]
    bound = [
        index.name_of(state)
        for state in dict.fromkeys(sides)
        if index.standing(state, "AP1", case.as_of, case.known_at).standing.binds
    ]
    if not bound:
        return ()
    return (
        f"Additional Protocol I, Article 36, asks of {', '.join(bound)}: was it "
        "reviewed before it was developed, acquired or adopted?",
    )


LAWS = "LAWS"
READS = tuple(dict.fromkeys((*HOLDER_READS, "parent_item", *CONFLICT_READS)))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
