"""Criterion 6 of the United Kingdom: the buyer's behaviour."""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.weighed import READS as EVENT_READS
from screening.rules.weighed import behaviour

CODE = "uk-6"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh arms passed to armed groups, breaches and UN embargoes on the buyer."""
    return behaviour(CODE, uk.holders(case, index, reading), case, index, reading)


READS = tuple(dict.fromkeys(uk.READS + EVENT_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
