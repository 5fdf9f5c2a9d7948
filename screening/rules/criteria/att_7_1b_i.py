"""ATT 7(1)(b)(i): could it be used to commit or facilitate a serious IHL violation?"""

from __future__ import annotations

from dataclasses import replace

from screening.rules.conflict import conflict_gap, conflicts
from screening.rules.grid import READS, grade
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Criterion, Finding, Outcome
from screening.rules.violations import NO_PRIOR, Limb, Prior, irrelevant, weigh


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported IHL violations by the end user, and its part in a conflict."""
    row = index.items.get(case.real_item)
    limb = Limb(
        "att-7.1b-i",
        "serious violations of international humanitarian law",
        row.rel_ihl if row is not None else 3,
    )
    if limb.relevance == 0:
        return [irrelevant(limb, case)]
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihl_classes"),
        relevance=limb.relevance,
    )
    prior = _prior(limb, case, index, reading)
    finding = weigh(limb, grid, prior, case, index, reading)
    gap = conflict_gap(case, index, reading)
    if gap is None or finding.outcome is Outcome.LEVEL_3:
        return [finding]
    return [replace(finding, gaps=(*finding.gaps, gap))]


def _prior(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A weapon for a party to an armed conflict is a concern by itself (S-01)."""
    rows = conflicts(case, index, reading)
    if not rows or limb.relevance <= 1:
        return NO_PRIOR
    said = "The end user's state takes part in an armed conflict."
    return Prior(1, (said,), tuple(rows[:3]))


CRITERION = Criterion(code="att-7.1b-i", reads=("exporter", "activity", *READS), assess=assess)
