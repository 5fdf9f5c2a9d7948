"""Criterion 1 of the United Kingdom: international obligations."""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.obligations import READS as GATE_READS
from screening.rules.obligations import obligations
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "uk-1"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Refuse what a UN embargo or a weapon ban reaches."""
    asked = uk.holders(case, index, reading)
    return obligations(CODE, asked, case, index, reading, bindings={"chapter_vii"})


READS = tuple(dict.fromkeys(uk.READS + GATE_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
