"""ATT 7(1)(b)(ii): could it be used in a serious human-rights violation?"""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.grid import READS
from screening.rules.index import FactIndex
from screening.rules.indicators import latest, value_evidence
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import NO_PRIOR, Limb, Prior, limb_of, weigh

CODE = "att-7.1b-ii"
OF_WHAT = "serious violations of human rights"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported human-rights violations by the end user."""
    limb = limb_of(CODE, OF_WHAT, "rel_ihrl", case, index)
    prior = _prior(limb, case, index, reading)
    return [weigh(limb, "evidence/ihrl_classes", prior, case, index, reading)]


def _prior(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A standing record of repression is a concern, never more (METHOD 8.2)."""
    code = reading("indicators/repression_indicator")
    row = latest(code, index.user_state(case), case, index, reading)
    if row is None or limb.relevance <= 1:
        return NO_PRIOR
    if row.value > reading("indicators/repression_at_most"):
        return NO_PRIOR
    said = f"{code} stood at {row.value:g} in {row.year}: a standing record."
    return Prior(1, (said,), (value_evidence(row),))


CRITERION = Criterion(code=CODE, reads=("exporter", "activity", *READS), assess=assess)
