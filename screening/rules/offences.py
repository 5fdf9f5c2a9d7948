"""ATT 7(1)(b)(iii) and (iv): arms passed on to armed groups, or to criminals.

Recorded diversion is what can be told of either. Which of those conventions bind the
exporter is not held, so the words "to which the exporting State is a Party" stay open.
"""

from __future__ import annotations

from dataclasses import replace

from screening.rules.diverted import (
    CONFIRMED,
    READS,
    event_evidence,
    recorded,
    relevance_of,
)
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.searched import completed, search_evidence, search_gap
from screening.rules.types import (
    LEVEL_OUTCOMES,
    LEVEL_VERDICTS,
    Case,
    Evidence,
    Finding,
    Outcome,
)

__all__ = ["READS", "offence", "passed_on"]


def passed_on(
    kinds: str, case: Case, index: FactIndex, reading: Reading
) -> tuple[int, tuple[Evidence, ...]]:
    """The level of recorded events of these kinds: 2 when one is confirmed and near.

    kinds: the parameter that names the kinds of event.
    """
    wanted = reading(kinds)
    events = [(e, m) for e, m in recorded(case, index, reading) if e.kind in wanted]
    near = any(m >= 2 and e.strength == CONFIRMED for e, m in events)
    return int(bool(events)) + int(near), tuple(event_evidence(e, m) for e, m in events)


def offence(
    code: str,
    holders: list[Holder],
    found: tuple[int, tuple[Evidence, ...]],
    whom: str,
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Finding]:
    """The answer from what was found; diversion itself is asked under Article 11."""
    level, rows = found
    if relevance_of(case, index) == 0:
        because = "The item is not one that reaches such hands."
        return said_to(
            holders, Finding(code, Outcome.NOT_APPLICABLE, because, item=case.item)
        )
    search = completed("diversion", case, index, reading)
    if level == 0 and not search:
        gap = search_gap("diversion", case, index)
        finding = Finding(
            code,
            Outcome.UNKNOWN,
            f"Whether arms reached {whom} before is not known.",
            item=case.item,
            gaps=(replace(gap, is_critical=False),),
        )
        return said_to(holders, finding)
    words = ("Nothing on record shows a", "Some", "A substantial")[level]
    finding = Finding(
        code,
        LEVEL_OUTCOMES[level],
        f"{words} risk that the items reach {whom}.",
        verdict=LEVEL_VERDICTS[level],
        item=case.item,
        evidence=(*rows, *search_evidence(search)),
    )
    return said_to(holders, finding)
