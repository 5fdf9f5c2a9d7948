"""Goods that may be used for torture: EU 2019/125 Arts 11 and 12, Annex III."""

from __future__ import annotations

from screening.rules.grid import READS as GRID_READS
from screening.rules.grid import grade, incident_evidence
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.torture import READS as TIER_READS
from screening.rules.torture import is_bound, tier
from screening.rules.types import Case, Criterion, Finding, Outcome, Verdict


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Refuse where there are reasonable grounds that the goods might be so used.

    Art 12(2) looks to court judgments and to UN, Council of Europe and EU findings, and
    may look at civil-society reports; otherwise a licence is the condition.
    """
    if tier(case, reading) != "controlled":
        return []
    where = is_bound(case, index, reading, case.exporter)
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihrl_classes"),
        relevance=3,
    )
    refuse = grid.level == 3
    shown = [e for i in grid.incidents[:6] for e in incident_evidence(i, i.level > 0)]
    return [
        Finding(
            criterion="torture-controlled",
            outcome=Outcome.LEVEL_3 if refuse else Outcome.NOT_APPLICABLE,
            because=(
                "Reasonable grounds to believe that these goods might be used for "
                "torture or other ill-treatment."
                if refuse
                else "A controlled item: a licence is the condition of any export."
            ),
            state=case.exporter,
            role="exporter",
            label=where.standing.value,
            label_why=where.why,
            basis="law" if where.standing.binds else "policy",
            verdict=Verdict.REFUSE if refuse else None,
            item=case.item,
            evidence=tuple(shown) if refuse else (),
        )
    ]


CRITERION = Criterion(
    code="torture-controlled",
    reads=tuple(dict.fromkeys((*TIER_READS, *GRID_READS))),
    assess=assess,
)
