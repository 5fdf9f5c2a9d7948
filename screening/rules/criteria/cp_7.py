"""Criterion 7 of the EU's common rules: diversion or undesirable re-export?"""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.diverted import READS, diversion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "cp-7"
# A risk to take into account: it weighs, and refuses only beside other reasons.
AT_MOST = 2


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh recorded diversion by the end user's state."""
    asked = eu_cp.holders(case, index, reading)
    return diversion(CODE, asked, case, index, reading, at_most=AT_MOST)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys(eu_cp.READS + READS)), assess=assess
)
