"""Criterion 2(a) of the EU's common rules: a clear risk of internal repression?"""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.limbs import human_rights
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import READS

CODE = "cp-2a"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh what the end user is reported to have done, for each member state."""
    return human_rights(CODE, eu_cp.holders(case, index, reading), case, index, reading)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys((*eu_cp.READS, *READS))), assess=assess
)
