"""Embargoes that bind politically: OSCE, ECOWAS, Arab League, EU declarations.

METHOD 11.10: such a text binds only through the screened state's own act; that act, if
there is one, is found by `national_stop`.
"""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.embargo_gate import nothing_found
from screening.rules.embargo_match import READS, Match, Reach, matches, measure_evidence
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

BINDING = "political"
# Organisations whose members can be told from the treaty facts.
MEMBERS = {"EU": "EU", "OSCE": "OSCE", "ECOWAS": "ECOWAS", "UN": "UN"}


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Show a political embargo to members of the issuer as a substantial reason."""
    found = [
        finding
        for match in matches(case, index, reading)
        if match.measure.binding == BINDING and not match.measure.act_kind
        for holder in case.duty_holders()
        if (finding := _finding(match, case, index, holder)) is not None
    ]
    return found or [nothing_found("emb-political", case, index, reading, BINDING)]


def _finding(
    match: Match, case: Case, index: FactIndex, holder: tuple[str, str]
) -> Finding | None:
    state, role = holder
    issuer = match.measure.issuer
    body = MEMBERS.get(issuer)
    if body is None or match.reach is Reach.EXEMPT:
        return None
    where = index.standing(state, body, case.as_of, case.known_at)
    if not where.standing.binds:
        return None
    return Finding(
        criterion="emb-political",
        outcome=Outcome.LEVEL_2,
        because=f"{match.measure.title}: a political commitment of {issuer} members; "
        "it prohibits only through this state's own law.",
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        basis="policy",
        verdict=Verdict.HIGH,
        item=case.item,
        article=match.measure.imposed_by,
        evidence=measure_evidence(index, match, case),
        gaps=match.gaps,
    )


CRITERION = Criterion(code="emb-political", reads=READS, assess=assess)
