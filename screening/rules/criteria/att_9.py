"""ATT Art. 9: transit under the jurisdiction of a state."""

from __future__ import annotations

from screening.rules import channels
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-9"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """One line for each such state; Article 6 is asked of it by its own criteria."""
    said = "In transit through this state: regulated where necessary and feasible."
    return channels.lines(CODE, "transit", said, case, index)


CRITERION = Criterion(code=CODE, reads=channels.READS, assess=assess)
