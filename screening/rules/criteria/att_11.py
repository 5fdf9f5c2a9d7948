"""ATT Art. 11: the risk that the items are diverted from the end user or end use."""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.diverted import READS, diversion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-11"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh recorded diversion by the end user's state."""
    return diversion(CODE, [att.exporter(11, case, index)], case, index, reading)


CRITERION = Criterion(code=CODE, reads=("exporter", *READS), assess=assess)
