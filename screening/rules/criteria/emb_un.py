"""UN arms embargoes under Chapter VII: UN Charter Arts 25 and 41."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.embargo_gate import bound_finding, nothing_found
from screening.rules.embargo_match import CHAPTER_VII, READS, bound_sides, matches
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from treaties.standing import Standing, StandingOn


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit what a Chapter VII measure reaches, for every duty holder.

    Every UN member is bound from the date of the resolution (Charter Art. 25). A
    territory is bound through the state responsible for it; an exporter that is not
    known is bound whichever state it is.
    """
    found = [
        bound_finding(
            "emb-un",
            match,
            case=case,
            index=index,
            holder=holder,
            standing=_bound_by_charter(index, holder[0], case),
            grounds="Chapter VII measures bind every UN member (Charter Art. 25).",
        )
        for match in matches(case, index, reading)
        if match.measure.binding == CHAPTER_VII
        for holder in bound_sides(match, case)
    ]
    return found or [nothing_found("emb-un", case, index, reading, CHAPTER_VII)]


def _bound_by_charter(index: FactIndex, state: str, case: Case) -> StandingOn:
    if state == "UNK":
        why = "every UN member is bound, whichever state this is"
        return StandingOn(Standing.BINDING, why)
    row = index.states.get(state)
    if row is not None and row.status == "territory":
        standing = index.standing(row.parent, "UN", case.as_of, case.known_at)
        why = f"through {row.parent}, which answers for it; {standing.why}"
        return StandingOn(standing.standing, why, standing.acts)
    return index.standing(state, "UN", case.as_of, case.known_at)


CRITERION = Criterion(code="emb-un", reads=READS, assess=assess)
