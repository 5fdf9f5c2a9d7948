"""Criterion 7 of the United Kingdom: diversion or undesirable re-export?"""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.diverted import READS, diversion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "uk-7"
# A risk to take into account: it weighs, and refuses only beside other reasons.
AT_MOST = 2


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh recorded diversion by the end user's state."""
    asked = uk.holders(case, index, reading)
    return diversion(CODE, asked, case, index, reading, at_most=AT_MOST)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys(uk.READS + READS)), assess=assess
)
