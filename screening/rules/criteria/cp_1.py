"""Criterion 1 of the EU's common rules: international obligations."""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.obligations import READS as GATE_READS
from screening.rules.obligations import obligations
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "cp-1"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Deny what an embargo, a weapon ban or a common undertaking reaches."""
    return obligations(
        CODE,
        eu_cp.holders(case, index, reading),
        case,
        index,
        reading,
        bindings={"chapter_vii", "eu_binding"},
        commitments=tuple(reading("eu-cp/never_exported") or ()),
    )


READS = tuple(dict.fromkeys(eu_cp.READS + GATE_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
