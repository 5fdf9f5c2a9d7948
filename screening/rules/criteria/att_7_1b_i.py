"""ATT 7(1)(b)(i): could it be used to commit or facilitate a serious IHL violation?"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.limbs import humanitarian
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.violations import READS

CODE = "att-7.1b-i"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh reported IHL violations by the end user, and its part in a conflict."""
    asked = [att.exporter(7, case, index)]
    return humanitarian(CODE, asked, case, index, reading, of_women_and_children=True)


CRITERION = Criterion(code=CODE, reads=("exporter", "activity", *READS), assess=assess)
