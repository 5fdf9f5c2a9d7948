"""Criterion 5 of the United Kingdom: the security of the state and its allies."""

from __future__ import annotations

from screening.rules import uk
from screening.rules.criterion import Criterion
from screening.rules.holders import READS
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.weighed import not_held

CODE = "uk-5"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Say that no fact answers this; it weighs and refuses nothing by itself."""
    asked = uk.holders(case, index, reading)
    what = "the effect on the security of the state, its friends and its allies"
    return not_held(CODE, asked, case, what, "An assessment by the licensing state.")


CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
