"""Criterion 2(c) of the United Kingdom: a clear risk of serious IHL violations?"""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.limbs import humanitarian
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import READS

CODE = "uk-2c"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh what the end user is reported to have done, for the United Kingdom."""
    asked = uk.holders(case, index, reading)
    return humanitarian(
        CODE, asked, case, index, reading, of_women_and_children=uk.gbv_counts(reading)
    )


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys((*uk.READS, *READS))), assess=assess
)
