"""ATT Art. 10: brokering under the jurisdiction of a state."""

from __future__ import annotations

from screening.rules import channels
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-10"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """One line for each such state; Article 6 is asked of it by its own criteria."""
    said = "Brokered under the jurisdiction of this state, which regulates brokering."
    return channels.lines(CODE, "broker", said, case, index)


CRITERION = Criterion(code=CODE, reads=channels.READS, assess=assess)
