"""ATT 6(3): knowledge that the items would be used in the gravest crimes.

The engine proposes; only a person can confirm (METHOD 1, P0).
"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.grid import READS, Graded, grade, incident_evidence
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

ELEMENTS = (
    "a credible official finding of ongoing crimes by the same force",
    "a matching item",
    "no accountability shown",
)


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Propose the prohibition when all three elements hold; watch when one is short."""
    row = index.items.get(case.real_item)
    relevance = max(row.rel_ihl, row.rel_ihrl) if row is not None else 3
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("att/article_6_3_crimes"),
        relevance=relevance,
    )
    ongoing = reading("att/article_6_3_ongoing_days")
    near = [i for i in grid.incidents if _is_ongoing(i, case, ongoing)]
    if relevance <= 1 or not near:
        return [_nothing(case, index)]
    best = max(near, key=lambda i: (sum(_elements(i)), i.strength, i.best.key))
    held = _elements(best)
    if sum(held) < 2:
        return [_nothing(case, index)]
    # Art 6 reaches any transfer: transit and brokering states are asked too.
    return [_finding(best, held, case, index, holder) for holder in case.duty_holders()]


def _is_ongoing(incident: Graded, case: Case, within: int) -> bool:
    last = max(row.happened_to for row in incident.rows)
    recurs = incident.pattern >= 2
    return case.as_of - last <= within and incident.attribution >= 2 and recurs


def _elements(incident: Graded) -> tuple[bool, bool, bool]:
    return incident.is_official, incident.match >= 2, not incident.is_remedied


def _finding(
    incident: Graded,
    held: tuple[bool, bool, bool],
    case: Case,
    index: FactIndex,
    holder: tuple[str, str],
) -> Finding:
    state, role = holder
    where = att.standing(case, index, state)
    missing = [text for text, has in zip(ELEMENTS, held, strict=True) if not has]
    if not missing:
        because = (
            "All three elements of knowledge are on record; a person must confirm "
            "before this counts as a prohibition."
        )
        outcome = Outcome.PROPOSED
    else:
        because = f"One element short of knowledge: {missing[0]}."
        outcome = Outcome.WATCH
    return Finding(
        criterion="att-6.3",
        outcome=outcome,
        because=because,
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        basis=att.basis_for(6, case, index, where),
        verdict=Verdict.REFUSE,
        item=case.item,
        reasons=tuple(
            f"{'Held' if has else 'Not held'}: {text}."
            for text, has in zip(ELEMENTS, held, strict=True)
        ),
        evidence=tuple(incident_evidence(incident, is_counted=True)),
    )


def _nothing(case: Case, index: FactIndex) -> Finding:
    where = att.standing(case, index, case.exporter)
    return Finding(
        criterion="att-6.3",
        outcome=Outcome.NOT_APPLICABLE,
        because="Nothing near the knowledge that Article 6(3) asks for is on record.",
        state=case.exporter,
        role="exporter",
        label=where.standing.value,
        label_why=where.why,
        basis=att.basis_for(6, case, index, where),
        item=case.item,
    )


CRITERION = Criterion(
    code="att-6.3",
    reads=("exporter", "origin", "brokers", "transit", *READS),
    assess=assess,
)
