"""Criterion 2(b): special caution where competent bodies established violations."""

from __future__ import annotations

from typing import Any

from screening.rules.grid import READS, grade, report_evidence
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

__all__ = ["READS", "special_caution"]


def special_caution(
    code: str,
    holders: list[Holder],
    bodies: str,
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Finding]:
    """A concern, never more: the text asks for caution and sets no ground of refusal.

    bodies: the parameter that names the bodies whose findings count.
    """
    if not holders:
        return []
    item = index.items.get(case.real_item)
    relevance = item.rel_ihrl if item is not None else 3
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihrl_classes"),
        relevance=relevance,
    )
    rows = [
        row
        for incident in grid.incidents
        if incident.level > 0 and relevance > 0
        for row in incident.rows
        if _is_competent(row, reading(bodies))
    ]
    if not rows:
        because = "No competent body is on record as having established violations."
        finding = Finding(code, Outcome.NOT_APPLICABLE, because, item=case.item)
        return said_to(holders, finding)
    finding = Finding(
        code,
        Outcome.LEVEL_1,
        "A competent body has established serious violations: special caution.",
        verdict=Verdict.ELEVATED,
        item=case.item,
        evidence=tuple(report_evidence(row) for row in rows[:3]),
    )
    return said_to(holders, finding)


def _is_competent(row: Any, bodies: dict[str, list[str]]) -> bool:
    if row.publisher_class in bodies["classes"]:
        return True
    return any(row.publisher.startswith(name) for name in bodies["publishers"])
