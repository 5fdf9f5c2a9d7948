"""EU arms embargoes: Council decisions that bind the member states (TEU Art. 29)."""

from __future__ import annotations

from screening.rules.embargo_gate import NOT_A_MEMBER, bound_finding, nothing_found
from screening.rules.embargo_match import READS, Match, Reach, matches, measure_evidence
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Criterion, Finding, Outcome, Verdict
from treaties.facts import day_number
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
        for state, role in case.duty_holders():
            where = eu_standing(index, state, case, reading)
            found.append(_finding(match, case, index, (state, role), where))
    return found or [nothing_found("emb-eu", case, index, reading, BINDING)]


def eu_standing(
    index: FactIndex, state: str, case: Case, reading: Reading
) -> StandingOn:
    """EU membership, or EU law that goes on applying to a former member."""
    where = index.standing(state, "EU", case.as_of, case.known_at)
    until = reading("embargo/eu_law_after_membership").get(state)
    has_left = where.standing is Standing.WITHDRAWN and until is not None
    if has_left and case.as_of < day_number(until):
        why = f"left the Union; EU law applied to it until {until}"
        return StandingOn(Standing.BINDING, why, where.acts)
    return where


def _finding(
    match: Match,
    case: Case,
    index: FactIndex,
    holder: tuple[str, str],
    where: StandingOn,
) -> Finding:
    if where.standing.binds:
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
        label=NOT_A_MEMBER.standing.value,
        label_why=NOT_A_MEMBER.why,
        basis="policy",
        verdict=None if exempt else Verdict.ELEVATED,
        item=case.item,
        evidence=measure_evidence(index, match, case),
    )


CRITERION = Criterion(code="emb-eu", reads=READS, assess=assess)
