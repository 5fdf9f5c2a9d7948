"""ATT 7(1)(b)(ii): could it be used in a serious human-rights violation?"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.limbs import human_rights
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import READS

CODE = "att-7.1b-ii"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported human-rights violations by the end user."""
    asked = [att.exporter(7, case, index)]
    return human_rights(CODE, asked, case, index, reading, of_women_and_children=True)


CRITERION = Criterion(code=CODE, reads=("exporter", "activity", *READS), assess=assess)
