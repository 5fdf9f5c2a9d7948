"""ATT 7(1)(b)(iv): an offence under conventions on organised crime?"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.diverted import corruption, relevance_of
from screening.rules.index import FactIndex
from screening.rules.offences import READS as EVENT_READS
from screening.rules.offences import offence, passed_on
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-7.1b-iv"
PLAUSIBLE = 2


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh arms sold or lost to criminals, and a high level of corruption."""
    level, rows = passed_on("att/kinds_to_criminals", case, index, reading)
    if relevance_of(case, index) >= PLAUSIBLE:
        prior = corruption(case, index, reading)
        level, rows = max(level, int(bool(prior))), (*rows, *prior)
    asked = [att.exporter(7, case, index)]
    whom = "organised crime"
    return offence(CODE, asked, (level, rows), whom, case, index, reading)


READS = ("exporter", "activity", *EVENT_READS)
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
