"""ATT 7(1)(b)(ii): could it be used in a serious human-rights violation?"""

from __future__ import annotations

from screening.rules.grid import READS, grade
from screening.rules.index import FactIndex
from screening.rules.indicators import latest, value_evidence
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Criterion, Finding
from screening.rules.violations import NO_PRIOR, Limb, Prior, irrelevant, weigh


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported human-rights violations by the end user."""
    row = index.items.get(case.real_item)
    limb = Limb(
        "att-7.1b-ii",
        "serious violations of human rights",
        row.rel_ihrl if row is not None else 3,
    )
    if limb.relevance == 0:
        return [irrelevant(limb, case)]
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading("evidence/ihrl_classes"),
        relevance=limb.relevance,
    )
    prior = _prior(limb, case, index, reading)
    return [weigh(limb, grid, prior, case, index, reading)]


def _prior(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A standing record of repression is a concern, never more (METHOD 8.2)."""
    code = reading("indicators/repression_indicator")
    state = index.user_state(case)
    row = latest(code, state, case, index, reading)
    if row is None or limb.relevance <= 1:
        return NO_PRIOR
    if row.value > reading("indicators/repression_at_most"):
        return NO_PRIOR
    said = f"{code} stood at {row.value:g} in {row.year}: a standing record."
    return Prior(1, (said,), (value_evidence(row),))


CRITERION = Criterion(
    code="att-7.1b-ii", reads=("exporter", "activity", *READS), assess=assess
)
