"""ATT 7(1)(b)(i): could it be used to commit or facilitate a serious IHL violation?"""

from __future__ import annotations

from dataclasses import replace

from screening.rules.conflict import conflict_gap, conflicts
from screening.rules.criterion import Criterion
from screening.rules.grid import READS
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome
from screening.rules.violations import NO_PRIOR, Limb, Prior, limb_of, weigh

CODE = "att-7.1b-i"
OF_WHAT = "serious violations of international humanitarian law"
# At these no conflict could raise the finding, or the item is no instrument at all.
SETTLED = {Outcome.LEVEL_3, Outcome.NOT_APPLICABLE}


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported IHL violations by the end user, and its part in a conflict."""
    limb = limb_of(CODE, OF_WHAT, "rel_ihl", case, index)
    prior = _prior(limb, case, index, reading)
    finding = weigh(limb, "evidence/ihl_classes", prior, case, index, reading)
    gap = conflict_gap(case, index, reading)
    if gap is None or finding.outcome in SETTLED:
        return [finding]
    return [replace(finding, gaps=(*finding.gaps, gap))]


def _prior(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A weapon for a party to an armed conflict is a concern by itself (S-01)."""
    rows = conflicts(case, index, reading)
    if not rows or limb.relevance <= 1:
        return NO_PRIOR
    said = "The end user's state takes part in an armed conflict."
    return Prior(1, (said,), tuple(rows[:3]))


CRITERION = Criterion(code=CODE, reads=("exporter", "activity", *READS), assess=assess)
