"""ATT 7(1)(a): would the items contribute to or undermine peace and security?"""

from __future__ import annotations

from screening.rules import att, peace
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-7.1a"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh war, seizures of power and fighting abroad; never more than HIGH.

    METHOD 5: a benefit may be weighed against it, a risk under 7(1)(b) may not.
    """
    grounds = [
        *peace.inside(case, index, reading),
        *peace.abroad(case, index, reading),
    ]
    asked = [att.exporter(7, case, index)]
    what = "undermine peace and security"
    return peace.answer(CODE, asked, grounds, what, case, index, reading)


CRITERION = Criterion(
    code=CODE, reads=("exporter", "activity", *peace.READS), assess=assess
)
