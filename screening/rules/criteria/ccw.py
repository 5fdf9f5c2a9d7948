"""CCW amended Protocol II Art. 8, Protocol IV Art. 1: banned mines, blinding lasers."""

from __future__ import annotations

from screening.rules.ban import READS, assess_ban
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit for parties, on either side; never below REFUSE for the others."""
    return assess_ban("ccw", ("CCW-AP2", "CCW-P4"), case, index, reading)


CRITERION = Criterion(code="ccw", reads=READS, assess=assess)
