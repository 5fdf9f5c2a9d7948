"""Criterion 2(b) of the United Kingdom: special caution."""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.established import READS as GRID_READS
from screening.rules.established import special_caution
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "uk-2b"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Ask for caution where competent bodies established serious violations."""
    asked = uk.holders(case, index, reading)
    return special_caution(
        CODE, asked, "uk-selc/competent_bodies", case, index, reading
    )


READS = tuple(dict.fromkeys(uk.READS + GRID_READS))
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
