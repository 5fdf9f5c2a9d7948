"""EU arms embargoes: Council decisions that bind the member states (TEU Art. 29)."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.embargo_gate import bound_finding, nothing_found
from screening.rules.embargo_match import (
    READS,
    Match,
    Reach,
    bound_sides,
    matches,
    measure_evidence,
)
from screening.rules.eu import standing_in_eu
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict
from treaties.standing import Standing, StandingOn

BINDING = "eu_binding"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit for member states what an EU embargo reaches; for others, concern.

    A state outside the Union is not bound, yet the Council's act is notice of a grave
    reason, so the finding never lets the transfer read as low.
    """
    found: list[Finding] = []
    for match in matches(case, index, reading):
        if match.measure.binding != BINDING:
            continue
        for state, role in bound_sides(match, case):
            where = standing_in_eu(index, state, case, reading)
            found.append(_finding(match, case, index, (state, role), where))
    return found or [nothing_found("emb-eu", case, index, reading, BINDING)]


def _finding(
    match: Match,
    case: Case,
    index: FactIndex,
    holder: tuple[str, str],
    where: StandingOn,
) -> Finding:
    if where.standing.binds or where.standing is Standing.UNKNOWN:
        return bound_finding(
            "emb-eu",
            match,
            case=case,
            index=index,
            holder=holder,
            standing=where,
            grounds="Council decisions under TEU Art. 29 bind the member states.",
        )
    state, role = holder
    exempt = match.reach is Reach.EXEMPT
    return Finding(
        criterion="emb-eu",
        outcome=Outcome.NOT_APPLICABLE if exempt else Outcome.LEVEL_1,
        because=f"{match.measure.title} does not bind this state, which is "
        "not in the Union; the embargo is notice of a grave reason.",
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        basis="policy",
        verdict=None if exempt else Verdict.ELEVATED,
        item=case.item,
        evidence=measure_evidence(index, match, case),
    )


CRITERION = Criterion(code="emb-eu", reads=READS, assess=assess)
