"""ATT 6(1): no transfer that would violate measures under Chapter VII."""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.embargo_gate import bound_finding, nothing_found
from screening.rules.embargo_match import CHAPTER_VII, READS, bound_sides, matches
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit for each ATT party among the duty holders what a UN embargo reaches.

    Art 6 covers any transfer of arms, munitions and parts, transit and brokering too.
    """
    if not att.is_in_scope(case, index):
        return []
    reaching = [
        match
        for match in matches(case, index, reading)
        if match.measure.binding == CHAPTER_VII
    ]
    found = [
        bound_finding(
            "att-6.1",
            match,
            case=case,
            index=index,
            holder=(state, role),
            standing=where,
            grounds="ATT 6(1) forbids any transfer that would violate it.",
        )
        for match in reaching
        for state, role in bound_sides(match, case)
        if (where := att.standing(case, index, state)).standing.binds
    ]
    if reaching and not found:
        return [_not_a_party(case, index)]
    return found or [nothing_found("att-6.1", case, index, reading, CHAPTER_VII)]


def _not_a_party(case: Case, index: FactIndex) -> Finding:
    where = att.standing(case, index, case.exporter)
    return Finding(
        criterion="att-6.1",
        outcome=Outcome.NOT_APPLICABLE,
        because="A Chapter VII measure reaches the transfer; no state that owes the "
        "decision is a party to the treaty.",
        state=case.exporter,
        role="exporter",
        label=where.standing.value,
        label_why=where.why,
    )


CRITERION = Criterion(code="att-6.1", reads=READS, assess=assess)
