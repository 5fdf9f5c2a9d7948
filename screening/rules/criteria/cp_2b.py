"""Criterion 2(b) of the EU's common rules: special caution."""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.established import READS as GRID_READS
from screening.rules.established import special_caution
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "cp-2b"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Ask for caution where competent bodies established serious violations."""
    asked = eu_cp.holders(case, index, reading)
    return special_caution(CODE, asked, "eu-cp/competent_bodies", case, index, reading)


READS = tuple(dict.fromkeys(eu_cp.READS + GRID_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
