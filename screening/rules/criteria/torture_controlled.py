"""Goods that may be used for torture: EU 2019/125 Arts 11 and 12, Annex III."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.grid import READS as GRID_READS
from screening.rules.grid import grade, incident_evidence
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.torture import READS as TIER_READS
from screening.rules.torture import is_bound, tier
from screening.rules.types import Case, Finding, Gap, Outcome, Verdict


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Refuse where there are reasonable grounds that the goods might be so used.

    Art 12(2) looks to court judgments and to UN, Council of Europe and EU findings, and
    may look at civil-society reports. For some goods too little said of the end use is
    itself a ground of refusal (12(3), 17(3)). Otherwise a licence is the condition.
    """
    if tier(case, reading, case.exporter) != "controlled":
        return []
    where = is_bound(case, index, reading, case.exporter)
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihrl_classes"),
        relevance=3,
    )
    silent = case.end_use in {"", "UNKNOWN"} and case.real_item in reading(
        "torture-free/end_use_needed"
    )
    outcome, verdict, because = _said(
        grid.level == 3 or case.end_use == "EXECUTION",
        silent and where.standing.binds,
        where.standing.binds,
    )
    shown = [e for i in grid.incidents[:6] for e in incident_evidence(i, i.level > 0)]
    return [
        Finding(
            criterion="torture-controlled",
            outcome=outcome,
            because=because,
            state=case.exporter,
            role="exporter",
            label=where.standing.value,
            label_why=where.why,
            basis="law" if where.standing.binds else "policy",
            verdict=verdict,
            item=case.item,
            evidence=tuple(shown) if outcome is Outcome.LEVEL_3 else (),
            gaps=(END_USE,) if outcome is Outcome.UNKNOWN else (),
        )
    ]


END_USE = Gap(
    "end_use",
    "What the goods are for is not stated; for goods of this kind that is itself a "
    "ground of refusal.",
    "State the end use, and who will hold the goods.",
)


def _said(
    has_grounds: bool, is_silent: bool, is_bound: bool
) -> tuple[Outcome, Verdict | None, str]:
    if has_grounds:
        because = (
            "Reasonable grounds to believe that these goods might be used for torture, "
            "other ill-treatment or execution."
        )
        return Outcome.LEVEL_3, Verdict.REFUSE, because
    if is_silent:
        return Outcome.UNKNOWN, Verdict.REFUSE, END_USE.text
    if is_bound:
        because = "A controlled item: a licence is the condition of any export."
    else:
        because = "A controlled item by the law of the Union, which binds others."
    return Outcome.NOT_APPLICABLE, None, because


CRITERION = Criterion(
    code="torture-controlled",
    reads=tuple(dict.fromkeys((*TIER_READS, *GRID_READS))),
    assess=assess,
)
