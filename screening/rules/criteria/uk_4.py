"""Criterion 4 of the United Kingdom: use against another country."""

from __future__ import annotations

from screening.rules import peace, uk
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "uk-4"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh fighting abroad by the end user's state, graver against a government.

    Whether the force used was lawful is not decided here, so it is never a clear risk.
    """
    asked = uk.holders(case, index, reading)
    grounds = peace.abroad(case, index, reading) if asked else []
    what = "serve force against another country"
    return peace.answer(CODE, asked, grounds, what, case, index, reading)


CRITERION = Criterion(
    code=CODE, reads=tuple(dict.fromkeys(uk.READS + peace.READS)), assess=assess
)
