"""Criterion 3 of the EU's common rules: tension or conflict inside the country."""

from __future__ import annotations

from screening.rules import eu_cp, peace
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "cp-3"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh war, seizures of power and force against protest where the items go."""
    asked = eu_cp.holders(case, index, reading)
    grounds = peace.inside(case, index, reading) if asked else []
    what = "prolong conflict or aggravate tension inside the country"
    return peace.answer(CODE, asked, grounds, what, case, index, reading)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys(eu_cp.READS + peace.READS)), assess=assess
)
