"""ATT 7(4): serious violence against women and children, taken into account."""

from __future__ import annotations

from screening.rules import att, gbv
from screening.rules.criterion import Criterion
from screening.rules.grid import READS as GRID_READS
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-7.4"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Show what raises the limbs of 7(1)(b); no ground of refusal by itself."""
    return gbv.answer(CODE, [att.exporter(7, case, index)], case, index, reading)


READS = ("exporter", "activity", *GRID_READS)
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
