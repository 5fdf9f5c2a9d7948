"""Criterion 2 of the United Kingdom, last paragraph: women and children."""

from __future__ import annotations

from screening.rules import gbv, uk
from screening.rules.criterion import Criterion
from screening.rules.grid import READS as GRID_READS
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "uk-2d"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Show what is taken into account inside 2(a) and 2(c), since the text asks."""
    asked = uk.holders(case, index, reading) if uk.gbv_counts(reading) else []
    return gbv.answer(CODE, asked, case, index, reading)


READS = tuple(dict.fromkeys(uk.READS + GRID_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
