"""Criterion 2(c) of the EU's common rules: a clear risk of serious IHL violations?"""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.limbs import humanitarian
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import READS

CODE = "cp-2c"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh what the end user is reported to have done, for each member state."""
    return humanitarian(CODE, eu_cp.holders(case, index, reading), case, index, reading)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys((*eu_cp.READS, *READS))), assess=assess
)
