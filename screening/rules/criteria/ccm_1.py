"""Convention on Cluster Munitions 1(1)(b)-(c): never transfer them to anyone."""

from __future__ import annotations

from screening.rules.ban import READS, assess_ban
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Prohibit for parties, on either side; never below REFUSE for the others."""
    return assess_ban("ccm-1", ("CCM",), case, index, reading)


CRITERION = Criterion(code="ccm-1", reads=READS, assess=assess)
