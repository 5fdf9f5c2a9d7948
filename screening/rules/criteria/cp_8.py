"""Criterion 8 of the EU's common rules: the recipient's capacity and development."""

from __future__ import annotations

from screening.rules import eu_cp
from screening.rules.criterion import Criterion
from screening.rules.holders import READS
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding
from screening.rules.weighed import not_held

CODE = "cp-8"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Say that no fact answers this; it weighs and refuses nothing by itself."""
    asked = eu_cp.holders(case, index, reading)
    what = "the weight of the purchase in the recipient's economy"
    settle = "Military spending, debt, aid and human development of the recipient."
    return not_held(CODE, asked, case, what, settle)


CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
