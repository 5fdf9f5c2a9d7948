"""ATT 7(7): has information come up after which an authorization is reassessed?"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.diverted import CONFIRMED, event_evidence, recorded, relevance_of
from screening.rules.grid import READS as GRID_READS
from screening.rules.grid import grade, incident_evidence
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.peace import power_seized
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Outcome

CODE = "att-7.7"
LIMBS = {"evidence/ihl_classes": "rel_ihl", "evidence/ihrl_classes": "rel_ihrl"}
SUBSTANTIAL = 2
SHOWN = 6


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Show what became known of late and makes a substantial risk by itself.

    The day of an authorization is no input. So the line says what can be told: one
    given before that news rested on other facts. It encourages, and weighs nothing.
    """
    days = reading("att/reassessed_days")
    since = case.known_at - days
    coups = power_seized(case, index, reading).evidence
    new = (
        *(row for row in coups if row.on > since),
        *_incidents(since, case, index, reading),
        *_diversions(since, case, index, reading),
    )
    if not new:
        return []
    finding = Finding(
        CODE,
        Outcome.NOT_APPLICABLE,
        f"Grave news of the last {days} days: an authorization from before it is due "
        "for reassessment.",
        item=case.item,
        evidence=new[:SHOWN],
    )
    return said_to([att.exporter(7, case, index)], finding)


def _incidents(
    since: int, case: Case, index: FactIndex, reading: Reading
) -> list[Evidence]:
    """Incidents of which nothing was known before, grave enough by themselves."""
    item = index.items.get(case.real_item)
    found: list[Evidence] = []
    for classes, column in LIMBS.items():
        relevance = getattr(item, column) if item is not None else 3
        grid = grade(
            case,
            index,
            reading,
            legal_classes=reading(classes),
            relevance=relevance,
        )
        for incident in grid.incidents:
            is_new = all(row.known_from > since for row in incident.rows)
            if relevance and is_new and incident.level >= SUBSTANTIAL:
                found += incident_evidence(incident, is_counted=True)
    return found


def _diversions(
    since: int, case: Case, index: FactIndex, reading: Reading
) -> list[Evidence]:
    if relevance_of(case, index) == 0:
        return []
    return [
        event_evidence(event, match)
        for event, match in recorded(case, index, reading)
        if event.known_from > since
        and match >= SUBSTANTIAL
        and event.strength == CONFIRMED
    ]


CRITERION = Criterion(
    code=CODE, reads=("exporter", "activity", *GRID_READS), assess=assess
)
